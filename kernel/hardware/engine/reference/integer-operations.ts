/** The algebra's operations on values and conditions: unsigned 64-bit bigints and booleans. They change nothing and cannot trap. */
import type { ExtendBits } from '../../isa/algebra.js'

export const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)
const signed = (value: bigint): bigint => BigInt.asIntN(64, value)
const amount = (value: bigint): bigint => value & 63n

export class IntegerOperations {
  constant(value: bigint): bigint {
    return unsigned(value)
  }
  add(a: bigint, b: bigint): bigint {
    return unsigned(a + b)
  }
  subtract(a: bigint, b: bigint): bigint {
    return unsigned(a - b)
  }
  and(a: bigint, b: bigint): bigint {
    return a & b
  }
  or(a: bigint, b: bigint): bigint {
    return a | b
  }
  xor(a: bigint, b: bigint): bigint {
    return a ^ b
  }
  shiftLeft(a: bigint, by: bigint): bigint {
    return unsigned(a << amount(by))
  }
  shiftRight(a: bigint, by: bigint): bigint {
    return a >> amount(by)
  }
  shiftRightArithmetic(a: bigint, by: bigint): bigint {
    return unsigned(signed(a) >> amount(by))
  }
  multiply(a: bigint, b: bigint): bigint {
    return unsigned(a * b)
  }
  multiplyHigh(a: bigint, b: bigint): bigint {
    return (a * b) >> 64n
  }
  divideSigned(a: bigint, b: bigint): bigint {
    return unsigned(signed(a) / signed(b))
  }
  divideUnsigned(a: bigint, b: bigint): bigint {
    return a / b
  }
  remainderSigned(a: bigint, b: bigint): bigint {
    return unsigned(signed(a) % signed(b))
  }
  remainderUnsigned(a: bigint, b: bigint): bigint {
    return a % b
  }
  countLeadingZeros(a: bigint): bigint {
    const high = Number(a >> 32n)
    return BigInt(high === 0 ? 32 + Math.clz32(Number(a)) : Math.clz32(high))
  }
  countTrailingZeros(a: bigint): bigint {
    return a === 0n ? 64n : 63n - this.countLeadingZeros(a & -a)
  }
  countOnes(a: bigint): bigint {
    return BigInt(a.toString(2).replaceAll('0', '').length)
  }
  signExtend(a: bigint, bits: ExtendBits): bigint {
    return unsigned(BigInt.asIntN(bits, a))
  }
  zeroExtend(a: bigint, bits: ExtendBits): bigint {
    return BigInt.asUintN(bits, a)
  }

  equal(a: bigint, b: bigint): boolean {
    return a === b
  }
  lessSigned(a: bigint, b: bigint): boolean {
    return signed(a) < signed(b)
  }
  lessUnsigned(a: bigint, b: bigint): boolean {
    return a < b
  }
  not(a: boolean): boolean {
    return !a
  }
  both(a: boolean, b: boolean): boolean {
    return a && b
  }
  either(a: boolean, b: boolean): boolean {
    return a || b
  }
  select(condition: boolean, a: bigint, b: bigint): bigint {
    return condition ? a : b
  }
  fromCondition(condition: boolean): bigint {
    return condition ? 1n : 0n
  }
  share(value: bigint): bigint {
    return value
  }
}
