/**
 * The computer: 1 to 8 harts, boot ROM, RAM and the devices of its platform (platform/memory-map.ts says where everything answers).
 * Physical addresses in bytes; time in cycles.
 */
import type { AlarmClock } from '../common/device-port.js'
import type { Uart16550 } from '../devices/uart16550.js'
import { Bus, type DeviceAccess, type WatchedStore } from './bus/bus.js'
import { BusDma } from './bus/bus-dma.js'
import { Alarms } from './clock/alarms.js'
import { runHarts } from './clock/run-harts.js'
import type { StopReason } from './clock/stop-reason.js'
import type { Engine, EngineKind } from './engine/engine.js'
import { InterpreterEngine } from './engine/interpreter/interpreter-engine.js'
import { InstructionEvaluator } from './engine/reference/instruction-evaluator.js'
import { ReferenceEngine } from './engine/reference/reference-engine.js'
import { TranslatorEngine } from './engine/translator/translator-engine.js'
import { HartState, type PrivilegeChange } from './hart/hart-state.js'
import { HartView } from './hart/hart-view.js'
import { HostedCalls, type HostedCallEvent } from './hart/hosted-calls.js'
import { resetHart } from './hart/reset.js'
import { Aclint } from './interrupts/aclint.js'
import { checkOptions, hartOptionsOf, platformOf, MachineConfigurationError, type MachineOptions } from './machine-options.js'
import { ROM } from './memory/layout.js'
import { MachineMemory } from './memory/machine-memory.js'
import { OutsideStores } from './memory/outside-stores.js'
import { PhysicalMemory, ROM_BASE } from './memory/physical-memory.js'
import { Mmu } from './mmu/mmu.js'
import type { Platform } from './platform/platform.js'
import { wirePlatform } from './platform/wire-platform.js'
import type { MachineSnapshot } from './snapshot/machine-snapshot.js'
import { MachineState } from './snapshot/machine-state.js'

export type { EngineKind } from './engine/engine.js'
export { OPTIONAL_EXTENSIONS, type OptionalExtension } from './hart/hart-options.js'
export type { HartView } from './hart/hart-view.js'
export type { HostedCallEvent } from './hart/hosted-calls.js'
export type { MachineSnapshot } from './snapshot/machine-snapshot.js'
export type { PhysicalMemory } from './memory/physical-memory.js'
export type { PrivilegeChange } from './hart/hart-state.js'
export type { StopReason } from './clock/stop-reason.js'
export type { DeviceAccess, WatchedStore } from './bus/bus.js'
export { MachineConfigurationError, platformOf, type MachineOptions, type PlatformChoice } from './machine-options.js'
export { ACLINT_BASE, TEST_FINISHER_BASE, UART_BASE } from './platform/memory-map.js'
export { INTERRUPT_CONTROLLERS, type InterruptControllerKind } from './interrupts/interrupt-controllers.js'
export type { Platform } from './platform/platform.js'

export interface RunOptions {
  /** Stop at the first instruction boundary at or after this cycle, with several harts at the first grid point (clock/interleaving.ts). */
  readonly untilCycle?: number
  /** Stop after exactly this many retired instructions, of all harts together. */
  readonly maxInstructions?: number
  /** Stop at a trap entry or trap return for which this returns true. */
  readonly breakAt?: (event: PrivilegeChange) => boolean
}

export class Machine {
  readonly memory: PhysicalMemory
  readonly platform: Platform
  readonly uart: Uart16550
  private readonly state: MachineState
  private readonly harts: readonly HartState[]
  private readonly hartViews: readonly HartView[]
  /** Whose clock the devices see. */
  private running: HartState
  private readonly alarms = new Alarms(() => (this.running.attention = true))
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
    const { harts = 1, virtio = [], epoch = 0n } = options
    this.platform = platformOf(options)
    const clock: AlarmClock = { now: () => this.running.block.cycles, alarm: (ring) => this.alarms.create(ring) }
    const aclint = new Aclint(clock, harts)
    const first = new HartState(0, memory, aclint, hartOptionsOf(options, this.resetVector))
    const others = Array.from({ length: harts - 1 }, (_, index) => new HartState(index + 1, memory, aclint, first.options))
    this.harts = [first, ...others]
    this.running = first
    stores.listen((offset, length) => this.harts.forEach(({ block }) => block.breakReservation(offset, length)))
    this.bus = new Bus(memory)
    const dma = new BusDma(memory, this.bus, stores, clock)
    const finish = (outcome: StopReason): void => this.requestStop(outcome)
    const { devices, uart } = wirePlatform(this.platform, { clock, harts: this.harts, aclint, dma, epoch, virtio, finish })
    for (const device of devices) this.bus.attach(device)
    this.uart = uart
    const mmu = new Mmu(memory, this.bus)
    this.mmu = mmu
    this.hartViews = this.harts.map((hart) => new HartView(hart))
    this.hostedCalls = new HostedCalls(memory, this.bus, mmu, options.hosted)
    const evaluator = new InstructionEvaluator(memory, this.bus, mmu, this.hostedCalls)
    this.engines = {
      reference: () => new ReferenceEngine(evaluator),
      interpreter: () => new InterpreterEngine(memory, harts, evaluator),
      translator: () => new TranslatorEngine(memory, this.harts, mmu, evaluator, options.hotness),
    }
    this.engine = this.engines[options.engine]()
    this.state = new MachineState(memory, this.harts, devices)
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
    return runHarts(this.harts, this.alarms, {
      untilCycle,
      maxInstructions,
      engine: () => this.engine,
      stopped: () => this.stop,
      running: (hart) => void (this.running = hart),
    })
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

  /** Called after every access to a device's registers. */
  onDeviceAccess(listener: ((access: DeviceAccess) => void) | undefined): void {
    this.bus.onAccess = listener
  }

  /** Called after every hosted call. */
  onHostedCall(listener: ((event: HostedCallEvent) => void) | undefined): void {
    this.hostedCalls.onCall = listener
  }

  snapshot(): MachineSnapshot {
    return this.state.take()
  }

  /** @throws SnapshotError when the snapshot is not of an equal machine. */
  restore(snapshot: MachineSnapshot): void {
    this.state.restore(snapshot)
  }

  /** SHA-256 over the architectural state, in hex; the same for every engine. */
  digest(): string {
    return this.state.digest()
  }

  /** Harts and devices as after power-on, the clock at 0; RAM keeps its contents. */
  reset(): void {
    for (const { device } of this.bus.devices) device.reset()
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

function allocate(ramBytes: number): MachineMemory {
  try {
    return new MachineMemory(ramBytes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new MachineConfigurationError('no-memory', `${ramBytes} bytes of RAM: this host has not that much; use less`)
  }
}
