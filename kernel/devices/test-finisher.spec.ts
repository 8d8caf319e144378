import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DeviceModel } from '../common/device-port.js'
import { assertDeviceContract } from './device-contract.js'
import { TestFinisher, type FinisherOutcome } from './test-finisher.js'

function outcomes(offset: number, width: 1 | 2 | 4 | 8, value: bigint): { stored: boolean; seen: readonly FinisherOutcome[] } {
  const seen: FinisherOutcome[] = []
  const stored = new TestFinisher((outcome) => seen.push(outcome)).store(offset, width, value)
  return { stored, seen }
}

describe('Test finisher', () => {
  test('meets the device contract', () => {
    assertDeviceContract({ create: () => new TestFinisher(() => undefined), offsets: [0, 4, 0xffc] })
  })

  test('another width or offset is refused and ends nothing', () => {
    assert.deepEqual(outcomes(0, 2, 0x5555n), { stored: false, seen: [] })
    assert.deepEqual(outcomes(0, 8, 0x5555n), { stored: false, seen: [] })
    assert.deepEqual(outcomes(4, 4, 0x5555n), { stored: false, seen: [] })
  })

  test('a system that treats it as a syscon reads zero, changes and writes it: no other load is answered', () => {
    const finisher: DeviceModel = new TestFinisher(() => undefined)
    assert.equal(finisher.load(0, 4), 0n)
    assert.equal(finisher.load(0, 8), undefined)
    assert.equal(finisher.load(4, 4), undefined)
  })

  test('a value it does not know ends nothing', () => assert.deepEqual(outcomes(0, 4, 0x1234n), { stored: true, seen: [] }))

  const known: readonly (readonly [bigint, FinisherOutcome])[] = [
    [0x5555n, { kind: 'powered-off', code: 0 }],
    [0x0007_3333n, { kind: 'powered-off', code: 7 }],
    [0x7777n, { kind: 'reset' }],
  ]
  for (const [value, outcome] of known)
    test(`0x${value.toString(16)} means ${outcome.kind}`, () => assert.deepEqual(outcomes(0, 4, value), { stored: true, seen: [outcome] }))
})
