/**
 * The operations in which every instruction's meaning is written, once. An engine interprets them: the reference evaluates,
 * the interpreter and the translator emit WebAssembly.
 *
 * V is a 64-bit value, C a condition, I an operand field that selects something (a register, CSR or routine number): known
 * when a translator emits, a run-time value in an interpreter. Once an operation has trapped, every later effect of the same
 * instruction is void; the engine guarantees it. Operations that may trap therefore come before effects, and each
 * instruction has at most one memory operation.
 */
export type MemoryWidth = 1 | 2 | 4 | 8
export type AtomicWidth = 4 | 8
export type ExtendBits = 8 | 16 | 32
export type CacheOperation = 'inval' | 'clean' | 'flush' | 'zero'
export type FloatFormatName = 'half' | 'single' | 'double'
export type FloatOperation = 'add' | 'subtract' | 'multiply' | 'divide' | 'squareRoot' | 'multiplyAdd'
export type FloatRelation = 'equal' | 'less' | 'lessOrEqual'

export interface Algebra<V, C, I> {
  constant(value: bigint): V
  add(a: V, b: V): V
  subtract(a: V, b: V): V
  and(a: V, b: V): V
  or(a: V, b: V): V
  xor(a: V, b: V): V
  /** The amount is taken modulo 64. */
  shiftLeft(a: V, amount: V): V
  shiftRight(a: V, amount: V): V
  shiftRightArithmetic(a: V, amount: V): V
  multiply(a: V, b: V): V
  /** Upper 64 bits of the unsigned product. */
  multiplyHigh(a: V, b: V): V
  /** Division: the divisor is not zero, and -2^63 is not divided by -1; the instruction's text sees to both. */
  divideSigned(a: V, b: V): V
  divideUnsigned(a: V, b: V): V
  remainderSigned(a: V, b: V): V
  remainderUnsigned(a: V, b: V): V
  /** 64 when `a` is zero. */
  countLeadingZeros(a: V): V
  countTrailingZeros(a: V): V
  countOnes(a: V): V
  signExtend(a: V, bits: ExtendBits): V
  zeroExtend(a: V, bits: ExtendBits): V

  equal(a: V, b: V): C
  lessSigned(a: V, b: V): C
  lessUnsigned(a: V, b: V): C
  not(a: C): C
  both(a: C, b: C): C
  either(a: C, b: C): C
  select(condition: C, a: V, b: V): V
  /** 1 or 0. */
  fromCondition(condition: C): V
  /** The same value: one that is used more than once, and that an emitting engine then computes once. */
  share(value: V): V

  x(register: I): V
  /** A write to x0 has no effect. */
  setX(register: I, value: V): void
  pc(): V
  /** Address of the instruction that follows in memory. */
  nextPc(): V
  /** Continues at `target`, an even address. */
  jump(target: V): void
  when(condition: C, effects: () => void): void

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: V): V
  store(width: MemoryWidth, address: V, value: V): void
  /** Sign-extended value; sets the hart's reservation. */
  loadReserved(width: AtomicWidth, address: V): V
  /** 0 when stored, 1 when the reservation was gone; clears the reservation. */
  storeConditional(width: AtomicWidth, address: V, value: V): V
  /** Replaces the value in memory by `update` of it; returns the old one, sign-extended. */
  atomicUpdate(width: AtomicWidth, address: V, update: (old: V) => V): V

  /** HLV and HLVX: a load as VS or VU would make it; `execute`: execute permission in place of read permission. */
  loadGuest(width: MemoryWidth, extension: 'signed' | 'unsigned', permission: 'read' | 'execute', address: V): V
  /** HSV. */
  storeGuest(width: MemoryWidth, address: V, value: V): void

  /** On the cache block of `address`, gated by menvcfg and senvcfg. There are no caches: all but `zero` only check. */
  cacheBlock(operation: CacheOperation, address: V): void

  /** Illegal instruction while mstatus.FS is Off. Comes first in every instruction of F, D and Zfh. */
  needFloatingPoint(): void
  /** All 64 bits of a floating-point register. */
  f(register: I): V
  /** Makes mstatus.FS Dirty. */
  setF(register: I, value: V): void
  /** The rounding mode in force for an instruction's field: frm where that says DYN. Illegal instruction when it is reserved. */
  roundingMode(field: V): V
  /** Adds to the accrued exceptions, fflags; `flags` has their bits. Makes mstatus.FS Dirty unless it is 0. */
  raise(flags: V): void
  /** Correctly rounded; a NaN result is canonical. Raises what IEEE 754 says. Bits of the format, zero-extended, as operands. */
  float(operation: FloatOperation, format: FloatFormatName, mode: V, operands: readonly V[]): V
  floatConvert(from: FloatFormatName, to: FloatFormatName, mode: V, a: V): V
  /** Of the 64-bit integer `a`. */
  floatFromInteger(format: FloatFormatName, mode: V, signed: boolean, a: V): V
  /** Sign-extended from `width`, also when it is unsigned. */
  floatToInteger(format: FloatFormatName, mode: V, width: 32 | 64, signed: boolean, a: V): V
  /** False when an operand is a NaN; raises nothing. */
  floatCompare(relation: FloatRelation, format: FloatFormatName, a: V, b: V): C

  environmentCall(): void
  breakpoint(): void
  /** Refused accesses are illegal instructions, in a guest perhaps virtual ones. */
  readCsr(csr: I): V
  writeCsr(csr: I, how: CsrWrite, value: V): void
  trapReturn(from: TrapReturn): void
  waitForInterrupt(): void
  fence(): void
  fenceInstructions(): void
  /** SFENCE.VMA and SINVAL.VMA; `undefined`: all addresses, all address spaces. */
  fenceVirtualMemory(address: V | undefined, addressSpace: V | undefined): void
  /** HFENCE and HINVAL: of the guest's tables (VS) by ASID, or of its physical memory's (G) by VMID. */
  fenceGuest(stage: FenceStage, address: V | undefined, identifier: V | undefined): void
  /** SFENCE.W.INVAL and SFENCE.INVAL.IR: what they order is ordered already. */
  fenceInvalidations(): void
  /** Runs hosted routine `routine` (kcall in M and S, ucall in U; elsewhere illegal). */
  hostedCall(kind: HostedKind, routine: I): void
}

/** MRET, SRET, MNRET. */
export type TrapReturn = 'M' | 'S' | 'MN'
export type FenceStage = 'VS' | 'G'
export type CsrWrite = 'write' | 'set' | 'clear'
export type HostedKind = 'kcall' | 'ucall'

/** The fields of an instruction word. `immediate` is sign-extended unless the format says otherwise. */
export interface Operands<V, I> {
  readonly rd: I
  readonly rs1: I
  readonly rs2: I
  readonly rs3: I
  readonly immediate: V
  /** CSR or routine number: bits 31:20. */
  readonly number: I
}

export type Semantics = <V, C, I>(machine: Algebra<V, C, I>, operands: Operands<V, I>) => void
