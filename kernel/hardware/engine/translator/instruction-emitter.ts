/**
 * The algebra that emits one instruction of a region: its operands are known, registers are locals.
 */
import type { Algebra, MemoryWidth, Operands } from '../../isa/algebra.js'
import type { DecodedInstruction } from '../../isa/decode.js'
import type { FunctionBody } from '../wasm/function-body.js'
import type { MemoryLocals } from '../wasm/memory-emitter.js'
import { F64 } from '../wasm/opcodes.js'
import type { Code } from '../wasm/value-emitter.js'
import { PrivilegedEmitter, type PrivilegedSetting } from './privileged-emitter.js'
import type { RegionRegisters } from './region-registers.js'

/** Rounding-mode field (RISC-V Unprivileged, "Rounding mode encoding"): that of frm; the last static one. */
const DYNAMIC = 7n
const LAST_STATIC = 4n

/** Where an instruction with a jump among its effects goes on. */
export interface Jump {
  /** Absent: always. */
  readonly condition: Code | undefined
  readonly target: Code
}

export class InstructionEmitter extends PrivilegedEmitter implements Algebra<Code, Code, number> {
  private address = 0n
  private following = 0n
  private isBranch = false
  private loadsDouble = false
  /** Since the present block began, it was seen that floating point is on and Dirty, and that frm says to nearest. */
  private floatSeen = false
  private nearestSeen = false
  private jumped: Jump | undefined

  /** `leave` goes to the slow path with the present instruction. */
  constructor(
    body: FunctionBody,
    locals: MemoryLocals,
    private readonly registers: RegionRegisters,
    private readonly leave: () => void,
    setting: PrivilegedSetting | undefined,
    fuses: boolean,
  ) {
    super(body, locals, setting, fuses)
  }

  /** What was seen before may hold no longer. */
  beginBlock(): void {
    this.floatSeen = false
    this.nearestSeen = false
  }

  /** Emits the instruction at an address; what it returns is still to be done, before `release`. */
  emit(decoded: DecodedInstruction, address: bigint): Jump | undefined {
    const { instruction, rd, rs1, rs2, rs3, number, length } = decoded
    this.address = address
    this.following = BigInt.asUintN(64, address + BigInt(length))
    this.isBranch = instruction.format === 'B'
    this.loadsDouble = instruction.name === 'fld'
    this.jumped = undefined
    this.effect = false
    this.slow = false
    const operands: Operands<Code, number> = { rd, rs1, rs2, rs3, number, immediate: this.constant(BigInt(decoded.immediate)) }
    instruction.semantics(this, operands)
    return this.jumped
  }

  release(): void {
    this.releaseTemporaries()
  }

  override add(a: Code, b: Code): Code {
    if (a.known !== undefined && b.known !== undefined) return this.constant(BigInt.asUintN(64, a.known + b.known))
    return b.known === 0n ? a : a.known === 0n ? b : super.add(a, b)
  }

  x(register: number): Code {
    if (register === 0) return this.constant(0n)
    const local = this.registers.x(register)
    return () => void this.body.get(local)
  }

  setX(register: number, value: Code): void {
    this.effect = true
    if (register === 0) return
    value()
    this.body.set(this.registers.writtenX(register))
  }

  f(register: number): Code {
    const double = this.registers.f(register)
    return Object.assign(() => void this.body.get(double).op('i64.reinterpret_f64'), { double })
  }

  setF(register: number, value: Code): void {
    this.effect = true
    if (value.double !== undefined) this.body.get(value.double)
    else {
      value()
      this.body.op('f64.reinterpret_i64')
    }
    this.body.set(this.registers.writtenF(register))
  }

  override needFloatingPoint(): void {
    if (!this.floatSeen) super.needFloatingPoint()
    this.floatSeen = true
  }

  /** A dynamic mode must be to nearest, ties to even; the slow path has the others. */
  override roundingMode(field: Code): Code {
    if (field.known !== DYNAMIC) {
      if (field.known === undefined || field.known > LAST_STATIC) this.slow = true
      return field
    }
    if (!this.nearestSeen) this.leaveIf(this.not(this.equal(this.slot('frm'), this.constant(0n))))
    this.nearestSeen = true
    return this.constant(0n)
  }

  /** FLD needs no bits. */
  override load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: Code): Code {
    if (!this.loadsDouble) return super.load(width, extension, address)
    const place = this.translate(width, address, this.locals.loadTlb)
    const double = this.temporary(F64)
    this.body.get(place).memory('f64.load').set(double)
    return Object.assign(() => void this.body.get(double).op('i64.reinterpret_f64'), { double })
  }

  pc(): Code {
    return this.constant(this.address)
  }

  nextPc(): Code {
    return this.constant(this.following)
  }

  /** The target is evaluated before any register is written. */
  jump(target: Code): void {
    this.jumped = { condition: undefined, target: target.known === undefined ? this.bind(target) : target }
  }

  when(condition: Code, effects: () => void): void {
    if (!this.isBranch) {
      condition()
      this.body.if(effects)
      return
    }
    effects()
    if (this.jumped !== undefined) this.jumped = { ...this.jumped, condition }
  }

  protected leaveIfSet(): void {
    this.body.if(this.leave)
  }
}
