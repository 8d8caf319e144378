import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { RAM, TLB_ENTRIES, TLB_SETS } from './layout.js'
import { MachineMemory } from './machine-memory.js'
import { NO_SPACE, Tlb, type TlbContext } from './tlb.js'

const ADDRESS = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })

const SV39 = 8n << 60n
const CONTEXT: TlbContext = { privilege: 1, space: NO_SPACE, sum: false, mxr: false, guestMxr: false }

function fresh(): { tlb: Tlb; set: number } {
  const tlb = new Tlb(new MachineMemory(0x1_0000), 0)
  return { tlb, set: tlb.setOffset('load', CONTEXT) }
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

  const known = (tlb: Tlb, context: TlbContext): boolean => tlb.lookup(tlb.setOffset('load', context), 0x8000_0000n, 8) !== undefined
  const learn = (tlb: Tlb, context: TlbContext, large = false): void =>
    tlb.fill(tlb.setOffset('load', context), 0x8000_0000n, RAM, { large, guarded: false })

  const others: readonly (readonly [string, Partial<TlbContext>])[] = [
    ['U', { privilege: 0 }],
    ['M', { privilege: 3 }],
    ['S with SUM', { sum: true }],
    ['S with MXR', { mxr: true }],
    ['a guest with MXR of its own', { guestMxr: true }],
    ['another address space', { space: 1 }],
  ]
  for (const [what, change] of others)
    test(`what S entered is not known to ${what}, and is still known afterwards`, () => {
      const { tlb } = fresh()
      learn(tlb, CONTEXT)
      assert.equal(known(tlb, { ...CONTEXT, ...change }), false)
      assert.equal(known(tlb, CONTEXT), true)
    })

  test('SUM does not concern fetches and U, nor MXR fetches and stores: they keep their set', () => {
    const { tlb } = fresh()
    const both = { ...CONTEXT, sum: true, mxr: true, guestMxr: true }
    assert.equal(tlb.setOffset('fetch', both), tlb.setOffset('fetch', CONTEXT))
    assert.equal(tlb.setOffset('store', { ...CONTEXT, mxr: true }), tlb.setOffset('store', CONTEXT))
    assert.equal(tlb.setOffset('load', { ...CONTEXT, privilege: 0, sum: true }), tlb.setOffset('load', { ...CONTEXT, privilege: 0 }))
  })

  test('with more contexts than sets, the one chosen longest ago forgets', () => {
    const { tlb } = fresh()
    learn(tlb, CONTEXT)
    for (let space = 1; space < TLB_SETS; space++) tlb.setOffset('load', { ...CONTEXT, space })
    assert.equal(known(tlb, CONTEXT), true)
    for (let space = 1; space <= TLB_SETS; space++) tlb.setOffset('load', { ...CONTEXT, space })
    assert.equal(known(tlb, CONTEXT), false)
  })

  describe('fences', () => {
    /** Host ASID 1 and 2; guests of VMID 3 with ASID 1, and of VMID 4 with ASID 1. */
    function spaces(tlb: Tlb): readonly TlbContext[] {
      const asid = (value: bigint) => SV39 | (value << 44n)
      const first = tlb.spacesOf(asid(1n), asid(1n), asid(3n))
      const second = tlb.spacesOf(asid(2n), asid(1n), asid(4n))
      return [first.host, second.host, first.guest, second.guest].map((space) => ({ ...CONTEXT, space }))
    }
    const after = (fence: (tlb: Tlb) => void, large = false): readonly boolean[] => {
      const { tlb } = fresh()
      const contexts = spaces(tlb)
      for (const context of contexts) learn(tlb, context, large)
      fence(tlb)
      return contexts.map((context) => known(tlb, context))
    }

    test('forget the address spaces they name and no others', () => {
      assert.deepEqual(
        after((tlb) => tlb.flushSpaces(({ vmid, asid }) => vmid === undefined && asid === 1)),
        [false, true, true, true],
      )
      assert.deepEqual(
        after((tlb) => tlb.flushSpaces(({ vmid }) => vmid === 4)),
        [true, true, true, false],
      )
    })

    test('for one address leave other pages alone, unless a superpage may have brought them', () => {
      const everywhere = () => true
      assert.deepEqual(
        after((tlb) => tlb.flushSpaces(everywhere, 0x8000_1000n)),
        [true, true, true, true],
      )
      assert.deepEqual(
        after((tlb) => tlb.flushSpaces(everywhere, 0x8000_0fffn)),
        [false, false, false, false],
      )
      assert.deepEqual(
        after((tlb) => tlb.flushSpaces(everywhere, 0x8000_1000n), true),
        [false, false, false, false],
      )
    })

    test('address spaces beyond the limit are numbered anew and know nothing', () => {
      const { tlb } = fresh()
      const { host } = tlb.spacesOf(SV39, 0n, 0n)
      learn(tlb, { ...CONTEXT, space: host })
      for (let root = 1n; root < 5000n; root++) tlb.spacesOf(SV39 | root, 0n, 0n)
      assert.equal(known(tlb, { ...CONTEXT, space: tlb.spacesOf(SV39, 0n, 0n).host }), false)
    })
  })
})
