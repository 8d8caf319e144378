/**
 * Floating point with the host's instructions, where they give the exact result and it can be told which flags it raises: at most
 * inexact. Everything else (NaNs, infinities, results near the ends of the range, other rounding modes than to nearest when
 * the result is not exact, half precision) leaves before the instruction has had any effect. WebAssembly rounds to nearest, ties to even.
 */
import { invariant } from '../../../common/errors.js'
import type { FloatOperation, FloatRelation } from '../../isa/algebra.js'
import { FloatArithmetic } from './float-arithmetic.js'
import type { HostFormat } from './float-code.js'
import type { ToNearest } from './float-exactness.js'
import type { Local } from './function-body.js'
import { F64, I64 } from './opcodes.js'
import type { Code, Operation } from './value-emitter.js'

/** Rounding-mode field values that WebAssembly has an instruction for, beside truncation (RISC-V Unprivileged, "Rounding mode encoding"). */
const INTEGER_ROUNDINGS: readonly (readonly [bigint, Operation])[] = [
  [0n, 'f64.nearest'],
  [2n, 'f64.floor'],
  [3n, 'f64.ceil'],
]
const TIES_AWAY = 4n

const RELATIONS: Readonly<Record<FloatRelation, Operation>> = { equal: 'f64.eq', less: 'f64.lt', lessOrEqual: 'f64.le' }

export class FloatEmitter extends FloatArithmetic {
  /** Operands and result are bits of the format, i64; `mode` is an i64 below 5. */
  arithmetic(operation: FloatOperation, format: HostFormat, mode: Code, operands: readonly Code[]): Code {
    const [a, b = a, c = a] = operands.map((operand) => this.fromBits(format, operand))
    invariant(a !== undefined && b !== undefined && c !== undefined, 'an operation without operands')
    return this.toBits(format, this.compute(operation, format, this.toNearest(mode), a, b, c))
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
    this.accrue(this.toNearest(mode), this.op('f64.ne', this.get(result), this.get(value)))
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
    this.accrue(this.toNearest(mode), this.op('i64.ne', back, this.get(integer)))
    return this.toBits(format, result)
  }

  /** Sign-extended from `width`. */
  toInteger(format: HostFormat, mode: Code, width: 32 | 64, signed: boolean, a: Code): Code {
    const { host } = this
    const value = this.fromBits(format, a)
    const integral = this.integral(value, mode)
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

  /** Rounded to an integer in the mode; to nearest with ties away leaves. */
  private integral(value: Local, mode: Code): Local {
    const { body } = this
    if (mode.known !== undefined && mode.known !== TIES_AWAY) {
      const operation = INTEGER_ROUNDINGS.find(([number]) => number === mode.known)?.[1] ?? 'f64.trunc'
      return this.set(F64, this.op(operation, this.get(value)))
    }
    const rounding = this.set(I64, mode)
    const is = (number: bigint): Code => this.op('i64.eq', this.get(rounding), () => void body.i64(number))
    this.host.leaveIf(is(TIES_AWAY))
    const integral = this.set(F64, this.op('f64.trunc', this.get(value)))
    for (const [number, operation] of INTEGER_ROUNDINGS) {
      is(number)()
      body.if(() => this.assign(integral, this.op(operation, this.get(value))))
    }
    return integral
  }

  private toNearest(mode: Code): ToNearest {
    return mode.known === 0n ? undefined : this.op('i64.eqz', this.get(this.set(I64, mode)))
  }

  private fromBits(format: HostFormat, bits: Code): Local {
    if (format === 'double') return bits.double ?? this.set(F64, this.op('f64.reinterpret_i64', bits))
    return this.set(F64, this.op('f64.promote_f32', this.op('f32.reinterpret_i32', this.op('i32.wrap_i64', bits))))
  }

  private toBits(format: HostFormat, value: Local): Code {
    if (format === 'double') return Object.assign(this.op('i64.reinterpret_f64', this.get(value)), { double: value })
    return this.op('i64.extend_i32_u', this.op('i32.reinterpret_f32', this.op('f32.demote_f64', this.get(value))))
  }
}
