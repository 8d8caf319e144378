import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ScenarioVerdict } from '../model/verdict.js'
import { buildMatrix, type MatrixSource } from './matrix.js'

const head = { anchor: 'm', title: 't', caption: 'c', rowHeading: 'r', columnHeading: 'k', note: 'n' }
const columns = Array.from({ length: 20 }, (_, i) => ({ text: `e${i}`, anchor: `interface-e${i}` }))
const row = (
  text: string,
  verdicts: Readonly<Record<string, readonly ScenarioVerdict[]>>,
  declared: readonly string[] = [],
): MatrixSource => ({
  text,
  anchor: text,
  title: text,
  state: 's',
  verdict: 'v',
  verdicts: new Map(Object.entries(verdicts)),
  declared,
})

describe('a matrix', () => {
  test('shows rows without a scenario first, and an allocation is no scenario', () => {
    const matrix = buildMatrix(head, columns, [row('a', { e1: ['passed'] }), row('b', {}), row('c', {}, ['e1'])])
    assert.deepEqual(
      matrix.rows.map(({ text }) => text),
      ['b', 'c', 'a'],
    )
    assert.deepEqual([matrix.emptyRows, matrix.emptyColumns], [2, 19])
  })

  test('marks a cell by the worst of its scenarios', () => {
    const matrix = buildMatrix(head, columns, [
      row('a', { e0: ['passed', 'failed'], e1: ['passed', 'not-run'], e2: ['passed', 'passed'], e3: ['no-verdict'], e4: ['retried'] }, [
        'e2',
        'e5',
      ]),
    ])
    assert.deepEqual(
      matrix.rows[0]?.cells.map(({ column, mark }) => `${column}${mark}`),
      ['e0F', 'e1N', 'e2P', 'e3N', 'e4F', 'e5A'],
    )
  })

  test('fits its dense bands on a page, and no cell is empty', () => {
    const { bands } = buildMatrix(head, columns, [row('a', { e17: ['passed'] })])
    assert.deepEqual(
      bands.map((band) => band.columns.length),
      [16, 4],
    )
    for (const band of bands)
      for (const { cells } of band.rows)
        assert.deepEqual([cells.length, cells.every(({ text }) => text !== '')], [band.columns.length, true])
    assert.equal(bands[1]?.rows[0]?.cells[1]?.mark, 'P')
  })

  test('stays sparse when it is large', () => {
    const rows = Array.from({ length: 5001 }, (_, i) => row(`r${i}`, { e3: ['passed'] }))
    const matrix = buildMatrix(head, columns, rows)
    assert.deepEqual([matrix.bands.length, matrix.rows.length, matrix.rows[0]?.cells.length], [0, 5001, 1])
  })

  test('has no cell for a column that does not exist', () => {
    assert.deepEqual(buildMatrix(head, columns, [row('a', { nowhere: ['passed'] })]).rows[0]?.cells, [])
  })
})
