import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { columnWidths } from './column-widths.js'

const need = fc
  .record({ least: fc.integer({ min: 1, max: 200 }), extra: fc.integer({ min: 0, max: 900 }) })
  .map(({ least, extra }) => ({ least, most: least + extra }))

describe('Column widths', () => {
  test('a stretched table fills its width exactly, and no column is negative', () => {
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 20 }), fc.integer({ min: 100, max: 800 }), (needs, available) => {
        const widths = columnWidths(needs, available, true)
        assert.ok(Math.abs(widths.reduce((sum, width) => sum + width, 0) - available) < 0.001)
        assert.ok(widths.every((width) => width > 0))
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  test('no column is narrower than its widest unbreakable part while the page has room for all of them', () => {
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 6 }), (needs) => {
        const available = needs.reduce((sum, { least }) => sum + least, 0) + 50
        columnWidths(needs, available, true).forEach((width, index) => assert.ok(width >= (needs[index]?.least ?? 0) - 0.001))
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  test('a compact table takes no more than its text', () => assert.deepEqual(columnWidths([{ least: 5, most: 20 }], 100, false), [20]))

  test('a long text does not starve short ones', () => {
    const [short] = columnWidths(
      [
        { least: 30, most: 90 },
        { least: 60, most: 5000 },
      ],
      480,
      true,
    )
    assert.equal(short, 90)
  })
})
