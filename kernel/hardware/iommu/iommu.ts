/**
 * RISC-V IOMMU 1.0: what a bus master reads and writes goes through the tables that software gave its device id.
 * RISC-V IOMMU, "Register layout". Registers of 4 or 8 bytes, offsets in bytes; every operation is complete when its register write is,
 * so the `busy` bits are always 0. Absent, and so in `capabilities`: ATS and page requests, MRIF, performance counters, QoS identifiers,
 * big-endian tables, Sv32, non-leaf and range invalidation.
 *
 * | offset | register      | offset | register       | offset | register       |
 * | ------ | ------------- | ------ | -------------- | ------ | -------------- |
 * | 0      | capabilities  | 36     | cqt            | 84     | ipsr           |
 * | 8      | fctl          | 40     | fqb            | 600    | tr_req_iova    |
 * | 16     | ddtp          | 48     | fqh            | 608    | tr_req_ctl     |
 * | 24     | cqb           | 52     | fqt            | 616    | tr_response    |
 * | 32     | cqh           | 72, 76 | cqcsr, fqcsr   | 760    | icvec          |
 * |        |               |        |                | 768    | msi_cfg_tbl    |
 */
import type { DeviceModel, DmaPort, InterruptLine, Width } from '../../common/device-port.js'
import { capabilities } from './capabilities.js'
import { CommandQueue } from './command-queue.js'
import { FaultQueue } from './fault-queue.js'
import { CIP, FIP, IommuInterrupts, type IommuInterruptsState } from './iommu-interrupts.js'
import { IommuMemory } from './iommu-memory.js'
import { IommuPort, type PortAttributes } from './iommu-port.js'
import type { IommuQueueState } from './iommu-queue.js'
import { IommuRegisters, type IommuRegister } from './iommu-registers.js'
import type { Transaction } from './transaction.js'
import { TranslationCache, type TranslationCacheState } from './translation-cache.js'
import { DDTP_3LVL, DDTP_BARE, DDTP_OFF, TranslationProcess } from './translation-process.js'
import { debugRequest, debugResponse, TR_REQ_CTL, TR_REQ_IOVA } from './translation-request.js'

/** fctl.WSI; BE and GXL are hardwired to zero. */
const FCTL_WSI = 2
const DDTP = 0xfn | (((1n << 44n) - 1n) << 10n)
const DDTP_MODE = 0xfn

export interface IommuOptions {
  /** ddtp.iommu_mode after reset. */
  readonly reset: 'off' | 'bare'
  /** `capabilities.MSI_FLAT`: MSI page tables, and with them the extended format of device contexts. */
  readonly msiFlat: boolean
}

export interface IommuState {
  readonly fctl: number
  readonly ddtp: bigint
  readonly commands: IommuQueueState
  readonly faults: IommuQueueState
  readonly interrupts: IommuInterruptsState
  readonly requestIova: bigint
  readonly requestControl: bigint
  readonly response: bigint
  readonly cache: TranslationCacheState
}

export class Iommu implements DeviceModel<IommuState> {
  readonly name = 'iommu'
  readonly size = 0x1000
  private fctl = 0
  private ddtp = 0n
  private requestIova = 0n
  private requestControl = 0n
  private response = 0n
  private readonly cache = new TranslationCache()
  private readonly process: TranslationProcess
  private readonly interrupts: IommuInterrupts
  private readonly faults: FaultQueue
  private readonly commands: CommandQueue
  private readonly registers: IommuRegisters

  /** `physical` takes physical addresses; `wires` are the interrupt lines of the vectors, from 0 on. */
  constructor(
    private readonly physical: DmaPort,
    wires: readonly InterruptLine[],
    private readonly options: IommuOptions,
  ) {
    const memory = new IommuMemory(physical)
    const wired = (): boolean => this.fctl === FCTL_WSI
    this.process = new TranslationProcess(memory, this.cache, options.msiFlat)
    this.interrupts = new IommuInterrupts(memory, wires, wired, (address) => this.faults.reportMessage(address))
    this.faults = new FaultQueue(memory, () => this.interrupts.raise(FIP))
    this.commands = new CommandQueue({
      memory,
      cache: this.cache,
      wired,
      wideEnough: (device) => this.process.wideEnough(this.ddtp, device),
      interrupt: () => this.interrupts.raise(CIP),
    })
    this.registers = new IommuRegisters(new Map([...this.controlRegisters(), ...this.requestRegisters(), ...this.interrupts.registers()]))
    this.ddtp = this.resetDdtp()
  }

  /** The way to memory of one device; what it asks for beside the address is constant. */
  port(device: number, attributes: PortAttributes = {}): DmaPort {
    return new IommuPort(this.physical, (iova, access) => {
      const { process, supervisor = false, execute = false } = attributes
      const kind = execute && access === 'load' ? 'fetch' : access
      return this.translate({ device, process, supervisor, access: kind, iova })
    })
  }

  load(offset: number, width: Width): bigint | undefined {
    return this.registers.load(offset, width)
  }

  store(offset: number, width: Width, value: bigint): boolean {
    return this.registers.store(offset, width, value)
  }

  reset(): void {
    this.fctl = 0
    this.ddtp = this.resetDdtp()
    this.requestIova = 0n
    this.requestControl = 0n
    this.response = 0n
    this.cache.clear()
    this.commands.queue.reset()
    this.faults.queue.reset()
    this.interrupts.reset()
  }

  snapshot(): IommuState {
    const { fctl, ddtp, requestIova, requestControl, response } = this
    const commands = this.commands.queue.snapshot()
    const faults = this.faults.queue.snapshot()
    const [interrupts, cache] = [this.interrupts.snapshot(), this.cache.snapshot()]
    return { fctl, ddtp, commands, faults, interrupts, requestIova, requestControl, response, cache }
  }

  restore(state: IommuState): void {
    this.fctl = state.fctl
    this.ddtp = state.ddtp
    this.requestIova = state.requestIova
    this.requestControl = state.requestControl
    this.response = state.response
    this.commands.queue.restore(state.commands)
    this.faults.queue.restore(state.faults)
    this.cache.restore(state.cache)
    this.interrupts.restore(state.interrupts)
  }

  private resetDdtp(): bigint {
    return BigInt(this.options.reset === 'bare' ? DDTP_BARE : DDTP_OFF)
  }

  /** The physical address; `undefined`: refused, and reported as the specification says. */
  private translate(transaction: Transaction): bigint | undefined {
    const result = this.process.translate(this.ddtp, transaction)
    if (result.kind === 'translated') return result.address
    if (!result.silent) this.faults.reportTransaction(result, transaction)
    return undefined
  }

  private controlRegisters(): [number, IommuRegister][] {
    const commands = this.commands.queue
    const faults = this.faults.queue
    return [
      [0, { bytes: 8, read: () => capabilities(this.options.msiFlat) }],
      [8, { bytes: 4, read: () => BigInt(this.fctl), write: (value) => this.writeFeatures(Number(value)) }],
      [16, { bytes: 8, read: () => this.ddtp, write: (value) => this.writeDirectory(value) }],
      [24, { bytes: 8, read: () => commands.baseRegister, write: (value) => commands.writeBase(value) }],
      [32, { bytes: 4, read: () => BigInt(commands.head) }],
      [36, { bytes: 4, read: () => BigInt(commands.tail), write: (value) => this.submit(Number(value)) }],
      [40, { bytes: 8, read: () => faults.baseRegister, write: (value) => faults.writeBase(value) }],
      [48, { bytes: 4, read: () => BigInt(faults.head), write: (value) => (faults.head = Number(value)) }],
      [52, { bytes: 4, read: () => BigInt(faults.tail) }],
      [72, { bytes: 4, read: () => BigInt(commands.csr), write: (value) => this.commands.writeControl(Number(value)) }],
      [76, { bytes: 4, read: () => BigInt(faults.csr), write: (value) => this.faults.writeControl(Number(value)) }],
      [84, { bytes: 4, read: () => BigInt(this.interrupts.pending), write: (value) => this.acknowledge(Number(value)) }],
    ]
  }

  private requestRegisters(): [number, IommuRegister][] {
    return [
      [600, { bytes: 8, read: () => this.requestIova, write: (value) => (this.requestIova = value & TR_REQ_IOVA) }],
      [608, { bytes: 8, read: () => this.requestControl, write: (value) => this.request(value) }],
      [616, { bytes: 8, read: () => this.response }],
    ]
  }

  private writeFeatures(value: number): void {
    this.fctl = value & FCTL_WSI
    this.interrupts.driveWires()
  }

  /** A reserved mode leaves iommu_mode as it was. */
  private writeDirectory(value: bigint): void {
    const mode = (value & DDTP_MODE) <= BigInt(DDTP_3LVL) ? value & DDTP_MODE : this.ddtp & DDTP_MODE
    this.ddtp = (value & DDTP & ~DDTP_MODE) | mode
  }

  private submit(tail: number): void {
    this.commands.queue.tail = tail
    this.commands.run()
  }

  /** A bit whose cause still stands goes from 0 to 1 again. */
  private acknowledge(value: number): void {
    this.interrupts.acknowledge(value)
    this.commands.signal()
    this.faults.signalErrors()
  }

  private request(control: bigint): void {
    const transaction = debugRequest(control, this.requestIova)
    this.requestControl = control & TR_REQ_CTL
    if (transaction === undefined) return
    const result = this.process.translate(this.ddtp, transaction)
    if (result.kind === 'fault' && !result.silent) this.faults.reportTransaction(result, transaction)
    this.response = debugResponse(result)
  }
}
