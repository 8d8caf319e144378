import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { classify, writeCrashRecord } from './failure.js'

const coded = (message: string, code: string) => Object.assign(new Error(message), { code })

describe('What reaches the top', () => {
  test('refused input is the first line of its message', () => {
    assert.deepEqual(classify(coded('a.feature:3: unknown tag; remedy\nmore', 'unknown-tag')), {
      kind: 'refused',
      line: 'a.feature:3: unknown tag; remedy',
    })
  })

  test('a file that is not there is refused input', () => assert.equal(classify(coded('ENOENT: no such file', 'ENOENT')).kind, 'refused'))

  test('an error without a code, a wrong call and a thrown value are defects', () => {
    assert.deepEqual(classify(new TypeError('x is undefined')), { kind: 'defect', line: 'TypeError: x is undefined' })
    assert.equal(classify(coded('assertion failed', 'ERR_ASSERTION')).kind, 'defect')
    assert.deepEqual(classify('text'), { kind: 'defect', line: 'thrown: text' })
  })

  test('control characters of a message are made visible', () => assert.equal(classify(coded('\u001b[31mred', 'x')).line, '\\u{1b}[31mred'))
})

describe('A crash record', () => {
  test('holds command, stack and causes, and one defect leaves one file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulkhead-crash-'))
    try {
      const error = new Error('outer', { cause: new Error('inner') })
      const file = writeCrashRecord(error, ['assure', '--json'], folder)
      assert.equal(writeCrashRecord(error, ['assure', '--json'], folder), file)
      const record = readFileSync(file, 'utf8')
      assert.match(record, /^bulkhead assure --json\nnode /)
      assert.match(record, /Error: outer\n\s+at [^]*caused by: Error: inner/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('goes elsewhere when the folder cannot be written', () => {
    const file = writeCrashRecord(new Error('read-only'), [], join(fileURLToPath(import.meta.url), 'a-file-is-no-folder'))
    assert.ok(file.startsWith(tmpdir()))
    rmSync(file)
  })
})
