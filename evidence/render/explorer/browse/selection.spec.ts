/** Selection: filters of one kind widen, filters of different kinds narrow; each count says what choosing that value alone would show. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { orderItems, rankTexts, selectItems, type FacetValues } from './selection.js'

const one = (key: string, codes: readonly number[], size: number): FacetValues => ({
  key,
  form: 'one',
  codes: Uint32Array.from(codes),
  size,
})

describe('Selection', () => {
  const verdict = one('verdict', [0, 1, 1, 2], 3)
  const state: FacetValues = { key: 'state', form: 'some', codes: Uint32Array.from([0b01, 0b11, 0b10, 0b00]), size: 2 }

  test('two values of one filter show items of either; two filters show items of both', () => {
    const chosen = (entries: readonly (readonly [string, readonly number[]])[]) => [
      ...selectItems(4, [verdict, state], new Map(entries), null).items,
    ]
    assert.deepEqual(chosen([['verdict', [0, 2]]]), [0, 3])
    assert.deepEqual(
      chosen([
        ['verdict', [1]],
        ['state', [0]],
      ]),
      [1],
    )
    assert.deepEqual(chosen([['verdict', []]]), [0, 1, 2, 3])
  })

  test('the count of a value ignores the other values of its own filter and obeys search and the other filters', () => {
    const { counts, items } = selectItems(
      4,
      [verdict, state],
      new Map([
        ['verdict', [1]],
        ['state', [1]],
      ]),
      Uint8Array.of(1, 0, 1, 1),
    )
    assert.deepEqual([...items], [2])
    assert.deepEqual(counts.get('verdict'), [0, 1, 0])
    assert.deepEqual(counts.get('state'), [0, 1])
  })

  test('the count of a value is the number of items that choosing it alone shows', () => {
    const code = fc.nat({ max: 3 })
    const item = fc.tuple(code, code, fc.boolean())
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), fc.subarray([0, 1, 2, 3]), fc.subarray([0, 1]), (rows, kinds, bits) => {
        const facets: readonly FacetValues[] = [
          one(
            'kind',
            rows.map(([kind]) => kind),
            4,
          ),
          { key: 'bits', form: 'some', codes: Uint32Array.from(rows, ([, mask]) => mask), size: 2 },
        ]
        const matches = Uint8Array.from(rows, ([, , hit]) => (hit ? 1 : 0))
        const chosen = new Map([
          ['kind', kinds],
          ['bits', bits],
        ])
        const { counts } = selectItems(rows.length, facets, chosen, matches)
        for (const { key, size } of facets) {
          const alone = Array.from(
            { length: size },
            (_, value) => selectItems(rows.length, facets, new Map([...chosen, [key, [value]]]), matches).items.length,
          )
          assert.deepEqual(counts.get(key), alone)
        }
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  test('ids are ordered with their numbers as numbers, and equal ids keep the order of the source', () => {
    const ranks = rankTexts(['R-10', 'R-9', 'r-9', 'R-1.10', 'R-1.9'])
    assert.deepEqual([...orderItems(Int32Array.of(0, 1, 2, 3, 4), ranks, false)], [4, 3, 1, 2, 0])
    assert.deepEqual([...orderItems(Int32Array.of(0, 1, 2, 3, 4), ranks, true)], [0, 1, 2, 3, 4])
  })
})
