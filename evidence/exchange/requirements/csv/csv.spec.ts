/** CSV as spreadsheets and trackers write it: RFC 4180 and its dialects. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { found, linked, readTexts } from '../test/read-texts.js'
import { csvFormat } from './csv-format.js'
import { readCsvRows } from './csv-rows.js'

const read = (text: string | Buffer, map: Readonly<Record<string, unknown>> | null = null) => readTexts(csvFormat, { 'a.csv': text }, map)

describe('CSV that is refused', () => {
  const refusals: readonly (readonly [string, string | Buffer, string, RegExp])[] = [
    ['a quoted cell that does not end', 'ID,Text\nR-1,"open\nR-2,b\n', 'malformed-csv', /^a\.csv:2: /],
    ['text after a closing quote', 'ID,Text\nR-1,"a"b\n', 'malformed-csv', /^a\.csv:2: /],
    ['a header without an id', 'Colour,Size\nred,1\n', 'malformed-csv', /^a\.csv:1: .*--map/],
    ['no row at all', 'ID,Text\n', 'no-items', /^a\.csv: /],
    ['an empty file', '', 'no-items', /the file is empty/],
    ['Latin-1', Buffer.from([0x49, 0x44, 0x0a, 0x52, 0xe9, 0x0a]), 'wrong-encoding', /^a\.csv:2: /],
    ['UTF-16 without a mark', Buffer.from('ID,Text\nR-1,a\n', 'utf16le'), 'wrong-encoding', /^a\.csv:1: /],
  ]
  for (const [name, text, code, message] of refusals)
    test(name, async () => {
      await assert.rejects(read(text), { name: 'EvidenceError', code, message })
    })

  const maps: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ['a column that is not there', { columns: { id: 'Nr' } }, /no column "Nr"; the file has "ID", "Text"/],
    ['no id', { columns: { text: 'Text' } }, /names no id/],
    ['an unknown role', { columns: { id: 'ID', colour: 'Text' } }, /unknown column role "colour"/],
    ['an unknown member', { columns: { id: 'ID' }, column: 1 }, /unknown member "column"/],
    ['one column twice', { columns: { id: 'ID', text: 'ID' } }, /two roles/],
  ]
  for (const [name, map, message] of maps)
    test(`a map with ${name}`, async () => {
      await assert.rejects(read('ID,Text\nR-1,a\n', map), { code: 'malformed-map', message })
    })
})

describe('CSV with faults that are reported', () => {
  test('a row with a cell too many keeps its id, and nothing else is guessed', async () => {
    const set = await read('ID,Text,Verification Method\nR-1,a,b,Test\n')
    assert.deepEqual(found(set), ['unreadable R-1 2'])
    assert.deepEqual([set.items[0]?.text, set.items[0]?.methods], ['a | b | Test', []])
  })

  test('a row that is too short, a row without id, an id given twice', async () => {
    const set = await read('ID,Text,Status\nR-1,a\n,no id,x\nR-1,b,c\n')
    assert.deepEqual(found(set), ['unreadable R-1 2', 'unreadable  3', 'duplicate R-1 4'])
    assert.equal(set.items.length, 2)
  })

  test('a link and a parent that lead nowhere', async () => {
    const set = await read('ID,Text,Links,Parent\nR-1,a,R-9,\nR-2,b,,R-8\n')
    assert.deepEqual(found(set), ['dangling R-9 2', 'dangling R-8 3'])
  })

  test('a verification method that is none of ours is not dropped in silence', async () => {
    const set = await read('ID,Text,Verification Method\nR-1,a,"Test, Demonstration"\nR-2,b,N/A\n')
    assert.deepEqual(found(set), ['unreadable R-1 2'])
    assert.deepEqual(
      set.items.map(({ methods }) => methods),
      [['test'], []],
    )
    assert.deepEqual(set.items[0]?.attributes, { 'Verification Method': 'Test, Demonstration' })
  })
})

describe('CSV dialects', () => {
  const dialects: readonly (readonly [string, string])[] = [
    ['comma', 'ID,Text\nR-1,a\n'],
    ['semicolon', 'ID;Text\nR-1;a\n'],
    ['tab', 'ID\tText\nR-1\ta\n'],
    ['a byte-order mark', '\ufeffID,Text\nR-1,a\n'],
    ['sep= of a spreadsheet', 'sep=;\nID;Text\nR-1;a\n'],
    ['CRLF', 'ID,Text\r\nR-1,a\r\n'],
    ['a lone CR', 'ID,Text\rR-1,a\r'],
    ['mixed line ends', 'ID,Text\r\nR-1,a\n'],
    ['no end of the last line', 'ID,Text\nR-1,a'],
    ['a header of an issue tracker', 'Custom field (Requirement ID),Description\nR-1,a\n'],
  ]
  for (const [name, text] of dialects)
    test(name, async () => {
      const { items, findings } = await read(text)
      assert.deepEqual([items.map(({ id, text: words }) => [id, words]), findings], [[['R-1', 'a']], []])
    })

  test('the line of an item counts the newlines inside quoted cells', async () => {
    const set = await read('ID,Text\r\nR-1,"two\r\nlines"\r\n\r\nR-2,b\r\n')
    assert.deepEqual(
      set.items.map(({ id, place }) => [id, place.line]),
      [
        ['R-1', 2],
        ['R-2', 5],
      ],
    )
  })

  test('a map names columns by header or number, gives links their roles, and leaves the rest as attributes', async () => {
    const text = 'No;Was;Covers;Tests;Colour\n1;t;2~3, 4;5;red\n'
    const set = await read(text, {
      format: 'csv',
      columns: { id: 'No', text: 2, links: { covers: 'Covers', verifies: 'Tests' } },
      kind: 'srs',
    })
    assert.deepEqual(linked(set), ['1 -covers-> 2~3', '1 -covers-> 4', '1 -verifies-> 5'])
    assert.deepEqual([set.items[0]?.kind, set.items[0]?.text, set.items[0]?.attributes], ['srs', 't', { Colour: 'red' }])
  })

  test('a map for another format is not for CSV', async () => {
    assert.equal((await read('ID,Text\nR-1,a\n', { format: 'source-tags', patterns: [] })).items.length, 1)
  })

  test('a cell named __proto__ is a cell', async () => {
    const { items } = await read('ID,Text,__proto__\nR-1,a,x\n')
    assert.deepEqual(Object.entries(items[0]?.attributes ?? {}), [['__proto__', 'x']])
  })

  test('what is written by RFC 4180 is read back, cell by cell', () => {
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ';', ' ') }), { minLength: 2, maxLength: 4 })),
        (rows) => {
          const text = rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
          assert.deepEqual(
            readCsvRows('f', text, ',').map(({ cells }) => cells),
            rows,
          )
        },
      ),
      { seed: 4180, numRuns: 300 },
    )
  })
})

describe('CSV of NASA', () => {
  const data = process.env['BULKHEAD_DATA']
  const file = (name: string): string => join(data ?? '', 'requirements', name)
  const skip =
    data === undefined || !existsSync(file('nasa-cfe')) ? 'BULKHEAD_DATA is not set: the requirements of cFE and LC are not read' : false

  test('each record is one requirement with id, title, text and rationale', { skip }, async () => {
    for (const [name, count] of [
      ['nasa-cfe/cFE_FunctionalRequirements.csv', 397],
      ['nasa-lc/lc_FunctionalRequirements.csv', 63],
    ] as const) {
      const { items, findings } = await read(readFileSync(file(name)))
      assert.deepEqual([items.length, findings], [count, []], name)
      assert.ok(items.every(({ title, text }) => title !== '' && text !== ''))
    }
  })
})
