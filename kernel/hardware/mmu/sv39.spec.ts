import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { walkSv39, type WalkContext } from './sv39.js'

const [V, R, W, X, U, G, A, D] = [1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n]
const ROOT = 0x8_0000n
const NEXT = 0x8_0001n
const LAST = 0x8_0002n
const PAGE = 0x8_1234n
const S_MODE: WalkContext = { satp: (8n << 60n) | ROOT, user: false, sum: false, mxr: false }
const U_MODE: WalkContext = { ...S_MODE, user: true }
/** VPN 1, 2, 3 and offset 0x456. */
const ADDRESS = (1n << 30n) | (2n << 21n) | (3n << 12n) | 0x456n

const pte = (ppn: bigint, flags: bigint): bigint => (ppn << 10n) | flags

/** Tables that lead ADDRESS to a leaf with the given flags; `changes` replaces entries by their physical address. */
function tables(leaf: bigint, changes: readonly (readonly [bigint, bigint | undefined])[] = []): (physical: bigint) => bigint | undefined {
  const entries = new Map<bigint, bigint | undefined>([
    [(ROOT << 12n) + 8n, pte(NEXT, V)],
    [(NEXT << 12n) + 16n, pte(LAST, V)],
    [(LAST << 12n) + 24n, leaf],
    ...changes,
  ])
  return (physical) => entries.get(physical)
}

const FULL = V | R | W | X | A | D

describe('Sv39 page-table walk', () => {
  const FAULT = { kind: 'page-fault' }
  const refused: readonly (readonly [string, bigint, 'load' | 'store' | 'fetch', WalkContext])[] = [
    ['an entry that is not valid', pte(PAGE, FULL & ~V), 'load', S_MODE],
    ['a writable leaf that is not readable, a reserved encoding', pte(PAGE, V | W | A | D), 'store', S_MODE],
    ['a load without R', pte(PAGE, V | X | A | D), 'load', S_MODE],
    ['a store without W', pte(PAGE, FULL & ~W), 'store', S_MODE],
    ['a fetch without X', pte(PAGE, FULL & ~X), 'fetch', S_MODE],
    ['A = 0 (Svade)', pte(PAGE, FULL & ~A), 'load', S_MODE],
    ['a store with D = 0 (Svade)', pte(PAGE, FULL & ~D), 'store', S_MODE],
    ['U-mode on a supervisor page', pte(PAGE, FULL), 'load', U_MODE],
    ['S-mode load from a user page without SUM', pte(PAGE, FULL | U), 'load', S_MODE],
    ['S-mode fetch from a user page, even with SUM', pte(PAGE, FULL | U), 'fetch', { ...S_MODE, sum: true }],
    ['MXR does not make a page writable', pte(PAGE, V | X | A | D), 'store', { ...S_MODE, mxr: true }],
    ['a pointer at the last level', pte(PAGE, V), 'load', S_MODE],
    ['a reserved high bit', pte(PAGE, FULL) | (1n << 60n), 'load', S_MODE],
    ['N without Svnapot', pte(PAGE, FULL) | (1n << 63n), 'load', S_MODE],
    ['PBMT without Svpbmt', pte(PAGE, FULL) | (1n << 61n), 'load', S_MODE],
  ]
  for (const [what, leaf, access, context] of refused)
    test(`${what} is a page fault`, () => assert.deepEqual(walkSv39(ADDRESS, access, context, tables(leaf)), FAULT))

  test('an address whose bits 63 to 39 differ from bit 38 is a page fault, whatever the tables say', () => {
    for (const address of [ADDRESS | (1n << 39n), 1n << 38n, ADDRESS | (1n << 63n)])
      assert.deepEqual(
        walkSv39(address, 'load', S_MODE, () => pte(PAGE, FULL)),
        FAULT,
      )
  })

  test('D, A and U are reserved in a pointer', () => {
    for (const flag of [D, A, U]) {
      const reader = tables(pte(PAGE, FULL), [[(ROOT << 12n) + 8n, pte(NEXT, V | flag)]])
      assert.deepEqual(walkSv39(ADDRESS, 'load', S_MODE, reader), FAULT)
    }
  })

  test('a table that physical memory refuses is an access fault', () => {
    const reader = tables(0n, [[(NEXT << 12n) + 16n, undefined]])
    assert.deepEqual(walkSv39(ADDRESS, 'load', S_MODE, reader), { kind: 'access-fault' })
  })

  test('a misaligned superpage is a page fault', () => {
    const reader = tables(0n, [[(NEXT << 12n) + 16n, pte(0x8_0001n, FULL)]])
    assert.deepEqual(walkSv39(ADDRESS, 'load', S_MODE, reader), FAULT)
  })

  const allowed: readonly (readonly [string, bigint, 'load' | 'store' | 'fetch', WalkContext])[] = [
    ['a global page', pte(PAGE, FULL | G), 'store', S_MODE],
    ['U-mode on a user page', pte(PAGE, FULL | U), 'fetch', U_MODE],
    ['S-mode store to a user page with SUM', pte(PAGE, FULL | U), 'store', { ...S_MODE, sum: true }],
    ['a load from an executable page with MXR', pte(PAGE, V | X | A), 'load', { ...S_MODE, mxr: true }],
    ['a load with D = 0', pte(PAGE, FULL & ~D), 'load', S_MODE],
    ['an execute-only page', pte(PAGE, V | X | A), 'fetch', S_MODE],
  ]
  for (const [what, leaf, access, context] of allowed)
    test(`${what} is translated`, () => {
      const expected = { kind: 'translated', physical: (PAGE << 12n) | 0x456n }
      assert.deepEqual(walkSv39(ADDRESS, access, context, tables(leaf)), expected)
    })

  test('superpages take the lower VPN fields from the address', () => {
    const mega = tables(0n, [[(NEXT << 12n) + 16n, pte(0x8_0200n, FULL)]])
    assert.deepEqual(walkSv39(ADDRESS, 'load', S_MODE, mega), { kind: 'translated', physical: (0x8_0200n << 12n) | (3n << 12n) | 0x456n })
    const giga = tables(0n, [[(ROOT << 12n) + 8n, pte(0x4_0000n, FULL)]])
    assert.deepEqual(walkSv39(ADDRESS, 'load', S_MODE, giga), { kind: 'translated', physical: (1n << 30n) | (ADDRESS & 0x3fff_ffffn) })
  })
})
