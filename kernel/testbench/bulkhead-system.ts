/**
 * The system under test that this project ships: the separation kernel on the emulated computer. Everything observed is read
 * from physical memory, saved or live registers, devices and the hart's clock; the kernel is asked nothing.
 */
import { unreachable } from '../common/errors.js'
import { Machine, type EngineKind, type MachineSnapshot, type StopReason } from '../hardware/machine.js'
import type { CompiledSystem } from '../separation/config/compiler/compile.js'
import { kernelRoutines } from '../separation/kernel-routines.js'
import { BOOT_ROM, VECTOR_START } from '../separation/memory/physical-map.js'
import { buildSystemMap } from './build-system-map.js'
import type { OwnerTrust } from './configuration-owner.js'
import { hostedCodeDigest } from './hosted-code-digest.js'
import { InterfaceRecorder } from './interface-recorder.js'
import { judgeAuditChain } from './oracle/audit-chain.js'
import { readAuditTrail } from './oracle/audit-reader.js'
import { judgeIsolation } from './oracle/isolation.js'
import { partitionMemory } from './oracle/partition-memory.js'
import type { Policy } from './oracle/policy.js'
import { PolicyModel } from './oracle/policy-model/policy-model.js'
import { mappedPlaces } from './oracle/mapped-memory.js'
import { word32, word64, type RawMemory } from './oracle/raw-memory.js'
import type { Extent, PartitionMap, SystemMap } from './oracle/system-map.js'
import { buildImage, type SystemImage } from './system-image.js'
import type {
  Observation,
  Observed,
  Place,
  PowerState,
  Stimulus,
  SystemIdentity,
  SystemUnderTest,
  WindowStart,
  InterfaceUse,
  BootInput,
} from './system-under-test.js'

/** A compiled system, and beside it the policy as the oracle reads it from the same text. */
export interface NamedSystem extends CompiledSystem {
  readonly policy: Policy
  /** The YAML text. */
  readonly policyText: string
}

export interface BulkheadOptions {
  readonly engine: EngineKind
  /** The kernel is rebuilt from memory at every trap. */
  readonly amnesia: boolean
}

const SATP = 0x180
const SSTATUS = 0x100
const SUM = 1n << 18n
const SEPC = 0x141
const STVAL = 0x143
const SSCRATCH = 0x140
const A0 = 10
const MOST_BOOT_INSTRUCTIONS = 10_000
const BOOT_INPUT_ENTRY: Readonly<Record<BootInput, string>> = {
  'trap stub': 'boot_trap_stub',
  configuration: 'boot_configuration',
  image: 'boot_image',
  'boot code': 'boot_code',
  'hosted code': 'boot_hosted_code',
}

export class BulkheadSystem implements SystemUnderTest {
  private readonly map: SystemMap
  private readonly programs = new Map<string, string>()
  private trust: OwnerTrust | undefined
  private readonly alterations: Extract<Stimulus, { readonly kind: 'alter-boot-input' }>[] = []
  /** Undefined after a continuation from a snapshot: what went before is not known. */
  private model: PolicyModel | undefined
  private recorder = new InterfaceRecorder()
  private windows: WindowStart[] = []
  private lastSlot = ''
  private machine: Machine | undefined
  private stopped: StopReason | undefined

  constructor(
    private readonly compiled: NamedSystem,
    private readonly options: BulkheadOptions,
  ) {
    this.map = buildSystemMap(compiled.configuration)
    this.model = new PolicyModel(
      compiled.policyText,
      partitionMemory(() => this.memory, this.map),
    )
  }

  identify(): SystemIdentity {
    return { name: this.compiled.configuration.name, configurationDigest: this.compiled.digest }
  }

  load(partition: string, program: string): void {
    this.partition(partition)
    this.programs.set(partition, program)
    buildImage(this.compiled, this.programs, hostedCodeDigest())
  }

  boot(): void {
    const image = buildImage(this.compiled, this.programs, hostedCodeDigest(), this.trust)
    this.machine = this.newMachine(this.alteredRom(image))
    for (const { address, bytes } of image.segments) this.machine.memory.write(address, bytes)
    for (const { input, partition } of this.alterations) this.alter(input, partition)
    this.listen(this.machine)
    this.runToFirstFrame(this.machine)
  }

  /** Everything the running system is, as plain data. What was noted of windows and interface uses lies outside it. */
  snapshot(): MachineSnapshot {
    return this.on().snapshot()
  }

  /** Goes on from a snapshot of an equal system instead of booting; from there on windows and interface uses are noted anew. */
  continueFrom(snapshot: MachineSnapshot): void {
    this.machine ??= this.newMachine(snapshot.rom)
    this.machine.restore(snapshot)
    this.model = undefined
    this.listen(this.machine)
    this.stopped = { kind: 'instruction-limit' }
  }

  stimulate(stimulus: Stimulus): void {
    switch (stimulus.kind) {
      case 'alter-boot-input':
        this.alterations.push(stimulus)
        break
      case 'trust-owner':
        this.trust = stimulus
        break
      case 'run-frames':
        this.runUntil(this.frameEnd(stimulus.frames))
        break
      case 'run-cycles':
        this.runUntil(this.on().hart(0).cycles + stimulus.cycles)
        break
      case 'flip-bit':
        this.flip(this.extent(stimulus.place).address + stimulus.byte, stimulus.bit)
        break
      case 'console-input':
        this.on().uart.input(stimulus.bytes)
        break
      case 'reset':
        this.on().reset()
        this.runToFirstFrame(this.on())
        break
      default:
        unreachable(stimulus)
    }
  }

  observe<Kind extends Observation['kind']>(observation: Extract<Observation, { readonly kind: Kind }>): Observed[Kind] {
    return this.read(observation) as Observed[Kind]
  }

  interfaceUses(): readonly InterfaceUse[] {
    if (this.machine === undefined) return []
    return this.recorder.list(this.isOn(), (name) => {
      const partition = this.partition(name)
      return { runs: this.modeOf(partition) === 'normal', a0: this.register(partition, A0) }
    })
  }

  effort(): { readonly instructions: number; readonly cycles: number } {
    const hart = this.machine?.hart(0)
    return { instructions: hart?.instret ?? 0, cycles: hart?.cycles ?? 0 }
  }

  /** Digest over the whole architectural state, for lock-step and amnesia comparisons. */
  stateDigest(): string {
    return this.on().digest()
  }

  private newMachine(rom: Uint8Array): Machine {
    const altered = this.alterations.some(({ input }) => input === 'hosted code')
    const hostedDigest = altered ? hostedCodeDigest().map((byte) => byte ^ 1) : hostedCodeDigest()
    const readVector = (bytes: number): Uint8Array => this.on().memory.read(VECTOR_START, bytes)
    const hosted = kernelRoutines({ hostedDigest, readVector, amnesia: this.options.amnesia })
    return new Machine({ ramBytes: this.compiled.configuration.ramBytes, rom, engine: this.options.engine, hosted })
  }

  private read(observation: Observation): Observed[Observation['kind']] {
    switch (observation.kind) {
      case 'register':
        return this.register(this.partition(observation.partition), observation.register)
      case 'memory': {
        const { address, bytes } = this.extent(observation.place)
        return this.memory.read(address, bytes)
      }
      case 'console':
        return Buffer.from(this.on().uart.output()).toString('latin1')
      case 'partition-mode':
        return this.modeOf(this.partition(observation.partition))
      case 'restarts':
        return word32(this.memory, this.partition(observation.partition).restarts)
      case 'power':
        return this.power()
      case 'windows':
        return this.windows
      case 'audit':
        return readAuditTrail(this.memory, this.map)
      case 'audit-chain':
        return judgeAuditChain(this.memory, this.map)
      case 'isolation':
        return judgeIsolation(this.memory, this.map, this.compiled.policy)
      case 'transitions':
        return this.model?.findings ?? ['not judged: the system was continued from a snapshot']
    }
  }

  private get memory(): RawMemory {
    return this.on().memory
  }

  private on(): Machine {
    if (this.machine === undefined) throw new Error('the system has not been booted; remedy: boot it first')
    return this.machine
  }

  private partition(name: string): PartitionMap {
    const found = this.map.partitions.find((partition) => partition.name === name)
    if (found === undefined) throw new Error(`no partition "${name}" in system "${this.compiled.configuration.name}"`)
    return found
  }

  private modeOf(partition: PartitionMap): string {
    return this.map.modes[word32(this.memory, partition.mode)] ?? 'unknown'
  }

  /** Live where the partition is the one that runs, else as the trap saved it. */
  private register(partition: PartitionMap, register: number): bigint {
    const hart = this.on().hart(0)
    const running = hart.privilege === 'U' && rootOf(hart.csr(SATP)) === partition.root
    return running ? hart.x(register) : word64(this.memory, partition.context + 8 * register)
  }

  private power(): PowerState {
    if (this.stopped?.kind === 'reset') return { state: 'reset' }
    if (this.stopped?.kind !== 'powered-off') return { state: 'on' }
    const { code } = this.stopped
    return { state: 'off', reason: code === 0 ? 'requested' : (this.map.haltReasons[code] ?? `unknown ${code}`) }
  }

  private extent(place: Place): Extent {
    switch (place.kind) {
      case 'code':
      case 'data':
        return { address: this.partition(place.partition)[place.kind].address + place.offset, bytes: place.bytes }
      case 'all-data':
        return this.partition(place.partition).data
      case 'image':
        return this.partition(place.partition).image
      case 'page-tables':
        return this.partition(place.partition).tables
      case 'port':
        return this.map.ports.get(place.port) ?? unknown('port', place.port)
      case 'shared':
        return {
          address: (this.map.shared.get(place.region) ?? unknown('region', place.region)).address + place.offset,
          bytes: place.bytes,
        }
      case 'kernel-stub':
        return this.map.stub
      case 'configuration':
        return this.map.configuration
      case 'audit-trail':
        return { address: this.map.audit.ring, bytes: 64 * this.map.audit.capacity }
      case 'crash-record':
        return this.map.crash
    }
  }

  private flip(address: number, bit: number): void {
    const { memory } = this.on()
    memory.write(
      address,
      memory.read(address, 1).map((byte) => byte ^ (1 << bit)),
    )
  }

  private alteredRom({ rom }: SystemImage): Uint8Array {
    if (!this.alterations.some(({ input }) => input === 'boot code')) return rom
    const altered = rom.slice()
    // The last instruction of the boot code: measured, and not needed to get as far as the measurement.
    const last = altered.subarray(0, BOOT_ROM.bytes).findLastIndex((byte, index) => byte !== 0 && index < 0x1000)
    altered[last] = (altered[last] ?? 0) ^ 1
    return altered
  }

  private alter(input: BootInput, partition: string | undefined): void {
    if (input === 'trap stub') this.flip(this.map.stub.address + 0x20, 0)
    if (input === 'configuration') this.flip(this.map.configuration.address + 60, 0)
    if (input === 'image')
      this.flip(
        (partition === undefined ? (this.map.partitions[0] ?? unknown('partition', '0')) : this.partition(partition)).image.address,
        0,
      )
  }

  private listen(machine: Machine): void {
    this.recorder = new InterfaceRecorder()
    this.windows = []
    this.lastSlot = ''
    machine.onPrivilegeChange(({ to, from, cycle, pc, cause, satp }) => {
      const partition = this.map.partitions.find(({ root }) => root === rootOf(satp))?.name
      if (partition === undefined) return
      const hart = machine.hart(0)
      const thread = hart.csr(SSCRATCH)
      const registers = (): readonly bigint[] => Array.from({ length: 32 }, (_, index) => hart.x(index))
      if (from === 'U' && cause !== undefined) {
        this.recorder.trapped({ partition, thread, cause, pc: hart.csr(SEPC), a7: hart.x(17), address: hart.csr(STVAL) })
        this.model?.trap({ partition, thread, cycle, cause, pc: hart.csr(SEPC), address: hart.csr(STVAL), registers: registers() })
      }
      if (to !== 'U') return
      this.model?.resume({
        partition,
        thread,
        cycle,
        pc,
        registers: registers(),
        epoch: this.epoch(),
        userMemoryOpen: (hart.csr(SSTATUS) & SUM) !== 0n,
      })
      this.recorder.continued(partition, thread, pc, hart.x(10))
      this.noteWindow(partition, cycle)
    })
  }

  private noteWindow(partition: string, cycle: number): void {
    const slot = `${word64(this.memory, this.map.control.frame)}/${word32(this.memory, this.map.control.slot)}`
    if (slot === this.lastSlot) return
    this.lastSlot = slot
    this.windows.push({ partition, cycle, sinceEpoch: cycle - this.epoch() })
  }

  /** Cycle at which frame 0 began. */
  private epoch(): number {
    return this.frameStart() - Number(word64(this.memory, this.map.control.frame)) * this.compiled.configuration.majorFrame
  }

  /** Still powered, whatever ended the latest run. */
  private isOn(): boolean {
    return this.stopped?.kind === 'cycle-limit' || this.stopped?.kind === 'instruction-limit'
  }

  private frameStart(): number {
    return Number(word64(this.memory, this.map.control.frameStart))
  }

  /** The last cycle of the present frame and `frames` - 1 more: the next window has not begun. */
  private frameEnd(frames: number): number {
    const { majorFrame } = this.compiled.configuration
    const now = this.on().hart(0).cycles
    const begun = this.frameStart()
    const frame = begun + Math.max(0, Math.floor((now - begun) / majorFrame)) * majorFrame
    return frame + frames * majorFrame - 1
  }

  private runUntil(untilCycle: number): void {
    if (this.isOn()) this.stopped = this.on().run({ untilCycle })
  }

  private runToFirstFrame(machine: Machine): void {
    this.model?.reset()
    const refused = !this.reachesRunning(machine)
    for (const input of Object.keys(BOOT_INPUT_ENTRY) as BootInput[]) {
      const altered = this.alterations.some((alteration) => alteration.input === input)
      if (!refused || altered)
        this.recorder.record({ entry: BOOT_INPUT_ENTRY[input], outcome: refused ? 'refused' : 'accepted', partition: undefined })
    }
    if (this.trust !== undefined && (!refused || !this.isTrusted(this.trust)))
      this.recorder.record({ entry: 'boot_signature', outcome: refused ? 'refused' : 'accepted', partition: undefined })
    if (!refused) for (const partition of this.map.partitions) this.noteMappings(partition)
  }

  private isTrusted({ signer, leastRevision }: OwnerTrust): boolean {
    return signer === 'its owner' && this.compiled.configuration.revision >= leastRevision
  }

  private noteMappings(partition: PartitionMap): void {
    for (const { entry } of mappedPlaces(this.memory, partition)) this.recorder.record({ entry, outcome: 'mapped', partition: undefined })
  }

  /** One instruction at a time: boot is about a hundred of them, and the first window must not begin unseen. */
  private reachesRunning(machine: Machine): boolean {
    const running = this.map.states.indexOf('running')
    let cleared = false
    for (let step = 0; step < MOST_BOOT_INSTRUCTIONS; step++) {
      this.stopped = machine.run({ maxInstructions: 1 })
      if (this.stopped.kind !== 'instruction-limit') return false
      const state = word32(this.memory, this.map.control.state)
      if (cleared && state === running) return true
      cleared ||= state !== running
    }
    return false
  }
}

const rootOf = (satp: bigint): number => Number(satp & 0xfff_ffff_ffffn) * 4096

function unknown(kind: string, name: string): never {
  throw new Error(`no ${kind} "${name}" in this system`)
}
