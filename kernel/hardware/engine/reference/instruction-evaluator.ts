/**
 * The algebra over unsigned 64-bit bigints: executes one instruction on a hart, with everything that may happen in it.
 * RISC-V Unprivileged and Privileged; what a fault reports: "Machine Trap Value (`mtval`) Register".
 */
import type { Bus } from '../../bus/bus.js'
import {
  BREAKPOINT,
  ENVIRONMENT_CALL_FROM_U,
  ILLEGAL_INSTRUCTION,
  INSTRUCTION_ACCESS_FAULT,
  INSTRUCTION_ADDRESS_MISALIGNED,
  LOAD_ACCESS_FAULT,
  LOAD_ADDRESS_MISALIGNED,
  STORE_ACCESS_FAULT,
  STORE_ADDRESS_MISALIGNED,
} from '../../hart/causes.js'
import { accessibleCsr, writeCsr } from '../../hart/csr-table.js'
import type { HartState } from '../../hart/hart-state.js'
import type { HostedCalls } from '../../hart/hosted-calls.js'
import { M, S, U } from '../../hart/privilege.js'
import { TSR, TVM, TW } from '../../hart/status-fields.js'
import { returnFromTrap, takeTrap } from '../../hart/traps.js'
import type { Algebra, AtomicWidth, CsrWrite, ExtendBits, HostedKind, MemoryWidth, Operands } from '../../isa/algebra.js'
import { decode, type DecodedInstruction } from '../../isa/instruction-table.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { Access } from '../../memory/tlb.js'
import type { Mmu } from '../../mmu/mmu.js'

interface Decoded {
  readonly instruction: DecodedInstruction
  readonly operands: Operands<bigint, number>
}

const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)
const signed = (value: bigint): bigint => BigInt.asIntN(64, value)
const amount = (value: bigint): bigint => value & 63n

/** How many different words stay decoded. */
const DECODED_WORDS = 1 << 16

/** Where a data access goes; `undefined` when it trapped. */
type Place =
  | { readonly kind: 'memory'; readonly offset: number; readonly watched: number | undefined }
  | { readonly kind: 'device'; readonly address: number }
  | undefined

export class InstructionEvaluator implements Algebra<bigint, boolean, number> {
  /** The instruction of the last step and its place in machine memory; `undefined` when there was none to decode. */
  fetched: { readonly offset: number; readonly instruction: DecodedInstruction } | undefined
  private readonly decoded = new Map<number, Decoded | undefined>()
  private hart!: HartState
  private word = 0
  private next = 0n
  /** The instruction trapped or waits: its further effects are void, and it does not retire. */
  private stopped = false
  private returnedFrom: number | undefined

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly mmu: Mmu,
    private readonly hosted: HostedCalls,
  ) {}

  /** Executes the instruction at pc. */
  step(hart: HartState): void {
    const { block } = hart
    this.begin(hart)
    const offset = this.fetch(block.pc)
    if (offset === undefined) return
    this.word = this.memory.view.getUint32(offset, true)
    const decoded = this.decode(this.word)
    if (decoded === undefined) {
      this.illegalInstruction()
      return
    }
    this.fetched = { offset, instruction: decoded.instruction }
    this.next = unsigned(block.pc + 4n)
    decoded.instruction.instruction.semantics(this, decoded.operands)
    if (this.stopped) return
    block.pc = this.next
    block.instret += 1
    block.cycles += 1
    if (this.returnedFrom !== undefined) hart.announce(this.returnedFrom, undefined)
  }

  private begin(hart: HartState): void {
    this.hart = hart
    this.stopped = false
    this.returnedFrom = undefined
    this.fetched = undefined
  }

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

  x(register: number): bigint {
    return this.hart.block.x(register)
  }
  setX(register: number, value: bigint): void {
    if (!this.stopped) this.hart.block.setX(register, value)
  }
  pc(): bigint {
    return this.hart.block.pc
  }
  nextPc(): bigint {
    return unsigned(this.hart.block.pc + 4n)
  }
  jump(target: bigint): void {
    if (this.stopped) return
    if ((target & 3n) === 0n) this.next = target
    else this.trap(INSTRUCTION_ADDRESS_MISALIGNED, target)
  }
  when(condition: boolean, effects: () => void): void {
    if (condition) effects()
  }

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: bigint): bigint {
    const value = this.loadRaw(width, address)
    return extension === 'signed' && width !== 8 ? unsigned(BigInt.asIntN(width * 8, value)) : value
  }

  store(width: MemoryWidth, address: bigint, value: bigint): void {
    const place = this.place(width, address, 'store')
    if (place === undefined) return
    if (place.kind === 'memory') {
      this.storeMemory(place.offset, width, value, place.watched)
      return
    }
    this.hart.attention = true
    if (!this.bus.storeDevice(place.address, width, BigInt.asUintN(width * 8, value))) this.trap(STORE_ACCESS_FAULT, address)
  }

  /** The reservation set is the naturally aligned word or doubleword; devices cannot be reserved. */
  loadReserved(width: AtomicWidth, address: bigint): bigint {
    const place = this.place(width, address, 'load')
    if (place === undefined) return 0n
    if (place.kind === 'device') return this.refuse(LOAD_ACCESS_FAULT, address)
    const { block } = this.hart
    block.set('reservation', BigInt(place.offset) + 1n)
    block.set('reservationBytes', BigInt(width))
    return this.extended(width, this.memory.load(place.offset, width))
  }

  /** Succeeds only for the address and width of the LR; checked and cleared whether or not it succeeds. */
  storeConditional(width: AtomicWidth, address: bigint, value: bigint): bigint {
    const place = this.place(width, address, 'store')
    if (place === undefined) return 0n
    if (place.kind === 'device') return this.refuse(STORE_ACCESS_FAULT, address)
    const { block } = this.hart
    const held = block.get('reservation') === BigInt(place.offset) + 1n && block.get('reservationBytes') === BigInt(width)
    block.set('reservation', 0n)
    block.set('reservationBytes', 0n)
    if (!held) return 1n
    this.storeMemory(place.offset, width, value, place.watched)
    return 0n
  }

  atomicUpdate(width: AtomicWidth, address: bigint, update: (old: bigint) => bigint): bigint {
    const place = this.place(width, address, 'store')
    if (place === undefined) return 0n
    if (place.kind === 'device') return this.refuse(STORE_ACCESS_FAULT, address)
    const old = this.extended(width, this.memory.load(place.offset, width))
    this.storeMemory(place.offset, width, update(old), place.watched)
    return old
  }

  environmentCall(): void {
    this.trap(ENVIRONMENT_CALL_FROM_U + this.hart.block.privilege, 0n)
  }

  breakpoint(): void {
    this.trap(BREAKPOINT, this.hart.block.pc)
  }

  readCsr(number: number): bigint {
    const { hart } = this
    const csr = accessibleCsr(hart, number, hart.block.privilege, 'read')
    if (csr !== undefined) return csr.read(hart)
    this.illegalInstruction()
    return 0n
  }

  writeCsr(number: number, how: CsrWrite, value: bigint): void {
    if (this.stopped) return
    const { hart } = this
    const csr = accessibleCsr(hart, number, hart.block.privilege, 'write')
    if (csr === undefined) {
      this.illegalInstruction()
      return
    }
    const old = csr.read(hart)
    writeCsr(hart, csr, how === 'write' ? value : how === 'set' ? old | value : old & unsigned(~value))
  }

  trapReturn(from: 'M' | 'S'): void {
    const { hart } = this
    const { privilege } = hart.block
    const legal = from === 'M' ? privilege === M : privilege === M || (privilege === S && !this.status(TSR))
    if (!legal) {
      this.illegalInstruction()
      return
    }
    this.returnedFrom = privilege
    this.next = returnFromTrap(hart, from)
  }

  /** In U, and in S under TW, waiting is not bounded, hence illegal. It ends when an enabled interrupt is pending, taken or not. */
  waitForInterrupt(): void {
    const { hart } = this
    const { privilege } = hart.block
    if (privilege === U || (privilege === S && this.status(TW))) {
      this.illegalInstruction()
      return
    }
    hart.attention = true
    if ((hart.pending & hart.block.get('mie')) !== 0n) return
    hart.wait = 'wfi'
    this.stopped = true
  }

  fence(): void {
    return
  }

  /** Engines compare what they decoded with the word in memory, so stores to code need no help. */
  fenceInstructions(): void {
    return
  }

  fenceVirtualMemory(): void {
    const { privilege } = this.hart.block
    if (privilege === U || (privilege === S && this.status(TVM))) {
      this.illegalInstruction()
      return
    }
    this.hart.tlb.flush()
  }

  hostedCall(kind: HostedKind, routine: number): void {
    const outcome = this.hosted.call(this.hart, kind, routine)
    if (outcome === 'illegal') {
      this.illegalInstruction()
      return
    }
    if (outcome === 'done') return
    this.hart.wait = 'hosted-call'
    this.stopped = true
  }

  private status(bit: bigint): boolean {
    return (this.hart.block.get('mstatus') & bit) !== 0n
  }

  private illegalInstruction(): void {
    this.trap(ILLEGAL_INSTRUCTION, BigInt(this.word))
  }

  private trap(code: number, value: bigint): void {
    if (this.stopped) return
    this.stopped = true
    takeTrap(this.hart, { kind: 'exception', code }, value)
  }

  private refuse(code: number, address: bigint): bigint {
    this.trap(code, address)
    return 0n
  }

  private fetch(pc: bigint): number | undefined {
    const known = this.mmu.lookup(this.hart, pc, 4, 'fetch')
    if (known !== undefined) return known
    const translation = this.mmu.translate(this.hart, pc, 4, 'fetch')
    if (translation.kind === 'memory') return translation.offset
    this.trap(translation.kind === 'fault' ? translation.cause : INSTRUCTION_ACCESS_FAULT, pc)
    return undefined
  }

  private loadRaw(width: MemoryWidth, address: bigint): bigint {
    const place = this.place(width, address, 'load')
    if (place === undefined) return 0n
    if (place.kind === 'memory') return this.memory.load(place.offset, width)
    this.hart.attention = true
    return this.bus.loadDevice(place.address, width) ?? this.refuse(LOAD_ACCESS_FAULT, address)
  }

  /** Misalignment is looked at before translation, as the specification leaves open. */
  private place(width: MemoryWidth, address: bigint, access: Access): Place {
    if (this.stopped) return undefined
    if ((address & BigInt(width - 1)) !== 0n) {
      this.trap(access === 'load' ? LOAD_ADDRESS_MISALIGNED : STORE_ADDRESS_MISALIGNED, address)
      return undefined
    }
    const known = this.mmu.lookup(this.hart, address, width, access)
    if (known !== undefined) return { kind: 'memory', offset: known, watched: undefined }
    const translation = this.mmu.translate(this.hart, address, width, access)
    switch (translation.kind) {
      case 'memory':
        return { kind: 'memory', offset: translation.offset, watched: translation.watched ? translation.address : undefined }
      case 'device':
        return translation
      case 'fault':
        this.trap(translation.cause, address)
        return undefined
    }
  }

  private storeMemory(offset: number, width: MemoryWidth, value: bigint, watched: number | undefined): void {
    this.memory.store(offset, width, value)
    if (watched === undefined) return
    const { cycles, pc } = this.hart.block
    this.bus.notifyStore({ address: watched, width, cycle: cycles, pc })
  }

  private extended(width: AtomicWidth, value: bigint): bigint {
    return width === 4 ? this.signExtend(value, 32) : value
  }

  private decode(word: number): Decoded | undefined {
    const known = this.decoded.get(word)
    if (known !== undefined) return known
    const instruction = decode(word)
    if (instruction === undefined) return undefined
    if (this.decoded.size >= DECODED_WORDS) this.decoded.clear()
    const { rd, rs1, rs2, number } = instruction
    const operands = { rd, rs1, rs2, number, immediate: unsigned(BigInt(instruction.immediate)) }
    const entry = { instruction, operands }
    this.decoded.set(word, entry)
    return entry
  }
}
