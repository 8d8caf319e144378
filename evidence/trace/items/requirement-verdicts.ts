/**
 * The verdict of each requirement by test, with what is missing. Worst first: a failure outweighs everything, a result that is not
 * current or not there makes a pass partial, and only a justification that is in force closes what tests leave open; never a failure.
 */
import { isFailure, verdictText, type Method, type MethodVerdict } from '../../model/verdict.js'
import type { LinkExtent, RequirementItem } from '../../items/requirement-item.js'
import type { Justification, RequirementVerdict, TracedTest } from '../../items/traced-set.js'
import type { ItemLinks } from './item-links.js'
import { kindName, wantOf, type Policy, type Want } from './policy.js'
import type { TestLink, TestLinks } from './test-links.js'

export interface JudgedRequirement {
  readonly verdict: RequirementVerdict
  readonly byTest: MethodVerdict
  readonly missing: readonly string[]
  readonly justification: Justification | null
}

export interface VerdictInputs {
  readonly items: readonly RequirementItem[]
  readonly links: ItemLinks
  readonly tests: TestLinks
  readonly duplicates: ReadonlySet<number>
  /** By id, or `id~revision`. */
  readonly justifications: ReadonlyMap<string, Justification>
  readonly policy: Policy
}

/** A list of causes longer than this ends in their number. */
const shownCauses = 5
const nothingMissing: readonly string[] = []

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
    const evidence = this.weigh(this.testsOf(at))
    const justification = this.justificationOf(item)
    if (reason !== null)
      return { verdict: 'not-required', byTest: evidence.byTest, missing: reason === '' ? nothingMissing : [reason], justification }
    const missing = [...evidence.missing, ...this.missingKinds(at, item), ...this.missingMethods(item)]
    if (this.inputs.duplicates.has(at)) missing.push('another item has the same id: a reference to it leads to neither')
    const open: RequirementVerdict = evidence.verdict === 'passed' && missing.length > 0 ? 'partial' : evidence.verdict
    const closes = justification?.state === 'current' && open !== 'failed' && open !== 'passed'
    return {
      verdict: closes ? 'justified' : open,
      byTest: evidence.byTest,
      missing: missing.length === 0 ? nothingMissing : missing,
      justification,
    }
  }

  /** Null: it needs a passing test. Otherwise why it needs none; empty where that is plain. */
  private whyNotRequired(at: number, item: RequirementItem): string | null {
    const { policy, links, tests } = this.inputs
    const want = this.wants[at]
    if (want === 'nothing' || want === 'test-case' || want === 'below') return ''
    if (item.status !== '' && policy.excludedStatus.has(item.status.toLowerCase())) return `not judged: its status is ${item.status}`
    if (!policy.included.has(item.inclusion)) return `not judged: the policy leaves out what is ${item.inclusion}`
    if (want === 'container' && this.hasElements(at)) return ''
    if (item.methods.length > 0 && !item.methods.includes('test')) return `to be verified by ${item.methods.join(' and ')}, not by test`
    if (tests.byRequirement.has(at)) return null
    if (item.needs.length > 0 && !item.needs.some((kind) => wantOf(policy, kind) === 'test-case')) return ''
    return links.below[at]?.some((below) => this.wants[below] === 'test' || this.wants[below] === 'container') === true ? '' : null
  }

  private hasElements(at: number): boolean {
    return this.inputs.links.parts[at]?.some((part) => this.wants[part] === 'test') ?? false
  }

  /** Its own tests, those of the test cases that cover it, and those of the container it is a part of, as far as the policy goes. */
  private testsOf(at: number): readonly TestLink[] {
    const { links, tests, policy } = this.inputs
    const own = tests.byRequirement.get(at)
    const cases = links.below[at]?.filter((below) => this.wants[below] === 'test-case') ?? []
    const containers = policy.containers === 'nothing' ? [] : (links.above[at]?.filter((above) => this.contains(above, at)) ?? [])
    if (cases.length === 0 && containers.length === 0) return own ?? []
    const all = new Map<number, LinkExtent>()
    const add = (link: TestLink, partial: boolean): void => {
      if (all.get(link.test) !== 'full') all.set(link.test, partial ? 'partial' : link.extent)
    }
    for (const link of own ?? []) add(link, false)
    for (const below of cases) for (const link of tests.byRequirement.get(below) ?? []) add(link, links.partial.has(`${at} ${below}`))
    for (const above of containers) for (const link of tests.byRequirement.get(above) ?? []) add(link, policy.containers === 'partial')
    return [...all].map(([test, extent]) => ({ test, extent }))
  }

  private contains(above: number, at: number): boolean {
    return this.wants[above] === 'container' && this.inputs.links.holder.get(at) === above
  }

  private weigh(links: readonly TestLink[]): { verdict: RequirementVerdict; byTest: MethodVerdict; missing: readonly string[] } {
    const [first] = links
    if (first === undefined) return { verdict: 'uncovered', byTest: 'none', missing: ['no test'] }
    if (links.length === 1 && first.extent === 'full' && this.isCurrentPass(first.test)) return passed
    return this.weighAll(links)
  }

  private isCurrentPass(test: number): boolean {
    return this.testAt(test).item.verdict === 'passed' && !this.inputs.tests.stale.has(test)
  }

  private weighAll(links: readonly TestLink[]): { verdict: RequirementVerdict; byTest: MethodVerdict; missing: readonly string[] } {
    const [failures, stale, without]: [string[], string[], string[]] = [[], [], []]
    let [full, part] = [0, 0]
    for (const { test, extent } of links) {
      const { name, verdict } = this.testAt(test).item
      if (this.inputs.tests.stale.has(test)) stale.push(`stale: ${name}`)
      else if (isFailure(verdict)) failures.push(`${verdictText[verdict]}: ${name}`)
      else if (verdict !== 'passed') without.push(`${verdictText[verdict]}: ${name}`)
      else if (extent === 'full') full++
      else part++
    }
    const onlyPart = full === 0 && part > 0 ? ['the tests that pass verify a part of it only'] : []
    const missing = [...shorten(failures), ...shorten(stale), ...shorten(without), ...onlyPart]
    if (failures.length > 0) return { verdict: 'failed', byTest: 'failed', missing }
    if (full + part > 0) {
      const whole = missing.length === 0
      return { verdict: whole ? 'passed' : 'partial', byTest: whole ? 'passed' : 'partial', missing }
    }
    return stale.length > 0 ? { verdict: 'stale', byTest: 'stale', missing } : { verdict: 'uncovered', byTest: 'not-run', missing }
  }

  /** Kinds that the item itself asks for (OpenFastTrace `Needs`); a test of the run stands for any kind of test. */
  private missingKinds(at: number, { needs }: RequirementItem): string[] {
    if (needs.length === 0) return []
    const { items, links, tests, policy } = this.inputs
    const present = new Set((links.below[at] ?? []).map((below) => kindName(items[below]?.kind ?? '')))
    const tested = tests.byRequirement.has(at)
    return needs
      .filter((kind) => !present.has(kindName(kind)) && !(tested && wantOf(policy, kind) === 'test-case'))
      .map((kind) => `no ${kind} covers it`)
  }

  private missingMethods({ methods }: RequirementItem): string[] {
    if (this.inputs.policy.methods === 'test') return []
    return methods.filter((method: Method) => method !== 'test').map((method) => `${method}: none`)
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

const passed = { verdict: 'passed', byTest: 'passed', missing: nothingMissing } as const

function shorten(causes: readonly string[]): readonly string[] {
  return causes.length <= shownCauses ? causes : [...causes.slice(0, shownCauses), `and ${causes.length - shownCauses} more of that kind`]
}
