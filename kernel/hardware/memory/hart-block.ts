/**
 * One hart's registers and CSR storage inside the machine's memory (layout.ts). Register values are unsigned 64-bit bigints;
 * cycles and retired instructions are numbers below 2^53.
 */
import {
  CONTEXT_BYTES,
  CONTEXTS,
  DERIVED_SLOTS,
  ARCHITECTURAL_BYTES,
  F_REGISTERS,
  hartOffset,
  SLOT_OFFSET,
  X_SINK,
  type HartSlot,
} from './layout.js'
import type { MachineMemory } from './machine-memory.js'
import type { Access } from './tlb.js'

const CYCLES = SLOT_OFFSET.cycles
const INSTRET = SLOT_OFFSET.instret
const PC = SLOT_OFFSET.pc
const PRIVILEGE = SLOT_OFFSET.privilege
const VIRTUALIZATION = SLOT_OFFSET.virtualization
const TLB_SET_SLOT: Readonly<Record<Access, number>> = {
  fetch: DERIVED_SLOTS.fetchTlb,
  load: DERIVED_SLOTS.loadTlb,
  store: DERIVED_SLOTS.storeTlb,
}
const TWO_32 = 0x1_0000_0000

export class HartBlock {
  readonly offset: number
  private readonly view: DataView

  constructor(
    private readonly memory: MachineMemory,
    hart: number,
  ) {
    this.offset = hartOffset(hart)
    this.view = memory.view
  }

  x(index: number): bigint {
    return this.view.getBigUint64(this.offset + index * 8, true)
  }

  setX(index: number, value: bigint): void {
    if (index !== 0) this.view.setBigUint64(this.offset + index * 8, value, true)
  }

  f(index: number): bigint {
    return this.view.getBigUint64(this.offset + F_REGISTERS + index * 8, true)
  }

  setF(index: number, value: bigint): void {
    this.view.setBigUint64(this.offset + F_REGISTERS + index * 8, value, true)
  }

  get(slot: HartSlot): bigint {
    return this.view.getBigUint64(this.offset + SLOT_OFFSET[slot], true)
  }

  set(slot: HartSlot, value: bigint): void {
    this.view.setBigUint64(this.offset + SLOT_OFFSET[slot], value, true)
  }

  /** Of a slot, as unsigned numbers. */
  lowHalf(slot: HartSlot): number {
    return this.view.getUint32(this.offset + SLOT_OFFSET[slot], true)
  }

  highHalf(slot: HartSlot): number {
    return this.view.getUint32(this.offset + SLOT_OFFSET[slot] + 4, true)
  }

  /** Of an x register, as signed numbers. */
  lowX(index: number): number {
    return this.view.getInt32(this.offset + index * 8, true)
  }

  highX(index: number): number {
    return this.view.getInt32(this.offset + index * 8 + 4, true)
  }

  get pc(): bigint {
    return this.view.getBigUint64(this.offset + PC, true)
  }

  set pc(value: bigint) {
    this.view.setBigUint64(this.offset + PC, value, true)
  }

  get privilege(): number {
    return this.view.getUint32(this.offset + PRIVILEGE, true)
  }

  set privilege(value: number) {
    this.view.setUint32(this.offset + PRIVILEGE, value, true)
  }

  /** V: the hart runs a guest, in VS or VU (RISC-V Privileged, "Privilege Modes" of the hypervisor extension). */
  get virtual(): boolean {
    return this.view.getUint8(this.offset + VIRTUALIZATION) !== 0
  }

  set virtual(value: boolean) {
    this.view.setUint8(this.offset + VIRTUALIZATION, value ? 1 : 0)
  }

  get cycles(): number {
    return this.number(CYCLES)
  }

  set cycles(value: number) {
    this.setNumber(CYCLES, value)
  }

  get instret(): number {
    return this.number(INSTRET)
  }

  set instret(value: number) {
    this.setNumber(INSTRET, value)
  }

  setTlbSets(fetch: number, load: number, store: number): void {
    this.view.setUint32(this.offset + DERIVED_SLOTS.fetchTlb, fetch, true)
    this.view.setUint32(this.offset + DERIVED_SLOTS.loadTlb, load, true)
    this.view.setUint32(this.offset + DERIVED_SLOTS.storeTlb, store, true)
  }

  /** The TLB sets that a privilege without V has under the present status. */
  setContext(privilege: number, fetch: number, load: number, store: number): void {
    const at = this.offset + CONTEXTS + privilege * CONTEXT_BYTES
    this.view.setUint32(at, fetch, true)
    this.view.setUint32(at + 4, load, true)
    this.view.setUint32(at + 8, store, true)
  }

  clearContexts(): void {
    for (const privilege of [0, 1, 3]) this.setContext(privilege, 0, 0, 0)
  }

  /** Whether emitted code may change the privilege. */
  set calm(calm: boolean) {
    this.view.setUint32(this.offset + DERIVED_SLOTS.calm, calm ? 1 : 0, true)
  }

  /** How many traps emitted code took since it was last asked. */
  takeTraps(): number {
    const at = this.offset + DERIVED_SLOTS.traps
    const traps = this.view.getUint32(at, true)
    if (traps !== 0) this.view.setUint32(at, 0, true)
    return traps
  }

  setFloatDirty(dirty: boolean): void {
    this.view.setUint32(this.offset + DERIVED_SLOTS.floatDirty, dirty ? 1 : 0, true)
  }

  /** Where translated code was left: the place of its region's function in the engine's table, and the number of the exit. */
  get leftRegion(): number {
    return this.view.getUint32(this.offset + DERIVED_SLOTS.leftRegion, true)
  }

  get leftExit(): number {
    return this.view.getUint32(this.offset + DERIVED_SLOTS.leftExit, true)
  }

  get floatDirty(): boolean {
    return this.view.getUint32(this.offset + DERIVED_SLOTS.floatDirty, true) !== 0
  }

  /** Memory offset of the TLB set in force for an access. */
  tlbSet(access: Access): number {
    return this.view.getUint32(this.offset + TLB_SET_SLOT[access], true)
  }

  /** A device stored to these bytes: a reservation there is gone (RISC-V Unprivileged, "Load-Reserved/Store-Conditional Instructions"). */
  breakReservation(offset: number, length: number): void {
    const reserved = this.number(SLOT_OFFSET.reservation) - 1
    if (reserved < 0 || reserved >= offset + length || offset >= reserved + this.number(SLOT_OFFSET.reservationBytes)) return
    this.set('reservation', 0n)
    this.set('reservationBytes', 0n)
  }

  /** Registers and architectural slots, without the sink: what a snapshot holds and a digest covers. */
  architecturalState(): Uint8Array {
    const state = this.memory.copyOut(this.offset, ARCHITECTURAL_BYTES)
    state.fill(0, X_SINK, X_SINK + 8)
    return state
  }

  restoreArchitecturalState(state: Uint8Array): void {
    this.memory.copyIn(this.offset, state)
  }

  private number(offset: number): number {
    return this.view.getUint32(this.offset + offset, true) + this.view.getUint32(this.offset + offset + 4, true) * TWO_32
  }

  private setNumber(offset: number, value: number): void {
    this.view.setUint32(this.offset + offset, value % TWO_32, true)
    this.view.setUint32(this.offset + offset + 4, Math.floor(value / TWO_32), true)
  }
}
