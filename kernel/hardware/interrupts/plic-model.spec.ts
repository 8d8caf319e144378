/** The PLIC against a model of sets, for any order of levels, register stores, claims and completions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Plic } from './plic.js'

const SOURCES = 35
const CONTEXTS = [0, 1]

type Step =
  | { readonly kind: 'level'; readonly source: number; readonly high: boolean }
  | { readonly kind: 'priority'; readonly source: number; readonly value: number }
  | { readonly kind: 'enable'; readonly context: number; readonly word: number; readonly value: number }
  | { readonly kind: 'threshold'; readonly context: number; readonly value: number }
  | { readonly kind: 'claim' | 'complete'; readonly context: number; readonly source: number }

const source = fc.integer({ min: 1, max: SOURCES })
const context = fc.constantFrom(...CONTEXTS)
const value = fc.nat(7)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('level' as const), source, high: fc.boolean() }),
  fc.record({ kind: fc.constant('priority' as const), source, value }),
  fc.record({ kind: fc.constant('enable' as const), context, word: fc.nat(1), value: fc.nat(0xffff_ffff) }),
  fc.record({ kind: fc.constant('threshold' as const), context, value }),
  fc.record({ kind: fc.constantFrom('claim' as const, 'complete' as const), context, source }),
)

/** What the specification says, source by source. */
class Model {
  private readonly priority = new Map<number, number>()
  private readonly high = new Set<number>()
  private readonly pending = new Set<number>()
  private readonly claimed = new Set<number>()
  private readonly enabled = CONTEXTS.map(() => new Set<number>())
  private readonly threshold = CONTEXTS.map(() => 0)

  /** The source that a claim gives; 0 for other steps. */
  apply(step: Step): number {
    let given = 0
    if (step.kind === 'level') this.high[step.high ? 'add' : 'delete'](step.source)
    if (step.kind === 'priority') this.priority.set(step.source, step.value)
    if (step.kind === 'threshold') this.threshold[step.context] = step.value
    if (step.kind === 'enable')
      for (let bit = 0; bit < 32; bit++)
        this.enabled[step.context]?.[((step.value >>> bit) & 1) === 1 ? 'add' : 'delete'](step.word * 32 + bit)
    if (step.kind === 'claim') {
      given = this.first(step.context)
      this.pending.delete(given)
      if (given !== 0) this.claimed.add(given)
    }
    if (step.kind === 'complete' && this.enabled[step.context]?.has(step.source) === true) this.claimed.delete(step.source)
    for (const each of this.high) if (!this.claimed.has(each)) this.pending.add(each)
    return given
  }

  asserted(context: number): boolean {
    return this.priorityOf(this.first(context)) > (this.threshold[context] ?? 0)
  }

  private first(context: number): number {
    const ready = [...this.pending].filter((each) => this.enabled[context]?.has(each) === true && this.priorityOf(each) > 0)
    return ready.sort((a, b) => this.priorityOf(b) - this.priorityOf(a) || a - b)[0] ?? 0
  }

  private priorityOf(each: number): number {
    return this.priority.get(each) ?? 0
  }
}

function applyTo(plic: Plic, step: Step): number {
  const store = (offset: number, written: number): void => assert.ok(plic.store(offset, 4, BigInt(written)))
  switch (step.kind) {
    case 'level':
      plic.source(step.source).set(step.high)
      return 0
    case 'priority':
      store(4 * step.source, step.value)
      return 0
    case 'enable':
      store(0x2000 + 0x80 * step.context + 4 * step.word, step.value)
      return 0
    case 'threshold':
      store(0x20_0000 + 0x1000 * step.context, step.value)
      return 0
    case 'claim':
      return Number(plic.load(0x20_0004 + 0x1000 * step.context, 4))
    case 'complete':
      store(0x20_0004 + 0x1000 * step.context, step.source)
      return 0
  }
}

test('PLIC: claims and notifications are those of the model after every step', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const lines = CONTEXTS.map(() => false)
      const plic = new Plic(
        CONTEXTS.map((each) => ({ set: (level: boolean) => void (lines[each] = level) })),
        SOURCES,
      )
      const model = new Model()
      for (const each of steps) {
        assert.equal(applyTo(plic, each), model.apply(each), JSON.stringify(each))
        assert.deepEqual(
          lines,
          CONTEXTS.map((number) => model.asserted(number)),
          JSON.stringify(each),
        )
      }
    }),
    { seed: 20_260_103, numRuns: 200 },
  )
})
