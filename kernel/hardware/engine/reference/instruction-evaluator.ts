/**
 * The algebra over unsigned 64-bit bigints: executes one instruction on a hart, with everything that may happen in it.
 * RISC-V Unprivileged and Privileged; what a fault reports: "Machine Trap Value (`mtval`) Register".
 */
import type { Bus } from '../../bus/bus.js'
import {
  BREAKPOINT,
  ENVIRONMENT_CALL_FROM_U,
  ENVIRONMENT_CALL_FROM_VS,
  ILLEGAL_INSTRUCTION,
  INSTRUCTION_ACCESS_FAULT,
  LOAD_ACCESS_FAULT,
  LOAD_ADDRESS_MISALIGNED,
  STORE_ACCESS_FAULT,
  STORE_ADDRESS_MISALIGNED,
  VIRTUAL_INSTRUCTION,
} from '../../hart/causes.js'
import { csrAccess, writeCsr, type Csr, type CsrRefusal } from '../../hart/csr-table.js'
import type { HartState } from '../../hart/hart-state.js'
import type { HostedCalls } from '../../hart/hosted-calls.js'
import type { Rounded, RoundingMode } from '../../float/rounding.js'
import { pendingInterrupts } from '../../hart/pending-interrupts.js'
import { S, U, type PrivilegeMode } from '../../hart/privilege.js'
import {
  cacheBlockRefused,
  fenceGuest,
  fenceRefused,
  fenceVirtualMemory,
  guestAccessRefused,
  guestFenceRefused,
  invalidationFenceRefused,
  trapReturnRefused,
  waitRefused,
} from '../../hart/privileged-instructions.js'
import { SPVP } from '../../hart/status-fields.js'
import { returnFromTrap } from '../../hart/trap-returns.js'
import { plainTrap, takeTrap, type TrapInformation } from '../../hart/traps.js'
import type {
  Algebra,
  AtomicWidth,
  CacheOperation,
  CsrWrite,
  ExtendBits,
  FenceStage,
  FloatFormatName,
  FloatOperation,
  FloatRelation,
  HostedKind,
  MemoryWidth,
  Operands,
  TrapReturn,
} from '../../isa/algebra.js'
import { decode, instructionLength, type DecodedInstruction } from '../../isa/decode.js'
import { READ_FOR_TRANSLATION, transformedInstruction, WRITE_FOR_TRANSLATION } from '../../isa/transformed-instruction.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import type { FaultedTranslation, Mmu } from '../../mmu/mmu.js'
import type { AccessRequest, GuestPageFault } from '../../mmu/translate.js'
import { floatConversion, floatOfInteger, floatOperation, floatRelation, integerOfFloat, roundingModeOf } from './float-operations.js'

interface Decoded {
  readonly instruction: DecodedInstruction
  readonly operands: Operands<bigint, number>
}

const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)
const signed = (value: bigint): bigint => BigInt.asIntN(64, value)
const amount = (value: bigint): bigint => value & 63n
const PAGE = 4096n
/** Of a 4-byte instruction here, the second half lies in the next page. */
const LAST_PARCEL = PAGE - 2n
const CACHE_BLOCK = 64n
/** rm = 7: the mode is that of frm. */
const DYNAMIC = 7n

/** How many different words stay decoded. */
const DECODED_WORDS = 1 << 16

const misaligned = (address: bigint, width: number): boolean => (Number(address & 7n) & (width - 1)) !== 0

/** Where a data access goes. */
type Target =
  | { readonly kind: 'memory'; readonly offset: number; readonly watched: number | undefined }
  | { readonly kind: 'device'; readonly address: number }
type Part = Target | FaultedTranslation
/** HLV, HLVX or HSV; `undefined`: an access in the hart's own mode. */
type GuestPermission = 'read' | 'execute' | undefined

/** `undefined` when it trapped. */
type Place = Target | undefined

/** `transformed` gives way where the walk of a guest's own page tables failed ("... Pseudoinstruction for `mtinst` or `htinst`"). */
function faultInformation(value: bigint, guestAddress: boolean, guest: GuestPageFault | undefined, transformed: bigint): TrapInformation {
  const value2 = guest === undefined ? 0n : guest.address >> 2n
  const implicit = guest?.implicit
  const instruction = implicit === undefined ? transformed : implicit === 'read' ? READ_FOR_TRANSLATION : WRITE_FOR_TRANSLATION
  return { value, guestAddress, value2, instruction }
}

export class InstructionEvaluator implements Algebra<bigint, boolean, number> {
  /** The instruction of the last step and its place in machine memory; `undefined` when none was decoded, or its bytes have two places. */
  fetched: { readonly offset: number; readonly instruction: DecodedInstruction } | undefined
  private readonly decoded = new Map<number, Decoded | undefined>()
  private hart!: HartState
  private word = 0
  /** The instruction being executed; `undefined` until it is fetched and decoded. */
  private current: DecodedInstruction | undefined
  private next = 0n
  private following = 0n
  /** The instruction trapped or waits: its further effects are void, and it does not retire. */
  private stopped = false
  private returnedFrom: PrivilegeMode | undefined

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
    const decoded = this.decode(this.word)
    if (decoded === undefined) {
      this.illegalInstruction()
      return
    }
    this.current = decoded.instruction
    const { length } = decoded.instruction
    if (length === 2 || (block.pc & (PAGE - 1n)) !== LAST_PARCEL) this.fetched = { offset, instruction: decoded.instruction }
    this.following = unsigned(block.pc + BigInt(length))
    this.next = this.following
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
    this.current = undefined
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
    return this.following
  }
  jump(target: bigint): void {
    if (!this.stopped) this.next = target
  }
  when(condition: boolean, effects: () => void): void {
    if (condition) effects()
  }

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: bigint): bigint {
    const value = this.loadRaw(width, address, undefined)
    return extension === 'signed' && width !== 8 ? unsigned(BigInt.asIntN(width * 8, value)) : value
  }

  store(width: MemoryWidth, address: bigint, value: bigint): void {
    this.storeRaw(width, address, value, undefined)
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

  /** "Cache-block Management Instructions": a block that neither a load nor a store may access is a store fault at `address`. */
  cacheBlock(operation: CacheOperation, address: bigint): void {
    if (this.stopped) return
    if (this.refusedBy(cacheBlockRefused(this.hart, operation))) return
    const block = address & -CACHE_BLOCK
    const readable = operation !== 'zero' && this.part(block, Number(CACHE_BLOCK), 'load').kind === 'memory'
    const place = readable ? undefined : this.part(block, Number(CACHE_BLOCK), 'store')
    if (place?.kind === 'fault') this.trapData(place, address, address, undefined)
    else if (place?.kind === 'device') this.trapData({ cause: STORE_ACCESS_FAULT }, address, address, undefined)
    else if (place !== undefined && operation === 'zero') {
      for (let at = 0; at < CACHE_BLOCK; at += 8)
        this.storeMemory(place.offset + at, 8, 0n, place.watched === undefined ? undefined : place.watched + at)
    }
  }

  needFloatingPoint(): void {
    if (!this.stopped && this.hart.floatingPointOff) this.illegalInstruction()
  }
  f(register: number): bigint {
    return this.hart.block.f(register)
  }
  setF(register: number, value: bigint): void {
    if (this.stopped) return
    this.hart.block.setF(register, value)
    this.hart.dirtyFloatingPoint()
  }
  roundingMode(field: bigint): bigint {
    const mode = field === DYNAMIC ? this.hart.block.get('frm') : field
    if (roundingModeOf(mode) === undefined) this.illegalInstruction()
    return mode
  }
  raise(flags: bigint): void {
    if (this.stopped || flags === 0n) return
    const { block } = this.hart
    block.set('fflags', block.get('fflags') | flags)
    this.hart.dirtyFloatingPoint()
  }
  float(operation: FloatOperation, format: FloatFormatName, mode: bigint, operands: readonly bigint[]): bigint {
    return this.rounded(mode, (rounding) => floatOperation(operation, format, rounding, operands))
  }
  floatConvert(from: FloatFormatName, to: FloatFormatName, mode: bigint, a: bigint): bigint {
    return this.rounded(mode, (rounding) => floatConversion(from, to, rounding, a))
  }
  floatFromInteger(format: FloatFormatName, mode: bigint, isSigned: boolean, a: bigint): bigint {
    return this.rounded(mode, (rounding) => floatOfInteger(format, rounding, isSigned, a))
  }
  floatToInteger(format: FloatFormatName, mode: bigint, width: 32 | 64, isSigned: boolean, a: bigint): bigint {
    return this.rounded(mode, (rounding) => integerOfFloat(format, rounding, width, isSigned, a))
  }
  floatCompare(relation: FloatRelation, format: FloatFormatName, a: bigint, b: bigint): boolean {
    return floatRelation(relation, format, a, b)
  }

  environmentCall(): void {
    const { privilege, virtual } = this.hart.block
    this.trap(virtual && privilege === S ? ENVIRONMENT_CALL_FROM_VS : ENVIRONMENT_CALL_FROM_U + privilege, 0n)
  }

  breakpoint(): void {
    if (this.hart.onBreakpoint?.(this.hart.block.pc) === true) {
      this.hart.wait = 'breakpoint'
      this.stopped = true
      return
    }
    this.trapAt(BREAKPOINT, this.hart.block.pc, this.hart.block.virtual)
  }

  readCsr(number: number): bigint {
    const { hart } = this
    return this.csr(number, 'read')?.read(hart) ?? 0n
  }

  writeCsr(number: number, how: CsrWrite, value: bigint): void {
    if (this.stopped) return
    const { hart } = this
    const csr = this.csr(number, 'write')
    if (csr === undefined) return
    const old = csr.modified?.(hart) ?? csr.read(hart)
    writeCsr(hart, csr, how === 'write' ? value : how === 'set' ? old | value : old & unsigned(~value))
  }

  trapReturn(from: TrapReturn): void {
    const { hart } = this
    if (this.refusedBy(trapReturnRefused(hart, from))) return
    this.returnedFrom = hart.mode
    this.next = returnFromTrap(hart, from)
  }

  /** It ends when an enabled interrupt is pending, taken or not. */
  waitForInterrupt(): void {
    const { hart } = this
    if (this.refusedBy(waitRefused(hart))) return
    hart.attention = true
    if ((pendingInterrupts(hart) & hart.block.get('mie')) !== 0n) return
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

  fenceVirtualMemory(address: bigint | undefined, addressSpace: bigint | undefined): void {
    if (!this.refusedBy(fenceRefused(this.hart))) fenceVirtualMemory(this.hart, address, addressSpace)
  }

  fenceGuest(stage: FenceStage, address: bigint | undefined, identifier: bigint | undefined): void {
    if (!this.refusedBy(guestFenceRefused(this.hart, stage))) fenceGuest(this.hart, stage, address, identifier)
  }

  fenceInvalidations(): void {
    this.refusedBy(invalidationFenceRefused(this.hart))
  }

  loadGuest(width: MemoryWidth, extension: 'signed' | 'unsigned', permission: 'read' | 'execute', address: bigint): bigint {
    if (this.refusedBy(guestAccessRefused(this.hart))) return 0n
    const value = this.loadRaw(width, address, permission)
    return extension === 'signed' && width !== 8 ? unsigned(BigInt.asIntN(width * 8, value)) : value
  }

  storeGuest(width: MemoryWidth, address: bigint, value: bigint): void {
    if (!this.refusedBy(guestAccessRefused(this.hart))) this.storeRaw(width, address, value, 'read')
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

  private csr(number: number, access: 'read' | 'write'): Csr | undefined {
    const csr = csrAccess(this.hart, number, this.hart.mode, access)
    if (typeof csr !== 'string') return csr
    this.refusedBy(csr)
    return undefined
  }

  /** Raises the exception, if there is one to raise. */
  private refusedBy(refusal: CsrRefusal | undefined): boolean {
    if (refusal === undefined) return false
    this.trap(refusal === 'illegal' ? ILLEGAL_INSTRUCTION : VIRTUAL_INSTRUCTION, BigInt(this.word))
    return true
  }

  private illegalInstruction(): void {
    this.trap(ILLEGAL_INSTRUCTION, BigInt(this.word))
  }

  private trap(code: number, value: bigint): void {
    this.takeException(code, plainTrap(value))
  }

  private takeException(code: number, information: TrapInformation): void {
    if (this.stopped) return
    this.stopped = true
    takeTrap(this.hart, { kind: 'exception', code }, information)
  }

  /** `value` is an address; `virtual`: of a guest. */
  private trapAt(code: number, value: bigint, virtual: boolean): void {
    this.takeException(code, { ...plainTrap(value), guestAddress: virtual })
  }

  /** A load, store or atomic: `begin` is the first byte of the access, `address` that of the part that trapped. */
  private trapData({ cause, guest }: Omit<FaultedTranslation, 'kind'>, begin: bigint, address: bigint, permission: GuestPermission): void {
    const virtual = permission !== undefined || this.hart.dataMode.virtual
    const instruction = this.hart.has('H') ? this.current : undefined
    const transformed = instruction === undefined ? 0n : transformedInstruction(instruction, Number(address - begin))
    this.takeException(cause, faultInformation(address, virtual, guest, transformed))
  }

  private refuse(cause: number, address: bigint): bigint {
    this.trapData({ cause }, address, address, undefined)
    return 0n
  }

  private rounded(mode: bigint, compute: (mode: RoundingMode) => Rounded): bigint {
    const rounding = roundingModeOf(mode)
    if (this.stopped || rounding === undefined) return 0n
    const { bits, flags } = compute(rounding)
    this.raise(BigInt(flags))
    return bits
  }

  /** Puts the instruction's bits into `word`; its place in machine memory. Instructions are fetched in parcels of 16 bits. */
  private fetch(pc: bigint): number | undefined {
    const { view } = this.memory
    const known = this.mmu.lookup(this.hart, pc, 2, 'fetch')
    const first = known ?? this.fetchParcel(pc)
    if (first === undefined) return undefined
    this.word = view.getUint16(first, true)
    if (instructionLength(this.word) === 2) return first
    const whole = known !== undefined && (pc & (PAGE - 1n)) !== LAST_PARCEL
    const second = whole ? first + 2 : this.fetchParcel(unsigned(pc + 2n))
    if (second === undefined) return undefined
    this.word = (this.word | (view.getUint16(second, true) << 16)) >>> 0
    return first
  }

  private fetchParcel(address: bigint): number | undefined {
    const known = this.mmu.lookup(this.hart, address, 2, 'fetch')
    if (known !== undefined) return known
    const translation = this.mmu.translate(this.hart, address, 2, 'fetch')
    if (translation.kind === 'memory') return translation.offset
    const { cause, guest } = translation.kind === 'fault' ? translation : { cause: INSTRUCTION_ACCESS_FAULT }
    this.takeException(cause, faultInformation(address, this.hart.block.virtual, guest, 0n))
    return undefined
  }

  private loadRaw(width: MemoryWidth, address: bigint, permission: GuestPermission): bigint {
    if (misaligned(address, width)) return this.loadParts(width, address, permission)
    const place = this.place(width, address, 'load', permission)
    if (place === undefined) return 0n
    if (place.kind === 'memory') return this.memory.load(place.offset, width)
    this.hart.attention = true
    const value = this.bus.loadDevice(place.address, width)
    if (value === undefined) this.trapData({ cause: LOAD_ACCESS_FAULT }, address, address, permission)
    return value ?? 0n
  }

  private storeRaw(width: MemoryWidth, address: bigint, value: bigint, permission: GuestPermission): void {
    if (misaligned(address, width)) {
      this.storeParts(width, address, value, permission)
      return
    }
    const place = this.place(width, address, 'store', permission)
    if (place === undefined) return
    if (place.kind === 'memory') {
      this.storeMemory(place.offset, width, value, place.watched)
      return
    }
    this.hart.attention = true
    if (!this.bus.storeDevice(place.address, width, BigInt.asUintN(width * 8, value)))
      this.trapData({ cause: STORE_ACCESS_FAULT }, address, address, permission)
  }

  /** Little-endian bytes of a misaligned load, least significant first. */
  private loadParts(width: MemoryWidth, address: bigint, permission: GuestPermission): bigint {
    const bytes = this.parts(width, address, 'load', permission)
    return (bytes ?? []).reduceRight((value, { offset }) => (value << 8n) | this.memory.load(offset, 1), 0n)
  }

  /** Nothing is stored unless all of it may be. */
  private storeParts(width: MemoryWidth, address: bigint, value: bigint, permission: GuestPermission): void {
    this.parts(width, address, 'store', permission)?.forEach(({ offset, watched }, index) =>
      this.storeMemory(offset, 1, (value >> BigInt(8 * index)) & 0xffn, watched),
    )
  }

  /**
   * The bytes of a misaligned access, in one page or in two; a fault reports where the part that failed begins. Only main memory
   * supports such accesses (RISC-V Privileged, "Misaligned Atomicity Granule PMA" and "Memory Access Exceptions").
   */
  private parts(
    width: MemoryWidth,
    address: bigint,
    access: 'load' | 'store',
    permission: GuestPermission,
  ): { offset: number; watched: number | undefined }[] | undefined {
    if (this.stopped) return undefined
    const inPage = Number(PAGE - (address & (PAGE - 1n)))
    const lengths = inPage < width ? [inPage, width - inPage] : [width]
    const bytes: { offset: number; watched: number | undefined }[] = []
    for (const length of lengths) {
      const begin = unsigned(address + BigInt(bytes.length))
      const part = this.part(begin, length, access, permission)
      if (part.kind !== 'memory') {
        const refused = { cause: access === 'load' ? LOAD_ACCESS_FAULT : STORE_ACCESS_FAULT }
        this.trapData(part.kind === 'fault' ? part : refused, address, begin, permission)
        return undefined
      }
      for (let at = 0; at < length; at++)
        bytes.push({ offset: part.offset + at, watched: part.watched === undefined ? undefined : part.watched + at })
    }
    return bytes
  }

  /** Where bytes of one page are. */
  private part(address: bigint, length: number, access: 'load' | 'store', permission?: GuestPermission): Part {
    const known = permission === undefined ? this.mmu.lookup(this.hart, address, 1, access) : undefined
    if (known !== undefined) return { kind: 'memory', offset: known, watched: undefined }
    return permission === undefined
      ? this.mmu.translate(this.hart, address, length, access)
      : this.mmu.translateFor(this.hart, address, length, this.guestRequest(access, permission))
  }

  /** As VS or VU by hstatus.SPVP, whatever the hart's own mode. */
  private guestRequest(access: 'load' | 'store', permission: 'read' | 'execute'): AccessRequest {
    const privilege = (this.hart.block.get('hstatus') & SPVP) === 0n ? U : S
    return { access, mode: { privilege, virtual: true }, executeToRead: permission === 'execute' }
  }

  /** Of an aligned access, or of an atomic one: those must be aligned, and that is looked at before translation. */
  private place(width: MemoryWidth, address: bigint, access: 'load' | 'store', permission?: GuestPermission): Place {
    if (this.stopped) return undefined
    const part: Part = misaligned(address, width)
      ? { kind: 'fault', cause: access === 'load' ? LOAD_ADDRESS_MISALIGNED : STORE_ADDRESS_MISALIGNED }
      : this.part(address, width, access, permission)
    if (part.kind !== 'fault') return part
    this.trapData(part, address, address, permission)
    return undefined
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
    const { rd, rs1, rs2, rs3, number } = instruction
    const operands = { rd, rs1, rs2, rs3, number, immediate: unsigned(BigInt(instruction.immediate)) }
    const entry = { instruction, operands }
    this.decoded.set(word, entry)
    return entry
  }
}
