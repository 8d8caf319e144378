/**
 * Raw access to a machine's boot ROM and RAM by physical address: no translation, no protection, no charge. For loaders, for
 * the testbench's stimuli and for its oracle; the running machine never comes through here.
 */
import { RAM, ROM, ROM_BYTES } from './layout.js'
import type { MachineMemory } from './machine-memory.js'
import type { OutsideStores } from './outside-stores.js'

/** Physical addresses of the memories (memory map of the machine). */
export const ROM_BASE = 0x1000
export const RAM_BASE = 0x8000_0000

/** The range is not wholly inside one memory, or not inside a writable one. */
export class PhysicalMemoryError extends Error {
  override readonly name = 'PhysicalMemoryError'

  constructor(
    readonly code: 'outside-memory' | 'read-only',
    readonly address: number,
    length: number,
  ) {
    super(
      `physical address 0x${address.toString(16)}, ${length} bytes: ${code === 'read-only' ? 'read-only memory' : 'no memory there'}; use a range inside RAM`,
    )
  }
}

export class PhysicalMemory {
  constructor(
    private readonly memory: MachineMemory,
    private readonly stores: OutsideStores,
  ) {}

  get ramBytes(): number {
    return this.memory.ramBytes
  }

  /** The range lies wholly in RAM or wholly in ROM. */
  contains(address: number, length: number): boolean {
    return this.offset(address, length) !== undefined
  }

  /** A copy. */
  read(address: number, length: number): Uint8Array {
    return this.memory.copyOut(this.checked(address, length), length)
  }

  write(address: number, bytes: Uint8Array): void {
    const offset = this.checked(address, bytes.length)
    if (offset < RAM) throw new PhysicalMemoryError('read-only', address, bytes.length)
    this.stores.write(offset, bytes)
  }

  read64(address: number): bigint {
    return this.memory.load(this.checked(address, 8), 8)
  }

  write64(address: number, value: bigint): void {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true)
    this.write(address, bytes)
  }

  private checked(address: number, length: number): number {
    const offset = this.offset(address, length)
    if (offset === undefined) throw new PhysicalMemoryError('outside-memory', address, length)
    return offset
  }

  private offset(address: number, length: number): number | undefined {
    if (!Number.isSafeInteger(address) || !Number.isSafeInteger(length) || length < 0) return undefined
    if (address >= RAM_BASE && address + length <= RAM_BASE + this.memory.ramBytes) return RAM + (address - RAM_BASE)
    if (address >= ROM_BASE && address + length <= ROM_BASE + ROM_BYTES) return ROM + (address - ROM_BASE)
    return undefined
  }
}
