import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EscapeKey } from './escape-key.js'

const typed = (...pieces: readonly string[]): readonly [string, readonly string[]] => {
  const key = new EscapeKey()
  const read = pieces.map((piece) => key.read(Buffer.from(piece, 'latin1')))
  return [read.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join(''), read.flatMap(({ commands }) => commands)]
}

describe('The escape key of the console', () => {
  test('other control characters, Control-C among them, are for the machine', () =>
    assert.deepEqual(typed('a\x03\x04\x1b'), ['a\x03\x04\x1b', []]))
  test('Control-A x leaves, and neither key reaches the machine', () => assert.deepEqual(typed('ls\r\x01x'), ['ls\r', ['leave']]))
  test('a command may arrive in two pieces', () => assert.deepEqual(typed('\x01', 's'), ['', ['statistics']]))
  test('Control-A twice sends one', () => assert.deepEqual(typed('\x01\x01x'), ['\x01x', []]))
  test('an unknown command is dropped, and the next key is none', () => assert.deepEqual(typed('\x01qx'), ['x', []]))
})
