import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CoverageJustification } from '../model/deviation.js'
import type { ModulePath } from '../model/ids.js'
import type { LineRange, ModuleCoverage } from '../model/module-coverage.js'
import { judgeCoverage } from './coverage-gate.js'

const path = 'kernel/a.ts' as ModulePath

/** 100 lines; the given ranges did not run, and neither did the one function `f` at lines 11 to 20 unless `all`. */
function module(uncoveredLines: readonly LineRange[], all = false): ModuleCoverage {
  const missed = uncoveredLines.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  return {
    module: path,
    functions: { covered: all ? 4 : 3, total: 4 },
    lines: { covered: 100 - missed, total: 100 },
    uncoveredFunctions: all ? [] : [{ name: 'f', line: 11, lastLine: 20 }],
    uncoveredLines,
  }
}

const justify = (part: Partial<CoverageJustification>): CoverageJustification => ({
  id: 'J1',
  module: path,
  lines: null,
  function: null,
  reason: 'cannot be reached',
  author: 'a',
  date: '2026-01-01',
  ...part,
})

describe('gates', () => {
  test('one uncovered function is enough to fail', () => assert.equal(judgeCoverage([module([])], []).functions.met, false))
  test('95 of 100 lines hold, 94 do not', () => {
    assert.equal(judgeCoverage([module([{ first: 1, last: 5 }], true)], []).lines.met, true)
    assert.equal(judgeCoverage([module([{ first: 1, last: 6 }], true)], []).lines.met, false)
  })
  test('justified lines are taken out of the sum, not added to what is covered', () => {
    const { lines } = judgeCoverage([module([{ first: 1, last: 50 }], true)], [justify({ lines: { first: 1, last: 40 } })])
    assert.deepEqual(lines, { covered: 50, total: 100, justified: 40, met: false })
  })
  test('95 in 100 is asked of the lines that are not justified', () => {
    const gap = module([{ first: 1, last: 40 }], true)
    assert.equal(judgeCoverage([gap], [justify({ lines: { first: 1, last: 37 } })]).lines.met, true) // 60 of 63
    assert.equal(judgeCoverage([gap], [justify({ lines: { first: 1, last: 36 } })]).lines.met, false) // 60 of 64
  })
})

describe('justifications', () => {
  test('of a function covers its lines, wherever it stands', () => {
    const judged = judgeCoverage([module([{ first: 11, last: 20 }])], [justify({ function: 'f' })])
    assert.deepEqual([judged.functions.met, judged.lines.justified, judged.stale], [true, 10, []])
  })
  test('of a part of a function does not justify the function', () => {
    const judged = judgeCoverage([module([{ first: 11, last: 20 }])], [justify({ lines: { first: 11, last: 19 } })])
    assert.equal(judged.functions.met, false)
    assert.deepEqual(judged.modules[0]?.openLines, [{ first: 20, last: 20 }])
  })
  for (const [what, part] of [
    ['of lines that ran', { lines: { first: 30, last: 31 } }],
    ['of a function that ran', { function: 'g' }],
    ['of a module that is not there', { module: 'kernel/b.ts' as ModulePath, lines: { first: 11, last: 20 } }],
  ] as const)
    test(`${what} is stale`, () => {
      const judged = judgeCoverage([module([{ first: 11, last: 20 }])], [justify(part)])
      assert.deepEqual([judged.needed.length, judged.stale.length, judged.functions.met], [0, 1, false])
    })
})
