/**
 * What a machine consists of, as data: from one description its devices are wired to the bus and its device tree is made, so that
 * the tree cannot tell of hardware that is not there. Addresses and sizes in bytes.
 */
import type { OptionalExtension } from '../hart/hart-options.js'
import type { IommuOptions } from '../iommu/iommu.js'
import {
  ACLINT_BASE,
  IOMMU_BASE,
  IOMMU_INTERRUPT,
  PLIC_BASE,
  RTC_BASE,
  RTC_INTERRUPT,
  SSWI_BASE,
  TEST_FINISHER_BASE,
  UART_BASE,
  UART_INTERRUPT,
  VIRTIO_BASE,
  VIRTIO_INTERRUPT,
  VIRTIO_SLOTS,
  VIRTIO_STRIDE,
  WATCHDOG_BASE,
  WATCHDOG_INTERRUPT,
} from './memory-map.js'

export type DeviceKind = 'test-finisher' | 'rtc' | 'watchdog' | 'aclint' | 'sswi' | 'iommu' | 'plic' | 'uart' | 'virtio'

export interface PlatformDevice {
  readonly kind: DeviceKind
  readonly base: number
  readonly size: number
  /** Source number at the interrupt controller; 0: none. */
  readonly interrupt: number
  /** Of a bus master: its `device_id` at the IOMMU; 0: none. */
  readonly deviceId: number
}

export interface PlatformOptions {
  readonly harts: number
  readonly ramBytes: number
  readonly extensions: readonly OptionalExtension[]
  /** Absent: bus masters reach all of memory. */
  readonly iommu?: IommuOptions | undefined
  /** Whether the ACLINT has an SSWI device. */
  readonly sswi?: boolean | undefined
}

export interface Platform extends PlatformOptions {
  /** Ascending by address. */
  readonly devices: readonly PlatformDevice[]
}

const device = (kind: DeviceKind, base: number, size: number, interrupt = 0, deviceId = 0): PlatformDevice => ({
  kind,
  base,
  size,
  interrupt,
  deviceId,
})

const DEVICES: readonly PlatformDevice[] = [
  device('test-finisher', TEST_FINISHER_BASE, 0x1000),
  device('rtc', RTC_BASE, 0x1000, RTC_INTERRUPT),
  device('watchdog', WATCHDOG_BASE, 0x2000, WATCHDOG_INTERRUPT),
  device('aclint', ACLINT_BASE, 0x1_0000),
  device('sswi', SSWI_BASE, 0x4000),
  device('iommu', IOMMU_BASE, 0x1000, IOMMU_INTERRUPT),
  device('plic', PLIC_BASE, 0x60_0000),
  device('uart', UART_BASE, 0x100, UART_INTERRUPT),
  ...Array.from({ length: VIRTIO_SLOTS }, (_, slot) =>
    device('virtio', VIRTIO_BASE + slot * VIRTIO_STRIDE, VIRTIO_STRIDE, VIRTIO_INTERRUPT + slot, slot + 1),
  ),
]

export function describePlatform(options: PlatformOptions): Platform {
  const absent = new Set<DeviceKind>([
    ...(options.sswi === true ? [] : ['sswi' as const]),
    ...(options.iommu === undefined ? ['iommu' as const] : []),
  ])
  return { ...options, devices: DEVICES.filter(({ kind }) => !absent.has(kind)) }
}
