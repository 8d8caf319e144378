/**
 * The physical address space: boot ROM, RAM and devices. Physical addresses in bytes.
 * An address that nothing answers is an access fault (RISC-V Privileged, "Main Memory versus I/O Regions").
 */
import { invariant } from '../../common/errors.js'
import type { DeviceModel, Width } from '../../common/device-port.js'
import { RAM, ROM, ROM_BYTES } from '../memory/layout.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { RAM_BASE, ROM_BASE } from '../memory/physical-memory.js'

/** What answers at an address. `offset` is the address's place in machine memory. */
export type BusTarget =
  { readonly kind: 'ram'; readonly offset: number } | { readonly kind: 'rom'; readonly offset: number } | { readonly kind: 'device' }

export interface MappedDevice {
  readonly base: number
  readonly device: DeviceModel
  /** Its registers take message-signalled interrupts: stores of bus masters reach them. */
  readonly takesMessages?: boolean
}

/** An access to a device's registers that has happened; `value` is absent when the device refused it. */
export interface DeviceAccess {
  readonly kind: 'load' | 'store'
  readonly device: string
  readonly offset: number
  readonly width: Width
  readonly value: bigint | undefined
}

/** A store that a watcher asked to see; it has already happened. */
export interface WatchedStore {
  /** Of the store itself. */
  readonly address: number
  readonly width: number
  readonly cycle: number
  /** Of the instruction; absent when a bus master stored. */
  readonly pc: bigint | undefined
}

export interface StoreWatch {
  readonly address: number
  readonly length: number
  readonly stored: (store: WatchedStore) => void
}

export class Bus {
  private readonly watches: StoreWatch[] = []

  private readonly mappings: MappedDevice[] = []
  /** Hears every access to a device. */
  onAccess: ((access: DeviceAccess) => void) | undefined

  constructor(private readonly memory: MachineMemory) {}

  get devices(): readonly MappedDevice[] {
    return this.mappings
  }

  attach(mapped: MappedDevice): void {
    const end = mapped.base + mapped.device.size
    const other = this.mappings.find(({ base, device }) => base < end && mapped.base < base + device.size)
    invariant(other === undefined, `device ${mapped.device.name} overlaps ${other?.device.name}`)
    this.mappings.push(mapped)
  }

  target(address: bigint): BusTarget | undefined {
    if (address > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
    const place = Number(address)
    if (place >= RAM_BASE && place < RAM_BASE + this.memory.ramBytes) return { kind: 'ram', offset: RAM + (place - RAM_BASE) }
    if (place >= ROM_BASE && place < ROM_BASE + ROM_BYTES) return { kind: 'rom', offset: ROM + (place - ROM_BASE) }
    return this.mapping(place) === undefined ? undefined : { kind: 'device' }
  }

  /** `undefined`: the device refuses the access. */
  loadDevice(address: number, width: Width): bigint | undefined {
    const mapping = this.mapping(address)
    if (mapping === undefined) return undefined
    const value = mapping.device.load(address - mapping.base, width)
    this.onAccess?.({ kind: 'load', device: mapping.device.name, offset: address - mapping.base, width, value })
    return value
  }

  storeDevice(address: number, width: Width, value: bigint): boolean {
    const mapping = this.mapping(address)
    if (mapping === undefined) return false
    const stored = mapping.device.store(address - mapping.base, width, value)
    this.onAccess?.({
      kind: 'store',
      device: mapping.device.name,
      offset: address - mapping.base,
      width,
      value: stored ? value : undefined,
    })
    return stored
  }

  takesMessages(address: number): boolean {
    return this.mapping(address)?.takesMessages === true
  }

  /** The page that holds `address` must stay out of store TLBs from now on: flush them. */
  watch(watch: StoreWatch): void {
    this.watches.push(watch)
  }

  /** Whether stores to a page must be seen one by one. */
  watchesPage(page: number, bytes: number): boolean {
    return this.watches.some(({ address, length }) => address < page + bytes && page < address + length)
  }

  notifyStore(store: WatchedStore): void {
    for (const { address, length, stored } of this.watches) {
      if (store.address < address + length && address < store.address + store.width) stored(store)
    }
  }

  private mapping(address: number): MappedDevice | undefined {
    return this.mappings.find(({ base, device }) => address >= base && address < base + device.size)
  }
}
