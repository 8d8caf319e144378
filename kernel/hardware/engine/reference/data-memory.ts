/**
 * Loads and stores, aligned and not, of main memory and devices, in the hart's own mode or as a guest; and cache-block operations.
 * RISC-V Unprivileged, "Load and Store Instructions", "Cache-block Management Instructions"; RISC-V Privileged, "Hypervisor Virtual-Machine
 * Load and Store Instructions".
 */
import type { Bus } from '../../bus/bus.js'
import type { CacheOperation, MemoryWidth } from '../../isa/algebra.js'
import { cacheBlockRefused } from '../../hart/privileged-instructions.js'
import type { MachineMemory } from '../../memory/machine-memory.js'
import { misaligned, placeAfter, type DataAddress, type GuestPermission, type MemoryPlace } from './data-address.js'
import type { Execution } from './execution.js'
import { unsigned } from './integer-operations.js'

const CACHE_BLOCK = 64n

export class DataMemory {
  constructor(
    private readonly execution: Execution,
    private readonly address: DataAddress,
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
  ) {}

  load(width: MemoryWidth, extension: 'signed' | 'unsigned', address: bigint, permission: GuestPermission): bigint {
    const value = misaligned(address, width) ? this.loadBytes(width, address, permission) : this.loadAligned(width, address, permission)
    return extension === 'signed' && width !== 8 ? unsigned(BigInt.asIntN(width * 8, value)) : value
  }

  store(width: MemoryWidth, address: bigint, value: bigint, permission: GuestPermission): void {
    if (misaligned(address, width)) {
      this.storeBytes(width, address, value, permission)
      return
    }
    const place = this.address.place(width, address, 'store', permission)
    if (place === undefined) return
    if (place.kind === 'memory') {
      this.storeAt(place, width, value)
      return
    }
    this.execution.hart.attention = true
    if (!this.bus.storeDevice(place.address, width, BigInt.asUintN(width * 8, value))) this.address.refuse('store', address, permission)
  }

  /** In main memory; who watches the place is told. */
  storeAt({ offset, watched }: MemoryPlace, width: MemoryWidth, value: bigint): void {
    this.memory.store(offset, width, value)
    if (watched === undefined) return
    const { cycles, pc } = this.execution.hart.block
    this.bus.notifyStore({ address: watched, width, cycle: cycles, pc })
  }

  /** A block that neither a load nor a store may access is a store fault at `address`. */
  cacheBlock(operation: CacheOperation, address: bigint): void {
    const { execution } = this
    if (execution.stopped || execution.refusedBy(cacheBlockRefused(execution.hart, operation))) return
    const block = address & -CACHE_BLOCK
    if (operation !== 'zero' && this.address.part(block, Number(CACHE_BLOCK), 'load').kind === 'memory') return
    const place = this.address.part(block, Number(CACHE_BLOCK), 'store')
    if (place.kind === 'fault') this.address.trap(place, address, address, undefined)
    else if (place.kind === 'device') this.address.refuse('store', address, undefined)
    else if (operation === 'zero') for (let at = 0; at < CACHE_BLOCK; at += 8) this.storeAt(placeAfter(place, at), 8, 0n)
  }

  private loadAligned(width: MemoryWidth, address: bigint, permission: GuestPermission): bigint {
    const place = this.address.place(width, address, 'load', permission)
    if (place === undefined) return 0n
    if (place.kind === 'memory') return this.memory.load(place.offset, width)
    this.execution.hart.attention = true
    const value = this.bus.loadDevice(place.address, width)
    if (value === undefined) this.address.refuse('load', address, permission)
    return value ?? 0n
  }

  /** Little-endian bytes of a misaligned load, least significant first. */
  private loadBytes(width: MemoryWidth, address: bigint, permission: GuestPermission): bigint {
    const bytes = this.address.bytes(width, address, 'load', permission)
    return (bytes ?? []).reduceRight((value, { offset }) => (value << 8n) | this.memory.load(offset, 1), 0n)
  }

  /** Nothing is stored unless all of it may be. */
  private storeBytes(width: MemoryWidth, address: bigint, value: bigint, permission: GuestPermission): void {
    const bytes = this.address.bytes(width, address, 'store', permission)
    bytes?.forEach((place, index) => this.storeAt(place, 1, (value >> BigInt(8 * index)) & 0xffn))
  }
}
