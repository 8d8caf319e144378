import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { M, S, U } from '../hart/privilege.js'
import { HartBlock } from '../memory/hart-block.js'
import { MachineMemory } from '../memory/machine-memory.js'
import { PMPADDR_SLOTS } from '../memory/layout.js'
import { checkPmp, pmpRanges, type PmpRange } from './pmp.js'

const [R, W, X, TOR, NA4, NAPOT, L] = [1, 2, 4, 0x08, 0x10, 0x18, 0x80]

/** Entries as (configuration, address register). */
function ranges(...entries: readonly (readonly [number, bigint])[]): readonly PmpRange[] {
  const block = new HartBlock(new MachineMemory(0x1_0000), 0)
  let configuration = 0n
  entries.forEach(([bits, address], index) => {
    configuration |= BigInt(bits) << BigInt(index * 8)
    block.set(PMPADDR_SLOTS[index]!, address)
  })
  block.set('pmpcfg0', configuration)
  return pmpRanges(block)
}

describe('Physical memory protection', () => {
  test('without a match S and U are refused and M is not', () => {
    for (const [privilege, allowed] of [
      [U, false],
      [S, false],
      [M, true],
    ] as const)
      assert.equal(checkPmp(ranges(), 0x8000_0000n, 4, 'load', privilege).allowed, allowed)
  })

  test('a match without the permission refuses S and U, and M only when locked', () => {
    const open = ranges([NAPOT | R, 0x2000_01ffn])
    const locked = ranges([NAPOT | R | L, 0x2000_01ffn])
    assert.equal(checkPmp(open, 0x8000_0000n, 4, 'store', S).allowed, false)
    assert.equal(checkPmp(open, 0x8000_0000n, 4, 'store', M).allowed, true)
    assert.equal(checkPmp(locked, 0x8000_0000n, 4, 'store', M).allowed, false)
    assert.equal(checkPmp(locked, 0x8000_0000n, 4, 'load', M).allowed, true)
    assert.equal(checkPmp(locked, 0x8000_0000n, 4, 'fetch', U).allowed, false)
  })

  test('an access that a deciding entry matches only in part fails, though every byte has permission', () => {
    const halves = ranges([NA4 | R, 0x2000_0000n], [NAPOT | R, 0x2000_01ffn])
    assert.equal(checkPmp(halves, 0x8000_0000n, 4, 'load', S).allowed, true)
    assert.equal(checkPmp(halves, 0x8000_0004n, 4, 'load', S).allowed, true)
    assert.equal(checkPmp(halves, 0x8000_0000n, 8, 'load', S).allowed, false)
    assert.equal(checkPmp(halves, 0x8000_0000n, 8, 'load', M).allowed, false)
  })

  test('the lowest-numbered matching entry decides', () => {
    const hole = ranges([NA4, 0x2000_0001n], [NAPOT | R | W | X, (1n << 54n) - 1n])
    assert.equal(checkPmp(hole, 0x8000_0004n, 4, 'load', U).allowed, false)
    assert.equal(checkPmp(hole, 0x8000_0008n, 4, 'load', U).allowed, true)
  })

  test('TOR covers from the previous address register up to its own, exclusive; from 0 for entry 0', () => {
    const tor = ranges([TOR | R, 0x2000n], [TOR | W, 0x3000n])
    assert.deepEqual(
      tor.map(({ start, end }) => [start, end]),
      [
        [0n, 0x8000n],
        [0x8000n, 0xc000n],
      ],
    )
    assert.deepEqual(ranges([TOR | R, 0x2000n], [TOR | R, 0x2000n]).length, 1, 'an empty range matches nothing')
  })

  test('NAPOT: trailing ones give the size, and all ones cover the whole space', () => {
    assert.deepEqual(
      ranges([NAPOT | R, 0x2000_0000n]).map(({ start, end }) => end - start),
      [8n],
    )
    assert.deepEqual(
      ranges([NAPOT | R, 0x2000_01ffn]).map(({ start, end }) => end - start),
      [4096n],
    )
    const [all] = ranges([NAPOT | R, (1n << 54n) - 1n])
    assert.ok(all !== undefined && all.start === 0n && all.end >= 1n << 56n)
  })

  test('a verdict that is uniform holds for every aligned access in its page', () => {
    const entry = fc.tuple(fc.integer({ min: 0, max: 0xff }), fc.bigInt({ min: 0x2000_0000n, max: 0x2000_07ffn }))
    const place = fc.integer({ min: 0, max: 0x1fff })
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 4 }),
        place,
        place,
        fc.constantFrom('load' as const, 'store' as const, 'fetch' as const),
        fc.constantFrom(M, S, U),
        (entries, first, second, access, privilege) => {
          const table = ranges(...entries)
          const at = (offset: number): bigint => 0x8000_0000n + BigInt(offset & ~7)
          const verdict = checkPmp(table, at(first), 8, access, privilege)
          if (!verdict.uniform || at(first) >> 12n !== at(second) >> 12n) return
          assert.equal(checkPmp(table, at(second), 8, access, privilege).allowed, verdict.allowed)
        },
      ),
      { seed: 0x9a9, numRuns: 3000 },
    )
  })
})
