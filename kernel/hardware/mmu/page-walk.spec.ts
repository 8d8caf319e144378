import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Access } from '../memory/tlb.js'
import type { LeafRules } from './page-table-entry.js'
import { schemeOf, walk, type TableMemory } from './page-walk.js'

const [V, R, W, X, U, G, A, D] = [1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n]
const N = 1n << 63n
const ROOT = 0x8_0000n
const NEXT = 0x8_0001n
const LAST = 0x8_0002n
const PAGE = 0x8_1234n
const SV39 = 8n << 60n
const SCHEME = { levels: 3, wider: false }
const RULES: LeafRules = { user: false, sum: false, mxr: false, executeToRead: false, pbmt: false, updates: false }
/** VPN 1, 2, 3 and offset 0x456. */
const ADDRESS = (1n << 30n) | (2n << 21n) | (3n << 12n) | 0x456n

interface Refusal {
  readonly kind: string
}
const REFUSED: Refusal = { kind: 'access-fault' }

const pte = (ppn: bigint, flags: bigint): bigint => (ppn << 10n) | flags

/** Tables that lead ADDRESS to a leaf with the given flags; `changes` replaces entries by their physical address. */
function tables(leaf: bigint, changes: readonly (readonly [bigint, bigint | undefined])[] = []): TableMemory<Refusal> {
  const entries = new Map<bigint, bigint | undefined>([
    [(ROOT << 12n) + 8n, pte(NEXT, V)],
    [(NEXT << 12n) + 16n, pte(LAST, V)],
    [(LAST << 12n) + 24n, leaf],
    ...changes,
  ])
  return { read: (physical) => entries.get(physical) ?? REFUSED, update: () => assert.fail('an entry was written') }
}

/** Any entry, by what `read` says. */
const tablesOf = (read: (place: bigint) => bigint): TableMemory<Refusal> => ({ read, update: () => undefined })

const walked = (address: bigint, access: Access, rules: Partial<LeafRules>, memory: TableMemory<Refusal>): unknown =>
  walk(address, access, SV39 | ROOT, SCHEME, { ...RULES, ...rules }, memory)

const FULL = V | R | W | X | A | D

describe('Page-table walk', () => {
  const FAULT = { kind: 'page-fault' }
  const refused: readonly (readonly [string, bigint, Access, Partial<LeafRules>])[] = [
    ['an entry that is not valid', pte(PAGE, FULL & ~V), 'load', {}],
    ['a writable leaf that is not readable, a reserved encoding', pte(PAGE, V | W | A | D), 'store', {}],
    ['a load without R', pte(PAGE, V | X | A | D), 'load', {}],
    ['a store without W', pte(PAGE, FULL & ~W), 'store', {}],
    ['a fetch without X', pte(PAGE, FULL & ~X), 'fetch', {}],
    ['A = 0 (Svade)', pte(PAGE, FULL & ~A), 'load', {}],
    ['a store with D = 0 (Svade)', pte(PAGE, FULL & ~D), 'store', {}],
    ['U-mode on a supervisor page', pte(PAGE, FULL), 'load', { user: true }],
    ['S-mode load from a user page without SUM', pte(PAGE, FULL | U), 'load', {}],
    ['S-mode fetch from a user page, even with SUM', pte(PAGE, FULL | U), 'fetch', { sum: true }],
    ['MXR does not make a page writable', pte(PAGE, V | X | A | D), 'store', { mxr: true }],
    ['a pointer at the last level', pte(PAGE, V), 'load', {}],
    ['a reserved high bit', pte(PAGE, FULL) | (1n << 60n), 'load', {}],
    ['N with PPN[3:0] other than 1000', pte(PAGE & ~0xfn, FULL) | N | (4n << 10n), 'load', {}],
    ['PBMT while Svpbmt is not enabled', pte(PAGE, FULL) | (1n << 61n), 'load', {}],
    ['the reserved PBMT 3', pte(PAGE, FULL) | (3n << 61n), 'load', { pbmt: true }],
    ['HLVX of a page that may only be read', pte(PAGE, V | R | A), 'load', { executeToRead: true, mxr: true }],
    ['a G-stage leaf without U', pte(PAGE, FULL), 'load', { user: true }],
  ]
  for (const [what, leaf, access, context] of refused)
    test(`${what} is a page fault`, () => assert.deepEqual(walked(ADDRESS, access, context, tables(leaf)), FAULT))

  test('an address whose bits 63 to 39 differ from bit 38 is a page fault, whatever the tables say', () => {
    for (const address of [ADDRESS | (1n << 39n), 1n << 38n, ADDRESS | (1n << 63n)])
      assert.deepEqual(walked(address, 'load', {}, { read: () => pte(PAGE, FULL), update: () => undefined }), FAULT)
  })

  test('D, A, U, PBMT and N are reserved in a pointer', () => {
    for (const flag of [D, A, U, 1n << 61n, N]) {
      const reader = tables(pte(PAGE, FULL), [[(ROOT << 12n) + 8n, pte(NEXT, V | flag)]])
      assert.deepEqual(walked(ADDRESS, 'load', { pbmt: true }, reader), FAULT)
    }
  })

  test('a table that physical memory refuses is an access fault', () => {
    const reader = tables(0n, [[(NEXT << 12n) + 16n, undefined]])
    assert.deepEqual(walked(ADDRESS, 'load', {}, reader), { kind: 'access-fault' })
  })

  test('a misaligned superpage is a page fault', () => {
    const reader = tables(0n, [[(NEXT << 12n) + 16n, pte(0x8_0001n, FULL)]])
    assert.deepEqual(walked(ADDRESS, 'load', {}, reader), FAULT)
  })

  const allowed: readonly (readonly [string, bigint, Access, Partial<LeafRules>])[] = [
    ['a global page', pte(PAGE, FULL | G), 'store', {}],
    ['U-mode on a user page', pte(PAGE, FULL | U), 'fetch', { user: true }],
    ['S-mode store to a user page with SUM', pte(PAGE, FULL | U), 'store', { sum: true }],
    ['a load from an executable page with MXR', pte(PAGE, V | X | A), 'load', { mxr: true }],
    ['a load with D = 0', pte(PAGE, FULL & ~D), 'load', {}],
    ['an execute-only page', pte(PAGE, V | X | A), 'fetch', {}],
    ['HLVX of an execute-only page', pte(PAGE, V | X | A), 'load', { executeToRead: true }],
    ['NC memory where Svpbmt is enabled', pte(PAGE, FULL) | (1n << 61n), 'store', { pbmt: true }],
  ]
  for (const [what, leaf, access, context] of allowed)
    test(`${what} is translated`, () => {
      const expected = { kind: 'translated', address: (PAGE << 12n) | 0x456n, shift: 12n, pte: leaf }
      assert.deepEqual(walked(ADDRESS, access, context, tables(leaf)), expected)
    })

  test('superpages take the lower VPN fields from the address', () => {
    const mega = tables(0n, [[(NEXT << 12n) + 16n, pte(0x8_0200n, FULL)]])
    assert.deepEqual(walked(ADDRESS, 'load', {}, mega), {
      kind: 'translated',
      address: (0x8_0200n << 12n) | (3n << 12n) | 0x456n,
      shift: 21n,
      pte: pte(0x8_0200n, FULL),
    })
    const giga = tables(0n, [[(ROOT << 12n) + 8n, pte(0x4_0000n, FULL)]])
    assert.deepEqual(walked(ADDRESS, 'load', {}, giga), {
      kind: 'translated',
      address: (1n << 30n) | (ADDRESS & 0x3fff_ffffn),
      shift: 30n,
      pte: pte(0x4_0000n, FULL),
    })
  })

  test('a NAPOT leaf of 64 KiB takes the four low bits of its page number from the address (Svnapot)', () => {
    const leaf = pte((PAGE & ~0xfn) | 8n, FULL) | N
    const expected = { kind: 'translated', address: ((PAGE & ~0xfn) << 12n) | 0x3456n, shift: 16n, pte: leaf }
    assert.deepEqual(walked(ADDRESS, 'load', {}, tables(leaf)), expected)
  })

  describe('with Svadu', () => {
    const touched = (leaf: bigint, access: Access): readonly bigint[] => {
      const updates: bigint[] = []
      const memory = tables(leaf)
      const result = walk(
        ADDRESS,
        access,
        SV39 | ROOT,
        SCHEME,
        { ...RULES, updates: true },
        {
          read: (place) => memory.read(place),
          update: (_, entry) => void updates.push(entry),
        },
      )
      assert.equal(result.kind, 'translated')
      return updates
    }

    test('a load sets A, a store sets A and D, and an entry that has them is not written', () => {
      const clean = pte(PAGE, V | R | W)
      assert.deepEqual(touched(clean, 'load'), [clean | A])
      assert.deepEqual(touched(clean, 'store'), [clean | A | D])
      assert.deepEqual(touched(clean | A | D, 'store'), [])
    })

    test('an access without permission writes nothing', () => {
      const memory = { ...tables(pte(PAGE, V | R)), update: () => assert.fail('the entry was written') }
      assert.deepEqual(walk(ADDRESS, 'store', SV39 | ROOT, SCHEME, { ...RULES, updates: true }, memory), FAULT)
    })

    test('an entry that memory refuses to write is what memory says', () => {
      const memory = { ...tables(pte(PAGE, V | R)), update: () => ({ kind: 'access-fault' }) }
      assert.deepEqual(walk(ADDRESS, 'load', SV39 | ROOT, SCHEME, { ...RULES, updates: true }, memory), { kind: 'access-fault' })
    })
  })

  describe('levels', () => {
    const schemes: readonly (readonly [string, bigint, boolean, number, bigint])[] = [
      ['Sv39', 8n, false, 3, 1n << 38n],
      ['Sv48', 9n, false, 4, 1n << 47n],
      ['Sv57', 10n, false, 5, 1n << 56n],
      ['Sv39x4', 8n, true, 3, 1n << 41n],
      ['Sv48x4', 9n, true, 4, 1n << 50n],
      ['Sv57x4', 10n, true, 5, 1n << 59n],
    ]
    for (const [name, mode, wider, levels, beyond] of schemes)
      test(`${name} has ${levels} levels and faults from 0x${beyond.toString(16)} on`, () => {
        const atp = (mode << 60n) | ROOT
        const scheme = schemeOf(atp, wider)
        assert.ok(scheme)
        let reads = 0
        const pointers = tablesOf(() => (++reads < levels ? pte(NEXT, V) : pte(PAGE, FULL)))
        assert.deepEqual(walk(beyond, 'load', atp, scheme, RULES, pointers), FAULT)
        assert.equal(reads, 0)
        assert.equal(walk(beyond - 1n, 'load', atp, scheme, RULES, pointers).kind, 'translated')
        assert.equal(reads, levels)
      })

    test('the root of a G-stage scheme has 2048 entries', () => {
      const places: bigint[] = []
      const memory = { read: (place: bigint) => (places.push(place), 0n), update: () => undefined }
      walk((1n << 41n) - 1n, 'load', SV39 | ROOT, { levels: 3, wider: true }, RULES, memory)
      assert.deepEqual(places, [(ROOT << 12n) + 2047n * 8n])
    })

    test('MODE Bare is no scheme', () => assert.equal(schemeOf(ROOT, false), undefined))
  })
})
