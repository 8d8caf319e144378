/**
 * The device's side of a split virtqueue. Everything in it but the two indices is the driver's memory and may hold anything: what
 * the specification forbids a driver makes the queue broken. Virtio 1.2, "Split Virtqueues"; little-endian, sizes in bytes.
 */
import type { DmaPort } from '../../common/device-port.js'
import { DescriptorChain, type Segment } from './descriptor-chain.js'

/** Largest size of a queue; a power of 2. */
export const QUEUE_NUM_MAX = 256

const DESCRIPTOR_BYTES = 16
const VIRTQ_DESC_F_NEXT = 1
const VIRTQ_DESC_F_WRITE = 2
const VIRTQ_DESC_F_INDIRECT = 4
const VIRTQ_AVAIL_F_NO_INTERRUPT = 1
/** flags and idx stand before the ring, in the available and in the used one. */
const RING = 4
const USED_ELEMENT_BYTES = 8

export interface QueueState {
  readonly num: number
  readonly ready: boolean
  /** Addresses of descriptor table, available ring ("driver area") and used ring ("device area"). */
  readonly desc: bigint
  readonly driver: bigint
  readonly device: bigint
  /** Requests taken from the available ring and put into the used ring, modulo 2^16. */
  readonly taken: number
  readonly used: number
}

export const NO_QUEUE: QueueState = { num: 0, ready: false, desc: 0n, driver: 0n, device: 0n, taken: 0, used: 0 }

/** The driver broke a rule, or memory faulted: the device cannot go on with this queue. */
export type Broken = 'broken'

interface Descriptor extends Segment {
  readonly flags: number
  readonly next: number
}

interface Table {
  readonly address: bigint
  readonly entries: number
}

export class SplitVirtqueue {
  state: QueueState = NO_QUEUE

  constructor(private readonly dma: DmaPort) {}

  /** How many requests wait; read once for each round, so that no driver can keep a round going. */
  waiting(): number | Broken {
    const idx = this.read16(this.state.driver + 2n)
    if (idx === undefined) return 'broken'
    const waiting = (idx - this.state.taken) & 0xffff
    return waiting > this.state.num ? 'broken' : waiting
  }

  /** The next request, which stays in the available ring until it is completed. */
  peek(): DescriptorChain | Broken {
    const { driver, num, taken } = this.state
    const head = this.read16(driver + BigInt(RING + 2 * (taken % num)))
    return head === undefined ? 'broken' : this.chain(head)
  }

  /** Puts the request into the used ring; `written` bytes of its writable part hold something. */
  complete({ head }: DescriptorChain, written: number): Broken | undefined {
    const { num, device, used, taken } = this.state
    const element = new Uint8Array(USED_ELEMENT_BYTES)
    const view = new DataView(element.buffer)
    view.setUint32(0, head, true)
    view.setUint32(4, written, true)
    const idx = (used + 1) & 0xffff
    if (!this.dma.write(device + BigInt(RING + USED_ELEMENT_BYTES * (used % num)), element)) return 'broken'
    if (!this.dma.write(device + 2n, Uint8Array.of(idx & 0xff, idx >> 8))) return 'broken'
    this.state = { ...this.state, used: idx, taken: (taken + 1) & 0xffff }
    return undefined
  }

  /** The driver asks for no interrupt about used buffers ("Used Buffer Notification Suppression"). */
  silent(): boolean {
    return ((this.read16(this.state.driver) ?? 0) & VIRTQ_AVAIL_F_NO_INTERRUPT) !== 0
  }

  private chain(head: number): DescriptorChain | Broken {
    const table: Table = { address: this.state.desc, entries: this.state.num }
    const first = this.descriptor(table, head)
    if (first === undefined) return 'broken'
    if ((first.flags & VIRTQ_DESC_F_INDIRECT) === 0) return this.follow(head, table, first)
    // "Indirect Descriptors": a driver sets neither NEXT nor a length that is no multiple of a descriptor's.
    if ((first.flags & VIRTQ_DESC_F_NEXT) !== 0 || first.length === 0 || first.length % DESCRIPTOR_BYTES !== 0) return 'broken'
    const indirect: Table = { address: first.address, entries: Math.min(first.length / DESCRIPTOR_BYTES, this.state.num) }
    const start = this.descriptor(indirect, 0)
    return start === undefined ? 'broken' : this.follow(head, indirect, start)
  }

  /** A chain is no longer than the queue: a longer one is a loop. */
  private follow(head: number, table: Table, first: Descriptor): DescriptorChain | Broken {
    const readable: Segment[] = []
    const writable: Segment[] = []
    let descriptor: Descriptor | undefined = first
    for (let count = 0; count < this.state.num; count++) {
      if (descriptor === undefined || (descriptor.flags & VIRTQ_DESC_F_INDIRECT) !== 0) return 'broken'
      const writes = (descriptor.flags & VIRTQ_DESC_F_WRITE) !== 0
      if (!writes && writable.length > 0) return 'broken'
      ;(writes ? writable : readable).push(descriptor)
      if ((descriptor.flags & VIRTQ_DESC_F_NEXT) === 0) return new DescriptorChain(head, readable, writable, this.dma)
      descriptor = this.descriptor(table, descriptor.next)
    }
    return 'broken'
  }

  /** `undefined`: no such descriptor, or a fault. */
  private descriptor({ address, entries }: Table, index: number): Descriptor | undefined {
    if (index >= entries) return undefined
    const bytes = this.dma.read(BigInt.asUintN(64, address + BigInt(index * DESCRIPTOR_BYTES)), DESCRIPTOR_BYTES)
    if (bytes === undefined) return undefined
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return {
      address: view.getBigUint64(0, true),
      length: view.getUint32(8, true),
      flags: view.getUint16(12, true),
      next: view.getUint16(14, true),
    }
  }

  private read16(address: bigint): number | undefined {
    const bytes = this.dma.read(BigInt.asUintN(64, address), 2)
    return bytes === undefined ? undefined : (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)
  }
}
