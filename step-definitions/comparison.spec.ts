import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { falsified, holds, type Comparison, type ComparisonKind } from './comparison.js'

const TEXT: readonly ComparisonKind[] = ['equal', 'unchanged']
const NUMBER: readonly ComparisonKind[] = ['at-least', 'at-most']

const comparison = (kind: ComparisonKind, expected: string, observed: string): Comparison => ({
  what: 'a value',
  source: 'memory',
  comparison: kind,
  expected,
  observed,
})

const cases: readonly (readonly [kind: ComparisonKind, expected: string, observed: string, verdict: boolean])[] = [
  ['equal', 'OK', 'PERM', false],
  ['equal', '5', '05', false],
  ['equal', '', 'x', false],
  ['unchanged', 'aa', 'ab', false],
  ['at-least', '10', '9', false],
  ['at-least', '-1', '-2', false],
  ['at-most', '9', '10', false],
  ['equal', 'OK', 'OK', true],
  ['unchanged', 'aa', 'aa', true],
  ['at-least', '9', '10', true],
  ['at-least', '10', '10', true],
  ['at-most', '10', '10', true],
  ['at-most', '18446744073709551616', '18446744073709551615', true],
]

const word = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(String)
const fixed = { seed: 3, numRuns: 300 }

describe('Comparison', () => {
  for (const [kind, expected, observed, verdict] of cases)
    test(`${JSON.stringify(observed)} is ${verdict ? '' : 'not '}${kind} ${JSON.stringify(expected)}`, () =>
      assert.equal(holds(comparison(kind, expected, observed)), verdict))

  for (const kind of TEXT)
    test(`a falsified expectation of "${kind}" never holds, whether it held before or not`, () =>
      fc.assert(
        fc.property(fc.string(), fc.string(), (expected, observed) => {
          assert.equal(holds(falsified(comparison(kind, expected, expected))), false)
          assert.equal(holds(falsified(comparison(kind, expected, observed))), false)
          assert.equal(holds(falsified(comparison(kind, expected, `falsified ${expected}`))), false)
        }),
        fixed,
      ))

  for (const kind of NUMBER)
    test(`a falsified expectation of "${kind}" never holds, whether it held before or not`, () =>
      fc.assert(
        fc.property(word, word, (expected, observed) => {
          assert.equal(holds(falsified(comparison(kind, expected, observed))), false)
        }),
        fixed,
      ))

  test('falsifying changes the expectation alone', () =>
    fc.assert(
      fc.property(fc.constantFrom(...TEXT, ...NUMBER), word, word, (kind, expected, observed) => {
        const before = comparison(kind, expected, observed)
        assert.deepEqual({ ...falsified(before), expected }, before)
      }),
      fixed,
    ))
})
