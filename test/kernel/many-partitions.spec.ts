/** As many partitions as a configuration holds boot and run, and each costs the boot what every other one does. SKPP FPT_ESS_EXP.1. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MOST_PARTITIONS } from '../../kernel/separation/config/limits.js'
import { bootChain } from './chain-system.js'

describe('Many partitions', () => {
  const cost = new Map<number, number>()

  for (const count of [16, 64, MOST_PARTITIONS])
    test(`${count} boot, and each runs in its window`, (context) => {
      const { system, bootCycles } = bootChain(count)
      cost.set(count, bootCycles)
      context.diagnostic(`boot: ${bootCycles} model cycles, ${Math.round(bootCycles / count)} per partition`)
      assert.deepEqual(system.observe({ kind: 'power' }), { state: 'on' })
      system.stimulate({ kind: 'run-frames', frames: 1 })
      assert.equal(system.observe({ kind: 'windows' }).length, count)
      assert.equal(system.observe({ kind: 'audit-chain' }), 'whole')
      assert.deepEqual(system.observe({ kind: 'transitions' }), [])
    })

  test('one more costs the same among many as among few', () => {
    const at = (count: number): number => cost.get(count) ?? Number.NaN
    const few = (at(64) - at(16)) / 48
    const many = (at(MOST_PARTITIONS) - at(64)) / (MOST_PARTITIONS - 64)
    assert.ok(Math.abs(many / few - 1) < 0.1, `${few} and ${many} model cycles`)
  })
})
