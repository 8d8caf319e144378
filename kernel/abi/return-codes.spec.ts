import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RETURN_CODES, returnCodeOf, returnValue, type ReturnCode } from './return-codes.js'

const NAMES = Object.keys(RETURN_CODES) as ReturnCode[]

describe('Return codes', () => {
  for (const value of [1n, 0x7fff_ffff_ffff_ffffn, 0xffff_fff7n, 2n ** 64n - 10n, -1n])
    test(`0x${value.toString(16)} in a0 is no return code`, () => assert.equal(returnCodeOf(value), undefined))

  test('a code that no one may rename or renumber', () =>
    assert.deepEqual(RETURN_CODES, { OK: 0, CAP: 1, PERM: 2, ARG: 3, LEN: 4, FULL: 5, EMPTY: 6, TIMEOUT: 7, STATE: 8, CALL: 9 }))

  for (const name of NAMES)
    test(`${name} is the negated number in 64 bits, and reads back as itself`, () => {
      assert.equal(BigInt.asIntN(64, returnValue(name)), BigInt(-RETURN_CODES[name]))
      assert.ok(returnValue(name) >= 0n && returnValue(name) < 2n ** 64n)
      assert.equal(returnCodeOf(returnValue(name)), name)
    })

  test('no two codes share a number', () => assert.equal(new Set(Object.values(RETURN_CODES)).size, NAMES.length))
})
