/** Random calls of a hostile partition, with fixed seeds: nothing of it reaches the bystander, and no oracle objects. SKPP FPT_SEP.3, FDP_IFF.1. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HostileCalls } from './hostile-calls.js'

const FRAMES = 40

describe('Random calls of a hostile partition', () => {
  for (const seed of [1, 2])
    test(`seed ${seed}: the bystander is as if the hostile partition had only spun`, (context) => {
      const [disturbed, quiet] = [new HostileCalls(seed, seed === 2), new HostileCalls(undefined)]
      for (const system of [disturbed, quiet]) system.run(FRAMES)
      context.diagnostic(`${disturbed.calls} calls with ${disturbed.outcomes().size} different results`)
      assert.ok(disturbed.calls > 1000, `only ${disturbed.calls} calls`)
      assert.ok(disturbed.outcomes().size > 30, 'the calls are of many kinds')
      assert.deepEqual(disturbed.objections(), [])
      assert.equal(disturbed.bystander(), quiet.bystander())
    })

  test('another bystander has another digest', () => {
    const system = new HostileCalls(undefined)
    system.run(1)
    const before = system.bystander()
    system.run(1)
    assert.notEqual(system.bystander(), before)
  })
})
