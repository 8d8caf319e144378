/**
 * A scatter-gather DMA engine: a bus master with nothing but memory on both sides, by which software tests what its IOMMU lets through.
 * It models no product; this table is its specification. Registers are 4 bytes, those with an asterisk 8 bytes or two halves; offsets
 * in bytes, little-endian.
 *
 * | offset | register | bits                                                                                                |
 * | ------ | -------- | --------------------------------------------------------------------------------------------------- |
 * | 0      | ID       | read-only 0x444d_4131                                                                               |
 * | 4      | CONTROL  | 0 START (reads as 0), 1 IE; 2 PV, 3 PRIV, 4 EXE: what transfers carry beside the device id           |
 * | 8      | STATUS   | 0 DONE, 1 ERROR; writing 1 clears; while IE is set, either asserts the interrupt                    |
 * | 12     | PROCESS  | process_id, 20 bits, carried when PV is set                                                         |
 * | 16 *   | LIST     | address of the first descriptor                                                                     |
 * | 24 *   | COUNT    | descriptors completed since START; read-only                                                        |
 * | 32 *   | FAULT    | address at which the last transfer that faulted began; read-only                                    |
 *
 * A descriptor has 32 bytes: source, destination, length (8 bytes each), next descriptor; next 0 ends the list. A descriptor with
 * bit 0 of length's top byte (bit 56) set is a fill: source is the value that is written over and over. START works through the list
 * at once. A transfer that faults ends it with ERROR; a list of more than 1,024 descriptors, or a length above 1 MiB, does so too.
 */
import { DMA_TRANSFER_BYTES, type DeviceModel, type DmaPort, type InterruptLine, type Width } from '../common/device-port.js'

const ID = 0x444d_4131
const [ID_AT, CONTROL, STATUS, PROCESS, LIST, COUNT, FAULT, END] = [0, 4, 8, 12, 16, 24, 32, 40]
const [START, IE, PV, PRIV, EXE] = [1, 2, 4, 8, 16]
const [DONE, ERROR] = [1, 2]
const CONTROL_KEPT = IE | PV | PRIV | EXE
const PROCESS_BITS = 0xf_ffff
const HALF = 0xffff_ffffn

const DESCRIPTOR_BYTES = 32
const FILL = 1n << 56n
const LONGEST = 1n << 20n
const MOST_DESCRIPTORS = 1024

/** What transfers carry beside the device id. */
export interface DmaAttributes {
  readonly process?: number
  readonly supervisor?: boolean
  readonly execute?: boolean
}

interface Descriptor {
  readonly source: bigint
  readonly destination: bigint
  readonly length: number
  readonly fill: boolean
  readonly next: bigint
}

export interface DmaEngineState {
  readonly control: number
  readonly status: number
  readonly process: number
  readonly list: bigint
  readonly count: number
  readonly fault: bigint
}

const RESET: DmaEngineState = { control: 0, status: 0, process: 0, list: 0n, count: 0, fault: 0n }

export class DmaEngine implements DeviceModel<DmaEngineState> {
  readonly name = 'dma-engine'
  readonly size = 0x1000
  private state: DmaEngineState = RESET

  /** `ports` gives the way to memory for transfers with such attributes. */
  constructor(
    private readonly ports: (attributes: DmaAttributes) => DmaPort,
    private readonly line: InterruptLine,
  ) {}

  load(offset: number, width: Width): bigint | undefined {
    if (width === 8) return isLong(offset) ? this.long(offset) : undefined
    if (width !== 4 || offset % 4 !== 0 || offset >= END) return undefined
    return offset < LIST ? BigInt(this.short(offset)) : (this.long(offset - (offset % 8)) >> BigInt((offset % 8) * 8)) & HALF
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (offset === LIST && width === 8) this.set({ list: value })
    else if (width !== 4) return false
    else if (offset === LIST) this.set({ list: (this.state.list & ~HALF) | value })
    else if (offset === LIST + 4) this.set({ list: (this.state.list & HALF) | (value << 32n) })
    else if (offset === CONTROL) this.control(Number(value))
    else if (offset === STATUS) this.set({ status: this.state.status & ~Number(value) })
    else if (offset === PROCESS) this.set({ process: Number(value) & PROCESS_BITS })
    else return false
    return true
  }

  reset(): void {
    this.restore(RESET)
  }

  snapshot(): DmaEngineState {
    return this.state
  }

  restore(state: DmaEngineState): void {
    this.state = state
    this.set({})
  }

  private short(offset: number): number {
    const { control, status, process } = this.state
    const registers: Readonly<Record<number, number>> = { [ID_AT]: ID, [CONTROL]: control, [STATUS]: status, [PROCESS]: process }
    return registers[offset] ?? 0
  }

  private long(offset: number): bigint {
    const { list, count, fault } = this.state
    return offset === LIST ? list : offset === COUNT ? BigInt(count) : fault
  }

  private set(change: Partial<DmaEngineState>): void {
    this.state = { ...this.state, ...change }
    this.line.set((this.state.control & IE) !== 0 && this.state.status !== 0)
  }

  private control(value: number): void {
    this.set({ control: value & CONTROL_KEPT })
    if ((value & START) !== 0) this.run()
  }

  private run(): void {
    const { control, process } = this.state
    const port = this.ports({
      ...((control & PV) === 0 ? {} : { process }),
      supervisor: (control & PRIV) !== 0,
      execute: (control & EXE) !== 0,
    })
    let [at, count] = [this.state.list, 0]
    let fault: bigint | undefined
    while (fault === undefined && at !== 0n && count < MOST_DESCRIPTORS) {
      const descriptor = readDescriptor(port, at)
      fault = descriptor === undefined ? at : transfer(port, descriptor)
      if (fault === undefined) count += 1
      at = descriptor?.next ?? 0n
    }
    const endless = fault === undefined && at !== 0n
    const failed = endless ? at : fault
    this.set({ count, status: this.state.status | (failed === undefined ? DONE : ERROR), fault: failed ?? this.state.fault })
  }
}

const isLong = (offset: number): boolean => offset === LIST || offset === COUNT || offset === FAULT

/** `undefined`: the transfer that fetches it faults. */
function readDescriptor(port: DmaPort, address: bigint): Descriptor | undefined {
  const bytes = port.read(address, DESCRIPTOR_BYTES)
  if (bytes === undefined) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const word = (index: number): bigint => view.getBigUint64(index * 8, true)
  const length = word(2) & ~FILL
  return {
    source: word(0),
    destination: word(1),
    length: length > LONGEST ? Infinity : Number(length),
    fill: (word(2) & FILL) !== 0n,
    next: word(3),
  }
}

/** Returns where the piece that faulted begins; `undefined`: all is done. */
function transfer(port: DmaPort, { source, destination, length, fill }: Descriptor): bigint | undefined {
  if (length === Infinity) return destination
  for (let done = 0; done < length;) {
    const part = Math.min(length - done, DMA_TRANSFER_BYTES)
    const from = source + BigInt(done)
    const to = destination + BigInt(done)
    const bytes = fill ? pattern(source, part) : port.read(from, part)
    if (bytes === undefined) return from
    if (!port.write(to, bytes)) return to
    done += part
  }
  return undefined
}

/** The value again and again; pieces begin at multiples of eight bytes. */
function pattern(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Number((value >> BigInt((index % 8) * 8)) & 0xffn))
}
