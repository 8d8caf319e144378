/** The device tree node of each kind of device. Bindings: Devicetree Specification, "Device Bindings", and those of Linux for each `compatible`. */
import type { DeviceKind, Platform, PlatformDevice } from '../platform.js'
import { INTERRUPT_SOURCES } from '../memory-map.js'
import { cells64, type DeviceTreeNode, type PropertyValue } from './flattened-tree.js'
import { cpuInterruptController, INTERRUPT_CONTROLLER, IOMMU, TEST_FINISHER } from './phandles.js'

/** Interrupts of a hart's local controller (RISC-V Privileged, "Machine Cause (`mcause`) Register"). */
const MACHINE_SOFTWARE = 3
const SUPERVISOR_SOFTWARE = 1
const MACHINE_TIMER = 7
const SUPERVISOR_EXTERNAL = 9
const MACHINE_EXTERNAL = 11

type Properties = Readonly<Record<string, PropertyValue>>

/** Unit name and what every device says: where it is, in so many equal frames, and where its interrupt goes. */
function node(name: string, { base, size, interrupt }: PlatformDevice, properties: Properties, frames = 1): DeviceTreeNode {
  const interrupts: Properties = interrupt === 0 ? {} : { 'interrupt-parent': [INTERRUPT_CONTROLLER], interrupts: [interrupt] }
  const frame = size / frames
  const reg = Array.from({ length: frames }, (_, index) => [...cells64(base + index * frame), ...cells64(frame)]).flat()
  return { name: `${name}@${base.toString(16)}`, properties: { reg, ...interrupts, ...properties } }
}

/** For each hart its local interrupts `causes`, in that order. */
const toHarts = ({ harts }: Platform, ...causes: readonly number[]): readonly number[] =>
  Array.from({ length: harts }, (_, hart) => causes.flatMap((cause) => [cpuInterruptController(hart), cause])).flat()

/** `device_id` of a bus master. */
const behindIommu = ({ deviceId }: PlatformDevice, { iommu }: Platform): Properties =>
  iommu === undefined ? {} : { iommus: [IOMMU, deviceId] }

export const DEVICE_NODES: Readonly<Record<DeviceKind, (device: PlatformDevice, platform: Platform) => DeviceTreeNode>> = {
  'test-finisher': (device) => node('test', device, { compatible: ['sifive,test1', 'sifive,test0', 'syscon'], phandle: [TEST_FINISHER] }),
  rtc: (device) => node('rtc', device, { compatible: 'google,goldfish-rtc' }),
  watchdog: (device) => node('watchdog', device, { compatible: 'arm,sbsa-gwdt' }, 2),
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
  iommu: (device) =>
    node('iommu', device, {
      compatible: 'riscv,iommu',
      phandle: [IOMMU],
      '#iommu-cells': [1],
      interrupts: [0, 1, 2, 3].map((vector) => device.interrupt + vector),
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
  uart: (device) => node('serial', device, { compatible: 'ns16550a', 'clock-frequency': [3_686_400] }),
  virtio: (device, platform) =>
    node('virtio_mmio', device, { compatible: 'virtio,mmio', 'dma-coherent': true, ...behindIommu(device, platform) }),
}
