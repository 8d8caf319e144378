/** Makes the device models of a platform and connects them: interrupt lines, DMA, clock, power. */
import type { AlarmClock, DeviceModel, DmaPort, InterruptLine } from '../../common/device-port.js'
import { invariant } from '../../common/errors.js'
import { DmaEngine } from '../../devices/dma-engine.js'
import { GenericWatchdog } from '../../devices/generic-watchdog.js'
import { GoldfishRtc } from '../../devices/goldfish-rtc.js'
import { TestFinisher, type FinisherOutcome } from '../../devices/test-finisher.js'
import { Uart16550 } from '../../devices/uart16550.js'
import type { VirtioFunction } from '../../devices/virtio/virtio-function.js'
import { VirtioMmio } from '../../devices/virtio/virtio-mmio.js'
import type { MappedDevice } from '../bus/bus.js'
import { supervisorSoftwareInterrupt } from '../hart/external-lines.js'
import type { HartState } from '../hart/hart-state.js'
import type { Aclint } from '../interrupts/aclint.js'
import { interruptControllers, type InterruptControllerDevice } from '../interrupts/interrupt-controllers.js'
import { Sswi } from '../interrupts/sswi.js'
import { Iommu } from '../iommu/iommu.js'
import { IMSIC_M_BASE, IMSIC_S_BASE, INTERRUPT_SOURCES, IOMMU_INTERRUPT, VIRTIO_INTERRUPT } from './memory-map.js'
import type { Platform, PlatformDevice } from './platform.js'

/** What the machine around the devices gives them. */
export interface Surroundings {
  readonly clock: AlarmClock
  readonly harts: readonly HartState[]
  readonly aclint: Aclint
  /** By physical addresses. */
  readonly dma: DmaPort
  /** Nanoseconds since 1970 at cycle 0. */
  readonly epoch: bigint
  /** What the virtio slots carry, from the first one on. */
  readonly virtio: readonly VirtioFunction[]
  readonly finish: (outcome: FinisherOutcome) => void
}

export interface WiredPlatform {
  readonly devices: readonly MappedDevice[]
  readonly uart: Uart16550
}

export function wirePlatform(platform: Platform, surroundings: Surroundings): WiredPlatform {
  const { clock, harts, aclint, dma, epoch, virtio, finish } = surroundings
  const imsicBases = { machine: IMSIC_M_BASE, supervisor: IMSIC_S_BASE }
  const controllers = interruptControllers(platform.interruptController, { harts, sources: INTERRUPT_SOURCES, dma, imsicBases })
  const controller = (kind: InterruptControllerDevice) => (): DeviceModel => present(controllers.devices[kind])
  const iommuLines = [0, 1, 2, 3].map((vector) => controllers.source(IOMMU_INTERRUPT + vector))
  const iommu = platform.iommu === undefined ? undefined : new Iommu(dma, iommuLines, platform.iommu)
  const masterPort = ({ deviceId }: PlatformDevice): DmaPort => iommu?.port(deviceId) ?? dma
  const models = (line: (interrupt: number) => InterruptLine) => ({
    'test-finisher': () => new TestFinisher(finish),
    rtc: ({ interrupt }: PlatformDevice) => new GoldfishRtc(clock, line(interrupt), epoch),
    watchdog: ({ interrupt }: PlatformDevice) => new GenericWatchdog(clock, line(interrupt), () => finish({ kind: 'reset' })),
    aclint: () => aclint,
    'dma-engine': ({ deviceId, interrupt }: PlatformDevice) =>
      new DmaEngine((attributes) => iommu?.port(deviceId, attributes) ?? dma, line(interrupt)),
    sswi: () => new Sswi(harts.map(supervisorSoftwareInterrupt)),
    iommu: () => present(iommu),
    plic: controller('plic'),
    'aplic-m': controller('aplic-m'),
    'aplic-s': controller('aplic-s'),
    'imsic-m': controller('imsic-m'),
    'imsic-s': controller('imsic-s'),
    uart: ({ interrupt }: PlatformDevice) => new Uart16550(line(interrupt)),
    virtio: (entry: PlatformDevice) => {
      const slot = entry.interrupt - VIRTIO_INTERRUPT
      return new VirtioMmio(slot, virtio[slot], masterPort(entry), line(entry.interrupt))
    },
  })
  const table = models((interrupt) => controllers.source(interrupt))
  const devices = platform.devices.map((entry): MappedDevice => {
    const device = table[entry.kind](entry)
    invariant(device.size === entry.size, `device ${device.name} has ${device.size} bytes, the platform says ${entry.size}`)
    return { base: entry.base, device, takesMessages: entry.kind === 'imsic-m' || entry.kind === 'imsic-s' }
  })
  const uart = devices.map(({ device }) => device).find((device) => device instanceof Uart16550)
  invariant(uart !== undefined, 'the platform has no UART')
  return { devices, uart }
}

function present<Model>(model: Model | undefined): Model {
  invariant(model !== undefined, 'a device of the platform that its options leave out')
  return model
}
