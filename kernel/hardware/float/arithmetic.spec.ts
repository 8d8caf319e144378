/** Against the host's arithmetic where that is IEEE 754's (round to nearest), and against the definition of rounding elsewhere. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { add, divide, multiply, multiplyAdd, squareRoot, subtract } from './arithmetic.js'
import { DOUBLE, HALF, SINGLE, unpack, type FloatFormat } from './format.js'
import { DZ, NV, NX, OF, RDN, RMM, RNE, RTZ, RUP, UF, type Rounded, type RoundingMode } from './rounding.js'

const RUNS = { seed: 0xf10a7, numRuns: 1500 }

const view = new DataView(new ArrayBuffer(8))
const bitsOf = (value: number): bigint => {
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}
const valueOf = (bits: bigint): number => {
  view.setBigUint64(0, bits)
  return view.getFloat64(0)
}
const singleBits = (value: number): bigint => {
  view.setFloat32(0, value)
  return BigInt(view.getUint32(0))
}
const singleValue = (bits: bigint): number => {
  view.setUint32(0, Number(bits))
  return view.getFloat32(0)
}

const MODES = [RNE, RTZ, RDN, RUP, RMM] as const
const ONE = bitsOf(1)
const INFINITY = DOUBLE.infinity
const SIGNALING = DOUBLE.infinity | 1n
const MINUS = DOUBLE.signBit

/** Bits with every exponent, often one near an end, and significands of few bits or of many. */
const anyBits = ({ bits, fraction }: FloatFormat): fc.Arbitrary<bigint> => {
  const exponents = (1 << (bits - 1 - fraction)) - 1
  const exponent = fc.oneof(fc.integer({ min: 0, max: exponents }), fc.constantFrom(0, 1, 2, exponents >> 1, exponents - 1, exponents))
  const trailing = fc.oneof(fc.bigInt({ min: 0n, max: (1n << BigInt(fraction)) - 1n }), fc.bigInt({ min: 0n, max: 7n }))
  return fc.tuple(fc.boolean(), exponent, trailing).map(([negative, power, low]) => {
    const magnitude = (BigInt(power) << BigInt(fraction)) | low
    return negative ? magnitude | (1n << BigInt(bits - 1)) : magnitude
  })
}

const canonical = (format: FloatFormat, bits: bigint): bigint => (unpack(format, bits).kind === 'nan' ? format.canonicalNan : bits)

describe('Invalid operations and special values', () => {
  const rows: readonly (readonly [string, Rounded, bigint, number])[] = [
    ['infinity - infinity', subtract(DOUBLE, RNE, INFINITY, INFINITY), DOUBLE.canonicalNan, NV],
    ['0 x infinity', multiply(DOUBLE, RNE, 0n, INFINITY), DOUBLE.canonicalNan, NV],
    ['0 / 0', divide(DOUBLE, RNE, 0n, MINUS), DOUBLE.canonicalNan, NV],
    ['infinity / infinity', divide(DOUBLE, RNE, INFINITY, INFINITY), DOUBLE.canonicalNan, NV],
    ['1 / -0', divide(DOUBLE, RNE, ONE, MINUS), INFINITY | MINUS, DZ],
    ['infinity / 0', divide(DOUBLE, RNE, INFINITY, 0n), INFINITY, 0],
    ['square root of -1', squareRoot(DOUBLE, RNE, ONE | MINUS), DOUBLE.canonicalNan, NV],
    ['square root of -0', squareRoot(DOUBLE, RNE, MINUS), MINUS, 0],
    ['a quiet NaN + 1', add(DOUBLE, RNE, DOUBLE.canonicalNan | 5n | MINUS, ONE), DOUBLE.canonicalNan, 0],
    ['a signaling NaN + 1', add(DOUBLE, RNE, SIGNALING, ONE), DOUBLE.canonicalNan, NV],
    ['0 x infinity + a quiet NaN', multiplyAdd(DOUBLE, RNE, 0n, INFINITY, DOUBLE.canonicalNan), DOUBLE.canonicalNan, NV],
    ['1 x 1 + -1, to nearest', multiplyAdd(DOUBLE, RNE, ONE, ONE, ONE | MINUS), 0n, 0],
    ['1 + -1, towards negative', add(DOUBLE, RDN, ONE, ONE | MINUS), MINUS, 0],
    ['-0 + -0, towards positive', add(DOUBLE, RUP, MINUS, MINUS), MINUS, 0],
    ['largest + largest, to nearest', add(DOUBLE, RNE, INFINITY - 1n, INFINITY - 1n), INFINITY, OF | NX],
    ['largest + largest, towards zero', add(DOUBLE, RTZ, INFINITY - 1n, INFINITY - 1n), INFINITY - 1n, OF | NX],
    ['smallest / 2, to nearest', divide(DOUBLE, RNE, 1n, bitsOf(2)), 0n, UF | NX],
    ['smallest / 2, ties away', divide(DOUBLE, RMM, 1n, bitsOf(2)), 1n, UF | NX],
    // Tininess after rounding: 2^-126 (1 - 2^-25) rounds to 2^-126 with an unbounded exponent too.
    ['a product that rounds up to the smallest normal', multiply(SINGLE, RNE, 0x0080_0001n, 0x3f7f_fffen), 0x0080_0000n, NX],
    ['a product just below the smallest normal', multiply(SINGLE, RNE, 0x0080_0000n, 0x3f7f_ffffn), 0x0080_0000n, UF | NX],
  ]
  for (const [what, { bits, flags }, expected, raised] of rows)
    test(what, () => assert.deepEqual([bits.toString(16), flags], [expected.toString(16), raised]))
})

describe('Rounding to nearest is what the host does', () => {
  type Binary = (format: FloatFormat, mode: RoundingMode, a: bigint, b: bigint) => Rounded
  const operations: readonly (readonly [string, Binary, (a: number, b: number) => number])[] = [
    ['add', add, (a, b) => a + b],
    ['subtract', subtract, (a, b) => a - b],
    ['multiply', multiply, (a, b) => a * b],
    ['divide', divide, (a, b) => a / b],
    ['squareRoot', (format, mode, a) => squareRoot(format, mode, a), (a) => Math.sqrt(a)],
  ]
  for (const [name, operation, host] of operations) {
    test(`${name} in double precision`, () => {
      const agrees = fc.property(anyBits(DOUBLE), anyBits(DOUBLE), (a, b) => {
        assert.equal(operation(DOUBLE, RNE, a, b).bits, canonical(DOUBLE, bitsOf(host(valueOf(a), valueOf(b)))))
      })
      fc.assert(agrees, RUNS)
    })
    // 53 >= 2 x 24 + 2: rounding twice, to double and then to single, is rounding once.
    test(`${name} in single precision`, () => {
      const agrees = fc.property(anyBits(SINGLE), anyBits(SINGLE), (a, b) => {
        const expected = singleBits(Math.fround(host(singleValue(a), singleValue(b))))
        assert.equal(operation(SINGLE, RNE, a, b).bits, canonical(SINGLE, expected))
      })
      fc.assert(agrees, RUNS)
    })
  }
})

describe('Directed rounding', () => {
  /** Integers in the order of the values. */
  const place = ({ signBit }: FloatFormat, bits: bigint): bigint => ((bits & signBit) === 0n ? bits : -(bits & (signBit - 1n)))
  const finite = (format: FloatFormat, ...operands: readonly bigint[]): boolean =>
    operands.every((bits) => unpack(format, bits).kind === 'finite')

  for (const format of [HALF, SINGLE, DOUBLE])
    test(`a fused multiply-add of ${format.bits} bits lies between its roundings down and up, which are neighbours, or it is exact`, () => {
      const between = fc.property(anyBits(format), anyBits(format), anyBits(format), (a, b, c) => {
        if (!finite(format, a, b, c)) return
        const [nearest = 0n, zero = 0n, down = 0n, up = 0n, away = 0n] = MODES.map((mode) =>
          place(format, multiplyAdd(format, mode, a, b, c).bits),
        )
        const exact = multiplyAdd(format, RNE, a, b, c).flags === 0
        assert.equal(up - down, exact ? 0n : 1n)
        for (const result of [nearest, zero, away]) assert.ok(result === down || result === up)
        assert.equal(zero, down >= 0n ? down : up)
      })
      fc.assert(between, RUNS)
    })

  test('the inexact flag does not depend on the mode', () => {
    const same = fc.property(anyBits(DOUBLE), anyBits(DOUBLE), (a, b) => {
      const flags = MODES.map((mode) => divide(DOUBLE, mode, a, b).flags & NX)
      assert.equal(new Set(flags).size, 1)
    })
    fc.assert(same, RUNS)
  })

  test('a x b + 0 and a x 1 + b are the product and the sum', () => {
    const same = fc.property(anyBits(DOUBLE), anyBits(DOUBLE), fc.constantFrom(...MODES), (a, b, mode) => {
      const product = multiply(DOUBLE, mode, a, b)
      const zero = (a ^ b) & MINUS
      assert.deepEqual(multiplyAdd(DOUBLE, mode, a, b, zero), product)
      assert.deepEqual(multiplyAdd(DOUBLE, mode, a, ONE, b), add(DOUBLE, mode, a, b))
    })
    fc.assert(same, RUNS)
  })
})
