/**
 * Words in which emitted floating-point arithmetic is written: operations on values and on locals, and what an engine lends.
 */
import type { FunctionBody, Local } from './function-body.js'
import { F64, type ValueType } from './opcodes.js'
import type { Code, Operation } from './value-emitter.js'

export type HostFormat = 'single' | 'double'

/** What an engine lends to the emitter. Conditions are code that leaves an i32. */
export interface FloatHost {
  readonly body: FunctionBody
  /** The host's fused multiply-add is a single rounding, and may be used. */
  readonly fuses: boolean
  temporary(type: ValueType): Local
  leaveIf(condition: Code): void
  /** Inexact is among the accrued exceptions already. */
  inexactAccrued: Code
  accrueInexact(condition: Code): void
}

export abstract class FloatCode {
  constructor(protected readonly host: FloatHost) {}

  protected get body(): FunctionBody {
    return this.host.body
  }

  protected op(operation: Operation, ...operands: readonly Code[]): Code {
    return () => {
      for (const operand of operands) operand()
      this.body.op(operation)
    }
  }

  protected arith(operation: Operation, a: Local, b: Local): Local {
    return this.set(F64, this.op(operation, this.get(a), this.get(b)))
  }

  protected set(type: ValueType, value: Code): Local {
    const local = this.host.temporary(type)
    this.assign(local, value)
    return local
  }

  protected assign(local: Local, value: Code): void {
    value()
    this.body.set(local)
  }

  protected get(local: Local): Code {
    return () => void this.body.get(local)
  }

  protected number(value: number): Code {
    return () => void this.body.f64(value)
  }

  protected readonly not = (a: Code): Code => this.op('i32.eqz', a)
  protected readonly both = (a: Code, b: Code): Code => this.op('i32.and', a, b)
  protected readonly either = (a: Code, b: Code): Code => this.op('i32.or', a, b)
  protected readonly isZero = (a: Local): Code => this.op('f64.eq', this.get(a), this.number(0))
  protected readonly isNotZero = (a: Local): Code => this.op('f64.ne', this.get(a), this.number(0))
  protected readonly isPositive = (a: Local): Code => this.op('f64.gt', this.get(a), this.number(0))
}
