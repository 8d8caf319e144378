import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import type { AccessFault } from '../../common/hosted-port.js'
import { isFault } from '../../common/hosted-port.js'
import { PAGE_BYTES } from '../../common/units.js'
import { KernelMemory } from '../memory/kernel-memory.js'
import { testAndClear } from './memory-test.js'

const RANGE = { address: 0x8010_0000, bytes: 4 * PAGE_BYTES }

/** One byte of memory in which some bits do not take what is written: they read as `value` has them. */
class StuckPort extends ArrayPort {
  constructor(
    private readonly stuckAt: number,
    private readonly mask: number,
    private readonly value: number,
  ) {
    super([RANGE])
  }

  override readBytes(address: number, length: number): Uint8Array | AccessFault {
    const bytes = super.readBytes(address, length)
    const index = this.stuckAt - address
    if (!isFault(bytes) && index >= 0 && index < length) bytes[index] = ((bytes[index] ?? 0) & ~this.mask) | (this.value & this.mask)
    return bytes
  }
}

describe('Memory test, SKPP FPT_AMT.1', () => {
  for (const page of [0, 3])
    for (let bit = 0; bit < 8; bit++)
      for (const value of [0, 0xff])
        test(`bit ${bit} stuck at ${value & 1} in page ${page} is found, and its page named`, () => {
          const page0 = RANGE.address + page * PAGE_BYTES
          const memory = new KernelMemory(new StuckPort(page0 + 77, 1 << bit, value), 0)
          assert.equal(testAndClear(memory, RANGE), page0)
        })

  test('sound memory passes and is zero afterwards, whatever it held', () => {
    const port = new ArrayPort([RANGE])
    port.raw(RANGE.address, RANGE.bytes).fill(0xee)
    assert.equal(testAndClear(new KernelMemory(port, 0), RANGE), undefined)
    assert.ok(port.raw(RANGE.address, RANGE.bytes).every((byte) => byte === 0))
  })

  test('no byte beside the range is touched', () => {
    const port = new ArrayPort([RANGE])
    port.raw(RANGE.address, RANGE.bytes).fill(0xee)
    testAndClear(new KernelMemory(port, 0), { address: RANGE.address + PAGE_BYTES, bytes: PAGE_BYTES })
    assert.ok(port.raw(RANGE.address, PAGE_BYTES).every((byte) => byte === 0xee))
    assert.ok(port.raw(RANGE.address + 2 * PAGE_BYTES, 2 * PAGE_BYTES).every((byte) => byte === 0xee))
  })
})
