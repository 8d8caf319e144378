/**
 * Between formats, and between floating point and integers. RISC-V Unprivileged, "Single-Precision Floating-Point Conversion and
 * Move Instructions": an integer result out of range, or of a NaN, is the nearest bound (of a NaN the largest) and invalid.
 */
import { unpack, type FloatFormat } from './format.js'
import { NV, NX, round, roundShifted, type Rounded, type RoundingMode } from './rounding.js'

export function convertFormat(from: FloatFormat, to: FloatFormat, mode: RoundingMode, operand: bigint): Rounded {
  const value = unpack(from, operand)
  switch (value.kind) {
    case 'nan':
      return { bits: to.canonicalNan, flags: value.signaling ? NV : 0 }
    case 'infinity':
      return { bits: (value.negative ? to.signBit : 0n) | to.infinity, flags: 0 }
    case 'finite':
      return round(to, value, mode)
  }
}

export function fromInteger(to: FloatFormat, mode: RoundingMode, value: bigint): Rounded {
  return round(to, { negative: value < 0n, significand: value < 0n ? -value : value, exponent: 0 }, mode)
}

/** `bits` is the mathematical value: negative where a signed integer is. */
export function toInteger(from: FloatFormat, mode: RoundingMode, operand: bigint, width: 32 | 64, signed: boolean): Rounded {
  const largest = (1n << BigInt(signed ? width - 1 : width)) - 1n
  const smallest = signed ? -largest - 1n : 0n
  const value = unpack(from, operand)
  if (value.kind === 'nan') return { bits: largest, flags: NV }
  if (value.kind === 'infinity') return { bits: value.negative ? smallest : largest, flags: NV }
  const { integer, inexact } = roundShifted(value.significand, -value.exponent, value.negative, mode)
  const result = value.negative ? -integer : integer
  if (result > largest) return { bits: largest, flags: NV }
  if (result < smallest) return { bits: smallest, flags: NV }
  return { bits: result, flags: inexact ? NX : 0 }
}
