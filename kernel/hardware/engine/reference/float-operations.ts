/**
 * The algebra's floating-point operations on bit patterns, by format name: from the exact arithmetic of float/.
 */
import { add, divide, multiply, multiplyAdd, squareRoot, subtract } from '../../float/arithmetic.js'
import { compare } from '../../float/comparison.js'
import { convertFormat, fromInteger, toInteger } from '../../float/conversions.js'
import { DOUBLE, HALF, SINGLE, type FloatFormat } from '../../float/format.js'
import { RDN, RMM, RNE, RTZ, RUP, type Rounded, type RoundingMode } from '../../float/rounding.js'
import type { FloatFormatName, FloatOperation, FloatRelation } from '../../isa/algebra.js'

const FORMATS: Readonly<Record<FloatFormatName, FloatFormat>> = { half: HALF, single: SINGLE, double: DOUBLE }
const MODES: readonly RoundingMode[] = [RNE, RTZ, RDN, RUP, RMM]

/** `undefined`: a reserved value of `frm`. */
export const roundingModeOf = (frm: bigint): RoundingMode | undefined => MODES[Number(frm)]

export function floatOperation(operation: FloatOperation, name: FloatFormatName, mode: RoundingMode, operands: readonly bigint[]): Rounded {
  const format = FORMATS[name]
  const [a = 0n, b = 0n, c = 0n] = operands
  switch (operation) {
    case 'add':
      return add(format, mode, a, b)
    case 'subtract':
      return subtract(format, mode, a, b)
    case 'multiply':
      return multiply(format, mode, a, b)
    case 'divide':
      return divide(format, mode, a, b)
    case 'squareRoot':
      return squareRoot(format, mode, a)
    case 'multiplyAdd':
      return multiplyAdd(format, mode, a, b, c)
  }
}

export const floatConversion = (from: FloatFormatName, to: FloatFormatName, mode: RoundingMode, a: bigint): Rounded =>
  convertFormat(FORMATS[from], FORMATS[to], mode, a)

export const floatOfInteger = (name: FloatFormatName, mode: RoundingMode, signed: boolean, a: bigint): Rounded =>
  fromInteger(FORMATS[name], mode, signed ? BigInt.asIntN(64, a) : a)

/** The result is sign-extended from `width`. */
export function integerOfFloat(name: FloatFormatName, mode: RoundingMode, width: 32 | 64, signed: boolean, a: bigint): Rounded {
  const { bits, flags } = toInteger(FORMATS[name], mode, a, width, signed)
  return { bits: BigInt.asUintN(64, BigInt.asIntN(width, bits)), flags }
}

export const floatRelation = (relation: FloatRelation, name: FloatFormatName, a: bigint, b: bigint): boolean =>
  compare(FORMATS[name], relation, a, b)
