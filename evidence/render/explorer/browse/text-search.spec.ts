/** Search: an item is found when every word stands in one of its texts, and never through the text of a neighbour. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { joinTexts } from '../format/column.js'
import { TextSearch, termsOf } from './text-search.js'

function searched(...columns: readonly (readonly string[])[]): TextSearch {
  const search = new TextSearch(columns[0]?.length ?? 0)
  for (const column of columns) search.add(joinTexts(column), 0)
  return search
}

const found = (search: TextSearch, query: string): readonly number[] | null => {
  const hits = search.find(query)
  return hits === null ? null : [...hits.keys()].filter((index) => hits[index] === 1)
}

describe('Search', () => {
  test('a word that would only match across the end of a text finds nothing', () => {
    assert.deepEqual(found(searched(['ab', 'cd']), 'bc'), [])
  })

  test('every word must occur, in any column; case does not count', () => {
    const search = searched(['FDP_IFF.1', 'FAU_GEN.1', 'FDP_ACC.1'], ['Flow of information', 'Audit flow', 'Access'])
    assert.deepEqual(found(search, 'flow fdp'), [0])
    assert.deepEqual(found(search, 'FLOW'), [0, 1])
    assert.deepEqual(found(search, 'flow access'), [])
  })

  test('words between quotes are one; an empty query is no search', () => {
    const search = searched(['audit record', 'record of audit'])
    assert.deepEqual(found(search, '"audit record"'), [0])
    assert.equal(found(search, '   '), null)
    assert.deepEqual(termsOf('a "b c" "'), ['a', 'b c'])
  })

  test('a block that comes later is searched from then on', () => {
    const search = searched(['R-1', 'R-2', 'R-3'])
    assert.deepEqual(found(search, 'late'), [])
    search.add(joinTexts(['a late text']), 2)
    assert.deepEqual(found(search, 'late r-3'), [2])
  })

  test('it finds what a plain comparison of every text finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', ' ', 'İ', 'ß', '.'), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 12 }), text, (items, query) => {
        const search = searched(
          items.map(([id]) => id),
          items.map(([, title]) => title),
        )
        const terms = query
          .toLowerCase()
          .split(' ')
          .filter((term) => term !== '')
        const plain = items.flatMap((item, index) =>
          terms.every((term) => item.some((part) => part.toLowerCase().includes(term))) ? [index] : [],
        )
        assert.deepEqual(found(search, query), terms.length === 0 ? null : plain)
      }),
      { seed: 8, numRuns: 2000 },
    )
  })
})
