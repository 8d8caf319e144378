/**
 * An IOMMU over a small memory of its own, and tables for it: what the specs of this room share. Physical addresses in bytes.
 */
import type { DmaPort } from '../../../common/device-port.js'
import { invariant } from '../../../common/errors.js'
import { Iommu, type IommuOptions } from '../iommu.js'
import type { PortAttributes } from '../iommu-port.js'

export const BASE = 0x8000_0000n
const PAGES = 256
/** Stores of four bytes here are kept as messages. */
export const MESSAGE_PAGE = 0x2800_0000n

export const [V, R, W, X, U, A, D] = [1n, 2n, 4n, 8n, 16n, 64n, 128n]
export const LEAF = V | R | W | X | U | A | D
export const SV39 = 8n << 60n
export const PDTV = 1n << 5n
export const DPE = 1n << 9n

export interface FaultRecord {
  readonly cause: number
  readonly ttyp: number
  readonly device: number
  readonly process: number | undefined
  readonly supervisor: boolean
  readonly iotval: bigint
  readonly iotval2: bigint
}

/** A store that the IOMMU or a device made. */
interface BenchStore {
  readonly address: bigint
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** 1 MiB of memory, nothing else but the message page. */
export class BenchMemory implements DmaPort {
  readonly bytes = new Uint8Array(PAGES * 4096)
  readonly messages: { readonly address: bigint; readonly data: number }[] = []
  readonly stores: BenchStore[] = []
  private readonly view = new DataView(this.bytes.buffer)
  private free = 0

  read(address: bigint, length: number): Uint8Array | undefined {
    const offset = this.offset(address, length)
    return offset === undefined ? undefined : this.bytes.slice(offset, offset + length)
  }

  write(address: bigint, bytes: Uint8Array): boolean {
    if (address >> 12n === MESSAGE_PAGE >> 12n && bytes.length === 4)
      this.messages.push({ address, data: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) })
    else {
      const offset = this.offset(address, bytes.length)
      if (offset === undefined) return false
      this.stores.push({ address, before: this.bytes.slice(offset, offset + bytes.length), after: bytes.slice() })
      this.bytes.set(bytes, offset)
    }
    return true
  }

  get64(address: bigint): bigint {
    return this.view.getBigUint64(Number(address - BASE), true)
  }

  put64(address: bigint, ...values: readonly bigint[]): void {
    values.forEach((value, index) => this.view.setBigUint64(Number(address - BASE) + index * 8, BigInt.asUintN(64, value), true))
  }

  /** Page number of so many zeroed pages, naturally aligned. */
  pages(count = 1): bigint {
    const first = Math.ceil(this.free / count) * count
    this.free = first + count
    invariant(this.free <= PAGES, 'the bench has no pages left')
    return (BASE >> 12n) + BigInt(first)
  }

  /** Makes the tables from `root` down to the leaf's; returns where the leaf is. `wider`: four pages of root. */
  map(root: bigint, levels: number, address: bigint, leaf: bigint, leafLevel = 0): bigint {
    let table = root << 12n
    for (let level = levels - 1; level > leafLevel; level--) {
      const place = table + entryOffset(address, level, levels)
      if (this.get64(place) === 0n) this.put64(place, pte(this.pages(), V))
      table = (this.get64(place) >> 10n) << 12n
    }
    const place = table + entryOffset(address, leafLevel, levels)
    this.put64(place, leaf)
    return place
  }

  private offset(address: bigint, length: number): number | undefined {
    const offset = Number(address - BASE)
    return offset >= 0 && offset + length <= this.bytes.length ? offset : undefined
  }
}

export const pte = (page: bigint, flags: bigint): bigint => (page << 10n) | flags

/** A root may be four pages wide: the caller keeps addresses of host tables small enough not to notice. */
const entryOffset = (address: bigint, level: number, levels: number): bigint =>
  ((address >> BigInt(12 + 9 * level)) & (level === levels - 1 ? 0x7ffn : 0x1ffn)) * 8n

/** An IOMMU with queues on, a device directory of one level, and wires 0 to 3. */
export class IommuBench {
  readonly memory = new BenchMemory()
  readonly wires = [false, false, false, false]
  readonly iommu: Iommu
  readonly directory = this.memory.pages()
  readonly commandPage = this.memory.pages()
  readonly faultPage = this.memory.pages()

  constructor(options: Partial<IommuOptions> = {}) {
    const lines = this.wires.map((_, wire) => ({ set: (level: boolean) => void (this.wires[wire] = level) }))
    this.iommu = new Iommu(this.memory, lines, { reset: 'off', msiFlat: true, ...options })
    this.store64(24, (this.commandPage << 10n) | 3n) // 16 commands
    this.store64(40, (this.faultPage << 10n) | 3n) // 16 records
    this.store32(72, 1)
    this.store32(76, 1)
    this.store64(16, (this.directory << 10n) | 2n) // 1LVL
  }

  store32(offset: number, value: number): void {
    invariant(this.iommu.store(offset, 4, BigInt(value >>> 0)), `store at ${offset} refused`)
  }

  store64(offset: number, value: bigint): void {
    invariant(this.iommu.store(offset, 8, value), `store at ${offset} refused`)
  }

  load(offset: number, width: 4 | 8 = 4): bigint {
    const value = this.iommu.load(offset, width)
    invariant(value !== undefined, `load at ${offset} refused`)
    return value
  }

  /** The doublewords of an extended device context from `tc` on; V is added. */
  context(device: number, [tc = 0n, ...rest]: readonly bigint[]): void {
    this.memory.put64((this.directory << 12n) + BigInt(device * 64), tc | V, ...rest)
  }

  /** What a device finds at an address, eight bytes; `undefined`: refused. */
  read(device: number, address: bigint, attributes: PortAttributes = {}): bigint | undefined {
    const bytes = this.iommu.port(device, attributes).read(address, 8)
    return bytes === undefined ? undefined : new DataView(bytes.buffer).getBigUint64(0, true)
  }

  write(device: number, address: bigint, attributes: PortAttributes = {}): boolean {
    return this.iommu.port(device, attributes).write(address, new Uint8Array(8).fill(0xee))
  }

  /** Puts commands into the queue; they are executed at once. */
  command(...commands: readonly (readonly [bigint, bigint])[]): void {
    let tail = Number(this.load(36))
    for (const words of commands) {
      this.memory.put64((this.commandPage << 12n) + BigInt(tail * 16), ...words)
      tail = (tail + 1) % 16
    }
    this.store32(36, tail)
  }

  /** Fault records that software has not yet taken, which it takes now. */
  takeFaults(): readonly FaultRecord[] {
    const records: FaultRecord[] = []
    let head = Number(this.load(48))
    for (; head !== Number(this.load(52)); head = (head + 1) % 16) records.push(this.record(head))
    this.store32(48, head)
    return records
  }

  private record(index: number): FaultRecord {
    const place = (this.faultPage << 12n) + BigInt(index * 32)
    const first = this.memory.get64(place)
    const field = (low: bigint, bits: bigint): number => Number((first >> low) & ((1n << bits) - 1n))
    return {
      cause: field(0n, 12n),
      ttyp: field(34n, 6n),
      device: field(40n, 24n),
      process: field(32n, 1n) === 1 ? field(12n, 20n) : undefined,
      supervisor: field(33n, 1n) === 1,
      iotval: this.memory.get64(place + 16n),
      iotval2: this.memory.get64(place + 24n),
    }
  }
}
