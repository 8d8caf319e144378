/**
 * A virtio device behind its transport: status, features, queues, interrupts. A driver that breaks the rules gets a device that needs
 * a reset, never a machine that stops. Virtio 1.2, "Basic Facilities of a Virtio Device".
 */
import type { DmaPort, InterruptLine, Width } from '../../common/device-port.js'
import { NO_QUEUE, QUEUE_NUM_MAX, SplitVirtqueue, type QueueState } from './split-virtqueue.js'
import type { VirtioFunction } from './virtio-function.js'

/** "Device Status Field". */
const FEATURES_OK = 8
const DRIVER_OK = 4
const DEVICE_NEEDS_RESET = 64

/** "Reserved Feature Bits". */
const VIRTIO_F_INDIRECT_DESC = 1n << 28n
const VIRTIO_F_VERSION_1 = 1n << 32n
const VIRTIO_F_ACCESS_PLATFORM = 1n << 33n
const TRANSPORT_FEATURES = VIRTIO_F_INDIRECT_DESC | VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM

/** InterruptStatus. */
const USED_BUFFER = 1
const CONFIGURATION_CHANGE = 2

export interface VirtioDeviceState {
  readonly status: number
  readonly features: bigint
  readonly interruptStatus: number
  readonly queues: readonly QueueState[]
  readonly carried: unknown
}

export class VirtioDevice {
  readonly deviceId: number
  readonly offered: bigint
  status = 0
  interruptStatus = 0
  private features = 0n
  private readonly queues: readonly SplitVirtqueue[]

  constructor(
    private readonly carried: VirtioFunction | undefined,
    dma: DmaPort,
    private readonly line: InterruptLine,
  ) {
    this.deviceId = carried?.deviceId ?? 0
    this.offered = carried === undefined ? 0n : carried.features | TRANSPORT_FEATURES
    this.queues = Array.from({ length: carried?.queues ?? 0 }, () => new SplitVirtqueue(dma))
    carried?.attach((queue) => this.serve(queue))
  }

  /** `undefined`: beyond the space, or not aligned. */
  configuration(offset: number, width: Width): bigint | undefined {
    const space = this.carried?.configuration()
    if (space === undefined || offset % width !== 0 || offset + width > space.length) return undefined
    return space.subarray(offset, offset + width).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
  }

  /** Features are fixed once FEATURES_OK is set ("Driver Requirements: Device Initialization"). */
  acceptFeatures(select: number, value: number): void {
    if (select > 1 || (this.status & FEATURES_OK) !== 0) return
    const shift = BigInt(32 * select)
    this.features = (this.features & ~(0xffff_ffffn << shift)) | (BigInt(value) << shift)
  }

  /**
   * FEATURES_OK stays clear when the driver accepts what was not offered. A driver that does not accept VERSION_1 or ACCESS_PLATFORM,
   * as xv6's, is served as if it had: a device may do without ("Reserved Feature Bits").
   */
  setStatus(value: number): void {
    if (value === 0) {
      this.reset()
      return
    }
    const kept = this.status & DEVICE_NEEDS_RESET
    const refused = (this.features & ~this.offered) !== 0n
    const newly = value & ~this.status & FEATURES_OK
    this.status = (refused && newly !== 0 ? value & ~FEATURES_OK : value) | kept
    if (newly !== 0 && !refused) this.carried?.negotiated(this.features)
  }

  queueNumMax(queue: number): number {
    return this.queues[queue] === undefined ? 0 : QUEUE_NUM_MAX
  }

  queueReady(queue: number): boolean {
    return this.queues[queue]?.state.ready ?? false
  }

  /** "Virtqueue Configuration": a queue that is ready keeps its place and size. */
  setQueueNum(queue: number, num: number): void {
    this.change(queue, { num })
  }

  setQueueAddress(queue: number, area: 'desc' | 'driver' | 'device', half: 'low' | 'high', value: number): void {
    const present = this.queues[queue]?.state[area] ?? 0n
    const half64 = BigInt(value)
    this.change(queue, { [area]: half === 'low' ? (present & ~0xffff_ffffn) | half64 : (present & 0xffff_ffffn) | (half64 << 32n) })
  }

  /** A size that is 0, too large or no power of 2 makes no queue ("The Virtqueue Descriptor Table"). */
  setQueueReady(queue: number, ready: boolean): void {
    const target = this.queues[queue]
    if (target === undefined) return
    const { num } = target.state
    const usable = num > 0 && num <= QUEUE_NUM_MAX && (num & (num - 1)) === 0
    target.state = ready && usable ? { ...target.state, ready: true } : { ...target.state, ready: false, taken: 0, used: 0 }
  }

  notify(queue: number): void {
    this.serve(queue)
  }

  acknowledge(bits: number): void {
    this.interruptStatus &= ~bits
    this.driveLine()
  }

  reset(): void {
    this.carried?.reset()
    this.status = 0
    this.features = 0n
    this.interruptStatus = 0
    for (const queue of this.queues) queue.state = NO_QUEUE
    this.driveLine()
  }

  snapshot(): VirtioDeviceState {
    const { status, features, interruptStatus } = this
    return { status, features, interruptStatus, queues: this.queues.map(({ state }) => ({ ...state })), carried: this.carried?.snapshot() }
  }

  restore(state: VirtioDeviceState): void {
    this.status = state.status
    this.features = state.features
    this.interruptStatus = state.interruptStatus
    this.queues.forEach((queue, index) => (queue.state = { ...(state.queues[index] ?? NO_QUEUE) }))
    this.carried?.restore(state.carried)
    this.driveLine()
  }

  private change(queue: number, change: Partial<QueueState>): void {
    const target = this.queues[queue]
    if (target !== undefined && !target.state.ready) target.state = { ...target.state, ...change }
  }

  /** Serves the requests that wait, as far as they can be served now. */
  private serve(index: number): void {
    const queue = this.queues[index]
    if (queue === undefined || !queue.state.ready || (this.status & (DRIVER_OK | DEVICE_NEEDS_RESET)) !== DRIVER_OK) return
    const before = queue.state.used
    const waiting = queue.waiting()
    let outcome: 'broken' | 'later' | undefined = waiting === 'broken' ? waiting : undefined
    for (let left = waiting === 'broken' ? 0 : waiting; left > 0 && outcome === undefined; left--) outcome = this.serveOne(queue, index)
    if (outcome === 'broken') this.needReset()
    if (queue.state.used !== before && !queue.silent()) this.interrupt(USED_BUFFER)
  }

  private serveOne(queue: SplitVirtqueue, index: number): 'broken' | 'later' | undefined {
    const request = queue.peek()
    if (request === 'broken' || this.carried === undefined) return 'broken'
    const served = this.carried.serve(index, request)
    return typeof served === 'number' ? queue.complete(request, served) : served
  }

  /** "Device Requirements: Device Status Field": a running driver is told by a configuration change. */
  private needReset(): void {
    this.status |= DEVICE_NEEDS_RESET
    this.interrupt(CONFIGURATION_CHANGE)
  }

  private interrupt(bit: number): void {
    this.interruptStatus |= bit
    this.driveLine()
  }

  private driveLine(): void {
    this.line.set(this.interruptStatus !== 0)
  }
}
