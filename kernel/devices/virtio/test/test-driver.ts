/** A driver for specs: memory that devices reach by DMA, and a virtqueue in it, driven through a transport's registers. */
import type { DmaPort, InterruptLine } from '../../../common/device-port.js'
import type { VirtioFunction } from '../virtio-function.js'
import { VirtioMmio } from '../virtio-mmio.js'

const MEMORY_BYTES = 0x4_0000
/** Of queue q: descriptor table at (q + 1) * 0x4000, rings behind it; data from 0x2_0000 on. */
const QUEUE_STRIDE = 0x4000
const AVAILABLE = 0x1000
const USED = 0x2000
const NUM = 16

export interface TestDescriptor {
  readonly address: number | bigint
  readonly length: number
  readonly writable?: boolean
  readonly flags?: number
  readonly next?: number
}

export class TestDriver {
  readonly bytes = new Uint8Array(MEMORY_BYTES)
  readonly view = new DataView(this.bytes.buffer)
  readonly line = { level: false }
  readonly device: VirtioMmio

  constructor(carried: VirtioFunction | undefined) {
    const dma: DmaPort = {
      read: (address, length) =>
        address + BigInt(length) <= BigInt(MEMORY_BYTES) ? this.bytes.slice(Number(address), Number(address) + length) : undefined,
      write: (address, bytes) => {
        if (address + BigInt(bytes.length) > BigInt(MEMORY_BYTES)) return false
        this.bytes.set(bytes, Number(address))
        return true
      },
    }
    const line: InterruptLine = { set: (asserted) => (this.line.level = asserted) }
    this.device = new VirtioMmio(0, carried, dma, line)
  }

  get(offset: number): number {
    return Number(this.device.load(offset, 4) ?? -1n)
  }

  set(offset: number, value: number): void {
    this.device.store(offset, 4, BigInt(value >>> 0))
  }

  get status(): number {
    return this.get(0x70)
  }

  /** "Driver Requirements: Device Initialization", with all features that are offered but those of `without`. */
  start(queues = 1, without = 0n): this {
    this.set(0x70, 1)
    this.set(0x70, 3)
    for (const half of [0, 1]) {
      this.set(0x14, half)
      this.set(0x24, half)
      this.set(0x20, this.get(0x10) & ~Number(BigInt.asIntN(32, without >> BigInt(32 * half))))
    }
    this.set(0x70, 11)
    for (let queue = 0; queue < queues; queue++) this.setUp(queue)
    this.set(0x70, 15)
    return this
  }

  setUp(queue: number): void {
    const base = (queue + 1) * QUEUE_STRIDE
    this.set(0x30, queue)
    this.set(0x38, NUM)
    ;[base, base + AVAILABLE, base + USED].forEach((address, index) => {
      this.set(0x80 + index * 0x10, address)
      this.set(0x84 + index * 0x10, 0)
    })
    this.set(0x44, 1)
  }

  /** Writes descriptors from `first` on, chained to the following ones unless they say otherwise. */
  describe(descriptors: readonly TestDescriptor[], place: { queue?: number; first?: number; table?: number } = {}): void {
    const { queue = 0, first = 0 } = place
    const { table = (queue + 1) * QUEUE_STRIDE } = place
    descriptors.forEach(({ address, length, writable = false, flags, next }, index) => {
      const at = table + (first + index) * 16
      const chained = index < descriptors.length - 1 ? 1 : 0
      this.view.setBigUint64(at, BigInt(address), true)
      this.view.setUint32(at + 8, length, true)
      this.view.setUint16(at + 12, flags ?? chained | (writable ? 2 : 0), true)
      this.view.setUint16(at + 14, next ?? first + index + 1, true)
    })
  }

  /** Makes heads available and notifies the device. */
  offer(heads: readonly number[], queue = 0): void {
    const ring = (queue + 1) * QUEUE_STRIDE + AVAILABLE
    const idx = this.view.getUint16(ring + 2, true)
    heads.forEach((head, index) => this.view.setUint16(ring + 4 + 2 * ((idx + index) % NUM), head, true))
    this.view.setUint16(ring + 2, (idx + heads.length) & 0xffff, true)
    this.set(0x50, queue)
  }

  /** Head and length of each request that was completed, from the first one on. */
  used(queue = 0): readonly (readonly [number, number])[] {
    const ring = (queue + 1) * QUEUE_STRIDE + USED
    const count = this.view.getUint16(ring + 2, true)
    return Array.from({ length: count }, (_, index) => [
      this.view.getUint32(ring + 4 + 8 * index, true),
      this.view.getUint32(ring + 8 + 8 * index, true),
    ])
  }
}
