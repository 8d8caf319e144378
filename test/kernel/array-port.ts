/**
 * A hosted port over plain arrays, for specs of kernel logic without a computer: no translation, permissions by region.
 * Addresses and sizes in bytes; every access charges what kernel/common/hosted-port.ts says.
 */
import type { AccessFault, HostedPort, Privilege } from '../../kernel/common/hosted-port.js'
import { cycles, type Cycles } from '../../kernel/common/units.js'

export interface PortRegion {
  readonly address: number
  readonly bytes: number
  /** Memory of a partition: out of reach of the kernel unless sstatus.SUM is set (RISC-V Privileged, "Memory Privilege in mstatus Register"). */
  readonly user?: boolean
  readonly readOnly?: boolean
}

interface Place {
  readonly memory: Uint8Array
  readonly offset: number
}

const SSTATUS = 0x100
const SUM = 1n << 18n
const LOAD_MISALIGNED = 4
const LOAD_ACCESS = 5
const STORE_MISALIGNED = 6
const STORE_ACCESS = 7

export class ArrayPort implements HostedPort {
  readonly hart = 0
  readonly privilege: Privilege = 'S'
  readonly csrs = new Map<number, bigint>([[SSTATUS, 0n]])
  time = 0
  private readonly registers = new BigUint64Array(32)
  private readonly regions: readonly (PortRegion & { readonly memory: Uint8Array })[]

  constructor(regions: readonly PortRegion[]) {
    this.regions = regions.map((region) => ({ ...region, memory: new Uint8Array(region.bytes) }))
  }

  /** The bytes themselves, with no permission asked and nothing charged. */
  raw(address: number, length: number): Uint8Array {
    const region = this.regions.find(({ address: start, bytes }) => address >= start && address + length <= start + bytes)
    if (region === undefined) throw new RangeError(`no region holds ${length} bytes at ${address}`)
    return region.memory.subarray(address - region.address, address - region.address + length)
  }

  load(address: number, width: 1 | 2 | 4): number | AccessFault {
    const value = this.loadValue(address, width)
    return typeof value === 'bigint' ? Number(value) : value
  }

  load64(address: number): bigint | AccessFault {
    return this.loadValue(address, 8)
  }

  store(address: number, width: 1 | 2 | 4, value: number): AccessFault | undefined {
    return this.storeValue(address, width, BigInt(value))
  }

  store64(address: number, value: bigint): AccessFault | undefined {
    return this.storeValue(address, 8, value)
  }

  readBytes(address: number, length: number): Uint8Array | AccessFault {
    this.charge(Math.ceil(length / 8))
    const place = this.place(address, length, false)
    return 'kind' in place ? place : place.memory.slice(place.offset, place.offset + length)
  }

  writeBytes(address: number, bytes: Uint8Array): AccessFault | undefined {
    this.charge(Math.ceil(bytes.length / 8))
    const place = this.place(address, bytes.length, true)
    if ('kind' in place) return place
    place.memory.set(bytes, place.offset)
    return undefined
  }

  x(index: number): bigint {
    return this.registers[index] ?? 0n
  }

  setX(index: number, value: bigint): void {
    if (index > 0) this.registers[index] = value
  }

  readCsr(number: number): bigint | undefined {
    this.charge(1)
    return this.csrs.get(number)
  }

  writeCsr(number: number, value: bigint): boolean {
    this.charge(1)
    this.csrs.set(number, value)
    return true
  }

  fenceVma(): void {
    this.charge(1)
  }

  now(): Cycles {
    return cycles(this.time)
  }

  charge(count: number): void {
    this.time += count
  }

  waitUntil(time: Cycles): boolean {
    if (time < this.time) return false
    this.time = time
    return true
  }

  private loadValue(address: number, width: number): bigint | AccessFault {
    this.charge(1)
    if (address % width !== 0) return fault(LOAD_MISALIGNED, address)
    const place = this.place(address, width, false)
    if ('kind' in place) return place
    return place.memory.subarray(place.offset, place.offset + width).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
  }

  private storeValue(address: number, width: number, value: bigint): AccessFault | undefined {
    this.charge(1)
    if (address % width !== 0) return fault(STORE_MISALIGNED, address)
    const place = this.place(address, width, true)
    if ('kind' in place) return place
    for (let index = 0; index < width; index++) place.memory[place.offset + index] = Number((value >> BigInt(8 * index)) & 0xffn)
    return undefined
  }

  private place(address: number, length: number, write: boolean): Place | AccessFault {
    const sum = ((this.csrs.get(SSTATUS) ?? 0n) & SUM) !== 0n
    const region = this.regions.find(({ address: start, bytes }) => address >= start && address + length <= start + bytes)
    const refused = region === undefined || (region.user === true && !sum) || (write && region.readOnly === true)
    return refused ? fault(write ? STORE_ACCESS : LOAD_ACCESS, address) : { memory: region.memory, offset: address - region.address }
  }
}

const fault = (cause: number, address: number): AccessFault => ({ kind: 'access-fault', cause, address })
