/**
 * The verdict of each requirement, with what is missing. Worst first: a failure outweighs everything, a result that is not
 * current or not there makes a pass partial, and only a justification that is in force closes what tests leave open; never a failure.
 */
import { isFailure, verdictText, type MethodVerdict } from '../../model/verdict.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { TracedArtefact, TracedMethod } from '../../items/traced-method.js'
import type { Justification, RequirementVerdict, TracedTest } from '../../items/traced-set.js'
import { noPositions, type ItemLinks } from './item-links.js'
import { methodStates, missingMethods, noMethods, verdictOf, withMethods } from './method-states.js'
import { kindName, wantOf, type Policy, type Want } from './policy.js'
import type { TestLinks } from './test-links.js'

export interface JudgedRequirement {
  readonly verdict: RequirementVerdict
  readonly byTest: MethodVerdict
  readonly missing: readonly string[]
  readonly justification: Justification | null
  readonly methods: readonly TracedMethod[]
}

export interface VerdictInputs {
  readonly items: readonly RequirementItem[]
  readonly links: ItemLinks
  readonly tests: TestLinks
  /** Analyses and inspections by position. */
  readonly artefacts: ReadonlyMap<number, readonly TracedArtefact[]>
  readonly duplicates: ReadonlySet<number>
  /** By id, or `id~revision`. */
  readonly justifications: ReadonlyMap<string, Justification>
  readonly policy: Policy
}

/** A list of causes longer than this ends in their number. */
const shownCauses = 5
const nothingMissing: readonly string[] = []
const noArtefacts: readonly TracedArtefact[] = []

/** What most requirements of a large set are, once for all of them. */
const passed: JudgedRequirement = { verdict: 'passed', byTest: 'passed', missing: nothingMissing, justification: null, methods: noMethods }
const untested: JudgedRequirement = { verdict: 'uncovered', byTest: 'none', missing: ['no test'], justification: null, methods: noMethods }
const notRequired: JudgedRequirement = {
  verdict: 'not-required',
  byTest: 'none',
  missing: nothingMissing,
  justification: null,
  methods: noMethods,
}

/** Tests of one requirement, and those of them that verify a part of it only. */
interface Evidence {
  readonly tests: readonly number[]
  readonly partial: ReadonlySet<number>
}

const noTests: ReadonlySet<number> = new Set()

export class RequirementVerdicts {
  private readonly wants: readonly Want[]

  constructor(private readonly inputs: VerdictInputs) {
    const byKind = new Map<string, Want>()
    this.wants = inputs.items.map(({ kind }) => {
      const known = byKind.get(kind)
      if (known !== undefined) return known
      const want = wantOf(inputs.policy, kind)
      byKind.set(kind, want)
      return want
    })
  }

  judge(at: number): JudgedRequirement {
    const item = this.itemAt(at)
    const reason = this.whyNotRequired(at, item)
    const evidence = this.weigh(this.evidenceFor(at))
    const justification = this.justificationOf(item)
    const methods = methodStates(item.methods, this.inputs.artefacts.get(at) ?? noArtefacts)
    if (reason !== null) {
      if (reason === '' && methods.some(({ state }) => state === 'failed'))
        return {
          ...notRequired,
          verdict: 'failed',
          byTest: evidence.byTest,
          missing: missingMethods(methods, false),
          justification,
          methods,
        }
      const unmet = reason === '' ? this.missingBelow(at, item) : nothingMissing
      if (unmet.length > 0) return this.notCoveredFromBelow(item, unmet, { ...evidence, methods }, justification)
      if (reason === '' && justification === null && evidence === untested && methods === noMethods) return notRequired
      const missing = reason === '' ? nothingMissing : [reason]
      return { verdict: 'not-required', byTest: evidence.byTest, missing, justification, methods }
    }
    const lacks = this.missingKinds(at, item)
    const duplicate = this.inputs.duplicates.has(at) ? ['another item has the same id: a reference to it leads to neither'] : nothingMissing
    if (lacks.length + duplicate.length === 0 && justification === null && methods === noMethods) return evidence
    const alone = namesNoTest(item)
    const byMethods = missingMethods(methods, alone || this.inputs.policy.methods === 'all')
    const own = alone && evidence === untested ? { ...evidence, verdict: verdictOf(methods), missing: nothingMissing } : evidence
    const missing = [...own.missing, ...lacks, ...byMethods, ...duplicate]
    const open = methods === noMethods ? own.verdict : withMethods(own.verdict, methods)
    const found: RequirementVerdict = open === 'passed' && missing.length > 0 ? 'partial' : open
    const closes = justification?.state === 'current' && found !== 'failed' && found !== 'passed'
    return { verdict: closes ? 'justified' : found, byTest: evidence.byTest, missing, justification, methods }
  }

  /** An item that needs no test of its own and that nothing covers is as open as one without a test. */
  private notCoveredFromBelow(
    { needs }: RequirementItem,
    missing: readonly string[],
    { byTest, methods }: JudgedRequirement,
    justification: Justification | null,
  ): JudgedRequirement {
    const verdict = justification?.state === 'current' ? 'justified' : missing.length < needs.length ? 'partial' : 'uncovered'
    return { verdict, byTest, missing, justification, methods }
  }

  private missingBelow(at: number, item: RequirementItem): readonly string[] {
    const kinds = this.missingKinds(at, item)
    const alone = this.wants[at] === 'below' && (this.inputs.links.below[at] ?? noPositions).length === 0
    return alone && kinds.length === 0 ? ['nothing below it'] : kinds
  }

  /** Null: it needs a passing test. Otherwise why it needs none; empty where that is plain. */
  private whyNotRequired(at: number, item: RequirementItem): string | null {
    const { policy, links, tests } = this.inputs
    const want = this.wants[at]
    if (want === 'nothing' || want === 'test-case' || want === 'below') return ''
    if (item.status !== '' && policy.excludedStatus.has(item.status.toLowerCase())) return `not judged: its status is ${item.status}`
    if (!policy.included.has(item.inclusion)) return `not judged: the policy leaves out what is ${item.inclusion}`
    if (want === 'container' && this.hasElements(at)) return ''
    if (namesNoTest(item)) return policy.artefacts === null ? `to be verified by ${item.methods.join(' and ')}, not by test` : null
    if (tests.byRequirement[at] !== undefined) return null
    if (item.needs.length > 0 && !item.needs.some((kind) => wantOf(policy, kind) === 'test-case')) return ''
    for (const below of links.below[at] ?? noPositions) if (this.wants[below] === 'test' || this.wants[below] === 'container') return ''
    return null
  }

  private hasElements(at: number): boolean {
    return this.inputs.links.parts[at]?.some((part) => this.wants[part] === 'test') ?? false
  }

  /** Its own tests, those of the test cases that cover it, and those of the container it is a part of, as far as the policy goes. */
  private evidenceFor(at: number): Evidence {
    const { links, tests } = this.inputs
    const own = tests.byRequirement[at] ?? noPositions
    let others: { readonly from: number; readonly partial: boolean }[] | undefined
    for (const from of links.below[at] ?? noPositions)
      if (this.wants[from] === 'test-case' && tests.byRequirement[from] !== undefined)
        (others ??= []).push({ from, partial: links.partial.has(`${at} ${from}`) })
    const container = this.containerOf(at)
    if (container !== undefined) (others ??= []).push({ from: container, partial: this.inputs.policy.containers === 'partial' })
    if (others === undefined) return { tests: own, partial: this.partsOf(at, own) }
    const full = new Set(own)
    const partial = new Set(this.partsOf(at, own))
    for (const part of partial) full.delete(part)
    for (const other of others)
      for (const test of tests.byRequirement[other.from] ?? noPositions)
        (other.partial || tests.isPartial(other.from, test) ? partial : full).add(test)
    for (const test of full) partial.delete(test)
    return { tests: [...full, ...partial], partial }
  }

  private containerOf(at: number): number | undefined {
    if (this.inputs.policy.containers === 'nothing') return undefined
    const holder = this.inputs.links.holder.get(at)
    if (holder === undefined || this.wants[holder] !== 'container') return undefined
    return this.inputs.tests.byRequirement[holder] === undefined ? undefined : holder
  }

  private partsOf(at: number, tests: readonly number[]): ReadonlySet<number> {
    const parts = tests.filter((test) => this.inputs.tests.isPartial(at, test))
    return parts.length === 0 ? noTests : new Set(parts)
  }

  private weigh({ tests, partial }: Evidence): JudgedRequirement {
    if (tests.length === 0) return untested
    if (partial.size === 0 && tests.every((test) => this.isCurrentPass(test))) return passed
    const [failures, stale, without]: [string[], string[], string[]] = [[], [], []]
    let [full, part] = [0, 0]
    for (const test of tests) {
      const { name, verdict } = this.testAt(test).item
      if (this.inputs.tests.stale.has(test)) stale.push(`stale: ${name}`)
      else if (isFailure(verdict)) failures.push(`${verdictText[verdict]}: ${name}`)
      else if (verdict !== 'passed') without.push(`${verdictText[verdict]}: ${name}`)
      else if (partial.has(test)) part++
      else full++
    }
    const onlyPart = full === 0 && part > 0 ? ['the tests that pass verify a part of it only'] : []
    const missing = [...shorten(failures), ...shorten(stale), ...shorten(without), ...onlyPart]
    return { ...inSum(failures.length, stale.length, full + part, missing.length === 0), missing, justification: null, methods: noMethods }
  }

  private isCurrentPass(test: number): boolean {
    return this.testAt(test).item.verdict === 'passed' && !this.inputs.tests.stale.has(test)
  }

  /** Kinds that the item itself asks for (OpenFastTrace `Needs`); a test of the run stands for any kind of test. */
  private missingKinds(at: number, { needs }: RequirementItem): readonly string[] {
    if (needs.length === 0) return nothingMissing
    const { items, links, tests, policy } = this.inputs
    const present = new Set((links.below[at] ?? noPositions).map((below) => kindName(items[below]?.kind ?? '')))
    const tested = tests.byRequirement[at] !== undefined
    return needs
      .filter((kind) => !present.has(kindName(kind)) && !(tested && wantOf(policy, kind) === 'test-case'))
      .map((kind) => `no ${kind} covers it`)
  }

  private justificationOf({ id, revision }: RequirementItem): Justification | null {
    const { justifications } = this.inputs
    if (justifications.size === 0) return null
    return (revision === null ? undefined : justifications.get(`${id}~${revision}`)) ?? justifications.get(id) ?? null
  }

  private itemAt(at: number): RequirementItem {
    const item = this.inputs.items[at]
    if (item === undefined) throw new RangeError(`no requirement at ${at}`)
    return item
  }

  private testAt(at: number): TracedTest {
    const test = this.inputs.tests.tests[at]
    if (test === undefined) throw new RangeError(`no test at ${at}`)
    return test
  }
}

function namesNoTest({ methods }: RequirementItem): boolean {
  return methods.length > 0 && !methods.includes('test')
}

function inSum(failures: number, stale: number, passes: number, whole: boolean): Pick<JudgedRequirement, 'verdict' | 'byTest'> {
  if (failures > 0) return { verdict: 'failed', byTest: 'failed' }
  if (passes > 0) return whole ? { verdict: 'passed', byTest: 'passed' } : { verdict: 'partial', byTest: 'partial' }
  return stale > 0 ? { verdict: 'stale', byTest: 'stale' } : { verdict: 'uncovered', byTest: 'not-run' }
}

function shorten(causes: readonly string[]): readonly string[] {
  return causes.length <= shownCauses ? causes : [...causes.slice(0, shownCauses), `and ${causes.length - shownCauses} more of that kind`]
}
