import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from './assemble.js'

function value(expression: string, source = ''): bigint {
  const result = assemble(`.dword ${expression}\n${source}`, { file: 'e.s', base: 0x1000, symbols: { FIVE: 5n, MOST: 2n ** 64n - 1n } })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  return new DataView(result.value.bytes.buffer).getBigInt64(0, true)
}

describe('expressions, GNU as "Infix Operators"', () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ['1 + 2 << 3', 17n], // << binds tighter than +
    ['1 | 2 + 4', 7n], // | binds tighter than +
    ['8 & 12 | 3 ^ 1', 10n], // & | ^ are equal and group to the left: ((8 & 12) | 3) ^ 1
    ['10 - 3 - 2', 5n],
    ['2 * 3 % 4', 2n],
    ['-7 / 2', -3n],
    ['-7 % 4', -3n],
    ['~5', -6n],
    ['- ~ + 5', 6n],
    ['-(1 << 12) + 1', -4095n],
    ['(1 << 63) >> 60', 8n], // >> shifts in zeros
    ['1 << 64', 0n],
    ['1 << -1', 0n],
    ['0x7fffffffffffffff + 1', -(2n ** 63n)],
    ['0xff & 0b1010', 10n],
    ['017', 15n],
    ["'A' + '\\n'", 75n],
    ["'''", 39n],
    ["'\\x41'", 65n],
    ['FIVE * FIVE', 25n],
    ['MOST', -1n],
    ['.', 0x1000n],
    ['end - start', 8n],
    ['later * 2', 42n],
    ['((((3))))', 3n],
  ]
  for (const [expression, expected] of cases)
    test(`${expression} = ${expected}`, () => {
      assert.equal(value(expression, '.data\nstart: .dword 1\nend:\n.equ later, 21'), expected)
    })

  test('an assigned symbol has the value of its last assignment above', () => {
    const result = assemble('.set x, 1\n.byte x\n.set x, x + 1\n.byte x\nx = 9\n.byte x', { file: 'e.s', base: 0 })
    assert.deepEqual(result.ok && [...result.value.bytes], [1, 2, 9])
  })

  test('the distance of two labels of one section may decide a size', () => {
    const result = assemble('a: nop; nop\nb: .zero 0x20 - (b - a)\n.byte 1', { file: 'e.s', base: 0 })
    assert.equal(result.ok && result.value.bytes.length, 0x21)
  })

  test('the distance of labels of two sections is known at the end only', () => {
    const source = 'a: .byte 1\n.data\nb: .zero b - a'
    const result = assemble(source, { file: 'e.s', base: 0 })
    assert.equal(result.ok ? '' : result.error.code, 'NOT_CONSTANT')
  })
})
