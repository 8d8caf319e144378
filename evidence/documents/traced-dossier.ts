/** A stranger's traced files as a dossier. It prints what the files say; what they do not say is said to be not stated. */
import { printPlace } from '../model/errors.js'
import { verdictText, scenarioVerdicts } from '../model/verdict.js'
import type { GateView, Link } from '../model/view-parts.js'
import type { CoverageCount, CoverageReport, FileCoverage } from '../items/coverage-report.js'
import type { TestStep } from '../items/test-item.js'
import type { TracedArtefact } from '../items/traced-method.js'
import type { Defect, RequirementVerdict, TracedRequirement, TracedSet, TracedTest } from '../items/traced-set.js'
import { assuranceFamilies } from './assurance-families.js'
import {
  notStated,
  type Dossier,
  type DossierAnomaly,
  type DossierComparison,
  type DossierCoverage,
  type DossierInterface,
  type DossierMethod,
  type DossierModule,
  type DossierRequirement,
  type DossierStep,
  type DossierTest,
  type VerdictCount,
} from './dossier.js'
import { lineRanges } from './line-ranges.js'
import { printable } from './printable.js'
import { testPhases } from './test-phases.js'

const requirementVerdicts: readonly (readonly [RequirementVerdict, string])[] = [
  ['failed', 'failed'],
  ['uncovered', 'no test'],
  ['stale', 'stale: results of other bytes'],
  ['partial', 'partly verified'],
  ['justified', 'justified, not tested'],
  ['passed', 'tests passed'],
  ['not-required', 'needs no test'],
]
const words = new Map(requirementVerdicts)

export function tracedDossier(set: TracedSet): Dossier {
  const testsByInterface = byName(set, ({ item }) => item.interfaces)
  const testsByModule = byName(set, ({ item }) => item.modules)
  const interfaces = interfacesOf(set, testsByInterface)
  const modules = modulesOf(set, testsByModule)
  const interfaceAnchors = new Map((interfaces ?? []).map(({ id, anchor }) => [id, anchor]))
  const moduleAnchors = new Map(modules.map(({ path, anchor }) => [path, anchor]))
  const testAnchors = set.tests.map(({ index }) => testAnchor(index))
  const coverage = set.coverage === null ? null : coverageOf(set.coverage)
  const gates = printable(set.gates.map(gateView))
  const verdicts = verdictCounts(set)
  const passedTests = set.tests.filter(({ item }) => item.verdict === 'passed').length
  return {
    system: set.title.trim() === '' ? 'System under test' : set.title,
    dirty: false,
    passed: set.passed,
    answer: set.passed
      ? 'Every gate of the policy is met.'
      : `The answer is no: ${count(gates.filter(({ met }) => !met).length, 'gate')} not met.`,
    headlines: [
      ...verdicts
        .filter(({ of }) => of === 'requirements')
        .map(({ count: own, total, verdict }) => `${own} of ${total} requirements: ${verdict}`),
      `${passedTests} of ${set.tests.length} tests passed`,
      count(set.defects.length, 'defect') + ' of the trace itself',
    ],
    identification: [
      { name: 'Subject', text: set.title.trim() === '' ? notStated : set.title },
      { name: 'Requirements', text: String(set.requirements.length) },
      { name: 'Tests', text: String(set.tests.length) },
      { name: 'Version of the system', text: notStated },
      { name: 'Configuration', text: configurationsOf(set) },
    ],
    sources: printable(
      set.sources.map(({ role, format, files, digest }) => ({
        role,
        format,
        files: listed(files),
        digest: digest === '' ? notStated : digest,
      })),
    ),
    platform: [],
    commands: [],
    referenceRule: set.referenceRule === '' ? notStated : set.referenceRule,
    gates,
    verdicts,
    *requirements() {
      for (const requirement of set.requirements) yield printable(requirementOf(set, requirement))
    },
    *tests() {
      for (const test of set.tests) yield printable(testOf(set, test, interfaceAnchors, moduleAnchors))
    },
    interfaces: printable(interfaces),
    modules: printable(modules),
    coverage: printable(coverage),
    components: assuranceFamilies({ interfaces, modules, coverage, testAnchors }),
    methods: printable(set.requirements.flatMap((requirement) => methodsOf(set, requirement))),
    justifications: set.requirements.flatMap(({ justification, item }) =>
      justification === null
        ? []
        : [filled({ ...justification, concerns: justification.concerns === '' ? item.id : justification.concerns })],
    ),
    anomalies: printable([...set.tests.flatMap(failedTest), ...set.defects.map(anomaly)]),
    limits: [
      {
        name: 'Results are taken as given',
        text: 'The files were not made under the control of this tool. What they say was run is taken to have been run.',
      },
      { name: 'A link is not a proof', text: 'That a test names a requirement does not show that it asserts what the requirement says.' },
      {
        name: 'Methods other than test',
        text: 'Analysis and inspection are judged by the register that the policy names: a file counts while it has the bytes that were reviewed. Whether the analysis is right, nothing here shows. Without a register they are not judged; a passed test closes no other method.',
      },
    ],
    testAnchors,
  }
}

const testAnchor = (index: number): string => `test-${index + 1}`
const requirementAnchor = (index: number): string => `requirement-${index + 1}`

function requirementOf(set: TracedSet, requirement: TracedRequirement): DossierRequirement {
  const { item, index, verdict, missing, states } = requirement
  const kinds = [item.kind, ...states].filter((text) => text !== '')
  return {
    id: item.revision === null ? item.id : `${item.id}~${item.revision}`,
    anchor: requirementAnchor(index),
    text: textOf(requirement),
    source: `${printPlace(item.place)}${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`,
    state: verdict,
    verdict: words.get(verdict) ?? verdict,
    missing: missing.length === 0 ? 'none' : missing.join('; '),
    tests: requirement.tests.map((test) => testLink(set, test)),
    above: requirement.above.map((other) => requirementLink(set, other)),
    below: requirement.below.map((other) => requirementLink(set, other)),
  }
}

/** A short title says what a long text is about. */
function textOf({ item: { title, text } }: TracedRequirement): string {
  const both = [title, text].filter((part) => part.trim() !== '')
  if (both.length === 0) return 'no text in the source'
  return title.trim() === text.trim() ? text : both.join(': ')
}

function requirementLink(set: TracedSet, index: number): Link {
  return { text: set.requirements[index]?.item.id ?? `requirement ${index + 1}`, anchor: requirementAnchor(index) }
}

function methodsOf(set: TracedSet, { index, methods }: TracedRequirement): readonly DossierMethod[] {
  return methods.map(({ method, state, artefacts }) => ({
    requirement: requirementLink(set, index),
    method,
    state,
    verdict: state,
    shown: artefacts.length === 0 ? ['no artefact'] : artefacts.map(artefactText),
  }))
}

function artefactText({ id, title, file, digest, result, author, reviewer, date, expires, state, reason }: TracedArtefact): string {
  const days = expires === null ? `${date}, no last day` : `${date}, expires ${expires}`
  return `${id} ${title}: ${result}; ${state}${reason === '' ? '' : `, ${reason}`}; ${file}, SHA-256 ${digest}; author ${author}; reviewer ${reviewer}; ${days}`
}

function testLink(set: TracedSet, index: number): Link {
  return { text: set.tests[index]?.item.name ?? `test ${index + 1}`, anchor: testAnchor(index) }
}

function testOf(
  set: TracedSet,
  { item, index, requirements, dangling }: TracedTest,
  interfaces: ReadonlyMap<string, string>,
  modules: ReadonlyMap<string, string>,
): DossierTest {
  const phases = testPhases(item.steps, ({ keyword }) => keyword)
  const steps = (list: readonly TestStep[]): readonly DossierStep[] => list.map(stepOf)
  const linked = (names: readonly string[], anchors: ReadonlyMap<string, string>): readonly Link[] =>
    names.map((name) => ({ text: name, anchor: anchors.get(name) ?? testAnchor(index) }))
  return {
    anchor: testAnchor(index),
    title: [item.name === '' ? 'unnamed test' : item.name, ...item.example].join(', '),
    suite: item.suite === '' ? notStated : item.suite,
    place: printPlace(item.place),
    state: item.verdict,
    verdict: verdictText[item.verdict],
    attempts: item.attempts === 0 ? 'not run' : count(item.attempts, 'attempt'),
    goal: requirements.map((other) => requirementLink(set, other)),
    dangling: dangling.length === 0 ? 'none' : dangling.join(', '),
    interfaces: linked(item.interfaces, interfaces),
    modules: linked(item.modules, modules),
    initial: steps(phases.initial),
    stimuli: steps(phases.stimuli),
    expected: steps(phases.expected),
    procedure: steps(phases.procedure),
    observed: item.steps.flatMap(({ comparisons }) => comparisons.map(comparisonOf)),
    dependencies: notStated,
    configuration: item.configurationDigest ?? notStated,
    sourceDigest: item.sourceDigest ?? notStated,
  }
}

function stepOf({ keyword, text, status, message }: TestStep): DossierStep {
  const said = `${keyword.trim()} ${text.trim()}`.trim()
  return {
    text: said === '' ? 'unnamed step' : said,
    listing: 'none',
    state: status.toLowerCase(),
    verdict: status.toLowerCase(),
    message: message === '' ? 'none' : message,
  }
}

function comparisonOf({ what, expected, observed, source, holds }: TestStep['comparisons'][number]): DossierComparison {
  return { what: what === '' ? notStated : what, expected, observed, source, verdict: holds ? 'holds' : 'does not hold' }
}

/** Names that tests say they exercised, with the tests. */
function byName(set: TracedSet, namesOf: (test: TracedTest) => readonly string[]): ReadonlyMap<string, readonly TracedTest[]> {
  const found = new Map<string, TracedTest[]>()
  for (const test of set.tests)
    for (const name of namesOf(test)) {
      const tests = found.get(name)
      if (tests === undefined) found.set(name, [test])
      else tests.push(test)
    }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** Without a description of the interfaces, those that tests name are all that is known. */
function interfacesOf(set: TracedSet, tests: ReadonlyMap<string, readonly TracedTest[]>): readonly DossierInterface[] | null {
  if (tests.size === 0) return null
  return [...tests].map(([id, users], index) => ({
    id,
    anchor: `interface-${index + 1}`,
    kind: notStated,
    title: 'named by tests',
    contract: notStated,
    state: users.some(({ item }) => item.verdict !== 'passed') ? 'partly-exercised' : 'exercised',
    verdict: users.some(({ item }) => item.verdict !== 'passed') ? 'exercised, not every test passed' : 'exercised',
    outcomes: [],
    requirements: requirementsOf(set, users),
    tests: users.map((test) => testLink(set, test.index)),
  }))
}

function modulesOf(set: TracedSet, tests: ReadonlyMap<string, readonly TracedTest[]>): readonly DossierModule[] {
  const measured = new Map((set.coverage?.modules ?? []).map((module) => [module.path, module]))
  const paths = [...new Set([...measured.keys(), ...tests.keys()])].sort((a, b) => (a < b ? -1 : 1))
  return paths.map((path, index) => {
    const users = tests.get(path) ?? []
    const own = measured.get(path)
    return {
      path,
      anchor: `module-${index + 1}`,
      measured: own === undefined ? 'not measured' : measuredText(own),
      requirements: requirementsOf(set, users),
      tests: users.map((test) => testLink(set, test.index)),
    }
  })
}

function requirementsOf(set: TracedSet, tests: readonly TracedTest[]): readonly Link[] {
  return [...new Set(tests.flatMap(({ requirements }) => requirements))].sort((a, b) => a - b).map((index) => requirementLink(set, index))
}

function coverageOf({ metric, totals, modules }: CoverageReport): DossierCoverage {
  return {
    metric: metric === '' ? notStated : metric,
    totals: (['functions', 'lines', 'statements', 'branches'] as const).map((name) => ({ name, text: ratio(totals[name]) })),
    rows: modules.map((module) => {
      const lines = [...module.lineHits].filter(([, hits]) => hits === 0).map(([line]) => line)
      const functions = module.uncoveredFunctions.map(({ name, line }) => (line === null ? name : `${name}, line ${line}`))
      const gaps = [...functions, ...(lines.length === 0 ? [] : [`lines ${lineRanges(lines)}`])]
      return {
        path: module.path,
        functions: ratio(module.functions),
        lines: ratio(module.lines),
        gaps: gaps.length === 0 ? (module.lineHits.size === 0 ? 'not stated by line' : 'none') : gaps.join('; '),
      }
    }),
  }
}

function measuredText({ functions, lines, statements }: FileCoverage): string {
  return `functions ${ratio(functions)}; lines ${ratio(lines ?? statements)}`
}

function ratio(value: CoverageCount | null): string {
  return value === null ? 'not measured' : `${value.covered} of ${value.total}`
}

function verdictCounts(set: TracedSet): readonly VerdictCount[] {
  const [requirements, tests] = [set.requirements.length, set.tests.length]
  return [
    ...requirementVerdicts.map(([state, verdict]) => ({
      of: 'requirements',
      verdict,
      state,
      count: set.requirements.filter((requirement) => requirement.verdict === state).length,
      total: requirements,
    })),
    ...scenarioVerdicts.map((state) => ({
      of: 'tests',
      verdict: verdictText[state],
      state,
      count: set.tests.filter(({ item }) => item.verdict === state).length,
      total: tests,
    })),
  ].filter((row) => row.count > 0)
}

function configurationsOf(set: TracedSet): string {
  const digests = [...new Set(set.tests.map(({ item }) => item.configurationDigest).filter((digest) => digest !== null))].sort()
  return digests.length === 0
    ? notStated
    : digests.slice(0, 10).join(', ') + (digests.length > 10 ? ` and ${digests.length - 10} more` : '')
}

function gateView({ name, wanted, found, met }: TracedSet['gates'][number]): GateView {
  return { name, required: wanted, measured: found, met, state: met ? 'met' : 'not-met', verdict: met ? 'met' : 'not met' }
}

function failedTest({ item }: TracedTest): readonly DossierAnomaly[] {
  if (item.verdict === 'passed') return []
  const message = item.steps.find((step) => step.message !== '')?.message
  return [
    {
      kind: 'test',
      state: item.verdict,
      id: item.name === '' ? 'unnamed test' : item.name,
      text: message ?? verdictText[item.verdict],
      place: printPlace(item.place),
    },
  ]
}

function anomaly({ kind, id, text, place }: Defect): DossierAnomaly {
  return { kind, state: kind, id: id === '' ? 'none' : id, text: text === '' ? notStated : text, place: place === '' ? notStated : place }
}

function filled<Row extends Readonly<Record<string, string>>>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text.trim() === '' ? notStated : text])) as Row
}

/** File names, the first ones of very many. */
function listed(files: readonly string[]): string {
  if (files.length === 0) return 'none'
  return files.slice(0, 20).join(', ') + (files.length > 20 ? ` and ${files.length - 20} more` : '')
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`
}
