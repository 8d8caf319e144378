/**
 * What goes where before the first instruction. A program alone is started in M-mode at its entry. With firmware, the firmware lies at
 * the beginning of RAM, the kernel on the next 2 MiB boundary (Linux, "RISC-V Kernel Boot Requirements and Constraints", "Kernel
 * location"), the initial RAM disk behind it and the device tree at the end. Physical addresses and sizes in bytes.
 */
import { err, ok, type Result } from '../../common/result.js'
import { MIB } from '../../common/units.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { BareMachineError } from '../bare-machine-error.js'
import type { BootFile, Placement } from './boot-file.js'
import { readExecutable, type Executable } from './executable.js'

export interface BootImages {
  /** Firmware, or a program that needs none. */
  readonly bios?: BootFile
  readonly kernel?: BootFile
  readonly initrd?: BootFile
}

export interface BootPlan {
  readonly placements: readonly Placement[]
  /** Of the firmware, or of the program. */
  readonly entry: number
  /** Where the firmware finds the kernel; absent: a program alone. */
  readonly next?: number
  readonly initrd?: { readonly begin: number; readonly end: number }
  /** Absent: it stays in the boot ROM. */
  readonly deviceTree?: number
  readonly symbols: ReadonlyMap<string, bigint>
}

/** Kernel, initial RAM disk and device tree begin on such a boundary; so much is kept for the device tree, which firmware enlarges. */
const ALIGNMENT = 2 * MIB
const DEVICE_TREE_BYTES = MIB / 16

const up = (address: number): number => Math.ceil(address / ALIGNMENT) * ALIGNMENT
const down = (address: number): number => Math.floor(address / ALIGNMENT) * ALIGNMENT
const endOf = (placements: readonly Placement[]): number => Math.max(...placements.map(({ address, memorySize }) => address + memorySize))

export function planBoot(images: BootImages, ramBytes: number): Result<BootPlan, BareMachineError> {
  const { bios, kernel } = images
  const planned = bios === undefined ? planProgram(kernel) : planFirmware(bios, images, ramBytes)
  if (!planned.ok) return planned
  const refused = refusal(planned.value, ramBytes)
  return refused === undefined ? planned : err(refused)
}

function planProgram(program: BootFile | undefined): Result<BootPlan, BareMachineError> {
  if (program === undefined) return err(new BareMachineError('needs-firmware', 'nothing to boot; give an ELF file, or --bios and --kernel'))
  const read = readExecutable(program, RAM_BASE, RAM_BASE)
  if (!read.ok) return read
  const { kind, placements, entry, symbols } = read.value
  if (kind === 'elf') return ok({ placements, entry, symbols })
  const what = kind === 'linux' ? 'a Linux image, which runs in S-mode under firmware' : 'no ELF file'
  const remedy = kind === 'linux' ? 'give --bios with OpenSBI, such as fw_dynamic.bin' : 'give an ELF file, or --bios for a raw image'
  return err(new BareMachineError(kind === 'linux' ? 'needs-firmware' : 'malformed-elf', `${program.file}: ${what}; ${remedy}`))
}

function planFirmware(bios: BootFile, { kernel, initrd }: BootImages, ramBytes: number): Result<BootPlan, BareMachineError> {
  const firmware = readExecutable(bios, RAM_BASE, RAM_BASE)
  if (!firmware.ok) return firmware
  const loaded: Executable[] = [firmware.value]
  if (kernel !== undefined) {
    const read = readExecutable(kernel, up(endOf(firmware.value.placements)), RAM_BASE)
    if (!read.ok) return read
    loaded.push(read.value)
  }
  const executables = loaded.flatMap(({ placements }) => placements)
  const ramDisk = initrd === undefined ? [] : [placedAt(initrd, up(endOf(executables)))]
  const [disk] = ramDisk
  return ok({
    placements: [...executables, ...ramDisk],
    entry: firmware.value.entry,
    next: loaded[1]?.entry ?? 0,
    ...(disk === undefined ? {} : { initrd: { begin: disk.address, end: disk.address + disk.memorySize } }),
    deviceTree: down(RAM_BASE + ramBytes - DEVICE_TREE_BYTES),
    symbols: new Map(),
  })
}

const placedAt = ({ file, bytes }: BootFile, address: number): Placement => ({ file, bytes, address, memorySize: bytes.length })

/** What does not fit: outside RAM, or over something else. */
function refusal({ placements, entry, deviceTree }: BootPlan, ramBytes: number): BareMachineError | undefined {
  const end = RAM_BASE + ramBytes
  const ram = `RAM is 0x${RAM_BASE.toString(16)} to 0x${(end - 1).toString(16)}`
  const tree = { file: 'the device tree', address: deviceTree ?? end, memorySize: deviceTree === undefined ? 0 : DEVICE_TREE_BYTES }
  const [first] = placements
  for (const [index, { file, address, memorySize }] of placements.entries()) {
    const where = `${file}: ${memorySize} bytes at physical 0x${address.toString(16)}`
    if (address < RAM_BASE || address + memorySize > end)
      return new BareMachineError('outside-memory', `${where}: no memory there; ${ram}: link it there, or give --memory`)
    const other = [...placements.slice(index + 1), tree].find(
      (next) => address < next.address + next.memorySize && next.address < address + memorySize,
    )
    if (other !== undefined)
      return new BareMachineError('overlap', `${where}: overlaps ${other.file}; give more --memory, or link it elsewhere`)
  }
  if (entry >= RAM_BASE && entry < end) return undefined
  return new BareMachineError(
    'entry-outside-memory',
    `${first?.file}: entry 0x${entry.toString(16)}: no memory there; ${ram}: link it there`,
  )
}
