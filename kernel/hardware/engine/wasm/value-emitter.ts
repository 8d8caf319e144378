/**
 * The part of the algebra that has no effects, emitted as WebAssembly.
 *
 * A value is code that leaves an i64 on the stack, a condition code that leaves an i32; both are pure, so that they may be
 * emitted where they are used, and more than once. What depends on the order of effects is put into a local at once.
 */
import type { ExtendBits } from '../../isa/algebra.js'
import type { FunctionBody, Local } from './function-body.js'
import { I64, type OP, type ValueType } from './opcodes.js'

export interface Code {
  (): void
  /** The value, where it is known when the code is emitted. */
  readonly known?: bigint
  /** The same 64 bits as a floating-point number. */
  readonly double?: Local
}

export type Operation = keyof typeof OP

const SIGN_EXTEND = { 8: 'i64.extend8_s', 16: 'i64.extend16_s', 32: 'i64.extend32_s' } as const
const LOW_32 = 0xffff_ffffn

export abstract class ValueEmitter {
  private readonly temporaries: Local[] = []

  constructor(protected readonly body: FunctionBody) {}

  constant(value: bigint): Code {
    return Object.assign(() => void this.body.i64(value), { known: value })
  }
  add(a: Code, b: Code): Code {
    return this.binary('i64.add', a, b)
  }
  subtract(a: Code, b: Code): Code {
    return this.binary('i64.sub', a, b)
  }
  and(a: Code, b: Code): Code {
    return this.binary('i64.and', a, b)
  }
  or(a: Code, b: Code): Code {
    return this.binary('i64.or', a, b)
  }
  xor(a: Code, b: Code): Code {
    return this.binary('i64.xor', a, b)
  }
  /** WebAssembly takes shift amounts modulo 64 too. */
  shiftLeft(a: Code, amount: Code): Code {
    return this.binary('i64.shl', a, amount)
  }
  shiftRight(a: Code, amount: Code): Code {
    return this.binary('i64.shr_u', a, amount)
  }
  shiftRightArithmetic(a: Code, amount: Code): Code {
    return this.binary('i64.shr_s', a, amount)
  }
  multiply(a: Code, b: Code): Code {
    return this.binary('i64.mul', a, b)
  }

  /** Four 32-bit products: (aH 2^32 + aL) (bH 2^32 + bL). */
  multiplyHigh(a: Code, b: Code): Code {
    const low = (value: Code): Code => this.bind(this.and(value, this.constant(LOW_32)))
    const high = (value: Code): Code => this.bind(this.shiftRight(value, this.constant(32n)))
    const [aLow, aHigh, bLow, bHigh] = [low(a), high(a), low(b), high(b)]
    const middle = this.bind(this.add(this.multiply(aHigh, bLow), high(this.multiply(aLow, bLow))))
    const carry = high(this.add(this.multiply(aLow, bHigh), low(middle)))
    return this.bind(this.add(this.add(this.multiply(aHigh, bHigh), high(middle)), carry))
  }

  divideSigned(a: Code, b: Code): Code {
    return this.binary('i64.div_s', a, b)
  }
  divideUnsigned(a: Code, b: Code): Code {
    return this.binary('i64.div_u', a, b)
  }
  remainderSigned(a: Code, b: Code): Code {
    return this.binary('i64.rem_s', a, b)
  }
  remainderUnsigned(a: Code, b: Code): Code {
    return this.binary('i64.rem_u', a, b)
  }
  countLeadingZeros(a: Code): Code {
    return this.unary('i64.clz', a)
  }
  countTrailingZeros(a: Code): Code {
    return this.unary('i64.ctz', a)
  }
  countOnes(a: Code): Code {
    return this.unary('i64.popcnt', a)
  }
  signExtend(a: Code, bits: ExtendBits): Code {
    return this.unary(SIGN_EXTEND[bits], a)
  }
  zeroExtend(a: Code, bits: ExtendBits): Code {
    return this.and(a, this.constant((1n << BigInt(bits)) - 1n))
  }

  equal(a: Code, b: Code): Code {
    return this.binary('i64.eq', a, b)
  }
  lessSigned(a: Code, b: Code): Code {
    return this.binary('i64.lt_s', a, b)
  }
  lessUnsigned(a: Code, b: Code): Code {
    return this.binary('i64.lt_u', a, b)
  }
  not(a: Code): Code {
    return this.unary('i32.eqz', a)
  }
  both(a: Code, b: Code): Code {
    return this.binary('i32.and', a, b)
  }
  either(a: Code, b: Code): Code {
    return this.binary('i32.or', a, b)
  }
  select(condition: Code, a: Code, b: Code): Code {
    return () => {
      a()
      b()
      condition()
      this.body.op('select')
    }
  }
  fromCondition(condition: Code): Code {
    return this.unary('i64.extend_i32_u', condition)
  }
  share(value: Code): Code {
    return value.known === undefined ? this.bind(value) : value
  }

  /** Gives the locals of the present instruction back. */
  protected releaseTemporaries(): void {
    this.body.release(this.temporaries)
    this.temporaries.length = 0
  }

  protected temporary(type: ValueType): Local {
    const local = this.body.local(type)
    this.temporaries.push(local)
    return local
  }

  /** Evaluates now; the result names the local. */
  protected bind(value: Code): Code {
    const local = this.temporary(I64)
    value()
    this.body.set(local)
    return () => void this.body.get(local)
  }

  protected unary(operation: Operation, a: Code): Code {
    return () => {
      a()
      this.body.op(operation)
    }
  }

  protected binary(operation: Operation, a: Code, b: Code): Code {
    return () => {
      a()
      b()
      this.body.op(operation)
    }
  }
}
