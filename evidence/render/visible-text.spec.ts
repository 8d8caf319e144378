import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { visibleContext, visibleText } from './visible-text.js'

describe('Text from features and programs', () => {
  const hostile: readonly (readonly [string, string, string])[] = [
    ['a terminal escape', '\u001b[31mred', '‹U+001B›[31mred'],
    ['a right-to-left override', 'a\u202eb', 'a‹U+202E›b'],
    ['an isolate', '\u2066x\u2069', '‹U+2066›x‹U+2069›'],
    ['a zero-width space', 'a\u200bb', 'a‹U+200B›b'],
    ['a lone surrogate', 'a\ud800b', 'a‹U+D800›b'],
    ['a tag character', '\u{e0041}', '‹U+E0041›'],
    ['a line separator', 'a\u2028b', 'a‹U+2028›b'],
    ['a carriage return alone', 'a\rb', 'a‹U+000D›b'],
  ]
  for (const [name, text, shown] of hostile) test(`${name} is printed as its number`, () => assert.equal(visibleText(text), shown))

  test('tab, line feed, CRLF and ordinary text of any script stay', () =>
    assert.equal(visibleText('a\tb\r\nc — ≥ 漢 é'), 'a\tb\nc — ≥ 漢 é'))

  test('nothing that prints as nothing is left, and the result is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visibleText(text)
        assert.doesNotMatch(shown, /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u)
        assert.equal(visibleText(shown), shown)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('every text of a context is treated, however deep, and other values are not', () => {
    assert.deepEqual(visibleContext({ a: ['\u0007', { b: '\u0007' }], n: 3, t: true, z: null }), {
      a: ['‹U+0007›', { b: '‹U+0007›' }],
      n: 3,
      t: true,
      z: null,
    })
  })
})
