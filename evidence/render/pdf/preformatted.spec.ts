import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { preformattedRows } from './preformatted.js'

describe('Preformatted text', () => {
  test('no row is longer than its columns, and nothing but the marks of continuation is added', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 300 }),
        fc.integer({ min: 8, max: 40 }),
        (text, columns) => {
          const rows = preformattedRows(text, columns)
          for (const row of rows) assert.ok(Array.from(row).length <= columns, row)
          assert.equal(rows.join('').replace(/[ ↪]/g, ''), text.replace(/[ \n]/g, ''))
        },
      ),
      { seed: 5, numRuns: 300 },
    )
  })

  test('a tab reaches the next multiple of 8', () => assert.deepEqual(preformattedRows('a\tb', 80), ['a       b']))

  test('a long row goes on under its own indentation', () =>
    assert.deepEqual(preformattedRows('  abcdefghij', 10), ['  abcdefgh', '  ↪ ij']))

  test('an empty line stays a line', () => assert.deepEqual(preformattedRows('a\n\nb\n', 80), ['a', ' ', 'b']))
})
