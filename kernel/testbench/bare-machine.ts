/**
 * Runs an ELF file on the bare computer: no kernel of ours, no hosted calls. The program ends by HTIF `tohost`, by the test
 * finisher, or at the limit. Addresses and sizes in bytes.
 */
import { err, ok, type Result } from '../common/result.js'
import { MIB } from '../common/units.js'
import {
  Machine,
  MachineConfigurationError,
  type EngineKind,
  type HartView,
  type OptionalExtension,
  type StopReason,
} from '../hardware/machine.js'
import { RAM_BASE } from '../hardware/memory/physical-memory.js'
import { parseElf64, type ElfImage } from '../programs/elf/elf64.js'
import { answerHtif } from './htif.js'

export { ENGINE_KINDS, type EngineKind } from '../hardware/engine/engine.js'
export { OPTIONAL_EXTENSIONS, type OptionalExtension } from '../hardware/machine.js'

export interface BareMachineOptions {
  readonly elf: Uint8Array
  /** Named in messages. */
  readonly file: string
  readonly engine: EngineKind
  /** 128 MiB unless given. */
  readonly ramBytes?: number
  /** H alone unless given: the computer is what third-party hypervisors expect. */
  readonly extensions?: readonly OptionalExtension[]
  /** 1 unless given. */
  readonly harts?: number
  readonly maxInstructions?: number
  /** What the program prints, as it prints it: HTIF's console at once, the UART's when the run ends. */
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

/** A program that this computer cannot start: one line that names file and remedy. */
export class BareMachineError extends Error {
  override readonly name = 'BareMachineError'

  constructor(
    readonly code: 'malformed-elf' | 'memory-size' | 'outside-memory' | 'entry-outside-memory',
    message: string,
  ) {
    super(message)
  }
}

const DEFAULT_RAM_BYTES = 128 * MIB
const DEFAULT_EXTENSIONS: readonly OptionalExtension[] = ['H']

/** A machine with a program in it, before its first instruction. */
export interface BareMachine {
  readonly machine: Machine
  /** What the program wrote to the UART since it was last asked goes where HTIF's console goes. */
  readonly flush: () => void
}

export function prepareElf(options: BareMachineOptions): Result<BareMachine, BareMachineError> {
  const { file, output = () => undefined } = options
  const parsed = parseElf64(options.elf, file)
  if (!parsed.ok) return err(new BareMachineError('malformed-elf', parsed.error.message))
  const machine = build(options, parsed.value.entry)
  if (machine instanceof BareMachineError) return err(machine)
  const refused = load(machine, parsed.value, file)
  if (refused !== undefined) return err(refused)
  const tohost = place(parsed.value, 'tohost')
  if (tohost !== undefined && machine.memory.contains(tohost, 8)) {
    const addresses = { tohost, fromhost: place(parsed.value, 'fromhost') }
    machine.watchStores(tohost, 8, () => answerHtif(machine.memory, addresses, output))
  }
  let told = 0
  const flush = (): void => {
    const sent = machine.uart.output().subarray(told)
    told += sent.length
    if (sent.length > 0) output(sent)
  }
  return ok({ machine, flush })
}

export function bootElf(options: BareMachineOptions): Result<BareMachineRun, BareMachineError> {
  const prepared = prepareElf(options)
  if (!prepared.ok) return prepared
  const { machine, flush } = prepared.value
  const reason = machine.run(options.maxInstructions === undefined ? {} : { maxInstructions: options.maxInstructions })
  flush()
  return ok(outcomeOf(machine, reason, options.engine))
}

function outcomeOf(machine: Machine, reason: StopReason, engine: EngineKind): BareMachineRun {
  const exit = reason.kind === 'tohost' || reason.kind === 'powered-off' ? reason.code : null
  const harts = Array.from({ length: machine.hartCount }, (_, index) => machine.hart(index))
  const instructions = harts.reduce((sum, { instret }) => sum + instret, 0)
  const cycles = Math.max(...harts.map((hart) => hart.cycles))
  const stopped = machine.hart(machine.presentHart)
  return { exit, instructions, cycles, reason: reason.kind, engine, pc: stopped.pc, harts }
}

function build(options: BareMachineOptions, entry: bigint): Machine | BareMachineError {
  const { engine, ramBytes = DEFAULT_RAM_BYTES, extensions = DEFAULT_EXTENSIONS, harts = 1 } = options
  try {
    return new Machine({ ramBytes, rom: new Uint8Array(), engine, extensions, harts, resetVector: Number(BigInt.asUintN(52, entry)) })
  } catch (error) {
    if (error instanceof MachineConfigurationError) return new BareMachineError('memory-size', error.message)
    throw error
  }
}

function place(image: ElfImage, symbol: string): number | undefined {
  const address = image.symbols.get(symbol)
  return address === undefined ? undefined : Number(address)
}

function load({ memory }: Machine, { entry, segments }: ElfImage, file: string): BareMachineError | undefined {
  const end = RAM_BASE + memory.ramBytes
  const ram = `RAM is 0x${RAM_BASE.toString(16)} to 0x${(end - 1).toString(16)}`
  for (const { physical, memorySize, bytes } of segments) {
    const inside = physical >= BigInt(RAM_BASE) && physical + memorySize <= BigInt(end)
    if (!inside)
      return new BareMachineError(
        'outside-memory',
        `${file}: segment of ${memorySize} bytes at physical 0x${physical.toString(16)}: no memory there; ${ram}: link it there, or give --memory`,
      )
    memory.write(Number(physical), bytes)
  }
  if (entry >= BigInt(RAM_BASE) && entry < BigInt(end)) return undefined
  return new BareMachineError('entry-outside-memory', `${file}: entry 0x${entry.toString(16)}: no memory there; ${ram}: link it there`)
}
