import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { RAM, TLB_ENTRIES } from './layout.js'
import { MachineMemory } from './machine-memory.js'
import { Tlb } from './tlb.js'

const ADDRESS = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })

function fresh(): { tlb: Tlb; set: number } {
  const tlb = new Tlb(new MachineMemory(0x1_0000), 0)
  return { tlb, set: tlb.setOffset('load', 'S') }
}

describe('TLB', () => {
  test('a new or flushed buffer knows no address, not even 0 or the highest', () => {
    const { tlb, set } = fresh()
    fc.assert(
      fc.property(ADDRESS, (address) => {
        assert.equal(tlb.lookup(set, address, 1), undefined)
        tlb.fill(set, address, RAM)
        tlb.flush()
        assert.equal(tlb.lookup(set, address, 1), undefined)
      }),
      { seed: 0x71b, examples: [[0n], [0xfffn], [2n ** 64n - 1n], [2n ** 64n - 4096n]] },
    )
  })

  test('what was entered is found at its place, for its page and aligned accesses only', () => {
    fc.assert(
      fc.property(ADDRESS, fc.integer({ min: 0, max: 4095 }), fc.constantFrom(1, 2, 4, 8), (address, offset, width) => {
        const { tlb, set } = fresh()
        tlb.fill(set, address, RAM)
        const sought = (address & ~0xfffn) + BigInt(offset)
        assert.equal(tlb.lookup(set, sought, width), offset % width === 0 ? RAM + offset : undefined)
        assert.equal(tlb.lookup(set, sought ^ 0x1000n, width), undefined)
        assert.equal(tlb.lookup(set, sought ^ (1n << 63n), width), undefined)
      }),
      { seed: 0x71b },
    )
  })

  test('a page that falls into the same entry takes its place', () => {
    const { tlb, set } = fresh()
    const other = BigInt(TLB_ENTRIES) * 4096n
    tlb.fill(set, 0n, RAM)
    tlb.fill(set, other, RAM + 4096)
    assert.equal(tlb.lookup(set, 0n, 8), undefined)
    assert.equal(tlb.lookup(set, other, 8), RAM + 4096)
  })

  test('accesses and contexts do not share entries', () => {
    const { tlb, set } = fresh()
    tlb.fill(set, 0x8000_0000n, RAM)
    const sets = (['fetch', 'load', 'store'] as const).flatMap((access) =>
      (['M', 'U', 'S', 'S-SUM'] as const).map((context) => tlb.setOffset(access, context)),
    )
    const knowing = sets.filter((candidate) => tlb.lookup(candidate, 0x8000_0000n, 8) !== undefined)
    assert.deepEqual(knowing, [set])
    assert.equal(new Set(sets).size, 12)
  })
})
