/**
 * Whether a result of the host is exact, and what follows: its error is a floating-point number itself. Dekker, "A floating-point
 * technique for extending the available precision"; Knuth, TwoSum. Near the ends of the range that does not hold: those results
 * leave to the slow path.
 */
import type { Local } from './function-body.js'
import { FloatCode, type HostFormat } from './float-code.js'
import { F64, I32, I64 } from './opcodes.js'
import type { Code } from './value-emitter.js'

/** Bounds of |result| between which neither overflow nor underflow is near, and errors of products are exact. */
export const RANGE: Readonly<Record<HostFormat, { readonly least: number; readonly most: number }>> = {
  single: { least: 2 ** -125, most: 2 ** 126 },
  double: { least: 2 ** -900, most: 2 ** 1000 },
}
/** Splitting a factor into halves multiplies it by 2^27 + 1. */
const SPLIT = 2 ** 27 + 1
const LARGEST_FACTOR = 2 ** 990

/** Leaves 1 when the rounding mode is to nearest, ties to even; `undefined`: that is known. */
export type ToNearest = Code | undefined

export abstract class FloatExactness extends FloatCode {
  /** sum = a + b, rounded: what was lost. */
  protected sumError(sum: Local, a: Local, b: Local): Local {
    const part = this.arith('f64.sub', sum, a)
    const rest = this.op('f64.sub', this.get(a), this.op('f64.sub', this.get(sum), this.get(part)))
    return this.set(F64, this.op('f64.add', rest, this.op('f64.sub', this.get(b), this.get(part))))
  }

  /** product = a x b, rounded: what was lost. */
  protected productError(product: Local, a: Local, b: Local): Local {
    const [aHigh, aLow] = this.split(a)
    const [bHigh, bLow] = b === a ? [aHigh, aLow] : this.split(b)
    const times = (x: Local, y: Local): Code => this.op('f64.mul', this.get(x), this.get(y))
    const high = this.op('f64.sub', times(aHigh, bHigh), this.get(product))
    const middle = this.op('f64.add', this.op('f64.add', high, times(aHigh, bLow)), times(aLow, bHigh))
    return this.set(F64, this.op('f64.add', middle, times(aLow, bLow)))
  }

  /** Whether a x b, exactly, is not c. */
  protected productDiffers(format: HostFormat, a: Local, b: Local, c: Local): Code {
    const product = this.arith('f64.mul', a, b)
    const differs = this.op('f64.ne', this.get(product), this.get(c))
    if (format === 'single') return differs
    this.leaveIfTooLargeToSplit(a, b)
    return this.either(differs, this.isNotZero(this.productError(product, a, b)))
  }

  /** Of the two neighbours of value + error, the one whose significand is odd. */
  protected roundToOdd(value: Local, error: Local): Local {
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
  protected rounded(format: HostFormat, value: Local): Local {
    return format === 'double' ? value : this.set(F64, this.op('f64.promote_f32', this.op('f32.demote_f64', this.get(value))))
  }

  /** When rounding to nearest with the flag up already, whether the result is exact makes no difference. */
  protected whenItMatters(toNearest: ToNearest, inexact: () => Code): void {
    const { inexactAccrued } = this.host
    this.not(toNearest === undefined ? inexactAccrued : this.both(inexactAccrued, toNearest))()
    this.body.if(() => this.accrue(toNearest, inexact()))
  }

  protected accrue(toNearest: ToNearest, inexact: Code): void {
    const flag = this.set(I32, inexact)
    if (toNearest !== undefined) this.host.leaveIf(this.both(this.get(flag), this.not(toNearest)))
    this.host.accrueInexact(this.get(flag))
  }

  /** Leaves unless |value| lies within the range, or `also` holds. */
  protected leaveOutside(format: HostFormat, value: Local, also?: Code): void {
    const { least, most } = RANGE[format]
    const size = this.set(F64, this.op('f64.abs', this.get(value)))
    const above = this.op('f64.gt', this.get(size), this.number(least))
    const inside = this.both(above, this.op('f64.lt', this.get(size), this.number(most)))
    this.not(inside)()
    this.body.if(() => this.host.leaveIf(also === undefined ? () => void this.body.i32(1) : this.not(also)))
  }

  protected leaveUnlessSmall(format: HostFormat, value: Local): void {
    this.host.leaveIf(this.not(this.op('f64.lt', this.op('f64.abs', this.get(value)), this.number(RANGE[format].most))))
  }

  protected leaveIfTooLargeToSplit(...factors: readonly Local[]): void {
    for (const factor of new Set(factors))
      this.host.leaveIf(this.op('f64.ge', this.op('f64.abs', this.get(factor)), this.number(LARGEST_FACTOR)))
  }

  /** The sign of an exact sum that is zero depends on the rounding mode. */
  protected leaveIfZeroOtherwise(toNearest: ToNearest, sum: Local): void {
    if (toNearest !== undefined) this.host.leaveIf(this.both(this.isZero(sum), this.not(toNearest)))
  }

  /** Two halves of 26 bits each. */
  private split(a: Local): readonly [Local, Local] {
    const scaled = this.set(F64, this.op('f64.mul', this.get(a), this.number(SPLIT)))
    const high = this.set(F64, this.op('f64.sub', this.get(scaled), this.op('f64.sub', this.get(scaled), this.get(a))))
    return [high, this.arith('f64.sub', a, high)]
  }
}
