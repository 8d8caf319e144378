/**
 * Virtio over MMIO: the transport's registers. Virtio 1.2, "MMIO Device Register Layout"; offsets in bytes. Registers are 32 bits and
 * answer aligned accesses of 32 bits alone; the configuration space from 0x100 on answers any width. A store to a read-only register
 * and a load of a write-only one are refused.
 *
 * | offset | register              | offset | register            | offset     | register              |
 * | ------ | --------------------- | ------ | ------------------- | ---------- | --------------------- |
 * | 0x000  | MagicValue (R)        | 0x030  | QueueSel (W)        | 0x080, 084 | QueueDescLow, High (W)   |
 * | 0x004  | Version (R)           | 0x034  | QueueNumMax (R)     | 0x090, 094 | QueueDriverLow, High (W) |
 * | 0x008  | DeviceID (R)          | 0x038  | QueueNum (W)        | 0x0a0, 0a4 | QueueDeviceLow, High (W) |
 * | 0x00c  | VendorID (R)          | 0x044  | QueueReady (RW)     | 0x0ac      | SHMSel (W)            |
 * | 0x010  | DeviceFeatures (R)    | 0x050  | QueueNotify (W)     | 0x0b0, 0b4 | SHMLenLow, High (R)   |
 * | 0x014  | DeviceFeaturesSel (W) | 0x060  | InterruptStatus (R) | 0x0b8, 0bc | SHMBaseLow, High (R)  |
 * | 0x020  | DriverFeatures (W)    | 0x064  | InterruptACK (W)    | 0x0fc      | ConfigGeneration (R)  |
 * | 0x024  | DriverFeaturesSel (W) | 0x070  | Status (RW)         |            |                       |
 */
import type { DeviceModel, DmaPort, InterruptLine, Width } from '../../common/device-port.js'
import type { VirtioFunction } from './virtio-function.js'
import { VirtioDevice, type VirtioDeviceState } from './virtio-device.js'

const CONFIG = 0x100

/** "virt", little-endian. */
const MAGIC = 0x7472_6976
const VERSION = 2
/** "QEMU": software for that board may look for it, as xv6 does. */
const VENDOR = 0x554d_4551
/** There is no shared memory region: length and base read as all ones. */
const NO_REGION = 0xffff_ffff

export interface VirtioMmioState {
  readonly deviceFeaturesSel: number
  readonly driverFeaturesSel: number
  readonly queueSel: number
  readonly device: VirtioDeviceState
}

type Register = { readonly load?: () => number; readonly store?: (value: number) => void }

export class VirtioMmio implements DeviceModel<VirtioMmioState> {
  readonly name: string
  readonly size = 0x1000
  private readonly device: VirtioDevice
  private readonly registers: ReadonlyMap<number, Register>
  private deviceFeaturesSel = 0
  private driverFeaturesSel = 0
  private queueSel = 0

  /** Without a function the slot says so: DeviceID 0. */
  constructor(slot: number, carried: VirtioFunction | undefined, dma: DmaPort, line: InterruptLine) {
    this.name = `virtio${slot}`
    this.device = new VirtioDevice(carried, dma, line)
    this.registers = this.layout()
  }

  load(offset: number, width: Width): bigint | undefined {
    if (offset >= CONFIG) return this.device.configuration(offset - CONFIG, width)
    const value = width === 4 ? this.registers.get(offset)?.load?.() : undefined
    return value === undefined ? undefined : BigInt(value >>> 0)
  }

  store(offset: number, width: Width, value: bigint): boolean {
    const store = width === 4 ? this.registers.get(offset)?.store : undefined
    store?.(Number(value))
    return store !== undefined
  }

  reset(): void {
    this.deviceFeaturesSel = 0
    this.driverFeaturesSel = 0
    this.queueSel = 0
    this.device.reset()
  }

  snapshot(): VirtioMmioState {
    const { deviceFeaturesSel, driverFeaturesSel, queueSel } = this
    return { deviceFeaturesSel, driverFeaturesSel, queueSel, device: this.device.snapshot() }
  }

  restore(state: VirtioMmioState): void {
    this.deviceFeaturesSel = state.deviceFeaturesSel
    this.driverFeaturesSel = state.driverFeaturesSel
    this.queueSel = state.queueSel
    this.device.restore(state.device)
  }

  private layout(): ReadonlyMap<number, Register> {
    const { device } = this
    const constant = (value: number): Register => ({ load: () => value })
    const selects = (store: (value: number) => void): Register => ({ store })
    return new Map<number, Register>([
      [0x000, constant(MAGIC)],
      [0x004, constant(VERSION)],
      [0x008, constant(device.deviceId)],
      [0x00c, constant(VENDOR)],
      [0x010, { load: () => word(device.offered, this.deviceFeaturesSel) }],
      [0x014, selects((value) => (this.deviceFeaturesSel = value))],
      [0x020, { store: (value) => device.acceptFeatures(this.driverFeaturesSel, value) }],
      [0x024, selects((value) => (this.driverFeaturesSel = value))],
      [0x030, selects((value) => (this.queueSel = value))],
      [0x034, { load: () => device.queueNumMax(this.queueSel) }],
      [0x038, { store: (value) => device.setQueueNum(this.queueSel, value) }],
      [
        0x044,
        { load: () => (device.queueReady(this.queueSel) ? 1 : 0), store: (value) => device.setQueueReady(this.queueSel, value === 1) },
      ],
      [0x050, { store: (value) => device.notify(value) }],
      [0x060, { load: () => device.interruptStatus }],
      [0x064, { store: (value) => device.acknowledge(value) }],
      [0x070, { load: () => device.status, store: (value) => device.setStatus(value) }],
      ...this.addressRegisters(),
      [0x0ac, selects(() => undefined)],
      ...[0x0b0, 0x0b4, 0x0b8, 0x0bc].map((offset): [number, Register] => [offset, constant(NO_REGION)]),
      [0x0fc, constant(0)], // no function changes its configuration space
    ])
  }

  private addressRegisters(): [number, Register][] {
    return (['desc', 'driver', 'device'] as const).flatMap((area, index) =>
      (['low', 'high'] as const).map((half): [number, Register] => [
        0x080 + index * 0x10 + (half === 'low' ? 0 : 4),
        { store: (value) => this.device.setQueueAddress(this.queueSel, area, half, value) },
      ]),
    )
  }
}

/** 32 bits of 64; beyond them there are none. */
const word = (value: bigint, select: number): number => (select > 1 ? 0 : Number((value >> BigInt(32 * select)) & 0xffff_ffffn))
