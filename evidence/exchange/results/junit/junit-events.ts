/** Collects the cases of one JUnit report while its elements pass by; of a case only what is asked for is held. */
import { firstLine } from '../../../collect/messages/step-finished.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { TestItem, TestReference } from '../../../items/test-item.js'
import { EvidenceError, oneLine } from '../../../model/errors.js'
import type { ScenarioVerdict } from '../../../model/verdict.js'
import type { XmlAttributes, XmlHandler } from '../../xml/read-xml.js'
import { testKey } from '../run/test-key.js'
import { isCaseResult, isResultElement, outcomeOf, stepsOf, type CaseResult } from './case-outcome.js'
import { referencesOfName, referencesOfProperty, type ReferenceRule } from './requirement-references.js'
import { disagreement, statedCounts, verdictsOf, type ListedCounts } from './suite-counts.js'

const roots = new Set(['testsuites', 'testsuite', 'test-run', 'test-results', 'assemblies'])
const suites = new Set([...roots, 'test-suite', 'assembly', 'collection'])

/** More cases than this are not made up for a suite that only counts them. */
const mostCounted = 10_000

interface OpenSuite {
  readonly attributes: XmlAttributes
  readonly line: number
  readonly names: readonly string[]
  readonly references: TestReference[]
  readonly listed: ListedCounts
  /** A suite within it, or itself, was found to disagree. */
  disagrees: boolean
  inner: number
}

interface OpenCase {
  readonly attributes: XmlAttributes
  readonly line: number
  readonly references: TestReference[]
  readonly results: CaseResult[]
}

interface OpenResult {
  readonly element: string
  readonly type: string
  readonly attribute: string
  /** Of a `message` below it, as NUnit and xUnit.net write it. */
  inner: string
  text: string
}

export class JunitEvents implements XmlHandler {
  readonly tests: TestItem[] = []
  readonly findings: SourceFinding[] = []
  readonly runFailures: string[] = []
  private readonly open_: string[] = []
  private readonly suites: OpenSuite[] = []
  private case_: OpenCase | undefined
  private result: OpenResult | undefined
  private property: { readonly name: string; readonly line: number; text: string } | undefined

  constructor(
    private readonly file: string,
    private readonly rule: ReferenceRule,
  ) {}

  open(name: string, attributes: XmlAttributes, line: number): void {
    if (this.open_.length === 0 && !roots.has(name))
      throw new EvidenceError(
        'schema-violation',
        { file: this.file, line },
        `<${name}> is no root of a test report`,
        'give a JUnit XML file',
      )
    const parent = this.open_.at(-1) ?? ''
    this.open_.push(name)
    if (this.case_ === undefined && suites.has(name)) this.openSuite(attributes, line)
    else if (this.case_ === undefined && isCase(name, parent)) this.case_ = { attributes, line, references: [], results: [] }
    else if (name === 'property' || name === 'trait') this.openProperty(attributes, line)
    else if (this.result === undefined && (this.case_ === undefined ? isResultElement(name) && suites.has(parent) : isCaseResult(name)))
      this.result = {
        element: name,
        type: attributes['type'] ?? attributes['exception-type'] ?? '',
        attribute: attributes['message'] ?? '',
        inner: '',
        text: '',
      }
  }

  text(text: string): void {
    if (this.property !== undefined) this.property.text += text
    else if (this.result === undefined) return
    else if (this.open_.at(-1) === 'message') this.result.inner += text
    else if (this.open_.at(-1) === this.result.element) this.result.text += text
  }

  close(name: string): void {
    this.open_.pop()
    const parent = this.open_.at(-1) ?? ''
    if (this.property !== undefined && (name === 'property' || name === 'trait')) this.closeProperty()
    else if (this.result?.element === name) this.closeResult(parent)
    else if (this.case_ !== undefined && isCase(name, parent)) this.closeCase(this.case_)
    else if (this.case_ === undefined && suites.has(name)) this.closeSuite()
  }

  private openSuite(attributes: XmlAttributes, line: number): void {
    const outer = this.suites.at(-1)
    if (outer !== undefined) outer.inner += 1
    const name = attributes['name'] ?? ''
    this.suites.push({
      attributes,
      line,
      names: name === '' ? (outer?.names ?? []) : [...(outer?.names ?? []), name],
      references: [...(outer?.references ?? [])],
      listed: { tests: 0, failed: 0, skipped: 0 },
      disagrees: false,
      inner: 0,
    })
  }

  private openProperty(attributes: XmlAttributes, line: number): void {
    const { name = '', value } = attributes
    if (value === undefined) this.property = { name, line, text: '' }
    else this.refer(name, value, line)
  }

  /** The value may stand between the tags. */
  private closeProperty(): void {
    if (this.property !== undefined) this.refer(this.property.name, this.property.text, this.property.line)
    this.property = undefined
  }

  private refer(name: string, value: string, line: number): void {
    const references = (this.case_ ?? this.suites.at(-1))?.references
    for (const reference of referencesOfProperty(this.rule, name, value, line)) references?.push(reference)
  }

  private closeResult(parent: string): void {
    const { element, type, attribute, inner, text } = this.result ?? { element: '', type: '', attribute: '', inner: '', text: '' }
    this.result = undefined
    const message = firstLine((attribute || inner || text).trim())
    if (this.case_ !== undefined) this.case_.results.push({ element, type: oneLine(type), message })
    else if (element !== 'skipped' && this.isOwnFailure(parent))
      this.runFailures.push(`${this.file}: suite ${this.suiteName()}: ${element}: ${message}`)
  }

  /** NUnit repeats with every suite that a case in it failed. */
  private isOwnFailure(parent: string): boolean {
    const site = this.suites.at(-1)?.attributes['site'] ?? ''
    return parent === 'testsuite' || parent === 'testsuites' || /^(?:SetUp|TearDown)$/i.test(site)
  }

  private suiteName(): string {
    return JSON.stringify(this.suites.at(-1)?.names.at(-1) ?? '')
  }

  private closeCase({ attributes, line, references, results }: OpenCase): void {
    this.case_ = undefined
    const suite = this.suites.at(-1)
    const name = attributes['name'] ?? attributes['method'] ?? ''
    const all = [...(suite?.references ?? []), ...references, ...referencesOfName(this.rule, name, line)]
    this.add(attributes, name, line, all, outcomeOf(attributes, results), results)
    for (const open of this.suites) count(open.listed, this.tests.at(-1)?.verdict ?? 'unknown')
  }

  private add(
    attributes: XmlAttributes,
    name: string,
    line: number,
    references: readonly TestReference[],
    verdict: ScenarioVerdict,
    results: readonly CaseResult[],
  ): void {
    const names = this.suites.at(-1)?.names ?? []
    const group = attributes['classname'] ?? attributes['class'] ?? attributes['type'] ?? ''
    const shown = name === '' ? `case ${this.tests.length + 1}, without a name` : name
    this.tests.push({
      key: testKey(...names, group, shown, ...(name === '' ? [this.file] : [])),
      suite: group === '' ? (names.at(-1) ?? '') : group,
      name: shown,
      example: [],
      place: this.placeOf(attributes, line),
      references: [...new Map(references.map((each) => [each.text, each])).values()],
      verdict,
      attempts: verdict === 'not-run' ? 0 : 1 + results.filter(({ element }) => /^(?:rerun|flaky)/.test(element)).length,
      steps: stepsOf(results),
      sourceDigest: null,
      configurationDigest: null,
      interfaces: [],
      modules: [],
    })
  }

  /** Where the test stands, if the report says it; else its place in the report. */
  private placeOf(attributes: XmlAttributes, line: number): TestItem['place'] {
    const file = attributes['file'] ?? ''
    if (file === '') return { file: this.file, line }
    const stated = Number(attributes['line'] ?? attributes['lineno'] ?? 0)
    return Number.isSafeInteger(stated) && stated > 0 ? { file: oneLine(file), line: stated } : { file: oneLine(file) }
  }

  private closeSuite(): void {
    const suite = this.suites.at(-1)
    if (suite === undefined) return
    const stated = statedCounts(suite.attributes)
    const counted = stated.tests ?? 0
    if (suite.inner === 0 && suite.listed.tests === 0 && counted > 0 && counted <= mostCounted) this.addCounted(suite)
    const what = suite.disagrees ? undefined : disagreement(stated, suite.listed)
    this.suites.pop()
    const outer = this.suites.at(-1)
    if (outer !== undefined && (what !== undefined || suite.disagrees)) outer.disagrees = true
    if (what !== undefined) this.report(suite, what, (stated.failed ?? 0) > suite.listed.failed)
  }

  /** Tests without names: they count, and nothing can be traced to them. */
  private addCounted(suite: OpenSuite): void {
    const verdicts = verdictsOf(statedCounts(suite.attributes))
    verdicts.forEach((verdict, i) => {
      this.add({}, `test ${i + 1} of ${verdicts.length} that the suite counts and does not list`, suite.line, [], verdict, [])
      for (const open of this.suites) count(open.listed, verdict)
    })
    suite.disagrees = true
    for (const open of this.suites) open.disagrees = true
    this.report(suite, `counts ${verdicts.length} tests and lists none: nothing can be traced to them`, false)
  }

  private report(suite: OpenSuite, what: string, hidesFailure: boolean): void {
    const name = suite.names.at(-1) ?? ''
    this.findings.push({
      kind: 'unreadable',
      id: name,
      text: `suite ${JSON.stringify(name)} ${what}`,
      place: { file: this.file, line: suite.line },
    })
    if (hidesFailure) this.runFailures.push(`${this.file}:${suite.line}: suite ${JSON.stringify(name)} ${what}`)
  }
}

function isCase(name: string, parent: string): boolean {
  return name === 'testcase' || name === 'test-case' || (name === 'test' && parent === 'collection')
}

function count(listed: ListedCounts, verdict: ScenarioVerdict): void {
  listed.tests += 1
  if (verdict === 'failed') listed.failed += 1
  if (verdict === 'skipped' || verdict === 'not-run') listed.skipped += 1
}
