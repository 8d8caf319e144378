/** Columns: what goes in comes out, whatever the texts are and however many values a table has. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { NameColumn, NumberColumn } from './column-writer.js'
import { codeAt, joinTexts, nameAt, numberAt, SEPARATOR, splitTexts, type CodedColumn } from './column.js'

function encodeNames(names: readonly string[], order?: readonly string[]): CodedColumn {
  const column = new NameColumn(order)
  for (const name of names) column.add(name)
  return column.finish()
}

function encodeNumbers(values: readonly number[]): string {
  const column = new NumberColumn()
  for (const value of values) column.add(value)
  return column.finish()
}

describe('Columns of a list', () => {
  test('a text with the separator does not shift the texts after it', () => {
    const texts = ['a', `b${SEPARATOR}c`, 'd']
    assert.deepEqual(splitTexts(joinTexts(texts), 3), ['a', 'b\ufffdc', 'd'])
  })

  test('texts come back, the empty list and the list of one empty text too', () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(SEPARATOR, ''))
    fc.assert(
      fc.property(fc.array(text), (texts) => assert.deepEqual(splitTexts(joinTexts(texts), texts.length), texts)),
      { seed: 8, numRuns: 300 },
    )
  })

  test('names come back, in any order and with a table of more names than one character can tell apart', () => {
    const few = ['passed', 'failed', 'passed', '', 'failed']
    const column = encodeNames(few, ['failed', 'passed'])
    assert.deepEqual(column.names, ['failed', 'passed', ''])
    few.forEach((name, index) => assert.equal(nameAt(column, index), name))
    const many = Array.from({ length: 120_000 }, (_, index) => `file-${(index * 7) % 60_000}`)
    const wide = encodeNames(many)
    for (const index of [0, 1, 53_247, 53_248, 59_999, 60_000, 119_999]) {
      assert.equal(nameAt(wide, index), many[index])
      assert.equal(wide.names[codeAt(wide, index)], many[index])
    }
  })

  test('codes never hold a surrogate, so that UTF-8 keeps each of them', () => {
    const codes = encodeNumbers([0, 1, 53_246, 53_247, 9_999_999])
    assert.equal(Buffer.from(codes, 'utf8').toString('utf8'), codes)
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((index) => numberAt(codes, index)),
      [0, 1, 53_246, 53_247, 53_247],
    )
  })
})
