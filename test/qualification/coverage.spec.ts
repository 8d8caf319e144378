/** Tool operational requirements, "Structural coverage". Totals by the rules of each format, counted by hand. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { messages, passing, verifies } from './tool.js'

const LCOV = [
  'TN:',
  'SF:src/a.c',
  'FN:1,f',
  'FN:5,g',
  'FNDA:2,f',
  'FNDA:0,g',
  'DA:1,2',
  'DA:2,2',
  'DA:5,0',
  'LF:3',
  'LH:2',
  'end_of_record',
  '',
]
const location = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } })
const ISTANBUL = {
  'src/a.ts': {
    path: 'src/a.ts',
    statementMap: { 0: location(1), 1: location(2), 2: location(3) },
    s: { 0: 1, 1: 0, 2: 4 },
    fnMap: { 0: { name: 'f', decl: location(1), loc: location(1), line: 1 } },
    f: { 0: 1 },
    branchMap: { 0: { type: 'if', loc: location(2), line: 2, locations: [location(2), location(2)] } },
    b: { 0: [1, 0] },
  },
}

describe('Structural coverage', () => {
  verifies('totals-equal', 'lcov', (tool) => {
    const { coverage } = tool.trace({ results: [messages(passing())], coverage: ['lcov.info', LCOV.join('\n')] }).json()
    assert.deepEqual(coverage['lines'], { covered: 2, total: 3 })
    assert.deepEqual(coverage['functions'], { covered: 1, total: 2 })
  })
  verifies('totals-equal', 'istanbul', (tool) => {
    const { coverage } = tool.trace({ results: [messages(passing())], coverage: ['coverage-final.json', JSON.stringify(ISTANBUL)] }).json()
    assert.deepEqual(coverage['statements'], { covered: 2, total: 3 })
    assert.deepEqual(coverage['branches'], { covered: 1, total: 2 })
    assert.deepEqual(coverage['functions'], { covered: 1, total: 1 })
  })
  verifies('absent-metric-null', 'lcov has no statements, and this one no branches', (tool) => {
    const { coverage } = tool.trace({ results: [messages(passing())], coverage: ['lcov.info', LCOV.join('\n')] }).json()
    assert.deepEqual([coverage['statements'], coverage['branches']], [null, null])
  })
  verifies('absent-metric-null', 'no coverage file at all', (tool) => {
    const { coverage } = tool.trace({ results: [messages(passing())] }).json()
    assert.deepEqual(coverage, { statements: null, branches: null, functions: null, lines: null })
  })
  for (const [what, name, text] of [
    ['an empty istanbul report', 'coverage-final.json', '{}'],
    ['an empty lcov file', 'lcov.info', 'TN:\n'],
  ] as const)
    verifies('empty-coverage-refused', what, (tool) => {
      const answer = tool.trace({ results: [messages(passing())], coverage: [name, text] })
      assert.equal(answer.status, 2)
      assert.match(answer.err, new RegExp(`^bulkhead: .*${name.replace('.', '\\.')}[^\\n]*\\n$`, 'u'))
      assert.equal(answer.out, '')
    })
})
