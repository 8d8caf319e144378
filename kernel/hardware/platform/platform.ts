/**
 * What a machine consists of, as data: from one description its devices are wired to the bus and its device tree is made, so that
 * the tree cannot tell of hardware that is not there. Addresses and sizes in bytes.
 */
import type { OptionalExtension } from '../hart/hart-options.js'
import {
  ACLINT_BASE,
  PLIC_BASE,
  RTC_BASE,
  RTC_INTERRUPT,
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

export type DeviceKind = 'test-finisher' | 'rtc' | 'watchdog' | 'aclint' | 'plic' | 'uart' | 'virtio'

export interface PlatformDevice {
  readonly kind: DeviceKind
  readonly base: number
  readonly size: number
  /** Source number at the interrupt controller; 0: none. */
  readonly interrupt: number
}

export interface PlatformOptions {
  readonly harts: number
  readonly ramBytes: number
  readonly extensions: readonly OptionalExtension[]
}

export interface Platform extends PlatformOptions {
  /** Ascending by address. */
  readonly devices: readonly PlatformDevice[]
}

const device = (kind: DeviceKind, base: number, size: number, interrupt = 0): PlatformDevice => ({ kind, base, size, interrupt })

const DEVICES: readonly PlatformDevice[] = [
  device('test-finisher', TEST_FINISHER_BASE, 0x1000),
  device('rtc', RTC_BASE, 0x1000, RTC_INTERRUPT),
  device('watchdog', WATCHDOG_BASE, 0x2000, WATCHDOG_INTERRUPT),
  device('aclint', ACLINT_BASE, 0x1_0000),
  device('plic', PLIC_BASE, 0x60_0000),
  device('uart', UART_BASE, 0x100, UART_INTERRUPT),
  ...Array.from({ length: VIRTIO_SLOTS }, (_, slot) =>
    device('virtio', VIRTIO_BASE + slot * VIRTIO_STRIDE, VIRTIO_STRIDE, VIRTIO_INTERRUPT + slot),
  ),
]

export const describePlatform = (options: PlatformOptions): Platform => ({ ...options, devices: DEVICES })
