/**
 * Rounding of an exact value to a format, with its exceptions. IEEE 754-2008, "Rounding-direction attributes" and "Default
 * exception handling"; RISC-V Unprivileged, "Floating-Point Control and Status Register" (modes, flags, tininess after rounding).
 */
import { unreachable } from '../../common/errors.js'
import type { FloatFormat } from './format.js'

/** Rounding modes by their encoding in `frm`. */
export const RNE = 0
export const RTZ = 1
export const RDN = 2
export const RUP = 3
export const RMM = 4
export type RoundingMode = typeof RNE | typeof RTZ | typeof RDN | typeof RUP | typeof RMM

/** Accrued exceptions by their bits in `fflags`. */
export const NX = 1
export const UF = 2
export const OF = 4
export const DZ = 8
export const NV = 16

/** A result and the exceptions that computing it signals. */
export interface Rounded {
  readonly bits: bigint
  readonly flags: number
}

/** (-1)^negative x significand x 2^exponent, exactly. */
export interface ExactValue {
  readonly negative: boolean
  readonly significand: bigint
  readonly exponent: number
}

export function bitLength(value: bigint): number {
  let rest = value
  let length = 0
  while (rest >> 64n !== 0n) {
    rest >>= 64n
    length += 64
  }
  const high = Number(rest >> 32n)
  return length + (high === 0 ? 32 - Math.clz32(Number(rest)) : 64 - Math.clz32(high))
}

/** The integer next to `value` x 2^-`shift` that `mode` asks for. */
export function roundShifted(value: bigint, shift: number, negative: boolean, mode: RoundingMode): { integer: bigint; inexact: boolean } {
  if (shift <= 0) return { integer: value << BigInt(-shift), inexact: false }
  const by = BigInt(shift)
  const integer = value >> by
  const rest = value - (integer << by)
  const half = 1n << (by - 1n)
  return { integer: roundsUp(mode, negative, integer, rest, half) ? integer + 1n : integer, inexact: rest !== 0n }
}

function roundsUp(mode: RoundingMode, negative: boolean, integer: bigint, rest: bigint, half: bigint): boolean {
  switch (mode) {
    case RNE:
      return rest > half || (rest === half && (integer & 1n) === 1n)
    case RTZ:
      return false
    case RDN:
      return negative && rest !== 0n
    case RUP:
      return !negative && rest !== 0n
    case RMM:
      return rest >= half
    default:
      return unreachable(mode)
  }
}

export function round(format: FloatFormat, { negative, significand, exponent }: ExactValue, mode: RoundingMode): Rounded {
  const { fraction, emin, signBit } = format
  const sign = negative ? signBit : 0n
  if (significand === 0n) return { bits: sign, flags: 0 }
  const leading = exponent + bitLength(significand) - 1
  const last = Math.max(leading, emin) - fraction // exponent of the last place
  const { integer, inexact } = roundShifted(significand, last - exponent, negative, mode)
  // The exponent field and the trailing significand are neighbours: a carry out of one adds 1 to the other.
  const biased = BigInt(last - (emin - fraction)) << BigInt(fraction)
  const bits = biased + integer
  if (bits >= format.infinity) return overflow(format, negative, mode)
  const tiny = leading < emin && staysTiny(format, { negative, significand, exponent }, mode)
  return { bits: sign | bits, flags: inexact ? NX | (tiny ? UF : 0) : 0 }
}

/** Tininess after rounding: with an unbounded exponent range, the result would still be below the smallest normal number. */
function staysTiny({ fraction, emin }: FloatFormat, { negative, significand, exponent }: ExactValue, mode: RoundingMode): boolean {
  const leading = exponent + bitLength(significand) - 1
  if (leading < emin - 1) return true
  const { integer } = roundShifted(significand, leading - fraction - exponent, negative, mode)
  return bitLength(integer) === fraction + 1
}

/** "Overflow": infinity, or the largest finite number where the mode points away from infinity. */
function overflow({ infinity, signBit }: FloatFormat, negative: boolean, mode: RoundingMode): Rounded {
  const toInfinity = mode === RNE || mode === RMM || mode === (negative ? RDN : RUP)
  return { bits: (negative ? signBit : 0n) | (toInfinity ? infinity : infinity - 1n), flags: OF | NX }
}
