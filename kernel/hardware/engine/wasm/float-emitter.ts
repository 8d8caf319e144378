/**
 * Floating point with the host's instructions, where they give the exact result and it can be told which flags it raises: at most
 * inexact. Everything else (NaNs, infinities, results near the ends of the range, other rounding modes than to nearest when
 * the result is not exact, half precision) leaves before the instruction has had any effect.
 *
 * WebAssembly rounds to nearest, ties to even. Whether a result is exact says the error of the operation, which is a
 * floating-point number itself: Dekker, "A floating-point technique for extending the available precision"; Knuth, TwoSum. Fused
 * multiply-add: Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd".
 * Single precision is computed in double and rounded twice, which is harmless because 53 >= 2 x 24 + 2 (Figueroa).
 */
import { invariant } from '../../../common/errors.js'
import type { FloatOperation, FloatRelation } from '../../isa/algebra.js'
import type { FunctionBody, Local } from './function-body.js'
import { F64, I32, I64, type OP, type ValueType } from './opcodes.js'

export type HostFormat = 'single' | 'double'
type Code = () => void
type Operation = keyof typeof OP

/** What an engine lends to the emitter. Conditions are code that leaves an i32. */
export interface FloatHost {
  readonly body: FunctionBody
  temporary(type: ValueType): Local
  leaveIf(condition: Code): void
  /** Inexact is among the accrued exceptions already. */
  inexactAccrued: Code
  accrueInexact(condition: Code): void
}

/** Rounding-mode field values that WebAssembly has an instruction for, beside truncation (RISC-V Unprivileged, "Rounding mode encoding"). */
const INTEGER_ROUNDINGS: readonly (readonly [bigint, Operation])[] = [
  [0n, 'f64.nearest'],
  [2n, 'f64.floor'],
  [3n, 'f64.ceil'],
]
const TIES_AWAY = 4n

/** Exclusive bounds of |result| between which neither overflow nor underflow is near, and errors of products are exact. */
const RANGE: Readonly<Record<HostFormat, { readonly least: number; readonly most: number }>> = {
  single: { least: 2 ** -125, most: 2 ** 126 },
  double: { least: 2 ** -900, most: 2 ** 1000 },
}
/** Splitting a factor into halves multiplies it by 2^27 + 1. */
const SPLIT = 2 ** 27 + 1
const LARGEST_FACTOR = 2 ** 990

const RELATIONS: Readonly<Record<FloatRelation, Operation>> = { equal: 'f64.eq', less: 'f64.lt', lessOrEqual: 'f64.le' }

export class FloatEmitter {
  constructor(private readonly host: FloatHost) {}

  /** Operands and result are bits of the format, i64; `mode` is an i64 below 5. */
  arithmetic(operation: FloatOperation, format: HostFormat, mode: Code, operands: readonly Code[]): Code {
    const [a, b = a, c = a] = operands.map((operand) => this.fromBits(format, operand))
    invariant(a !== undefined && b !== undefined && c !== undefined, 'an operation without operands')
    const toNearest = this.op('i64.eqz', this.get(this.set(I64, mode)))
    return this.toBits(format, this.compute(operation, format, toNearest, a, b, c))
  }

  compare(relation: FloatRelation, format: HostFormat, a: Code, b: Code): Code {
    const [left, right] = [this.fromBits(format, a), this.fromBits(format, b)]
    return this.op(RELATIONS[relation], this.get(left), this.get(right))
  }

  convert(from: HostFormat, to: HostFormat, mode: Code, a: Code): Code {
    const value = this.fromBits(from, a)
    if (from === 'single') {
      this.host.leaveIf(this.op('f64.ne', this.get(value), this.get(value)))
      return this.toBits(to, value)
    }
    const result = this.rounded('single', value)
    this.leaveOutside('single', value, this.isZero(value))
    this.accrue(this.op('i64.eqz', mode), this.op('f64.ne', this.get(result), this.get(value)))
    return this.toBits(to, result)
  }

  fromInteger(format: HostFormat, mode: Code, signed: boolean, a: Code): Code {
    const integer = this.set(I64, a)
    const narrow = this.op(signed ? 'f32.convert_i64_s' : 'f32.convert_i64_u', this.get(integer))
    const wide = this.op(signed ? 'f64.convert_i64_s' : 'f64.convert_i64_u', this.get(integer))
    const result = this.set(F64, format === 'single' ? this.op('f64.promote_f32', narrow) : wide)
    // Only a value that was rounded up reaches this bound; it could not be truncated back.
    this.host.leaveIf(this.op('f64.ge', this.get(result), this.number(signed ? 2 ** 63 : 2 ** 64)))
    const back = this.op(signed ? 'i64.trunc_f64_s' : 'i64.trunc_f64_u', this.get(result))
    this.accrue(this.op('i64.eqz', mode), this.op('i64.ne', back, this.get(integer)))
    return this.toBits(format, result)
  }

  /** Sign-extended from `width`. */
  toInteger(format: HostFormat, mode: Code, width: 32 | 64, signed: boolean, a: Code): Code {
    const { body, host } = this
    const value = this.fromBits(format, a)
    const rounding = this.set(I64, mode)
    const is = (number: bigint): Code => this.op('i64.eq', this.get(rounding), () => void body.i64(number))
    host.leaveIf(is(TIES_AWAY))
    const integral = this.set(F64, this.op('f64.trunc', this.get(value)))
    for (const [number, operation] of INTEGER_ROUNDINGS) {
      is(number)()
      body.if(() => this.assign(integral, this.op(operation, this.get(value))))
    }
    const end = 2 ** (signed ? width - 1 : width)
    const inside = this.both(
      this.op('f64.ge', this.get(integral), this.number(signed ? -end : 0)),
      this.op('f64.lt', this.get(integral), this.number(end)),
    )
    host.leaveIf(this.not(inside))
    host.accrueInexact(this.op('f64.ne', this.get(integral), this.get(value)))
    const truncated = this.op(width === 64 && !signed ? 'i64.trunc_f64_u' : 'i64.trunc_f64_s', this.get(integral))
    return width === 64 ? truncated : this.op('i64.extend32_s', truncated)
  }

  private compute(operation: FloatOperation, format: HostFormat, toNearest: Code, a: Local, b: Local, c: Local): Local {
    switch (operation) {
      case 'add':
        return this.sum(format, toNearest, a, b)
      case 'subtract':
        return this.sum(format, toNearest, a, this.set(F64, this.op('f64.neg', this.get(b))))
      case 'multiply':
        return this.product(format, toNearest, a, b)
      case 'divide':
        return this.quotient(format, toNearest, a, b)
      case 'squareRoot':
        return this.root(format, toNearest, a)
      case 'multiplyAdd':
        return format === 'single' ? this.fusedSingle(toNearest, a, b, c) : this.fusedDouble(toNearest, a, b, c)
    }
  }

  private sum(format: HostFormat, toNearest: Code, a: Local, b: Local): Local {
    const sum = this.arith('f64.add', a, b)
    const result = this.rounded(format, sum)
    this.leaveUnlessSmall(format, result)
    this.leaveIfZeroOtherwise(toNearest, result)
    this.whenItMatters(toNearest, () =>
      this.either(this.isNotZero(this.sumError(sum, a, b)), this.op('f64.ne', this.get(result), this.get(sum))),
    )
    return result
  }

  private product(format: HostFormat, toNearest: Code, a: Local, b: Local): Local {
    const product = this.arith('f64.mul', a, b)
    const result = this.rounded(format, product)
    this.leaveOutside(format, product, this.both(this.isZero(product), this.either(this.isZero(a), this.isZero(b))))
    this.whenItMatters(toNearest, () => {
      if (format === 'single') return this.op('f64.ne', this.get(result), this.get(product))
      this.leaveIfTooLargeToSplit(a, b)
      return this.isNotZero(this.productError(product, a, b))
    })
    return result
  }

  private quotient(format: HostFormat, toNearest: Code, a: Local, b: Local): Local {
    const quotient = this.arith('f64.div', a, b)
    const result = this.rounded(format, quotient)
    this.leaveOutside(format, quotient, this.both(this.isZero(quotient), this.isZero(a)))
    this.whenItMatters(toNearest, () => {
      if (format === 'double') this.leaveOutside('double', a, this.isZero(a))
      return this.both(this.isNotZero(a), this.productDiffers(format, result, b, a)) // 0 / infinity is exact
    })
    return result
  }

  private root(format: HostFormat, toNearest: Code, a: Local): Local {
    this.host.leaveIf(this.not(this.op('f64.ge', this.get(a), this.number(0))))
    this.leaveOutside('double', a, this.isZero(a))
    const result = this.rounded(format, this.set(F64, this.op('f64.sqrt', this.get(a))))
    this.whenItMatters(toNearest, () => this.productDiffers(format, result, result, a))
    return result
  }

  /** The product is exact in double precision; a sum rounded to odd may be rounded again. */
  private fusedSingle(toNearest: Code, a: Local, b: Local, c: Local): Local {
    const product = this.arith('f64.mul', a, b)
    const sum = this.arith('f64.add', product, c)
    this.leaveOutside('single', sum, this.isZero(sum))
    this.leaveIfZeroOtherwise(toNearest, sum)
    const error = this.sumError(sum, product, c)
    const odd = this.roundToOdd(sum, error)
    const result = this.rounded('single', odd)
    this.whenItMatters(toNearest, () => this.either(this.isNotZero(error), this.op('f64.ne', this.get(result), this.get(odd))))
    return result
  }

  private fusedDouble(toNearest: Code, a: Local, b: Local, c: Local): Local {
    const { body } = this
    const product = this.arith('f64.mul', a, b)
    const result = this.arith('f64.add', product, c)
    this.either(this.isZero(a), this.isZero(b))()
    body.if(
      () => {
        this.leaveUnlessSmall('double', result)
        this.leaveIfZeroOtherwise(toNearest, result)
      },
      () => this.assign(result, this.get(this.emulatedFma(toNearest, product, a, b, c))),
    )
    return result
  }

  /** Boldo and Melquiond, "Fmac emulation": a b = uh + ul; c + ul = th + tl; uh + th = vh + vl; vh + odd(tl + vl). */
  private emulatedFma(toNearest: Code, uh: Local, a: Local, b: Local, c: Local): Local {
    this.leaveOutside('double', uh)
    this.leaveIfTooLargeToSplit(a, b)
    this.leaveUnlessSmall('double', c)
    const ul = this.productError(uh, a, b)
    const th = this.arith('f64.add', c, ul)
    const tl = this.sumError(th, c, ul)
    const vh = this.arith('f64.add', uh, th)
    const vl = this.sumError(vh, uh, th)
    const low = this.arith('f64.add', tl, vl)
    const lost = this.sumError(low, tl, vl)
    const odd = this.roundToOdd(low, lost)
    const result = this.arith('f64.add', vh, odd)
    this.leaveOutside('double', result)
    this.whenItMatters(toNearest, () => this.either(this.isNotZero(lost), this.isNotZero(this.sumError(result, vh, odd))))
    return result
  }

  /** sum = a + b, rounded: what was lost. */
  private sumError(sum: Local, a: Local, b: Local): Local {
    const part = this.arith('f64.sub', sum, a)
    const rest = this.op('f64.sub', this.get(a), this.op('f64.sub', this.get(sum), this.get(part)))
    return this.set(F64, this.op('f64.add', rest, this.op('f64.sub', this.get(b), this.get(part))))
  }

  /** product = a x b, rounded: what was lost. */
  private productError(product: Local, a: Local, b: Local): Local {
    const [aHigh, aLow] = this.split(a)
    const [bHigh, bLow] = b === a ? [aHigh, aLow] : this.split(b)
    const times = (x: Local, y: Local): Code => this.op('f64.mul', this.get(x), this.get(y))
    const high = this.op('f64.sub', times(aHigh, bHigh), this.get(product))
    const middle = this.op('f64.add', this.op('f64.add', high, times(aHigh, bLow)), times(aLow, bHigh))
    return this.set(F64, this.op('f64.add', middle, times(aLow, bLow)))
  }

  /** Two halves of 26 bits each. */
  private split(a: Local): readonly [Local, Local] {
    const scaled = this.set(F64, this.op('f64.mul', this.get(a), this.number(SPLIT)))
    const high = this.set(F64, this.op('f64.sub', this.get(scaled), this.op('f64.sub', this.get(scaled), this.get(a))))
    return [high, this.arith('f64.sub', a, high)]
  }

  /** Whether a x b, exactly, is not c. */
  private productDiffers(format: HostFormat, a: Local, b: Local, c: Local): Code {
    const product = this.arith('f64.mul', a, b)
    const differs = this.op('f64.ne', this.get(product), this.get(c))
    if (format === 'single') return differs
    this.leaveIfTooLargeToSplit(a, b)
    return this.either(differs, this.isNotZero(this.productError(product, a, b)))
  }

  /** Of the two neighbours of value + error, the one whose significand is odd. */
  private roundToOdd(value: Local, error: Local): Local {
    const { body } = this
    const bits = this.set(I64, this.op('i64.reinterpret_f64', this.get(value)))
    const even = this.op(
      'i64.eqz',
      this.op('i64.and', this.get(bits), () => void body.i64(1n)),
    )
    const outwards = this.op('i32.eq', this.isPositive(error), this.isPositive(value))
    this.both(this.isNotZero(error), even)()
    body.if(() => {
      const step: Code = () => {
        body.i64(1n).i64(-1n)
        outwards()
        body.op('select')
      }
      this.assign(bits, this.op('i64.add', this.get(bits), step))
    })
    return this.set(F64, this.op('f64.reinterpret_i64', this.get(bits)))
  }

  /** To the format's precision; the value lies within its range. */
  private rounded(format: HostFormat, value: Local): Local {
    return format === 'double' ? value : this.set(F64, this.op('f64.promote_f32', this.op('f32.demote_f64', this.get(value))))
  }

  /** When rounding to nearest with the flag up already, whether the result is exact makes no difference. */
  private whenItMatters(toNearest: Code, inexact: () => Code): void {
    this.not(this.both(this.host.inexactAccrued, toNearest))()
    this.host.body.if(() => this.accrue(toNearest, inexact()))
  }

  private accrue(toNearest: Code, inexact: Code): void {
    const flag = this.set(I32, inexact)
    this.host.leaveIf(this.both(this.get(flag), this.not(toNearest)))
    this.host.accrueInexact(this.get(flag))
  }

  /** Leaves unless |value| lies within the range, or `also` holds. */
  private leaveOutside(format: HostFormat, value: Local, also?: Code): void {
    const { least, most } = RANGE[format]
    const size = this.set(F64, this.op('f64.abs', this.get(value)))
    const above = this.op('f64.gt', this.get(size), this.number(least))
    const inside = this.both(above, this.op('f64.lt', this.get(size), this.number(most)))
    this.not(inside)()
    this.host.body.if(() => this.host.leaveIf(also === undefined ? () => void this.body.i32(1) : this.not(also)))
  }

  private leaveUnlessSmall(format: HostFormat, value: Local): void {
    this.host.leaveIf(this.not(this.op('f64.lt', this.op('f64.abs', this.get(value)), this.number(RANGE[format].most))))
  }

  private leaveIfTooLargeToSplit(...factors: readonly Local[]): void {
    for (const factor of new Set(factors))
      this.host.leaveIf(this.op('f64.ge', this.op('f64.abs', this.get(factor)), this.number(LARGEST_FACTOR)))
  }

  /** The sign of an exact sum that is zero depends on the rounding mode. */
  private leaveIfZeroOtherwise(toNearest: Code, sum: Local): void {
    this.host.leaveIf(this.both(this.isZero(sum), this.not(toNearest)))
  }

  private fromBits(format: HostFormat, bits: Code): Local {
    if (format === 'double') return this.set(F64, this.op('f64.reinterpret_i64', bits))
    return this.set(F64, this.op('f64.promote_f32', this.op('f32.reinterpret_i32', this.op('i32.wrap_i64', bits))))
  }

  private toBits(format: HostFormat, value: Local): Code {
    if (format === 'double') return this.op('i64.reinterpret_f64', this.get(value))
    return this.op('i64.extend_i32_u', this.op('i32.reinterpret_f32', this.op('f32.demote_f64', this.get(value))))
  }

  private get body(): FunctionBody {
    return this.host.body
  }

  private op(operation: Operation, ...operands: readonly Code[]): Code {
    return () => {
      for (const operand of operands) operand()
      this.body.op(operation)
    }
  }

  private arith(operation: Operation, a: Local, b: Local): Local {
    return this.set(F64, this.op(operation, this.get(a), this.get(b)))
  }

  private set(type: ValueType, value: Code): Local {
    const local = this.host.temporary(type)
    this.assign(local, value)
    return local
  }

  private assign(local: Local, value: Code): void {
    value()
    this.body.set(local)
  }

  private get(local: Local): Code {
    return () => void this.body.get(local)
  }

  private number(value: number): Code {
    return () => void this.body.f64(value)
  }

  private readonly not = (a: Code): Code => this.op('i32.eqz', a)
  private readonly both = (a: Code, b: Code): Code => this.op('i32.and', a, b)
  private readonly either = (a: Code, b: Code): Code => this.op('i32.or', a, b)
  private readonly isZero = (a: Local): Code => this.op('f64.eq', this.get(a), this.number(0))
  private readonly isNotZero = (a: Local): Code => this.op('f64.ne', this.get(a), this.number(0))
  private readonly isPositive = (a: Local): Code => this.op('f64.gt', this.get(a), this.number(0))
}
