/**
 * Addition to fused multiply-add, exact in every rounding mode and flag. Each operation forms the exact result, or enough of it,
 * as an integer and rounds once. IEEE 754-2008, "Arithmetic operations" and "Invalid operation"; NaN results are canonical
 * (RISC-V Unprivileged, "NaN Generation and Propagation"). Operands and results are bit patterns of the format.
 */
import { unpack, type FloatFormat, type Unpacked } from './format.js'
import { bitLength, DZ, NV, RDN, round, type ExactValue, type Rounded, type RoundingMode } from './rounding.js'

type Finite = Extract<Unpacked, { kind: 'finite' }>

const invalid = ({ canonicalNan }: FloatFormat): Rounded => ({ bits: canonicalNan, flags: NV })
const infinity = (format: FloatFormat, negative: boolean, flags = 0): Rounded => ({
  bits: (negative ? format.signBit : 0n) | format.infinity,
  flags,
})
const zero = (format: FloatFormat, negative: boolean): Rounded => ({ bits: negative ? format.signBit : 0n, flags: 0 })

/** The NaN that an operation with a NaN operand gives; invalid when one of them is signaling. */
function propagate(format: FloatFormat, ...operands: readonly Unpacked[]): Rounded | undefined {
  if (!operands.some(({ kind }) => kind === 'nan')) return undefined
  const signaling = operands.some((operand) => operand.kind === 'nan' && operand.signaling)
  return { bits: format.canonicalNan, flags: signaling ? NV : 0 }
}

/** Exact sum. Of opposite values it is +0, and -0 towards negative; of zeros of one sign it is that zero. */
function sum(format: FloatFormat, mode: RoundingMode, a: ExactValue, b: ExactValue): Rounded {
  const exponent = Math.min(a.exponent, b.exponent)
  const signed = ({ negative, significand, exponent: own }: ExactValue): bigint =>
    (negative ? -significand : significand) << BigInt(own - exponent)
  const total = signed(a) + signed(b)
  if (total === 0n) return zero(format, a.negative === b.negative ? a.negative : mode === RDN)
  return round(format, { negative: total < 0n, significand: total < 0n ? -total : total, exponent }, mode)
}

export function add(format: FloatFormat, mode: RoundingMode, left: bigint, right: bigint): Rounded {
  const a = unpack(format, left)
  const b = unpack(format, right)
  if (a.kind === 'nan' || b.kind === 'nan') return propagate(format, a, b) ?? invalid(format)
  if (a.kind === 'infinity') return b.kind === 'infinity' && a.negative !== b.negative ? invalid(format) : infinity(format, a.negative)
  if (b.kind === 'infinity') return infinity(format, b.negative)
  return sum(format, mode, a, b)
}

export function subtract(format: FloatFormat, mode: RoundingMode, left: bigint, right: bigint): Rounded {
  return add(format, mode, left, right ^ format.signBit)
}

export function multiply(format: FloatFormat, mode: RoundingMode, left: bigint, right: bigint): Rounded {
  const a = unpack(format, left)
  const b = unpack(format, right)
  if (a.kind === 'nan' || b.kind === 'nan') return propagate(format, a, b) ?? invalid(format)
  const negative = a.negative !== b.negative
  if (a.kind === 'finite' && b.kind === 'finite') return round(format, product(a, b), mode)
  return isZero(a) || isZero(b) ? invalid(format) : infinity(format, negative)
}

export function divide(format: FloatFormat, mode: RoundingMode, left: bigint, right: bigint): Rounded {
  const a = unpack(format, left)
  const b = unpack(format, right)
  if (a.kind === 'nan' || b.kind === 'nan') return propagate(format, a, b) ?? invalid(format)
  const negative = a.negative !== b.negative
  if (a.kind === 'infinity') return b.kind === 'infinity' ? invalid(format) : infinity(format, negative)
  if (b.kind === 'infinity') return zero(format, negative)
  if (b.significand === 0n) return a.significand === 0n ? invalid(format) : infinity(format, negative, DZ)
  // A quotient of at least fraction + 2 bits, and one bit more that says whether anything is left.
  const shift = Math.max(format.fraction + 3 + bitLength(b.significand) - bitLength(a.significand), 0)
  const dividend = a.significand << BigInt(shift)
  const significand = withSticky(dividend / b.significand, dividend % b.significand !== 0n)
  return round(format, { negative, significand, exponent: a.exponent - b.exponent - shift - 1 }, mode)
}

export function squareRoot(format: FloatFormat, mode: RoundingMode, operand: bigint): Rounded {
  const a = unpack(format, operand)
  if (a.kind === 'nan') return propagate(format, a) ?? invalid(format)
  if (isZero(a)) return zero(format, a.negative)
  if (a.negative) return invalid(format)
  if (a.kind === 'infinity') return infinity(format, false)
  // An even exponent, and a root of at least fraction + 2 bits.
  const wanted = 2 * (format.fraction + 3) - bitLength(a.significand)
  const shift = wanted + ((wanted + a.exponent) & 1)
  const radicand = a.significand << BigInt(shift)
  const root = integerRoot(radicand)
  const significand = withSticky(root, root * root !== radicand)
  return round(format, { negative: false, significand, exponent: (a.exponent - shift) / 2 - 1 }, mode)
}

/** a x b + c with one rounding. Infinity times zero is invalid even when c is a quiet NaN ("Single-Precision Floating-Point Computational Instructions"). */
export function multiplyAdd(format: FloatFormat, mode: RoundingMode, left: bigint, right: bigint, addend: bigint): Rounded {
  const a = unpack(format, left)
  const b = unpack(format, right)
  const c = unpack(format, addend)
  if ((a.kind === 'infinity' && isZero(b)) || (isZero(a) && b.kind === 'infinity')) return invalid(format)
  if (a.kind === 'nan' || b.kind === 'nan' || c.kind === 'nan') return propagate(format, a, b, c) ?? invalid(format)
  const negative = a.negative !== b.negative
  if (a.kind === 'infinity' || b.kind === 'infinity')
    return c.kind === 'infinity' && c.negative !== negative ? invalid(format) : infinity(format, negative)
  if (c.kind === 'infinity') return infinity(format, c.negative)
  return sum(format, mode, product(a, b), c)
}

const isZero = (value: Unpacked): boolean => value.kind === 'finite' && value.significand === 0n

const product = (a: Finite, b: Finite): ExactValue => ({
  negative: a.negative !== b.negative,
  significand: a.significand * b.significand,
  exponent: a.exponent + b.exponent,
})

/** One more bit: set when the value lies above `significand`. Rounding needs to know no more of what was cut off. */
const withSticky = (significand: bigint, more: boolean): bigint => (significand << 1n) | (more ? 1n : 0n)

/** Largest integer whose square is not above `value`; Newton's iteration from above. */
function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(bitLength(value) / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
