/** A system restored from a snapshot, taken anywhere, goes on as if nothing had happened: in lock-step to the cycle and the byte. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deserialize, serialize } from 'node:v8'
import type { BulkheadSystem } from '../../kernel/testbench/bulkhead-system.js'
import { busySystem, SYSTEM_NAMES } from './busy-system.js'

const STEP = 47_919
const STEPS = 4

/** Through bytes, as to another process. */
const sent = (system: BulkheadSystem): ReturnType<BulkheadSystem['snapshot']> =>
  deserialize(serialize(system.snapshot())) as ReturnType<BulkheadSystem['snapshot']>

function booted(name: string): BulkheadSystem {
  const system = busySystem(name, { engine: 'interpreter', amnesia: false })
  system.boot()
  return system
}

function lockStep(original: BulkheadSystem, restored: BulkheadSystem): void {
  for (let step = 0; step < STEPS; step++) {
    assert.equal(restored.stateDigest(), original.stateDigest(), `after ${step} steps of ${STEP} cycles`)
    assert.deepEqual(restored.effort(), original.effort())
    for (const system of [original, restored]) system.stimulate({ kind: 'run-cycles', cycles: STEP })
  }
}

describe('Snapshot of a running system', () => {
  test('of another system is refused', () => {
    const other = busySystem('two-partitions', { engine: 'interpreter', amnesia: false })
    const snapshot = booted('two-partitions').snapshot()
    assert.throws(() => other.continueFrom({ ...snapshot, ramBytes: snapshot.ramBytes * 2 }), { code: 'configuration' })
  })

  for (const name of SYSTEM_NAMES)
    test(`${name} goes on in lock-step from the middle of a window`, () => {
      const original = booted(name)
      original.stimulate({ kind: 'run-cycles', cycles: 15_000 })
      const restored = busySystem(name, { engine: 'interpreter', amnesia: true })
      restored.continueFrom(sent(original))
      lockStep(original, restored)
    })

  test('goes on in lock-step on the other engine', () => {
    const original = booted('three-partitions')
    original.stimulate({ kind: 'run-cycles', cycles: 45_678 })
    const restored = busySystem('three-partitions', { engine: 'reference', amnesia: false })
    restored.continueFrom(sent(original))
    lockStep(original, restored)
  })

  test('taken twice and continued twice gives the same end', () => {
    const original = booted('supervised')
    original.stimulate({ kind: 'run-cycles', cycles: 65_432 })
    const snapshot = original.snapshot()
    const ends = [0, 1].map(() => {
      original.continueFrom(snapshot)
      original.stimulate({ kind: 'run-cycles', cycles: 300_000 })
      return original.stateDigest()
    })
    assert.equal(ends[0], ends[1])
  })
})
