import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { Digest } from '../model/ids.js'
import { appendHistory, historyName, readHistory } from './run-history.js'

const pack = 'ab'.repeat(32) as Digest
let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-'))
  file = join(folder, historyName)
  for (const passed of [true, false, true]) appendHistory(file, { command: 'assure', commit: 'c0ffee', pack, passed })
})
afterEach(() => rmSync(folder, { recursive: true }))

const whats = (): readonly string[] => readHistory(file).problems.map(({ line, what }) => `${line} ${what}`)
const lines = (): string[] => readFileSync(file, 'utf8').trimEnd().split('\n')
const write = (changed: readonly string[]): void => writeFileSync(file, changed.map((line) => `${line}\n`).join(''))

describe('The history of runs', () => {
  test('is whole as it was written, one entry per run', () => {
    assert.deepEqual(whats(), [])
    assert.deepEqual(
      readHistory(file).entries.map(({ number, passed }) => [number, passed]),
      [
        [1, true],
        [2, false],
        [3, true],
      ],
    )
  })

  test('a verdict turned round is noticed in the line after', () => {
    write(lines().map((line, index) => (index === 1 ? line.replace('"passed":false', '"passed":true') : line)))
    assert.ok(whats().includes('3 does not follow from the line before'))
  })

  test('a verdict turned round in the last line is noticed by the head', () => {
    write(lines().map((line, index) => (index === 2 ? line.replace('"passed":true', '"passed":false') : line)))
    assert.deepEqual(whats(), ['0 its end is not the one that its head names'])
  })

  test('a line taken out, the end cut off, a line cut in two and a missing file are noticed', () => {
    const [first = '', , third = ''] = lines()
    write([first, third])
    assert.ok(whats().includes('2 does not follow from the line before'))
    write(lines().slice(0, 1))
    assert.deepEqual(whats(), ['0 its end is not the one that its head names'])
    writeFileSync(file, first.slice(0, 40))
    assert.ok(whats().includes('1 the last line is cut off'))
    rmSync(file)
    assert.deepEqual(whats(), ['0 is missing, its head is there'])
  })

  test('nothing is added to a broken one, nor while another run holds it', () => {
    write(lines().slice(0, 1))
    assert.throws(() => appendHistory(file, { command: 'assure', commit: 'c0ffee', pack, passed: true }), { code: 'broken-history' })
    assert.equal(lines().length, 1)
    writeFileSync(`${file}.lock`, '')
    assert.throws(() => appendHistory(file, { command: 'assure', commit: 'c0ffee', pack, passed: true }), { message: /another run/ })
  })

  test('an entry has a time only when one was passed in', () => {
    appendHistory(file, { command: 'assure', commit: 'c0ffee', pack, passed: true, time: '2026-01-31T00:00:00Z' })
    assert.deepEqual(whats(), [])
    assert.deepEqual(
      readHistory(file).entries.map(({ time }) => time),
      [undefined, undefined, undefined, '2026-01-31T00:00:00Z'],
    )
  })
})
