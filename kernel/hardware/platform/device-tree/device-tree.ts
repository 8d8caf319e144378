/**
 * The device tree of a platform. Devicetree Specification, "Device Node Requirements"; Linux, "Devicetree bindings: RISC-V CPUs".
 * Addresses and sizes in bytes.
 */
import { RAM_BASE } from '../../memory/physical-memory.js'
import { TIMEBASE_FREQUENCY, UART_BASE } from '../memory-map.js'
import type { Platform } from '../platform.js'
import { DEVICE_NODES } from './device-nodes.js'
import { cells64, type DeviceTreeNode, type PropertyValue } from './flattened-tree.js'
import { isaExtensions, isaString } from './isa-extensions.js'
import { cpuInterruptController, TEST_FINISHER } from './phandles.js'

/** What the boot program tells the system (`/chosen`). */
export interface Chosen {
  readonly bootArguments?: string
  readonly initrd?: { readonly begin: number; readonly end: number }
  /** Start value for the system's random numbers; equal machines get equal ones. */
  readonly randomSeed?: Uint8Array
}

/** The instruction table's cache-block instructions work on this many bytes (isa/cache-blocks.ts). */
const CACHE_BLOCK_BYTES = 64
/** Values of the test finisher's register. */
const POWER_OFF = 0x5555
const RESET = 0x7777

export function deviceTree(platform: Platform, chosen: Chosen = {}): DeviceTreeNode {
  const devices = platform.devices.map((device) => DEVICE_NODES[device.kind](device, platform))
  return {
    name: '',
    properties: { '#address-cells': [2], '#size-cells': [2], compatible: 'riscv-virtio', model: 'bulkhead,virt' },
    children: [
      { name: 'chosen', properties: chosenProperties(chosen) },
      memory(platform),
      cpus(platform),
      syscon('poweroff', POWER_OFF),
      syscon('reboot', RESET),
      {
        name: 'soc',
        properties: { '#address-cells': [2], '#size-cells': [2], compatible: 'simple-bus', ranges: true },
        children: devices,
      },
    ],
  }
}

function chosenProperties({ bootArguments, initrd, randomSeed }: Chosen): Record<string, PropertyValue> {
  return {
    'stdout-path': `/soc/serial@${UART_BASE.toString(16)}`,
    ...(bootArguments === undefined ? {} : { bootargs: bootArguments }),
    ...(initrd === undefined ? {} : { 'linux,initrd-start': cells64(initrd.begin), 'linux,initrd-end': cells64(initrd.end) }),
    ...(randomSeed === undefined ? {} : { 'rng-seed': randomSeed }),
  }
}

const memory = ({ ramBytes }: Platform): DeviceTreeNode => ({
  name: `memory@${RAM_BASE.toString(16)}`,
  properties: { device_type: 'memory', reg: [...cells64(RAM_BASE), ...cells64(ramBytes)] },
})

const cpus = (platform: Platform): DeviceTreeNode => ({
  name: 'cpus',
  properties: { '#address-cells': [1], '#size-cells': [0], 'timebase-frequency': [TIMEBASE_FREQUENCY] },
  children: Array.from({ length: platform.harts }, (_, hart) => cpu(hart, platform)),
})

const cpu = (hart: number, { extensions }: Platform): DeviceTreeNode => ({
  name: `cpu@${hart}`,
  properties: {
    device_type: 'cpu',
    reg: [hart],
    status: 'okay',
    compatible: 'riscv',
    'riscv,isa': isaString(extensions),
    'riscv,isa-base': 'rv64i',
    'riscv,isa-extensions': isaExtensions(extensions),
    'riscv,cbom-block-size': [CACHE_BLOCK_BYTES],
    'riscv,cboz-block-size': [CACHE_BLOCK_BYTES],
    'mmu-type': 'riscv,sv57',
  },
  children: [
    {
      name: 'interrupt-controller',
      properties: {
        compatible: 'riscv,cpu-intc',
        phandle: [cpuInterruptController(hart)],
        'interrupt-controller': true,
        '#interrupt-cells': [1],
      },
    },
  ],
})

/** How a system without firmware ends the run: a value for the test finisher. */
const syscon = (name: string, value: number): DeviceTreeNode => ({
  name,
  properties: { compatible: `syscon-${name}`, regmap: [TEST_FINISHER], offset: [0], value: [value] },
})
