/** Several coverage reports as one: nothing that a reader must know is left behind. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CoverageReport } from '../../items/coverage-report.js'
import { EvidenceError } from '../../model/errors.js'
import { mergeCoverage } from './merge-sources.js'

function report(path: string, parts: Partial<CoverageReport> = {}): CoverageReport {
  const lines = { covered: 1, total: 2 }
  const module = { path, statements: null, branches: null, functions: null, lines, lineHits: new Map(), uncoveredFunctions: [] }
  const totals = { statements: null, branches: null, functions: null, lines }
  return { format: 'lcov', files: [`${path}.info`], metric: 'lines', modules: [module], totals, ...parts }
}

describe('coverage reports given together', () => {
  // Bug: what a report had lost, and its notes, went away as soon as a second report stood beside it.
  test('what one of them has lost, and what it notes, is kept', () => {
    const merged = mergeCoverage([report('a', { lost: ['12 lines'], notes: ['stated 3, found 2'] }), report('b')])
    assert.deepEqual([merged?.lost, merged?.notes, merged?.totals.lines], [['12 lines'], ['stated 3, found 2'], { covered: 2, total: 4 }])
  })

  test('a metric that one of them lacks is not known of all', () => {
    const branches = { covered: 1, total: 1 }
    const merged = mergeCoverage([report('a', { totals: { ...report('a').totals, branches } }), report('b')])
    assert.equal(merged?.totals.branches, null)
  })

  test('a module in two of them is refused', () =>
    assert.throws(
      () => mergeCoverage([report('a'), report('a')]),
      (error) => error instanceof EvidenceError && /measured by two reports/u.test(error.message),
    ))

  test('of none: nothing was measured', () => assert.equal(mergeCoverage([]), null))
})
