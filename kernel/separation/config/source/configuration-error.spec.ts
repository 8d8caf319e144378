import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConfigurationError, quote } from './configuration-error.js'

const finding = { file: 'a.yaml', line: 3, rule: 'name-form', what: 'wrong', remedy: 'mend it' }

describe('ConfigurationError', () => {
  test('its message names file, line, rule, what is wrong and the remedy', () => {
    const error = new ConfigurationError('rule', finding, [{ ...finding, line: 9 }])
    assert.equal(error.message, 'a.yaml:3: name-form: wrong; remedy: mend it')
    assert.deepEqual(
      error.findings.map(({ line }) => line),
      [3, 9],
    )
  })

  for (const [what, hostile] of [
    ['a line feed', 'x\na.yaml:1: all good'],
    ['an escape sequence', '\u001b[2Jx'],
    ['a line separator', 'x\u2028y'],
    ['text that runs backwards', 'x\u202ey'],
    ['half a surrogate pair', '\ud800'],
  ] as const)
    test(`${what} in the input does not reach the terminal`, () => {
      const { message } = new ConfigurationError('yaml', { ...finding, what: hostile })
      assert.match(message, /^[\x20-\x7e]+$/)
    })

  test('a long quotation is cut', () => {
    assert.equal(quote('x'.repeat(61)), `"${'x'.repeat(60)}..."`)
    assert.equal(quote('x'.repeat(60)), `"${'x'.repeat(60)}"`)
  })
})
