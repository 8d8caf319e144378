/**
 * The World of a scenario: one system under test, the comparisons made on it, and the rules that keep a scenario honest.
 * Every expected value stands in the text of its step; every partition that called the kernel is looked at by some step.
 */
import assert from 'node:assert/strict'
import { World } from '@cucumber/cucumber'
import { openSystem } from '../kernel/testbench/open-system.js'
import { isListed } from '../kernel/testbench/vocabulary.js'
import type { Observation, Observed, Stimulus, SystemUnderTest } from '../kernel/testbench/system-under-test.js'
import { takeCoverage } from './coverage.js'
import { COMPARISON_MEDIA_TYPE, falsified, holds, type Comparison } from './comparison.js'

/** `stands`: the words of the step that express the expected value, where they are not the value itself. */
export interface CheckedComparison extends Comparison {
  readonly stands?: string
  /** The partition whose behaviour this looks at. */
  readonly partition?: string
}

const ENGINE = process.env['BULKHEAD_ENGINE'] === 'reference' ? 'reference' : 'interpreter'
const AMNESIA = process.env['BULKHEAD_AMNESIA'] === '1'
/** Falsify the comparison of this index in every scenario; no scenario with so many comparisons may pass then. */
const FALSIFY = process.env['BULKHEAD_FALSIFY'] === undefined ? undefined : Number(process.env['BULKHEAD_FALSIFY'])
/** Stimuli that act on what the system is started with. */
const BEFORE_BOOT: readonly Stimulus['kind'][] = ['alter-boot-input', 'trust-owner']
/** Calls whose only result is that time passes. */
const TIMING_CALLS: readonly string[] = ['yield', 'wait']

export class SystemWorld extends World {
  stepText = ''
  /** Text of a configuration under judgement. */
  configuration = ''
  private opened: SystemUnderTest | undefined
  private systemName = ''
  private booted = false
  private comparisons = 0
  private readonly programs = new Map<string, string>()
  private readonly stimuli: Stimulus[] = []
  private readonly lookedAt = new Set<string>()
  /** Uses of interfaces that need no system: the configuration compiler's. */
  readonly buildUses: { readonly entry: string; readonly outcome: string }[] = []

  open(name: string): void {
    this.systemName = name
    this.opened = openSystem(name, { engine: ENGINE, amnesia: AMNESIA })
    // Building a system is cached between scenarios, so what ran for it says nothing about this one.
    takeCoverage()
  }

  get system(): SystemUnderTest {
    assert.ok(this.opened, 'the scenario names no system; remedy: begin with: Given the system "..."')
    return this.opened
  }

  get hasSystem(): boolean {
    return this.opened !== undefined
  }

  load(partition: string, program: string): void {
    this.programs.set(partition, program)
    this.system.load(partition, program)
  }

  boot(): void {
    assert.ok(!this.booted, 'the system is on already')
    this.system.boot()
    this.booted = true
  }

  /** Applies a stimulus; whatever needs a running system boots it first. */
  stimulate(stimulus: Stimulus): void {
    if (!BEFORE_BOOT.includes(stimulus.kind) && !this.booted) this.boot()
    this.stimuli.push(stimulus)
    this.system.stimulate(stimulus)
  }

  observe<Kind extends Observation['kind']>(observation: Extract<Observation, { readonly kind: Kind }>): Observed[Kind] {
    return this.system.observe(observation)
  }

  /** The same system, programs and stimuli up to here, but for the programs in `instead`. */
  rerun(instead: ReadonlyMap<string, string>): SystemUnderTest {
    const other = this.fresh(instead)
    other.boot()
    for (const stimulus of this.stimuli) if (!BEFORE_BOOT.includes(stimulus.kind)) other.stimulate(stimulus)
    return other
  }

  /** The same system with the same programs, at the moment its first window begins. */
  asBooted(): SystemUnderTest {
    const other = this.fresh(new Map())
    other.boot()
    return other
  }

  /** Records a comparison on the present step and fails the step when it does not hold. */
  compare({ stands, partition, ...comparison }: CheckedComparison): void {
    const literal = stands ?? comparison.expected
    assert.ok(this.stepText.includes(literal), `the expected value ${JSON.stringify(literal)} does not stand in the text of the step`)
    if (partition !== undefined) this.lookedAt.add(partition)
    const made = this.comparisons++ === FALSIFY ? falsified(comparison) : comparison
    const verdict = holds(made)
    this.attach(JSON.stringify({ ...made, holds: verdict }), { mediaType: COMPARISON_MEDIA_TYPE })
    assert.ok(verdict, `${made.what}: expected ${made.comparison} ${made.expected}, observed ${made.observed} (${made.source})`)
  }

  /** A call was made whose caller no step looked at, an outcome was seen that nobody described, or nothing was compared at all. */
  refuseUncheckedCalls(): void {
    assert.ok(this.comparisons > 0, 'no step of this scenario compared anything')
    if (this.opened === undefined) return
    this.refuseBrokenPolicy(this.opened)
    const unlisted = this.opened.interfaceUses().find(({ entry, outcome }) => !isListed(entry, outcome))
    assert.ok(unlisted === undefined, `outcome ${unlisted?.outcome ?? ''} of ${unlisted?.entry ?? ''} is not in the interface description`)
    const unchecked = this.opened
      .interfaceUses()
      .filter(
        ({ partition, entry }) =>
          partition !== undefined && entry !== 'window_timer' && !TIMING_CALLS.includes(entry) && !this.lookedAt.has(partition),
      )
    const [first] = unchecked
    assert.ok(first === undefined, `partition "${first?.partition ?? ''}" used ${first?.entry ?? ''} and no step looked at what came of it`)
  }

  /** After every scenario, unless it altered memory itself: nobody reaches more than the policy gives, and nothing happened that it does not permit. */
  private refuseBrokenPolicy(system: SystemUnderTest): void {
    const altered = this.stimuli.some(({ kind }) => kind === 'flip-bit' || BEFORE_BOOT.includes(kind))
    if (altered || !this.booted) return
    const [finding] = system.observe({ kind: 'isolation' })
    assert.ok(finding === undefined, `the page tables in memory are not what the policy says: ${finding ?? ''}`)
    const chain = system.observe({ kind: 'audit-chain' })
    assert.equal(chain, 'whole', `the chain of the audit trail is ${chain}`)
    const [transition] = system.observe({ kind: 'transitions' })
    assert.ok(transition === undefined, `a transition that the policy does not permit: ${transition ?? ''}`)
  }

  private fresh(instead: ReadonlyMap<string, string>): SystemUnderTest {
    const other = openSystem(this.systemName, { engine: ENGINE, amnesia: AMNESIA })
    for (const [partition, program] of new Map([...this.programs, ...instead])) other.load(partition, program)
    return other
  }
}
