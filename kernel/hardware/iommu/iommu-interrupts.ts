/**
 * Interrupts of the IOMMU itself: pending bits, vectors, wires or messages. Four vectors; wire v is asserted while a pending bit has
 * vector v. RISC-V IOMMU, "Interrupt pending status register (`ipsr`)", "Interrupt-cause-to-vector register (`icvec`)", "MSI
 * configuration table (`msi_cfg_tbl`)".
 */
import type { InterruptLine } from '../../common/device-port.js'
import type { IommuMemory } from './iommu-memory.js'
import type { IommuRegister } from './iommu-registers.js'

const VECTORS = 4
/** Bits of `ipsr`, by their numbers; `pmip` and `pip` have nothing that sets them. */
export const CIP = 0
export const FIP = 1
const SOURCES = [CIP, FIP]
/** `civ` and `fiv`, two bits each; the vectors of what is absent are hardwired to zero. */
const ICVEC_WRITABLE = 0x33

const ICVEC = 760
const MESSAGE_TABLE = 768
const MESSAGE_BYTES = 16
const ADDRESS = ((1n << 54n) - 1n) << 2n
const MASKED = 1

interface Message {
  address: bigint
  data: number
  control: number
}

export interface IommuInterruptsState {
  readonly ipsr: number
  readonly icvec: number
  /** Vectors whose message waits for its mask to go. */
  readonly waiting: number
  readonly messages: readonly Readonly<Message>[]
}

export class IommuInterrupts {
  private ipsr = 0
  private icvec = 0
  private waiting = 0
  private readonly messages: Message[] = Array.from({ length: VECTORS }, () => ({ address: 0n, data: 0, control: 0 }))

  /** `wired`: fctl.WSI; `refused` hears the address of a message that could not be written. */
  constructor(
    private readonly memory: IommuMemory,
    private readonly wires: readonly InterruptLine[],
    private readonly wired: () => boolean,
    private readonly refused: (address: bigint) => void,
  ) {}

  get pending(): number {
    return this.ipsr
  }

  /** `icvec` and `msi_cfg_tbl`. */
  registers(): [number, IommuRegister][] {
    const vectors: IommuRegister = {
      bytes: 8,
      read: () => BigInt(this.icvec),
      write: (value) => this.writeVectors(Number(value & 0xffffn)),
    }
    const messages = this.messages.flatMap((message, vector): [number, IommuRegister][] => {
      const base = MESSAGE_TABLE + vector * MESSAGE_BYTES
      return [
        [base, { bytes: 8, read: () => message.address, write: (value) => (message.address = value & ADDRESS) }],
        [base + 8, { bytes: 4, read: () => BigInt(message.data), write: (value) => (message.data = Number(value)) }],
        [base + 12, { bytes: 4, read: () => BigInt(message.control), write: (value) => this.mask(vector, Number(value) & MASKED) }],
      ]
    })
    return [[ICVEC, vectors], ...messages]
  }

  /** A pending bit is set; a message goes out when it was not set before. */
  raise(source: number): void {
    const before = this.ipsr
    this.ipsr |= 1 << source
    if (before !== this.ipsr && !this.wired()) this.send(this.vectorOf(source))
    this.driveWires()
  }

  /** Writing 1 clears. */
  acknowledge(value: number): void {
    this.ipsr &= ~value
    this.driveWires()
  }

  /** Levels of the wires as `ipsr`, `icvec` and fctl.WSI say. */
  driveWires(): void {
    const asserted = SOURCES.filter((source) => this.wired() && (this.ipsr & (1 << source)) !== 0).map((source) => this.vectorOf(source))
    this.wires.forEach((wire, vector) => wire.set(asserted.includes(vector)))
  }

  reset(): void {
    this.restore({ ipsr: 0, icvec: 0, waiting: 0, messages: [] })
  }

  snapshot(): IommuInterruptsState {
    const { ipsr, icvec, waiting } = this
    return { ipsr, icvec, waiting, messages: this.messages.map((message) => ({ ...message })) }
  }

  restore({ ipsr, icvec, waiting, messages }: IommuInterruptsState): void {
    this.ipsr = ipsr
    this.icvec = icvec
    this.waiting = waiting
    this.messages.forEach((message, vector) => Object.assign(message, messages[vector] ?? { address: 0n, data: 0, control: 0 }))
    this.driveWires()
  }

  private vectorOf(source: number): number {
    return (this.icvec >>> (source * 4)) & 3
  }

  private writeVectors(value: number): void {
    this.icvec = value & ICVEC_WRITABLE
    this.driveWires()
  }

  /** A message that waited for its mask to go goes out. */
  private mask(vector: number, control: number): void {
    const message = this.messages[vector]
    if (message === undefined) return
    message.control = control
    const waits = (this.waiting & (1 << vector)) !== 0
    if (!waits || control === MASKED) return
    this.waiting &= ~(1 << vector)
    this.send(vector)
  }

  private send(vector: number): void {
    const message = this.messages[vector]
    if (message === undefined) return
    if (message.control === MASKED) this.waiting |= 1 << vector
    else if (!this.memory.store32(message.address, message.data)) this.refused(message.address)
  }
}
