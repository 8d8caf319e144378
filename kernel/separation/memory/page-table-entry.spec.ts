import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ENTRIES, isLeaf, isValid, isWellFormed, leaf, permissionsOf, pointer, satpOf, SPAN, target } from './page-table-entry.js'

/** Bit positions of a page-table entry (RISC-V Privileged, "Sv39"). */
const BIT = { V: 0n, R: 1n, W: 2n, X: 3n, U: 4n, G: 5n, A: 6n, D: 7n } as const
const PPN_AT = 10n

const bits = (entry: bigint): string =>
  Object.entries(BIT)
    .filter(([, at]) => ((entry >> at) & 1n) === 1n)
    .map(([name]) => name)
    .join('')

const permissions = fc.record(
  { read: fc.constant(true), write: fc.boolean(), execute: fc.boolean(), user: fc.boolean() },
  { noNullPrototype: true },
)
const page = fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((number) => number * 4096)

describe('Page-table entries, RISC-V Privileged "Sv39"', () => {
  for (const [name, entry] of [
    ['zero', 0n],
    ['an entry with every bit but V', 0xffff_ffff_ffff_fffen],
  ] as const)
    test(`${name} is not valid`, () => assert.equal(isValid(entry), false))

  const rows: readonly (readonly [name: string, entry: bigint, set: string])[] = [
    ['code of a partition', leaf(0x8010_0000, { read: true, write: false, execute: true, user: true }), 'VRXUA'],
    ['data of a partition', leaf(0x8010_0000, { read: true, write: true, execute: false, user: true }), 'VRWUAD'],
    ['memory a partition may read', leaf(0x8010_0000, { read: true, write: false, execute: false, user: true }), 'VRUA'],
    ['memory of the kernel', leaf(0x8010_0000, { read: true, write: true, execute: false, user: false }), 'VRWGAD'],
    ['the trap stub', leaf(0x8010_0000, { read: true, write: false, execute: true, user: false }), 'VRXGA'],
    ['a pointer to a table', pointer(0x8010_0000), 'V'],
  ]
  for (const [name, entry, set] of rows)
    test(`${name} has the bits ${set}, its page number at bit 10, and nothing in the reserved bits`, () => {
      assert.equal(bits(entry), set)
      assert.equal(entry >> PPN_AT, 0x8010_0000n >> 12n)
      assert.equal((entry >> 8n) & 3n, 0n)
    })

  const data = leaf(0x8010_0000, { read: true, write: true, execute: false, user: true })
  const code = leaf(0x8010_0000, { read: true, write: false, execute: true, user: true })
  const malformed: readonly (readonly [name: string, entry: bigint, level: 0 | 1 | 2])[] = [
    ['an entry with a reserved bit', data | (1n << 54n), 0],
    ['an entry with a memory type of its own (Svpbmt)', data | (1n << 61n), 0],
    ['an entry of a contiguous range (Svnapot)', data | (1n << 63n), 0],
    ['a leaf never accessed, which faults at its first use', data & ~(1n << 6n), 0],
    ['a leaf that may be written and is not dirty', data & ~(1n << 7n), 0],
    ['a leaf that may not be written and is dirty', code | (1n << 7n), 0],
    ['a leaf that may be written and not read', data & ~(1n << 1n), 0],
    ['a global leaf of a user', data | (1n << 5n), 0],
    ['a pointer in a leaf table', pointer(0x8010_0000), 0],
    ['a pointer with a user bit', pointer(0x8010_0000) | (1n << 4n), 1],
    ['a pointer with an accessed bit', pointer(0x8010_0000) | (1n << 6n), 2],
  ]
  for (const [name, entry, level] of malformed) test(`${name} is not well formed`, () => assert.equal(isWellFormed(entry, level), false))

  test('what the kernel makes is well formed', () => {
    for (const entry of [data, code, leaf(0, { read: true, write: true, execute: false, user: false })]) assert.ok(isWellFormed(entry, 0))
    assert.ok(isWellFormed(pointer(0x8010_0000), 1) && isWellFormed(pointer(0x8010_0000), 2))
  })

  test('a pointer is no leaf, and a leaf is one', () => {
    assert.equal(isLeaf(pointer(0x8000_0000)), false)
    assert.equal(isLeaf(leaf(0x8000_0000, { read: true, write: false, execute: false, user: true })), true)
  })

  test('a leaf that may be written is dirty from the start: the machine never writes an entry (Svade)', () =>
    fc.assert(
      fc.property(page, permissions, (address, granted) => {
        const set = bits(leaf(address, granted))
        assert.ok(set.includes('A'))
        assert.equal(set.includes('D'), granted.write)
      }),
      { seed: 21 },
    ))

  test('address and permissions read back as they were given', () =>
    fc.assert(
      fc.property(page, permissions, (address, granted) => {
        const entry = leaf(address, granted)
        assert.equal(target(entry), address)
        assert.deepEqual(permissionsOf(entry), granted)
        assert.equal(target(pointer(address)), address)
      }),
      { seed: 22 },
    ))

  test('three levels of 512 entries cover 39 bits', () => {
    assert.equal(SPAN[2] * ENTRIES, 2 ** 39)
    assert.deepEqual([SPAN[0] * ENTRIES, SPAN[1] * ENTRIES], [SPAN[1], SPAN[2]])
  })

  test('satp names Sv39, address space 0 and the page number of the root', () => {
    const satp = satpOf(0x8001_3000)
    assert.deepEqual([satp >> 60n, (satp >> 44n) & 0xffffn, satp & 0xfff_ffff_ffffn], [8n, 0n, 0x8_0013n])
  })
})
