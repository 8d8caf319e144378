import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import { Aclint } from './aclint.js'

const NEVER = 2n ** 64n - 1n
const at = (cycle: number): Aclint => new Aclint({ now: () => cycle }, 2)

describe('ACLINT 1.0, MSWI and MTIMER', () => {
  test('meets the device contract', () => {
    assertDeviceContract({ create: () => at(77), offsets: [0, 4, 8, 0x3ffc, 0x4000, 0x4004, 0x4008, 0x4010, 0xbff8, 0xbffc, 0xffff] })
  })

  const absent: readonly (readonly [string, number, Width])[] = [
    ['MSIP of an absent hart', 0x8, 4],
    ['MSIP, byte access', 0x0, 1],
    ['MSIP, two registers at once', 0x0, 8],
    ['MSIP, misaligned', 0x2, 4],
    ['MTIMECMP of an absent hart', 0x4010, 8],
    ['MTIMECMP, misaligned', 0x4004, 8],
    ['MTIMECMP, half word', 0x4000, 2],
    ['after MTIME', 0xc000, 8],
  ]
  for (const [what, offset, width] of absent)
    test(`${what} is refused, and changes nothing`, () => {
      const aclint = at(5)
      assert.equal(aclint.load(offset, width), undefined)
      assert.equal(aclint.store(offset, width, 1n), false)
      assert.deepEqual(aclint.snapshot(), at(5).snapshot())
    })

  test('MTIME cannot be written: it is the clock', () => {
    const aclint = at(5)
    assert.equal(aclint.store(0xbff8, 8, 100n), false)
    assert.equal(aclint.load(0xbff8, 8), 5n)
  })

  test('MTIME counts cycles; its halves can be read alone', () => {
    const aclint = at(0x1_2345_6789)
    assert.deepEqual([aclint.load(0xbff8, 8), aclint.load(0xbff8, 4), aclint.load(0xbffc, 4)], [0x1_2345_6789n, 0x2345_6789n, 1n])
  })

  test('after reset no timer is due and no software interrupt pending', () => {
    const aclint = at(5)
    assert.deepEqual([aclint.timerCompare(0), aclint.timerCompare(1)], [NEVER, NEVER])
    assert.equal(aclint.softwarePending(1), false)
  })

  test('MTIMECMP belongs to its hart; a half changes alone', () => {
    const aclint = at(5)
    aclint.store(0x4008, 8, 0x1_0000_0002n)
    aclint.store(0x400c, 4, 7n)
    assert.deepEqual([aclint.timerCompare(0), aclint.timerCompare(1)], [NEVER, 0x7_0000_0002n])
  })

  test('only bit 0 of MSIP is writable', () => {
    const aclint = at(5)
    aclint.store(4, 4, 0xffff_fffen)
    assert.equal(aclint.softwarePending(1), false)
    aclint.store(4, 4, 0xffff_ffffn)
    assert.equal(aclint.load(4, 4), 1n)
    assert.deepEqual([aclint.softwarePending(0), aclint.softwarePending(1)], [false, true])
  })
})
