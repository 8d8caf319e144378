/**
 * The computer: 1 to 8 harts, boot ROM, RAM, ACLINT, UART 16550A, test finisher. The only place that wires devices to the bus.
 * Physical addresses in bytes; time in cycles.
 *
 * | address      | bytes    | what                                       |
 * | ------------ | -------- | ------------------------------------------ |
 * | 0x0000_1000  | 64 KiB   | boot ROM; the harts start here, in M-mode  |
 * | 0x0010_0000  | 4 KiB    | test finisher                              |
 * | 0x0200_0000  | 64 KiB   | ACLINT: MSWI and MTIMER                    |
 * | 0x1000_0000  | 256      | UART 16550A                                |
 * | 0x8000_0000  | ramBytes | RAM                                        |
 */
import type { HostedTable } from '../common/hosted-port.js'
import { KIB } from '../common/units.js'
import { TestFinisher } from '../devices/test-finisher.js'
import { Uart16550 } from '../devices/uart16550.js'
import { Bus, type MappedDevice, type WatchedStore } from './bus/bus.js'
import { runInterleaved } from './clock/interleaving.js'
import { runHart } from './clock/run-loop.js'
import type { StopReason } from './clock/stop-reason.js'
import type { Engine, EngineKind } from './engine/engine.js'
import { InterpreterEngine } from './engine/interpreter/interpreter-engine.js'
import { InstructionEvaluator } from './engine/reference/instruction-evaluator.js'
import { ReferenceEngine } from './engine/reference/reference-engine.js'
import type { HartOptions, NonMaskableHandlers, OptionalExtension } from './hart/hart-options.js'
import { HartState, type PrivilegeChange } from './hart/hart-state.js'
import { HartView } from './hart/hart-view.js'
import { HostedCalls, type HostedCallEvent } from './hart/hosted-calls.js'
import { resetHart } from './hart/reset.js'
import { Aclint } from './interrupts/aclint.js'
import { MAX_HARTS, MAX_RAM_BYTES, ROM, ROM_BYTES } from './memory/layout.js'
import { MachineMemory } from './memory/machine-memory.js'
import { OutsideStores } from './memory/outside-stores.js'
import { PhysicalMemory, ROM_BASE } from './memory/physical-memory.js'
import { Mmu } from './mmu/mmu.js'
import { digestOf, restoreSnapshot, takeSnapshot, type MachineParts, type MachineSnapshot } from './snapshot/machine-snapshot.js'

export type { EngineKind } from './engine/engine.js'
export { OPTIONAL_EXTENSIONS, type OptionalExtension } from './hart/hart-options.js'
export type { HartView } from './hart/hart-view.js'
export type { HostedCallEvent } from './hart/hosted-calls.js'
export type { MachineSnapshot } from './snapshot/machine-snapshot.js'
export type { PhysicalMemory } from './memory/physical-memory.js'
export type { PrivilegeChange } from './hart/hart-state.js'
export type { StopReason } from './clock/stop-reason.js'
export type { WatchedStore } from './bus/bus.js'

export const TEST_FINISHER_BASE = 0x10_0000
export const ACLINT_BASE = 0x200_0000
export const UART_BASE = 0x1000_0000

export interface MachineOptions {
  /** A multiple of 64 KiB. */
  readonly ramBytes: number
  /** At most 64 KiB; the rest of the ROM reads as zero. */
  readonly rom: Uint8Array
  readonly hosted?: HostedTable
  readonly engine: EngineKind
  /** 1 to 8; 1 unless given. */
  readonly harts?: number
  /** Extensions beyond those that every hart has (hart/hart-options.ts). */
  readonly extensions?: readonly OptionalExtension[]
  /** With Smrnmi; the reset vector unless given. */
  readonly nonMaskableHandlers?: NonMaskableHandlers
  /** Where the harts start, in M-mode; the ROM's first byte unless given. */
  readonly resetVector?: number
}

export interface RunOptions {
  /** Stop at the first instruction boundary at or after this cycle, with several harts at the first grid point (clock/interleaving.ts). */
  readonly untilCycle?: number
  /** Stop after exactly this many retired instructions, of all harts together. */
  readonly maxInstructions?: number
  /** Stop at a trap entry or trap return for which this returns true. */
  readonly breakAt?: (event: PrivilegeChange) => boolean
}

/** A machine that cannot be built. */
export class MachineConfigurationError extends Error {
  override readonly name = 'MachineConfigurationError'

  constructor(
    readonly code: 'ram-size' | 'rom-size' | 'no-memory' | 'harts',
    message: string,
  ) {
    super(message)
  }
}

export class Machine {
  readonly memory: PhysicalMemory
  readonly uart = new Uart16550()
  private readonly parts: MachineParts
  private readonly harts: readonly HartState[]
  private readonly hartViews: readonly HartView[]
  /** Whose clock the devices see. */
  private running: HartState
  private readonly bus: Bus
  private readonly mmu: Mmu
  private readonly hostedCalls: HostedCalls
  private readonly engines: Readonly<Record<EngineKind, () => Engine>>
  private readonly resetVector: number
  private engine: Engine
  private stop: StopReason | undefined
  private privilegeListener: ((event: PrivilegeChange) => void) | undefined

  constructor(options: MachineOptions) {
    checkOptions(options)
    const memory = allocate(options.ramBytes)
    memory.copyIn(ROM, options.rom)
    const stores = new OutsideStores(memory)
    this.memory = new PhysicalMemory(memory, stores)
    this.resetVector = options.resetVector ?? ROM_BASE
    const { harts = 1 } = options
    const aclint = new Aclint({ now: () => this.running.block.cycles }, harts)
    const finisher = new TestFinisher((outcome) => this.requestStop(outcome))
    const devices: readonly MappedDevice[] = [
      { base: TEST_FINISHER_BASE, device: finisher },
      { base: ACLINT_BASE, device: aclint },
      { base: UART_BASE, device: this.uart },
    ]
    this.bus = new Bus(memory, devices)
    const mmu = new Mmu(memory, this.bus)
    this.mmu = mmu
    const first = new HartState(0, memory, aclint, hartOptions(options, this.resetVector))
    const others = Array.from({ length: harts - 1 }, (_, index) => new HartState(index + 1, memory, aclint, first.options))
    this.harts = [first, ...others]
    stores.listen((offset, length) => this.harts.forEach(({ block }) => block.breakReservation(offset, length)))
    this.hartViews = this.harts.map((hart) => new HartView(hart))
    this.running = first
    this.hostedCalls = new HostedCalls(memory, this.bus, mmu, options.hosted)
    const evaluator = new InstructionEvaluator(memory, this.bus, mmu, this.hostedCalls)
    this.engines = {
      reference: () => new ReferenceEngine(evaluator),
      interpreter: () => new InterpreterEngine(memory, harts, evaluator),
    }
    this.engine = this.engines[options.engine]()
    this.parts = { memory, harts: this.harts, devices }
    for (const hart of this.harts) resetHart(hart, this.resetVector)
  }

  /** @throws RangeError when the machine has no such hart. */
  hart(index: number): HartView {
    const view = this.hartViews[index]
    if (view === undefined) throw new RangeError(`no hart ${index}; the machine has ${this.harts.length}, from 0 on`)
    return view
  }

  /** Takes over at the present instruction boundary; nothing but speed changes. */
  useEngine(kind: EngineKind): void {
    this.engine = this.engines[kind]()
  }

  /** Runs until something stops it; without a limit, a program that never stops runs for ever. */
  run(options: RunOptions = {}): StopReason {
    const { untilCycle = Infinity, maxInstructions = Infinity, breakAt } = options
    this.stop = undefined
    for (const hart of this.harts) hart.onPrivilegeChange = this.privilegeObserver(breakAt)
    const engine = (): Engine => this.engine
    const stopped = (): StopReason | undefined => this.stop
    const [first, second] = this.harts
    if (first !== undefined && second === undefined)
      return runHart(first, engine, { untilCycle, untilInstret: first.block.instret + maxInstructions }, stopped)
    const running = (hart: HartState): void => void (this.running = hart)
    return runInterleaved(this.harts, engine, { untilCycle, instructions: maxInstructions }, stopped, running)
  }

  /**
   * Stores to the range are seen one by one. Without a listener the range is an HTIF `tohost`: an odd doubleword there stops
   * the run, its code being the value shifted right by one. A listener may return a code to stop the run with.
   */
  watchStores(address: number, length: number, listener?: (store: WatchedStore) => number | undefined): void {
    const stored = (store: WatchedStore): void => {
      const code = listener === undefined ? this.tohostCode(address) : listener(store)
      if (code !== undefined) this.requestStop({ kind: 'tohost', code })
    }
    this.bus.watch({ address, length, stored })
    for (const hart of this.harts) hart.tlb.flush()
  }

  /** Physical address of what hart `index` would find at a virtual address; `undefined`: nothing is mapped there. */
  physicalAddress(index: number, address: bigint): number | undefined {
    const hart = this.harts[index]
    const physical = hart === undefined ? undefined : this.mmu.probe(hart, address)
    return physical === undefined || physical > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(physical)
  }

  /** EBREAK where this returns true stops the run, with pc there, in place of the exception. */
  onBreakpoint(listener: ((pc: bigint) => boolean) | undefined): void {
    for (const hart of this.harts) hart.onBreakpoint = listener
  }

  /** The hart whose turn it is, or was when the run stopped. */
  get presentHart(): number {
    return this.running.index
  }

  get hartCount(): number {
    return this.harts.length
  }

  /** Called at every trap entry and trap return. */
  onPrivilegeChange(listener: ((event: PrivilegeChange) => void) | undefined): void {
    this.privilegeListener = listener
  }

  /** Called after every hosted call. */
  onHostedCall(listener: ((event: HostedCallEvent) => void) | undefined): void {
    this.hostedCalls.onCall = listener
  }

  snapshot(): MachineSnapshot {
    return takeSnapshot(this.parts)
  }

  /** @throws SnapshotError when the snapshot is not of an equal machine. */
  restore(snapshot: MachineSnapshot): void {
    restoreSnapshot(this.parts, snapshot)
  }

  /** SHA-256 over the architectural state, in hex; the same for every engine. */
  digest(): string {
    return digestOf(this.parts)
  }

  /** Harts and devices as after power-on, the clock at 0; RAM keeps its contents. */
  reset(): void {
    for (const { device } of this.parts.devices) device.reset()
    for (const hart of this.harts) resetHart(hart, this.resetVector)
    this.running = this.harts[0] ?? this.running
  }

  private requestStop(reason: StopReason): void {
    this.stop ??= reason
    this.running.attention = true
  }

  private privilegeObserver(breakAt: RunOptions['breakAt']): ((event: PrivilegeChange) => void) | undefined {
    const listener = this.privilegeListener
    if (listener === undefined && breakAt === undefined) return undefined
    return (event) => {
      listener?.(event)
      if (breakAt?.(event) === true) this.requestStop({ kind: 'break' })
    }
  }

  private tohostCode(address: number): number | undefined {
    const value = this.memory.read64(address)
    return (value & 1n) === 1n ? Number(BigInt.asUintN(52, value >> 1n)) : undefined
  }
}

function hartOptions({ extensions = [], nonMaskableHandlers }: MachineOptions, resetVector: number): HartOptions {
  const handlers = { interrupt: BigInt(resetVector), exception: BigInt(resetVector) }
  return { extensions: new Set(extensions), nonMaskableHandlers: nonMaskableHandlers ?? handlers }
}

function allocate(ramBytes: number): MachineMemory {
  try {
    return new MachineMemory(ramBytes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new MachineConfigurationError('no-memory', `${ramBytes} bytes of RAM: this host has not that much; use less`)
  }
}

function checkOptions({ ramBytes, rom, harts = 1 }: MachineOptions): void {
  if (!Number.isInteger(harts) || harts < 1 || harts > MAX_HARTS)
    throw new MachineConfigurationError('harts', `${harts} harts; use 1 to ${MAX_HARTS}`)
  if (!Number.isInteger(ramBytes) || ramBytes <= 0 || ramBytes % (64 * KIB) !== 0 || ramBytes > MAX_RAM_BYTES)
    throw new MachineConfigurationError('ram-size', `${ramBytes} bytes of RAM; use a multiple of 64 KiB up to ${MAX_RAM_BYTES}`)
  if (rom.length > ROM_BYTES) throw new MachineConfigurationError('rom-size', `${rom.length} bytes of ROM; use at most ${ROM_BYTES}`)
}
