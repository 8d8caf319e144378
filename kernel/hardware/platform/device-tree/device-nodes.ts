/** The device tree node of each kind of device. Bindings: Devicetree Specification, "Device Bindings", and those of Linux for each `compatible`. */
import { guestIndexBits } from '../../interrupts/interrupt-controllers.js'
import { IDENTITIES } from '../../interrupts/interrupt-file.js'
import type { DeviceKind, Platform, PlatformDevice } from '../platform.js'
import { INTERRUPT_SOURCES } from '../memory-map.js'
import { cells64, type DeviceTreeNode, type PropertyValue } from './flattened-tree.js'
import { APLIC_M, cpuInterruptController, IMSIC_M, IMSIC_S, INTERRUPT_CONTROLLER, IOMMU, TEST_FINISHER } from './phandles.js'

/** Interrupts of a hart's local controller (RISC-V Privileged, "Machine Cause (`mcause`) Register"). */
const MACHINE_SOFTWARE = 3
const SUPERVISOR_SOFTWARE = 1
const MACHINE_TIMER = 7
const SUPERVISOR_EXTERNAL = 9
const MACHINE_EXTERNAL = 11
/** IRQ_TYPE_LEVEL_HIGH of Linux's bindings. */
const LEVEL_HIGH = 4
const IOMMU_VECTORS = 4

type Properties = Readonly<Record<string, PropertyValue>>

/** Unit name and what every device says: where it is, in so many equal frames. */
function node(name: string, { base, size }: PlatformDevice, properties: Properties, frames = 1): DeviceTreeNode {
  const frame = size / frames
  const reg = Array.from({ length: frames }, (_, index) => [...cells64(base + index * frame), ...cells64(frame)]).flat()
  return { name: `${name}@${base.toString(16)}`, properties: { ...properties, reg } }
}

/** Where the interrupts of a device go, so many in a row; an APLIC is told too that they are levels, asserted when high. */
function interrupts({ interrupt }: PlatformDevice, { interruptController }: Platform, count = 1): Properties {
  const numbers = Array.from({ length: count }, (_, index) => interrupt + index)
  const cells = interruptController === 'plic' ? numbers : numbers.flatMap((number) => [number, LEVEL_HIGH])
  return { 'interrupt-parent': [INTERRUPT_CONTROLLER], interrupts: cells }
}

/** For each hart its local interrupts `causes`, in that order. */
const toHarts = ({ harts }: Platform, ...causes: readonly number[]): readonly number[] =>
  Array.from({ length: harts }, (_, hart) => causes.flatMap((cause) => [cpuInterruptController(hart), cause])).flat()

/** `device_id` of a bus master. */
const behindIommu = ({ deviceId }: PlatformDevice, { iommu }: Platform): Properties =>
  iommu === undefined ? {} : { iommus: [IOMMU, deviceId] }

/** By messages where there are IMSICs. */
const aplic = (platform: Platform, external: number, imsicPhandle: number): Properties => ({
  compatible: 'riscv,aplic',
  'interrupt-controller': true,
  '#interrupt-cells': [2],
  '#address-cells': [0],
  'riscv,num-sources': [INTERRUPT_SOURCES],
  ...(platform.interruptController === 'aplic-imsic'
    ? { 'msi-parent': [imsicPhandle] }
    : { 'interrupts-extended': toHarts(platform, external) }),
})

const imsic = (platform: Platform, external: number): Properties => ({
  compatible: 'riscv,imsics',
  'interrupt-controller': true,
  '#interrupt-cells': [0],
  'msi-controller': true,
  '#msi-cells': [0],
  'interrupts-extended': toHarts(platform, external),
  'riscv,num-ids': [IDENTITIES],
})

export const DEVICE_NODES: Readonly<Record<DeviceKind, (device: PlatformDevice, platform: Platform) => DeviceTreeNode>> = {
  'test-finisher': (device) => node('test', device, { compatible: ['sifive,test1', 'sifive,test0', 'syscon'], phandle: [TEST_FINISHER] }),
  rtc: (device, platform) => node('rtc', device, { compatible: 'google,goldfish-rtc', ...interrupts(device, platform) }),
  watchdog: (device, platform) => node('watchdog', device, { compatible: 'arm,sbsa-gwdt', ...interrupts(device, platform) }, 2),
  'dma-engine': (device, platform) =>
    node('dma-engine', device, { compatible: 'bulkhead,dma-engine', ...interrupts(device, platform), ...behindIommu(device, platform) }),
  aclint: (device, platform) =>
    node('clint', device, {
      compatible: ['sifive,clint0', 'riscv,clint0'],
      'interrupts-extended': toHarts(platform, MACHINE_SOFTWARE, MACHINE_TIMER),
    }),
  sswi: (device, platform) =>
    node('sswi', device, {
      compatible: 'riscv,aclint-sswi',
      'interrupt-controller': true,
      '#interrupt-cells': [0],
      'interrupts-extended': toHarts(platform, SUPERVISOR_SOFTWARE),
    }),
  iommu: (device, platform) =>
    node('iommu', device, {
      compatible: 'riscv,iommu',
      phandle: [IOMMU],
      '#iommu-cells': [1],
      ...interrupts(device, platform, IOMMU_VECTORS),
      ...(platform.interruptController === 'aplic-imsic' ? { 'msi-parent': [IMSIC_S] } : {}),
    }),
  plic: (device, platform) =>
    node('plic', device, {
      compatible: ['sifive,plic-1.0.0', 'riscv,plic0'],
      phandle: [INTERRUPT_CONTROLLER],
      'interrupt-controller': true,
      '#interrupt-cells': [1],
      '#address-cells': [0],
      'riscv,ndev': [INTERRUPT_SOURCES],
      'interrupts-extended': toHarts(platform, MACHINE_EXTERNAL, SUPERVISOR_EXTERNAL),
    }),
  'aplic-m': (device, platform) =>
    node('interrupt-controller', device, {
      ...aplic(platform, MACHINE_EXTERNAL, IMSIC_M),
      phandle: [APLIC_M],
      'riscv,children': [INTERRUPT_CONTROLLER],
      'riscv,delegation': [INTERRUPT_CONTROLLER, 1, INTERRUPT_SOURCES],
    }),
  'aplic-s': (device, platform) =>
    node('interrupt-controller', device, { ...aplic(platform, SUPERVISOR_EXTERNAL, IMSIC_S), phandle: [INTERRUPT_CONTROLLER] }),
  'imsic-m': (device, platform) => node('interrupt-controller', device, { ...imsic(platform, MACHINE_EXTERNAL), phandle: [IMSIC_M] }),
  'imsic-s': (device, platform) =>
    node('interrupt-controller', device, {
      ...imsic(platform, SUPERVISOR_EXTERNAL),
      phandle: [IMSIC_S],
      'riscv,guest-index-bits': [guestIndexBits(platform.extensions.includes('H'))],
    }),
  uart: (device, platform) =>
    node('serial', device, { compatible: 'ns16550a', 'clock-frequency': [3_686_400], ...interrupts(device, platform) }),
  virtio: (device, platform) =>
    node('virtio_mmio', device, {
      compatible: 'virtio,mmio',
      'dma-coherent': true,
      ...interrupts(device, platform),
      ...behindIommu(device, platform),
    }),
}
