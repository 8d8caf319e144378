/**
 * The algebra over unsigned 64-bit bigints: executes one instruction on a hart, with everything that may happen in it. Each kind of
 * operation is at home in a file of its own; here they are put together.
 */
import type { Bus } from '../../bus/bus.js'
import type { HartState } from '../../hart/hart-state.js'
import type { HostedCalls } from '../../hart/hosted-calls.js'
import { guestAccessRefused } from '../../hart/privileged-instructions.js'
import type {
  Algebra,
  AtomicWidth,
  CacheOperation,
  CsrWrite,
  FenceStage,
  FloatFormatName,
  FloatOperation,
  FloatRelation,
  HostedKind,
  MemoryWidth,
  TrapReturn,
} from '../../isa/algebra.js'
import type { DecodedInstruction } from '../../isa/decode.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Mmu } from '../../mmu/mmu.js'
import { AtomicMemory } from './atomic-memory.js'
import { DataAddress } from './data-address.js'
import { DataMemory } from './data-memory.js'
import { Execution } from './execution.js'
import { floatRelation } from './float-operations.js'
import { FloatingPointState } from './floating-point-state.js'
import { InstructionFetch, liesInTwoPages } from './instruction-fetch.js'
import { IntegerOperations } from './integer-operations.js'
import { PrivilegedOperations } from './privileged-operations.js'

export class InstructionEvaluator extends IntegerOperations implements Algebra<bigint, boolean, number> {
  /** The instruction of the last step and its place in machine memory; `undefined` when none was decoded, or its bytes have two places. */
  fetched: { readonly offset: number; readonly instruction: DecodedInstruction } | undefined
  private readonly execution = new Execution()
  private readonly instructions: InstructionFetch
  private readonly data: DataMemory
  private readonly atomic: AtomicMemory
  private readonly floating = new FloatingPointState(this.execution)
  private readonly privileged: PrivilegedOperations

  constructor(memory: MachineMemory, bus: Bus, mmu: Mmu, hosted: HostedCalls) {
    super()
    const address = new DataAddress(this.execution, mmu)
    this.instructions = new InstructionFetch(this.execution, memory, mmu)
    this.data = new DataMemory(this.execution, address, memory, bus)
    this.atomic = new AtomicMemory(this.execution, address, this.data, memory)
    this.privileged = new PrivilegedOperations(this.execution, hosted)
  }

  /** Executes the instruction at pc. */
  step(hart: HartState): void {
    const { execution } = this
    const { pc } = hart.block
    execution.begin(hart)
    this.fetched = undefined
    const offset = this.instructions.fetch(pc)
    if (offset === undefined) return
    const decoded = this.instructions.decode(execution.word)
    if (decoded === undefined) {
      execution.illegalInstruction()
      return
    }
    const { instruction, operands } = decoded
    execution.decoded(instruction)
    if (!liesInTwoPages(pc, instruction.length)) this.fetched = { offset, instruction }
    instruction.instruction.semantics(this, operands)
    if (!execution.stopped) execution.retire()
  }

  x(register: number): bigint {
    return this.execution.hart.block.x(register)
  }
  setX(register: number, value: bigint): void {
    if (!this.execution.stopped) this.execution.hart.block.setX(register, value)
  }
  pc(): bigint {
    return this.execution.hart.block.pc
  }
  nextPc(): bigint {
    return this.execution.following
  }
  jump(target: bigint): void {
    if (!this.execution.stopped) this.execution.next = target
  }
  when(condition: boolean, effects: () => void): void {
    if (condition) effects()
  }

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: bigint): bigint {
    return this.data.load(width, extension, address, undefined)
  }
  store(width: MemoryWidth, address: bigint, value: bigint): void {
    this.data.store(width, address, value, undefined)
  }
  loadReserved(width: AtomicWidth, address: bigint): bigint {
    return this.atomic.loadReserved(width, address)
  }
  storeConditional(width: AtomicWidth, address: bigint, value: bigint): bigint {
    return this.atomic.storeConditional(width, address, value)
  }
  atomicUpdate(width: AtomicWidth, address: bigint, update: (old: bigint) => bigint): bigint {
    return this.atomic.update(width, address, update)
  }
  loadGuest(width: MemoryWidth, extension: 'signed' | 'unsigned', permission: 'read' | 'execute', address: bigint): bigint {
    return this.execution.refusedBy(guestAccessRefused(this.execution.hart)) ? 0n : this.data.load(width, extension, address, permission)
  }
  storeGuest(width: MemoryWidth, address: bigint, value: bigint): void {
    if (!this.execution.refusedBy(guestAccessRefused(this.execution.hart))) this.data.store(width, address, value, 'read')
  }
  cacheBlock(operation: CacheOperation, address: bigint): void {
    this.data.cacheBlock(operation, address)
  }

  needFloatingPoint(): void {
    this.floating.need()
  }
  f(register: number): bigint {
    return this.floating.read(register)
  }
  setF(register: number, value: bigint): void {
    this.floating.write(register, value)
  }
  roundingMode(field: bigint): bigint {
    return this.floating.roundingMode(field)
  }
  raise(flags: bigint): void {
    this.floating.raise(flags)
  }
  float(operation: FloatOperation, format: FloatFormatName, mode: bigint, operands: readonly bigint[]): bigint {
    return this.floating.operate(operation, format, mode, operands)
  }
  floatConvert(from: FloatFormatName, to: FloatFormatName, mode: bigint, a: bigint): bigint {
    return this.floating.convert(from, to, mode, a)
  }
  floatFromInteger(format: FloatFormatName, mode: bigint, signed: boolean, a: bigint): bigint {
    return this.floating.fromInteger(format, mode, signed, a)
  }
  floatToInteger(format: FloatFormatName, mode: bigint, width: 32 | 64, signed: boolean, a: bigint): bigint {
    return this.floating.toInteger(format, mode, width, signed, a)
  }
  floatCompare(relation: FloatRelation, format: FloatFormatName, a: bigint, b: bigint): boolean {
    return floatRelation(relation, format, a, b)
  }

  environmentCall(): void {
    this.privileged.environmentCall()
  }
  breakpoint(): void {
    this.privileged.breakpoint()
  }
  readCsr(number: number): bigint {
    return this.privileged.readCsr(number)
  }
  writeCsr(number: number, how: CsrWrite, value: bigint): void {
    this.privileged.writeCsr(number, how, value)
  }
  trapReturn(from: TrapReturn): void {
    this.privileged.trapReturn(from)
  }
  waitForInterrupt(): void {
    this.privileged.waitForInterrupt()
  }
  /** Program order is the only order here. */
  fence(): void {
    return
  }
  /** Engines compare what they decoded with the word in memory, so stores to code need no help. */
  fenceInstructions(): void {
    return
  }
  fenceVirtualMemory(address: bigint | undefined, addressSpace: bigint | undefined): void {
    this.privileged.fenceVirtualMemory(address, addressSpace)
  }
  fenceGuest(stage: FenceStage, address: bigint | undefined, identifier: bigint | undefined): void {
    this.privileged.fenceGuest(stage, address, identifier)
  }
  fenceInvalidations(): void {
    this.privileged.fenceInvalidations()
  }
  hostedCall(kind: HostedKind, routine: number): void {
    this.privileged.hostedCall(kind, routine)
  }
}
