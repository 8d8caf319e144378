/**
 * The machine is the only state: the kernel rebuilt from memory at every trap does the same, to the cycle and the byte, and so does
 * the other engine. SKPP FPT_SEP.3; what is compared is the whole architectural state.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { busySystem, SYSTEM_NAMES } from './busy-system.js'

const FRAMES = 3

function stateAfter(name: string, engine: 'interpreter' | 'reference', amnesia: boolean) {
  const system = busySystem(name, { engine, amnesia })
  system.boot()
  system.stimulate({ kind: 'run-frames', frames: FRAMES })
  return { digest: system.stateDigest(), windows: system.observe({ kind: 'windows' }), ...system.effort() }
}

describe(`Systems at work for ${FRAMES} frames`, () => {
  for (const name of SYSTEM_NAMES)
    test(`${name} ends in the same state with amnesia and without, in both engines`, () => {
      const plain = stateAfter(name, 'interpreter', false)
      assert.ok(plain.instructions > 10_000)
      assert.deepEqual(stateAfter(name, 'interpreter', true), plain)
      assert.deepEqual(stateAfter(name, 'reference', false), plain)
      assert.deepEqual(stateAfter(name, 'reference', true), plain)
    })

  test('another program leads to another state: the digest tells them apart', () => {
    const [name = ''] = SYSTEM_NAMES
    const system = busySystem(name, { engine: 'interpreter', amnesia: false })
    system.boot()
    system.stimulate({ kind: 'run-frames', frames: FRAMES })
    const before = system.stateDigest()
    system.stimulate({ kind: 'run-cycles', cycles: 1 })
    assert.notEqual(system.stateDigest(), before)
  })
})
