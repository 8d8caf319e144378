import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { rangesOf, readIstanbulCoverage } from './istanbul.js'

const span = (first: number, last = first) => ({ start: { line: first, column: 0 }, end: { line: last, column: 9 } })

/** A module of ten lines: `used` (lines 1 to 4) ran, `unused` (lines 6 to 9) did not, line 3 is the untaken half of a condition. */
const known = {
  path: '/home/x/kernel/known.ts',
  statementMap: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [i, span(i + 1)])),
  s: { 0: 1, 1: 2, 2: 0, 3: 1, 4: 1, 5: 0, 6: 0, 7: 0, 8: 0, 9: 1 },
  fnMap: { 0: { name: 'used', decl: span(1, 4), loc: span(1, 4) }, 1: { name: 'unused', decl: span(6, 9), loc: span(6, 9) } },
  f: { 0: 1, 1: 0 },
  branchMap: {},
  b: {},
}

const read = (report: object, root = '/home/x') => readIstanbulCoverage('coverage-final.json', JSON.stringify(report), root)

describe('a coverage report is refused', () => {
  const refused = (text: string, code: string): void => {
    assert.throws(() => readIstanbulCoverage('c.json', text, '/'), { code, message: /^c\.json: / })
  }
  test('when it is empty', () => refused('{}', 'empty-coverage'))
  test('when nothing in it ran', () =>
    refused(JSON.stringify({ a: { ...known, s: { 0: 0 }, statementMap: { 0: span(1) }, f: { 0: 0, 1: 0 } } }), 'empty-coverage'))
  test('when it is cut', () => refused(JSON.stringify({ a: known }).slice(0, -20), 'malformed-json'))
  test('when it is a list', () => refused('[]', 'schema-violation'))
  test('when a statement has no count', () => refused(JSON.stringify({ a: { ...known, s: { 0: 1 } } }), 'schema-violation'))
  test('when a count is negative', () => refused(JSON.stringify({ a: { ...known, f: { 0: 1, 1: -1 } } }), 'schema-violation'))
  test('when two keys name one module', () => assert.throws(() => read({ '/home/x/a.ts': known, 'a.ts': known }), { code: 'duplicate-id' }))
})

test('the known module: what ran and what did not is told line by line', () => {
  assert.deepEqual(read({ '/home/x/kernel/known.ts': known }), [
    {
      module: 'kernel/known.ts',
      functions: { covered: 1, total: 2 },
      lines: { covered: 5, total: 10 },
      uncoveredFunctions: [{ name: 'unused', line: 6, lastLine: 9 }],
      uncoveredLines: [
        { first: 3, last: 3 },
        { first: 6, last: 9 },
      ],
    },
  ])
})

test('a line with several statements has run when one of them has', () => {
  const [module] = read({ a: { ...known, statementMap: { 0: span(1), 1: span(1) }, s: { 0: 0, 1: 3 } } })
  assert.deepEqual(module?.lines, { covered: 1, total: 1 })
})

test('modules come sorted by path, whatever the order of the report', () => {
  assert.deepEqual(
    read({ b: known, a: known, 'a/b': known }).map(({ module }) => module),
    ['a', 'a/b', 'b'],
  )
})

test('ranges hold exactly the given lines, sorted and apart', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (lines) => {
      const ranges = rangesOf(lines)
      assert.deepEqual(
        ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
        [...lines].sort((a, b) => a - b),
      )
      for (const [i, range] of ranges.entries()) assert.ok(i === 0 || range.first > ranges[i - 1]!.last + 1)
    }),
    { seed: 3 },
  )
})

const published = process.env['BULKHEAD_DATA'] === undefined ? undefined : join(process.env['BULKHEAD_DATA'], 'coverage', 'miden-52cf764')
test('a published report has the totals of the lcov file made from the same run', (t) => {
  if (published === undefined || !existsSync(published)) {
    t.diagnostic('not run: BULKHEAD_DATA names no folder that holds coverage/miden-52cf764')
    return
  }
  const modules = readIstanbulCoverage('coverage-final.json', readFileSync(join(published, 'coverage-final.json'), 'utf8'), '/work')
  const lcov = readFileSync(join(published, 'lcov.info'), 'utf8')
  const total = (key: string): number =>
    [...lcov.matchAll(new RegExp(`^${key}:(\\d+)$`, 'gm'))].reduce((sum, [, number]) => sum + Number(number), 0)
  const sum = (kind: 'functions' | 'lines', of: 'covered' | 'total'): number => modules.reduce((all, module) => all + module[kind][of], 0)
  assert.deepEqual([sum('functions', 'covered'), sum('functions', 'total')], [total('FNH'), total('FNF')])
  assert.deepEqual([sum('lines', 'covered'), sum('lines', 'total')], [total('LH'), total('LF')])
})
