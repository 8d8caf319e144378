/**
 * The algebra that emits WebAssembly: one instruction's handler for the interpreter, its operands read at run time from the
 * decode entry. Whatever the fast path cannot do leaves to the slow path before the instruction has had any effect.
 *
 * A value is code that leaves an i64 on the stack, a condition code that leaves an i32; both are pure, so that they may be
 * emitted where they are used. What depends on the order of effects (registers, memory) is put into a local at once.
 */
import { ModelError } from '../../../common/errors.js'
import { NX } from '../../float/rounding.js'
import type {
  Algebra,
  AtomicWidth,
  ExtendBits,
  FloatFormatName,
  FloatOperation,
  FloatRelation,
  MemoryWidth,
  Operands,
} from '../../isa/algebra.js'
import type { InstructionLength } from '../../isa/decode.js'
import { DECODE_ENTRY } from '../../memory/decode-cache.js'
import { DECODE_CACHE, DERIVED_SLOTS, F_REGISTERS, SLOT_OFFSET, TLB_ENTRIES } from '../../memory/layout.js'
import { FloatEmitter } from '../wasm/float-emitter.js'
import type { FunctionBody, Label, Local } from '../wasm/function-body.js'
import { I32, I64, type MEMORY_OP, type OP, type ValueType } from '../wasm/opcodes.js'

type Code = () => void
/** Field of the decode entry that holds the register's place. */
type Field = 'rd' | 'rs1' | 'rs2' | 'rs3'
/** Slots of the hart block that handlers read and write. */
type Slot = 'reservation' | 'reservationBytes' | 'fflags' | 'frm'

/** The locals that all handlers share. */
export interface InterpreterLocals {
  readonly hart: Local
  /** DECODE_CACHE below the decode entry: the constant part of an address costs nothing. */
  readonly entry: Local
  readonly pc: Local
  readonly loadTlb: Local
  readonly storeTlb: Local
}

const LOADS = {
  signed: { 1: 'i64.load8_s', 2: 'i64.load16_s', 4: 'i64.load32_s', 8: 'i64.load' },
  unsigned: { 1: 'i64.load8_u', 2: 'i64.load16_u', 4: 'i64.load32_u', 8: 'i64.load' },
} as const
const STORES = { 1: 'i64.store8', 2: 'i64.store16', 4: 'i64.store32', 8: 'i64.store' } as const
const SIGN_EXTEND = { 8: 'i64.extend8_s', 16: 'i64.extend16_s', 32: 'i64.extend32_s' } as const
const LOW_32 = 0xffff_ffffn
/** Tag and page of a TLB entry: see memory/tlb.ts. */
const TLB_ADDEND = 8
const TLB_INDEX = (TLB_ENTRIES - 1) * 16

export class HandlerEmitter implements Algebra<Code, Code, Field> {
  /** The instruction has no fast path at all; what was emitted for it is to be thrown away. */
  slow = false
  readonly operands: Operands<Code, Field>
  private readonly temporaries: Local[] = []
  private effect = false
  private target: Code | undefined
  private readonly floats: FloatEmitter

  constructor(
    private readonly body: FunctionBody,
    private readonly locals: InterpreterLocals,
    private readonly leave: Label,
    private readonly done: Label,
    private readonly length: InstructionLength,
  ) {
    const immediate = (): void => void body.get(locals.entry).memory('i64.load', DECODE_CACHE + DECODE_ENTRY.immediate)
    this.floats = new FloatEmitter({
      body,
      temporary: (type) => this.temporary(type),
      leaveIf: (condition) => this.leaveIf(condition),
      inexactAccrued: () => void body.get(locals.hart).memory('i32.load', SLOT_OFFSET.fflags).i32(NX).op('i32.and'),
      accrueInexact: (condition) => this.raise(this.fromCondition(condition)),
    })
    // Only system instructions have a number, and they have no fast path.
    this.operands = { rd: 'rd', rs1: 'rs1', rs2: 'rs2', rs3: 'rs3', number: 'rd', immediate }
  }

  /** Ends the handler: moves pc, goes to `done`, and gives the handler's locals back. */
  finish(): void {
    this.moveTo(this.target ?? this.nextPc())
    this.body.release(this.temporaries)
  }

  constant(value: bigint): Code {
    return () => void this.body.i64(value)
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
    return this.bind(value)
  }

  x(register: Field): Code {
    return this.bind(() => {
      this.field(register)
      this.body.memory('i64.load')
    })
  }

  /** The entry of an instruction with rd = x0 names the sink. */
  setX(register: Field, value: Code): void {
    this.effect = true
    this.field(register)
    value()
    this.body.memory('i64.store')
  }

  pc(): Code {
    return () => void this.body.get(this.locals.pc)
  }

  nextPc(): Code {
    return this.add(this.pc(), this.constant(BigInt(this.length)))
  }

  jump(target: Code): void {
    this.target = this.bind(target)
  }

  /** A jump among the effects ends the handler, so that the host may predict it. */
  when(condition: Code, effects: () => void): void {
    condition()
    this.body.if(() => {
      effects()
      if (this.target !== undefined) this.moveTo(this.target)
      this.target = undefined
    })
  }

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: Code): Code {
    const place = this.translate(width, address, this.locals.loadTlb)
    return this.loadAt(place, LOADS[extension][width])
  }

  store(width: MemoryWidth, address: Code, value: Code): void {
    const place = this.translate(width, address, this.locals.storeTlb)
    this.storeAt(place, width, value)
  }

  loadReserved(width: AtomicWidth, address: Code): Code {
    const place = this.translate(width, address, this.locals.loadTlb)
    const value = this.loadAt(place, LOADS.signed[width])
    this.setSlot('reservation', this.reservationOf(place))
    this.setSlot('reservationBytes', this.constant(BigInt(width)))
    return value
  }

  storeConditional(width: AtomicWidth, address: Code, value: Code): Code {
    const place = this.translate(width, address, this.locals.storeTlb)
    const same = this.equal(this.slot('reservation'), this.reservationOf(place))
    const failed = this.bind(
      this.fromCondition(this.not(this.both(same, this.equal(this.slot('reservationBytes'), this.constant(BigInt(width)))))),
    )
    this.setSlot('reservation', this.constant(0n))
    this.setSlot('reservationBytes', this.constant(0n))
    this.when(this.equal(failed, this.constant(0n)), () => this.storeAt(place, width, value))
    return failed
  }

  atomicUpdate(width: AtomicWidth, address: Code, update: (old: Code) => Code): Code {
    const place = this.translate(width, address, this.locals.storeTlb)
    const old = this.loadAt(place, LOADS.signed[width])
    this.storeAt(place, width, update(old))
    return old
  }

  cacheBlock(): void {
    this.slow = true
  }

  needFloatingPoint(): void {
    this.leaveIf(() => void this.body.get(this.locals.hart).memory('i32.load', DERIVED_SLOTS.floatDirty).op('i32.eqz'))
  }
  f(register: Field): Code {
    return this.bind(() => {
      this.field(register)
      this.body.memory('i64.load', F_REGISTERS)
    })
  }
  setF(register: Field, value: Code): void {
    this.effect = true
    this.field(register)
    value()
    this.body.memory('i64.store', F_REGISTERS)
  }
  roundingMode(field: Code): Code {
    const mode = this.bind(this.select(this.equal(field, this.constant(7n)), this.slot('frm'), field))
    this.leaveIf(this.lessUnsigned(this.constant(4n), mode))
    return mode
  }
  raise(flags: Code): void {
    this.setSlot('fflags', this.or(this.slot('fflags'), flags))
  }
  float(operation: FloatOperation, format: FloatFormatName, mode: Code, operands: readonly Code[]): Code {
    return format === 'half' ? this.unavailable() : this.bind(this.floats.arithmetic(operation, format, mode, operands))
  }
  floatConvert(from: FloatFormatName, to: FloatFormatName, mode: Code, a: Code): Code {
    return from === 'half' || to === 'half' ? this.unavailable() : this.bind(this.floats.convert(from, to, mode, a))
  }
  floatFromInteger(format: FloatFormatName, mode: Code, signed: boolean, a: Code): Code {
    return format === 'half' ? this.unavailable() : this.bind(this.floats.fromInteger(format, mode, signed, a))
  }
  floatToInteger(format: FloatFormatName, mode: Code, width: 32 | 64, signed: boolean, a: Code): Code {
    return format === 'half' ? this.unavailable() : this.bind(this.floats.toInteger(format, mode, width, signed, a))
  }
  floatCompare(relation: FloatRelation, format: FloatFormatName, a: Code, b: Code): Code {
    return format === 'half' ? this.unavailable() : this.floats.compare(relation, format, a, b)
  }

  environmentCall(): void {
    this.slow = true
  }
  breakpoint(): void {
    this.slow = true
  }
  readCsr(): Code {
    this.slow = true
    return this.constant(0n)
  }
  writeCsr(): void {
    this.slow = true
  }
  trapReturn(): void {
    this.slow = true
  }
  waitForInterrupt(): void {
    this.slow = true
  }
  fence(): void {
    return
  }
  /** Decode entries are checked against the word in memory each time. */
  fenceInstructions(): void {
    return
  }
  fenceVirtualMemory(): void {
    this.slow = true
  }
  loadGuest(): Code {
    this.slow = true
    return this.constant(0n)
  }
  storeGuest(): void {
    this.slow = true
  }
  fenceGuest(): void {
    this.slow = true
  }
  fenceInvalidations(): void {
    this.slow = true
  }
  hostedCall(): void {
    this.slow = true
  }

  /** WebAssembly has no half precision. */
  private unavailable(): Code {
    this.slow = true
    return this.constant(0n)
  }

  private moveTo(target: Code): void {
    target()
    this.body.set(this.locals.pc).branch(this.done)
  }

  private unary(operation: keyof typeof OP, a: Code): Code {
    return () => {
      a()
      this.body.op(operation)
    }
  }

  private binary(operation: keyof typeof OP, a: Code, b: Code): Code {
    return () => {
      a()
      b()
      this.body.op(operation)
    }
  }

  private temporary(type: ValueType): Local {
    const local = this.body.local(type)
    this.temporaries.push(local)
    return local
  }

  /** Evaluates now; the result names the local. */
  private bind(value: Code): Code {
    const local = this.temporary(I64)
    value()
    this.body.set(local)
    return () => void this.body.get(local)
  }

  private field(field: Field): void {
    this.body.get(this.locals.entry).memory('i32.load', DECODE_CACHE + DECODE_ENTRY[field])
  }

  private slot(slot: Slot): Code {
    return () => void this.body.get(this.locals.hart).memory('i64.load', SLOT_OFFSET[slot])
  }

  private setSlot(slot: Slot, value: Code): void {
    this.effect = true
    this.body.get(this.locals.hart)
    value()
    this.body.memory('i64.store', SLOT_OFFSET[slot])
  }

  private reservationOf(place: Local): Code {
    return this.add(() => void this.body.get(place).op('i64.extend_i32_u'), this.constant(1n))
  }

  private leaveIf(condition: Code): void {
    if (this.effect) throw new ModelError('an instruction may trap after its first effect')
    condition()
    this.body.branchIf(this.leave)
  }

  /** Place in machine memory; leaves when the TLB does not know the page, or the address is no multiple of the width. */
  private translate(width: MemoryWidth, address: Code, tlb: Local): Local {
    const { body } = this
    const virtual = this.bind(address)
    const entry = this.temporary(I32)
    virtual()
    body.op('i32.wrap_i64').i32(8).op('i32.shr_u').i32(TLB_INDEX).op('i32.and').get(tlb).op('i32.add').set(entry)
    this.leaveIf(() => {
      body.get(entry).memory('i64.load')
      virtual()
      body
        .i64(BigInt(-4096 | (width - 1)))
        .op('i64.and')
        .op('i64.xor')
        .i64(-1n)
        .op('i64.ne')
    })
    const place = this.temporary(I32)
    virtual()
    body.op('i32.wrap_i64').get(entry).memory('i32.load', TLB_ADDEND).op('i32.add').set(place)
    return place
  }

  private loadAt(place: Local, operation: keyof typeof MEMORY_OP): Code {
    return this.bind(() => void this.body.get(place).memory(operation))
  }

  private storeAt(place: Local, width: MemoryWidth, value: Code): void {
    this.effect = true
    this.body.get(place)
    value()
    this.body.memory(STORES[width])
  }
}
