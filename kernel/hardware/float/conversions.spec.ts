import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { compare } from './comparison.js'
import { convertFormat, fromInteger, toInteger } from './conversions.js'
import { DOUBLE, HALF, SINGLE } from './format.js'
import { NV, NX, OF, RDN, RMM, RNE, RTZ, RUP, UF, type RoundingMode } from './rounding.js'

const view = new DataView(new ArrayBuffer(8))
const bitsOf = (value: number): bigint => {
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}

describe('To integers: RISC-V Unprivileged, "Domains of float-to-integer conversions and behavior for invalid inputs"', () => {
  const MAX32 = 2n ** 31n - 1n
  const MAX64 = 2n ** 63n - 1n
  const rows: readonly (readonly [number, RoundingMode, 32 | 64, boolean, bigint, number])[] = [
    [Number.NaN, RTZ, 32, true, MAX32, NV],
    [Number.NaN, RTZ, 64, false, 2n ** 64n - 1n, NV],
    [Infinity, RTZ, 64, true, MAX64, NV],
    [-Infinity, RTZ, 64, true, -MAX64 - 1n, NV],
    [-Infinity, RTZ, 32, false, 0n, NV],
    [2 ** 31, RTZ, 32, true, MAX32, NV],
    [2 ** 31 - 0.5, RTZ, 32, true, MAX32, NX],
    [2 ** 31 - 0.5, RNE, 32, true, MAX32, NV], // rounds out of range: invalid, and not inexact too
    [-(2 ** 31) - 0.5, RNE, 32, true, -MAX32 - 1n, NX],
    [-0.75, RTZ, 32, false, 0n, NX],
    [-0.75, RNE, 32, false, 0n, NV],
    [-1, RTZ, 64, false, 0n, NV],
    [2.5, RNE, 32, true, 2n, NX],
    [2.5, RMM, 32, true, 3n, NX],
    [-2.5, RDN, 64, true, -3n, NX],
    [-2.5, RUP, 64, true, -2n, NX],
    [2 ** 53, RTZ, 64, true, 2n ** 53n, 0],
  ]
  for (const [value, mode, width, signed, bits, flags] of rows)
    test(`${value} in mode ${mode} to ${signed ? '' : 'un'}signed ${width} bits is ${bits}`, () => {
      assert.deepEqual(toInteger(DOUBLE, mode, bitsOf(value), width, signed), { bits, flags })
    })
})

describe('From integers, and between formats', () => {
  test('2^53 + 1 is a tie between its neighbours', () => {
    const value = 2n ** 53n + 1n
    assert.deepEqual(fromInteger(DOUBLE, RNE, value), { bits: bitsOf(2 ** 53), flags: NX })
    assert.deepEqual(fromInteger(DOUBLE, RMM, value), { bits: bitsOf(2 ** 53 + 2), flags: NX })
    assert.deepEqual(fromInteger(DOUBLE, RDN, -value), { bits: bitsOf(-(2 ** 53) - 2), flags: NX })
  })

  const narrowed: readonly (readonly [string, bigint, bigint, number])[] = [
    ['65520, halfway to the next power', bitsOf(65520), HALF.infinity, OF | NX],
    ['65519', bitsOf(65519), HALF.infinity - 1n, NX],
    ['2^-25, halfway to the smallest subnormal', bitsOf(2 ** -25), 0n, UF | NX],
    ['2^-24, the smallest subnormal', bitsOf(2 ** -24), 1n, 0],
    ['a signaling NaN', DOUBLE.infinity | 1n, HALF.canonicalNan, NV],
    ['minus infinity', bitsOf(-Infinity), HALF.infinity | HALF.signBit, 0],
  ]
  for (const [what, from, bits, flags] of narrowed)
    test(`${what} to half precision`, () => assert.deepEqual(convertFormat(DOUBLE, HALF, RNE, from), { bits, flags }))

  test('a value of a narrower format comes back from a wider one, without flags', () => {
    const back = fc.property(fc.bigInt({ min: 0n, max: 0xffffn }), (half) => {
      const wide = convertFormat(HALF, SINGLE, RNE, half)
      const again = convertFormat(
        SINGLE,
        HALF,
        RNE,
        convertFormat(DOUBLE, SINGLE, RNE, convertFormat(SINGLE, DOUBLE, RNE, wide.bits).bits).bits,
      )
      const nan = (half & 0x7fffn) > HALF.infinity
      assert.deepEqual(again, { bits: nan ? HALF.canonicalNan : half, flags: 0 })
    })
    fc.assert(back, { seed: 0xc0, numRuns: 2000 })
  })
})

describe('Comparison', () => {
  test('is that of the host, for every relation, with NaNs and both zeros', () => {
    const values = [Number.NaN, -Infinity, -1, -5e-324, -0, 0, 5e-324, 1, Infinity]
    for (const a of values)
      for (const b of values) {
        assert.equal(compare(DOUBLE, 'less', bitsOf(a), bitsOf(b)), a < b)
        assert.equal(compare(DOUBLE, 'lessOrEqual', bitsOf(a), bitsOf(b)), a <= b)
        assert.equal(compare(DOUBLE, 'equal', bitsOf(a), bitsOf(b)), a === b)
      }
  })
})
