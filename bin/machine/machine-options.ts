/** The options of `bulkhead machine`, read. Sizes in bytes. */
import { readFileSync, statSync } from 'node:fs'
import {
  BlockDevice,
  ConsoleDevice,
  Disk,
  EntropyDevice,
  NetworkDevice,
  NetworkSwitch,
  type VirtioFunction,
} from '../../kernel/testbench/computer.js'
import {
  ENGINE_KINDS,
  INTERRUPT_CONTROLLERS,
  OPTIONAL_EXTENSIONS,
  type BareMachineOptions,
  type OptionalExtension,
} from '../../kernel/testbench/bare-machine.js'
import type { BootFile } from '../../kernel/testbench/boot/boot-file.js'
import { misuse, UsageError, type CommandOption, type Invocation } from '../command.js'
import { openDrive, type Drive } from './drive-file.js'

/** Larger files are no programs, and reading one would take the host's memory. */
const LARGEST_FILE = 512 * 2 ** 20

/** RAM comes in pages of WebAssembly. */
const PAGE = 64 * 2 ** 10

const NANOSECONDS = 1_000_000_000n

export const MACHINE_OPTIONS: Readonly<Record<string, CommandOption>> = {
  bios: { type: 'string', value: 'FILE', help: 'firmware at the beginning of RAM, such as fw_dynamic.bin of OpenSBI' },
  kernel: { type: 'string', value: 'FILE', help: 'ELF file, or with --bios also a Linux Image; the operand is the same' },
  initrd: { type: 'string', value: 'FILE', help: 'initial RAM disk, told to the kernel through the device tree' },
  append: { type: 'string', value: 'TEXT', help: "the kernel's boot arguments" },
  drive: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'raw image as virtio drive; FILE,ro cannot be written, FILE,temporary stays as it is',
  },
  network: { type: 'string', value: 'N', help: 'so many virtio network devices, 0 to 4, on one switch inside the machine' },
  entropy: { type: 'string', value: 'SEED', help: 'virtio entropy device; its bytes follow from the seed' },
  'virtio-console': { type: 'boolean', help: 'a virtio console beside the UART, with the same output' },
  date: { type: 'string', value: 'SECONDS', help: 'what the clock says at the start, since 1970-01-01 UTC (default 0)' },
  adue: { type: 'boolean', help: 'menvcfg.ADUE is set at the start: the hardware sets A and D bits, as xv6 expects' },
  engine: { type: 'string', value: 'NAME', help: `${ENGINE_KINDS.join(', ')} (default translator)` },
  'max-instructions': { type: 'string', value: 'N', help: 'stop after so many; without it the program runs until it ends' },
  memory: { type: 'string', value: 'SIZE', help: 'RAM from 0x80000000 on, as 64MiB or in bytes (default 128MiB)' },
  harts: { type: 'string', value: 'N', help: '1 to 8 (default 1)' },
  interrupts: { type: 'string', value: 'NAME', help: `${INTERRUPT_CONTROLLERS.join(', ')} (default plic)` },
  iommu: { type: 'string', value: 'MODE', help: 'an IOMMU before the virtio devices: off or bare, until software programs it' },
  'dma-engine': { type: 'boolean', help: 'a scatter-gather DMA engine, for programs that test what the IOMMU lets through' },
  sswi: { type: 'boolean', help: 'an ACLINT SSWI beside MSWI and MTIMER' },
  extensions: { type: 'string', value: 'LIST', help: `of ${OPTIONAL_EXTENSIONS.join(',')}, with commas; H unless given, none for none` },
}

export interface ChosenMachine {
  readonly options: BareMachineOptions
  readonly drives: readonly (Drive & { readonly disk: Disk })[]
  readonly console: ConsoleDevice | undefined
}

export function readMachineOptions(invocation: Invocation, output: (bytes: Uint8Array) => void): ChosenMachine {
  const drives = invocation
    .list('drive')
    .map(openDrive)
    .map((drive) => ({ ...drive, disk: new Disk(drive.image) }))
  const console = invocation.flag('virtio-console') ? new ConsoleDevice(output) : undefined
  const maxInstructions = invocation.integer('max-instructions', 0, { least: 1, most: Number.MAX_SAFE_INTEGER })
  const memory = invocation.text('memory')
  const options: BareMachineOptions = {
    ...readImages(invocation),
    engine: invocation.choice('engine', 'translator', ENGINE_KINDS),
    harts: invocation.integer('harts', 1, { least: 1, most: 8 }),
    extensions: parseExtensions(invocation.text('extensions')),
    interruptController: invocation.choice('interrupts', 'plic', INTERRUPT_CONTROLLERS),
    dmaEngine: invocation.flag('dma-engine'),
    sswi: invocation.flag('sswi'),
    adue: invocation.flag('adue'),
    ...iommuOf(invocation),
    epoch: BigInt(invocation.integer('date', 0, { least: 0, most: 2 ** 33 })) * NANOSECONDS,
    virtio: [
      ...drives.map(({ disk, mode }, index) => new BlockDevice(disk, { readOnly: mode === 'ro', serial: `drive${index}` })),
      ...(console === undefined ? [] : [console]),
      ...entropyOf(invocation),
      ...networkOf(invocation),
    ],
    output,
    ...(maxInstructions === 0 ? {} : { maxInstructions }),
    ...(memory === undefined ? {} : { ramBytes: parseSize(memory) }),
  }
  return { options, drives, console }
}

function readImages(invocation: Invocation): Pick<BareMachineOptions, 'bios' | 'kernel' | 'initrd' | 'append'> {
  const [operand] = invocation.operands
  const named = invocation.text('kernel')
  if (operand !== undefined && named !== undefined) throw misuse({ name: 'machine' }, `both ${operand} and --kernel ${named}`)
  const file = (name: string | undefined): BootFile | undefined => (name === undefined ? undefined : readProgram(name))
  const [bios, kernel, initrd, append] = [
    file(invocation.text('bios')),
    file(operand ?? named),
    file(invocation.text('initrd')),
    invocation.text('append'),
  ]
  if (bios === undefined && kernel === undefined) throw misuse({ name: 'machine' }, 'no ELF file given')
  return {
    ...(bios === undefined ? {} : { bios }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(initrd === undefined ? {} : { initrd }),
    ...(append === undefined ? {} : { append }),
  }
}

const iommuOf = (invocation: Invocation): Pick<BareMachineOptions, 'iommu'> =>
  invocation.text('iommu') === undefined ? {} : { iommu: { reset: invocation.choice('iommu', 'off', ['off', 'bare']), msiFlat: true } }

const entropyOf = (invocation: Invocation): readonly VirtioFunction[] =>
  invocation.text('entropy') === undefined ? [] : [new EntropyDevice(invocation.integer('entropy', 0, { least: 0, most: 2 ** 32 - 1 }))]

/** Locally administered addresses, 02:00:00:00:00:01 and on. */
function networkOf(invocation: Invocation): readonly VirtioFunction[] {
  const network = new NetworkSwitch()
  const count = invocation.integer('network', 0, { least: 0, most: 4 })
  return Array.from({ length: count }, (_, index) => new NetworkDevice(network, [2, 0, 0, 0, 0, index + 1]))
}

function parseExtensions(text: string | undefined): readonly OptionalExtension[] {
  if (text === undefined) return ['H']
  if (text === 'none') return []
  return text.split(',').map((name) => {
    const found = OPTIONAL_EXTENSIONS.find((extension) => extension === name)
    if (found === undefined)
      throw new UsageError(`--extensions ${JSON.stringify(name)}: not one of ${OPTIONAL_EXTENSIONS.join(', ')}, none`)
    return found
  })
}

function readProgram(file: string): BootFile {
  const { size } = statSync(file)
  if (size > LARGEST_FILE) throw new UsageError(`${file}: ${size} bytes; the largest program is ${LARGEST_FILE} bytes`)
  return { file, bytes: readFileSync(file) }
}

function parseSize(text: string): number {
  const [, digits, unit] = /^(\d{1,12})(KiB|MiB|GiB|K|M|G)?$/u.exec(text) ?? []
  const power = { K: 1, M: 2, G: 3 }[unit?.[0] ?? ''] ?? 0
  const bytes = digits === undefined ? 0 : Number(digits) * 1024 ** power
  if (bytes >= PAGE && bytes % PAGE === 0 && bytes <= 2 ** 32) return bytes
  throw new UsageError(`--memory ${JSON.stringify(text)}: not a size such as 64MiB; give a multiple of 64KiB, at most 4GiB`)
}
