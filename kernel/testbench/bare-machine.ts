/**
 * The bare computer with third-party software: a program alone, or firmware and a kernel; no kernel of ours, no hosted calls. A run
 * ends by HTIF `tohost`, by the test finisher, or at the limit. Addresses and sizes in bytes.
 */
import { err, ok, type Result } from '../common/result.js'
import { MIB } from '../common/units.js'
import type { VirtioFunction } from '../devices/virtio/virtio-function.js'
import {
  Machine,
  MachineConfigurationError,
  platformOf,
  type EngineKind,
  type HartView,
  type OptionalExtension,
  type PlatformChoice,
  type StopReason,
} from '../hardware/machine.js'
import { deviceTree, type Chosen } from '../hardware/platform/device-tree/device-tree.js'
import { flatten } from '../hardware/platform/device-tree/flattened-tree.js'
import { BareMachineError } from './bare-machine-error.js'
import { planBoot, type BootImages, type BootPlan } from './boot/boot-plan.js'
import { placeImages } from './boot/place-images.js'
import { resetRom } from './boot/reset-rom.js'
import { consoleOutput } from './console-output.js'
import { answerHtif } from './htif.js'

export { ENGINE_KINDS, type EngineKind } from '../hardware/engine/engine.js'
export { INTERRUPT_CONTROLLERS, OPTIONAL_EXTENSIONS, type OptionalExtension } from '../hardware/machine.js'
export { BareMachineError } from './bare-machine-error.js'

export interface BareMachineOptions extends BootImages, Omit<PlatformChoice, 'ramBytes'> {
  readonly engine: EngineKind
  /** Boot arguments of the kernel, for the device tree. */
  readonly append?: string
  /** 128 MiB unless given. */
  readonly ramBytes?: number
  /** H alone unless given: the computer is what third-party hypervisors expect. */
  readonly extensions?: readonly OptionalExtension[]
  readonly virtio?: readonly VirtioFunction[]
  /** menvcfg.ADUE is 1 at the start: software without firmware may expect that the hardware sets A and D bits. */
  readonly adue?: boolean
  /** What the real-time clock says at cycle 0, in nanoseconds since 1970; 0 unless given. */
  readonly epoch?: bigint
  readonly maxInstructions?: number
  /** What the program prints, line by line. */
  readonly output?: (bytes: Uint8Array) => void
}

export interface BareMachineRun {
  /** HTIF code or finisher code, 0 good; null when the program did not end by itself. */
  readonly exit: number | null
  readonly instructions: number
  readonly cycles: number
  readonly reason: StopReason['kind']
  readonly engine: EngineKind
  /** Where the hart stands, for a message about a run that did not end. */
  readonly pc: bigint
  /** As the run left them. */
  readonly harts: readonly HartView[]
}

const DEFAULT_RAM_BYTES = 128 * MIB
const DEFAULT_EXTENSIONS: readonly OptionalExtension[] = ['H']
/** Start value for the system's random numbers: fixed, so that equal boots are equal. */
const RANDOM_SEED = Uint8Array.from({ length: 32 }, (_, index) => (index * 167 + 13) & 0xff)

/** A machine with a program in it, before its first instruction. */
export interface BareMachine {
  readonly machine: Machine
  /** Of the ELF file; none where an Image was booted. */
  readonly symbols: ReadonlyMap<string, bigint>
  /** What the program wrote to the UART and no line end has followed yet goes out too. */
  readonly flush: () => void
  /** Power-on again, with the images in their places. */
  readonly restart: () => void
}

export function prepareMachine(options: BareMachineOptions): Result<BareMachine, BareMachineError> {
  const { output = () => undefined } = options
  const platform = platformChoice(options)
  const planned = planBoot(options, platform.ramBytes)
  if (!planned.ok) return planned
  const plan = planned.value
  const tree = flatten(deviceTree(platformOf(platform), chosenOf(options, plan)))
  const machine = build(options, plan, tree)
  if (machine instanceof BareMachineError) return err(machine)
  const placing = { plan, tree, adue: options.adue ?? false }
  placeImages(machine, { ...placing, again: false })
  connectHtif(machine, plan, output)
  const restart = (): void => {
    machine.reset()
    placeImages(machine, { ...placing, again: true })
  }
  return ok({ machine, symbols: plan.symbols, flush: consoleOutput(machine.uart, output), restart })
}

/** Runs to the end, or to the limit. */
export function runMachine({ machine, flush }: BareMachine, { engine, maxInstructions }: BareMachineOptions): BareMachineRun {
  const reason = machine.run(maxInstructions === undefined ? {} : { maxInstructions })
  flush()
  return outcomeOf(machine, reason, engine)
}

export function bootElf(
  options: BareMachineOptions & { readonly elf: Uint8Array; readonly file: string },
): Result<BareMachineRun, BareMachineError> {
  const { elf, file, ...rest } = options
  const prepared = prepareMachine({ ...rest, kernel: { file, bytes: elf } })
  return prepared.ok ? ok(runMachine(prepared.value, options)) : prepared
}

export function outcomeOf(machine: Machine, reason: StopReason, engine: EngineKind): BareMachineRun {
  const exit = reason.kind === 'tohost' || reason.kind === 'powered-off' ? reason.code : null
  const harts = Array.from({ length: machine.hartCount }, (_, index) => machine.hart(index))
  const instructions = harts.reduce((sum, { instret }) => sum + instret, 0)
  const cycles = Math.max(...harts.map((hart) => hart.cycles))
  const stopped = machine.hart(machine.presentHart)
  return { exit, instructions, cycles, reason: reason.kind, engine, pc: stopped.pc, harts }
}

const platformChoice = (options: BareMachineOptions): PlatformChoice => ({
  ramBytes: DEFAULT_RAM_BYTES,
  extensions: DEFAULT_EXTENSIONS,
  ...options,
})

const chosenOf = ({ append }: BareMachineOptions, { initrd }: BootPlan): Chosen => ({
  randomSeed: RANDOM_SEED,
  ...(append === undefined ? {} : { bootArguments: append }),
  ...(initrd === undefined ? {} : { initrd }),
})

function build(options: BareMachineOptions, plan: BootPlan, tree: Uint8Array): Machine | BareMachineError {
  const { engine, virtio = [], epoch = 0n } = options
  const { entry, deviceTree: place, next = 0 } = plan
  const start = place === undefined ? { rom: tree, resetVector: entry } : { rom: resetRom({ entry, deviceTree: place, next }) }
  try {
    return new Machine({ ...platformChoice(options), engine, virtio, epoch, ...start })
  } catch (error) {
    if (error instanceof MachineConfigurationError) return new BareMachineError('memory-size', error.message)
    throw error
  }
}

function connectHtif(machine: Machine, { symbols }: BootPlan, output: (bytes: Uint8Array) => void): void {
  const place = (symbol: string): number | undefined => {
    const address = symbols.get(symbol)
    return address === undefined ? undefined : Number(address)
  }
  const tohost = place('tohost')
  if (tohost === undefined || !machine.memory.contains(tohost, 8)) return
  machine.watchStores(tohost, 8, () => answerHtif(machine.memory, { tohost, fromhost: place('fromhost') }, output))
}
