/**
 * What a machine consists of, as data: from one description its devices are wired to the bus and its device tree is made, so that
 * the tree cannot tell of hardware that is not there. Addresses and sizes in bytes.
 */
import type { OptionalExtension } from '../hart/hart-options.js'
import { guestIndexBits, type InterruptControllerDevice, type InterruptControllerKind } from '../interrupts/interrupt-controllers.js'
import type { IommuOptions } from '../iommu/iommu.js'
import {
  ACLINT_BASE,
  APLIC_M_BASE,
  APLIC_S_BASE,
  DMA_ENGINE_BASE,
  DMA_ENGINE_DEVICE_ID,
  DMA_ENGINE_INTERRUPT,
  IMSIC_M_BASE,
  IMSIC_S_BASE,
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

export type DeviceKind =
  'dma-engine' | 'test-finisher' | 'rtc' | 'watchdog' | 'aclint' | 'sswi' | 'iommu' | InterruptControllerDevice | 'uart' | 'virtio'

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
  readonly interruptController: InterruptControllerKind
  /** Absent: bus masters reach all of memory. */
  readonly iommu?: IommuOptions | undefined
  /** Whether there is a DMA engine. */
  readonly dmaEngine?: boolean | undefined
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

/** The pages of IMSICs: of each hart, one at machine level, at supervisor level one for itself and one for each guest. */
function imsics({ harts, extensions }: PlatformOptions): readonly PlatformDevice[] {
  const pages = harts << guestIndexBits(extensions.includes('H'))
  return [device('imsic-m', IMSIC_M_BASE, harts * 0x1000), device('imsic-s', IMSIC_S_BASE, pages * 0x1000)]
}

const APLIC = [device('aplic-m', APLIC_M_BASE, 0x8000), device('aplic-s', APLIC_S_BASE, 0x8000)]
const VIRTIO = Array.from({ length: VIRTIO_SLOTS }, (_, slot) =>
  device('virtio', VIRTIO_BASE + slot * VIRTIO_STRIDE, VIRTIO_STRIDE, VIRTIO_INTERRUPT + slot, slot + 1),
)

export function describePlatform(options: PlatformOptions): Platform {
  const { interruptController, iommu, sswi, dmaEngine } = options
  const devices = [
    device('test-finisher', TEST_FINISHER_BASE, 0x1000),
    device('rtc', RTC_BASE, 0x1000, RTC_INTERRUPT),
    device('watchdog', WATCHDOG_BASE, 0x2000, WATCHDOG_INTERRUPT),
    ...(dmaEngine === true ? [device('dma-engine', DMA_ENGINE_BASE, 0x1000, DMA_ENGINE_INTERRUPT, DMA_ENGINE_DEVICE_ID)] : []),
    device('aclint', ACLINT_BASE, 0x1_0000),
    ...(sswi === true ? [device('sswi', SSWI_BASE, 0x4000)] : []),
    ...(iommu === undefined ? [] : [device('iommu', IOMMU_BASE, 0x1000, IOMMU_INTERRUPT)]),
    ...(interruptController === 'plic' ? [device('plic', PLIC_BASE, 0x60_0000)] : APLIC),
    device('uart', UART_BASE, 0x100, UART_INTERRUPT),
    ...VIRTIO,
    ...(interruptController === 'aplic-imsic' ? imsics(options) : []),
  ]
  return { ...options, devices }
}
