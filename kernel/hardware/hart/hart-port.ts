/**
 * The hosted port on a hart: what TypeScript standing in for machine code may do there. Every access is translated and checked
 * at the hart's present privilege, as an instruction's would be. Charges in cycles.
 */
import type { Width } from '../../common/device-port.js'
import { ModelError } from '../../common/errors.js'
import type { AccessFault, HostedPort, HostedRoutine, Privilege } from '../../common/hosted-port.js'
import { cycles, PAGE_BYTES, type Cycles } from '../../common/units.js'
import type { Bus } from '../bus/bus.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { Access } from '../memory/tlb.js'
import type { Mmu } from '../mmu/mmu.js'
import { LOAD_ACCESS_FAULT, LOAD_ADDRESS_MISALIGNED, STORE_ACCESS_FAULT, STORE_ADDRESS_MISALIGNED } from './causes.js'
import { accessibleCsr, writeCsr } from './csr-table.js'
import type { HartState } from './hart-state.js'
import { deliverable } from './interrupts.js'
import { nextTimerEvent } from './pending-interrupts.js'
import { privilegeName } from './privilege.js'

/** Where an access goes once it is allowed. */
type Place =
  | { readonly kind: 'memory'; readonly offset: number; readonly watched: number | undefined }
  | { readonly kind: 'device'; readonly address: number }

export class HartPort implements HostedPort {
  readonly hart: number
  readonly privilege: Privilege
  private charged = 0

  constructor(
    private readonly state: HartState,
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
    private readonly mmu: Mmu,
    private readonly routine: HostedRoutine,
  ) {
    this.hart = state.index
    this.privilege = privilegeName(state.mode)
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
    for (const { offset, length, watched } of pieces) {
      this.memory.copyIn(offset, bytes.subarray(done, done + length))
      this.memory.markDirty(offset)
      done += length
      if (watched !== undefined) this.notify(watched, 1)
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
    return accessibleCsr(this.state, number, this.state.mode, 'read')?.read(this.state)
  }

  writeCsr(number: number, value: bigint): boolean {
    this.charge(1)
    const csr = accessibleCsr(this.state, number, this.state.mode, 'write')
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
    const event = nextTimerEvent(this.state, deliverable(this.state))
    if (time + 1 + this.routine.charge - this.charged > event)
      throw new ModelError(`hosted routine ${this.routine.name} waits until cycle ${time}, past the interrupt at cycle ${event}`)
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
    if (place.watched !== undefined) this.notify(place.watched, width)
    return undefined
  }

  private notify(address: number, width: Width): void {
    const { cycles: cycle, pc } = this.state.block
    this.bus.notifyStore({ address, width, cycle, pc })
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
        return translation
    }
  }

  /** Every page is checked before the first byte moves; devices are not ranges of bytes. */
  private pieces(address: number, length: number, access: Access): Piece[] | AccessFault {
    this.charge(Math.ceil(length / 8))
    const pieces: Piece[] = []
    for (let done = 0; done < length;) {
      const at = address + done
      const place = this.place(at, 1, access)
      if (place.kind === 'access-fault') return place
      if (place.kind === 'device') return fault(access === 'load' ? LOAD_ACCESS_FAULT : STORE_ACCESS_FAULT, at)
      const part = Math.min(length - done, this.alike(at, access))
      pieces.push({ offset: place.offset, length: part, watched: place.watched })
      done += part
    }
    return pieces
  }

  /** How many bytes from `address` on the last answer holds for: the rest of a page that the TLB took, else one byte. */
  private alike(address: number, access: Access): number {
    const known = this.mmu.lookup(this.state, BigInt(address), 1, access) !== undefined
    return known ? PAGE_BYTES - (address % PAGE_BYTES) : 1
  }
}

interface Piece {
  readonly offset: number
  readonly length: number
  readonly watched: number | undefined
}

const fault = (cause: number, address: number): AccessFault => ({ kind: 'access-fault', cause, address })
