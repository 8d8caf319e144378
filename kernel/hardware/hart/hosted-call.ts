/**
 * Runs hosted routines: TypeScript standing in for machine code, bound to the hart that called it, at its present privilege
 * and address space. Charges in cycles; a call retires one instruction beside them.
 */
import type { AccessFault, HostedPort, HostedRoutine, HostedTable, Privilege } from '../../common/hosted-port.js'
import { ModelError } from '../../common/errors.js'
import { cycles, PAGE_BYTES, type Cycles } from '../../common/units.js'
import type { Width } from '../../common/device-port.js'
import type { Bus } from '../bus/bus.js'
import type { HostedKind } from '../isa/algebra.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { Access } from '../memory/tlb.js'
import type { Mmu } from '../mmu/mmu.js'
import { LOAD_ACCESS_FAULT, LOAD_ADDRESS_MISALIGNED, STORE_ACCESS_FAULT, STORE_ADDRESS_MISALIGNED } from './causes.js'
import { accessibleCsr, writeCsr } from './csr-table.js'
import type { HartState } from './hart-state.js'
import { deliverable, nextTimerEvent } from './interrupts.js'
import { privilegeName, U } from './privilege.js'

/** A hosted call that has completed. Times in cycles. */
export interface HostedCallEvent {
  readonly hart: number
  readonly kind: HostedKind
  readonly routine: number
  readonly name: string
  readonly privilege: Privilege
  readonly pc: bigint
  readonly start: number
  /** When the instruction after the call begins. */
  readonly end: number
}

export type HostedOutcome = 'illegal' | 'wait' | 'done'

const EMPTY: HostedTable = { kcall: new Map(), ucall: new Map() }

/** The routines of a machine, and the rule when one may start. */
export class HostedCalls {
  onCall: ((event: HostedCallEvent) => void) | undefined

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly mmu: Mmu,
    private readonly table: HostedTable = EMPTY,
  ) {}

  /**
   * kcall is legal in M and S, ucall in U. The routine starts only if its worst case ends no later than the next interrupt
   * that would be taken here; else the hart waits for that.
   */
  call(hart: HartState, kind: HostedKind, number: number): HostedOutcome {
    const { block } = hart
    const legal = (kind === 'ucall') === (block.privilege === U)
    const routine = legal ? this.table[kind].get(number) : undefined
    if (routine === undefined) return 'illegal'
    const start = block.cycles
    const event = nextTimerEvent(hart, deliverable(hart))
    if (start + 1 + routine.charge > event) return 'wait'
    const call = {
      kind,
      routine: number,
      name: routine.name,
      privilege: privilegeName(block.privilege),
      pc: block.pc,
      start,
      hart: hart.index,
    }
    routine.run(new HartPort(hart, this.memory, this.bus, this.mmu, routine, event))
    hart.attention = true
    this.onCall?.({ ...call, end: block.cycles + 1 })
    return 'done'
  }
}

/** Where an access goes once it is allowed. */
type Place =
  | { readonly kind: 'memory'; readonly offset: number; readonly watched: number | undefined }
  | { readonly kind: 'device'; readonly address: number }

class HartPort implements HostedPort {
  readonly hart: number
  readonly privilege: Privilege
  private charged = 0

  constructor(
    private readonly state: HartState,
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly mmu: Mmu,
    private readonly routine: HostedRoutine,
    /** Next interrupt that would be taken here: the call's last cycle must not lie beyond it. */
    private readonly event: number,
  ) {
    this.hart = state.index
    this.privilege = privilegeName(state.block.privilege)
  }

  load(address: number, width: 1 | 2 | 4): number | AccessFault {
    const value = this.loadValue(address, width)
    return typeof value === 'bigint' ? Number(value) : value
  }

  load64(address: number): bigint | AccessFault {
    return this.loadValue(address, 8)
  }

  store(address: number, width: 1 | 2 | 4, value: number): AccessFault | undefined {
    return this.storeValue(address, width, BigInt.asUintN(width * 8, BigInt(value)))
  }

  store64(address: number, value: bigint): AccessFault | undefined {
    return this.storeValue(address, 8, BigInt.asUintN(64, value))
  }

  readBytes(address: number, length: number): Uint8Array | AccessFault {
    const pieces = this.pieces(address, length, 'load')
    if (!Array.isArray(pieces)) return pieces
    const bytes = new Uint8Array(length)
    let done = 0
    for (const { offset, length: part } of pieces) {
      bytes.set(this.memory.peek(offset, part), done)
      done += part
    }
    return bytes
  }

  writeBytes(address: number, bytes: Uint8Array): AccessFault | undefined {
    const pieces = this.pieces(address, bytes.length, 'store')
    if (!Array.isArray(pieces)) return pieces
    let done = 0
    for (const { offset, length } of pieces) {
      this.memory.copyIn(offset, bytes.subarray(done, done + length))
      this.memory.markDirty(offset)
      done += length
    }
    return undefined
  }

  x(index: number): bigint {
    return this.state.block.x(index)
  }

  setX(index: number, value: bigint): void {
    this.state.block.setX(index, BigInt.asUintN(64, value))
  }

  readCsr(number: number): bigint | undefined {
    this.charge(1)
    return accessibleCsr(this.state, number, this.state.block.privilege, 'read')?.read(this.state)
  }

  writeCsr(number: number, value: bigint): boolean {
    this.charge(1)
    const csr = accessibleCsr(this.state, number, this.state.block.privilege, 'write')
    if (csr !== undefined) writeCsr(this.state, csr, BigInt.asUintN(64, value))
    return csr !== undefined
  }

  fenceVma(): void {
    this.charge(1)
    this.state.tlb.flush()
  }

  now(): Cycles {
    return cycles(this.state.block.cycles)
  }

  charge(count: number): void {
    if (!Number.isSafeInteger(count) || count < 0) throw new ModelError(`hosted routine ${this.routine.name} charges ${count} cycles`)
    this.charged += count
    if (this.charged > this.routine.charge)
      throw new ModelError(`hosted routine ${this.routine.name} charged ${this.charged} cycles; it declares ${this.routine.charge}`)
    this.state.block.cycles += count
  }

  /** Waiting is no work, so it is not held against the declared charge; but an interrupt that is due must not be slept through. */
  waitUntil(time: Cycles): boolean {
    const { block } = this.state
    if (time < block.cycles) return false
    if (time + 1 + this.routine.charge - this.charged > this.event)
      throw new ModelError(`hosted routine ${this.routine.name} waits until cycle ${time}, past the interrupt at cycle ${this.event}`)
    block.cycles = time
    return true
  }

  private loadValue(address: number, width: Width): bigint | AccessFault {
    this.charge(1)
    const place = this.place(address, width, 'load')
    if (place.kind === 'access-fault') return place
    if (place.kind === 'memory') return this.memory.load(place.offset, width)
    return this.bus.loadDevice(place.address, width) ?? fault(LOAD_ACCESS_FAULT, address)
  }

  private storeValue(address: number, width: Width, value: bigint): AccessFault | undefined {
    this.charge(1)
    const place = this.place(address, width, 'store')
    if (place.kind === 'access-fault') return place
    if (place.kind === 'device') return this.bus.storeDevice(place.address, width, value) ? undefined : fault(STORE_ACCESS_FAULT, address)
    this.memory.store(place.offset, width, value)
    const { cycles: cycle, pc } = this.state.block
    if (place.watched !== undefined) this.bus.notifyStore({ address: place.watched, width, cycle, pc })
    return undefined
  }

  private place(address: number, width: number, access: Access): Place | AccessFault {
    const misaligned = access === 'load' ? LOAD_ADDRESS_MISALIGNED : STORE_ADDRESS_MISALIGNED
    if (!Number.isSafeInteger(address) || address < 0) return fault(access === 'load' ? LOAD_ACCESS_FAULT : STORE_ACCESS_FAULT, address)
    if (address % width !== 0) return fault(misaligned, address)
    const virtual = BigInt(address)
    const known = this.mmu.lookup(this.state, virtual, width, access)
    if (known !== undefined) return { kind: 'memory', offset: known, watched: undefined }
    const translation = this.mmu.translate(this.state, virtual, width, access)
    switch (translation.kind) {
      case 'fault':
        return fault(translation.cause, address)
      case 'device':
        return translation
      case 'memory':
        return { kind: 'memory', offset: translation.offset, watched: translation.watched ? translation.address : undefined }
    }
  }

  /** Every page is checked, byte by byte at PMP borders, before the first byte moves; devices are not ranges of bytes. */
  private pieces(address: number, length: number, access: Access): { offset: number; length: number }[] | AccessFault {
    this.charge(Math.ceil(length / 8))
    const pieces: { offset: number; length: number }[] = []
    for (let done = 0; done < length;) {
      const at = address + done
      const place = this.place(at, 1, access)
      if (place.kind === 'access-fault') return place
      if (place.kind === 'device') return fault(access === 'load' ? LOAD_ACCESS_FAULT : STORE_ACCESS_FAULT, at)
      // A page that a TLB entry grants is granted whole; a page that PMP divides has no entry.
      const unit = this.mmu.lookup(this.state, BigInt(at), 1, access) === undefined ? CHECKED_BYTES : PAGE_BYTES
      const part = Math.min(length - done, unit - (at % unit))
      pieces.push({ offset: place.offset, length: part })
      done += part
    }
    return pieces
  }
}

/** Protection is decided in units no smaller than a PMP grain. */
const CHECKED_BYTES = 4

const fault = (cause: number, address: number): AccessFault => ({ kind: 'access-fault', cause, address })
