/**
 * UART 16550A with 16-byte FIFOs. Offsets in bytes; every register is one byte. The line runs at infinite speed: what is
 * written has been sent at once, so THR is always empty; the divisor latch is kept and has no effect.
 * PC16550D data sheet, "Registers".
 */
import type { DeviceModel, InterruptLine, Width } from '../common/device-port.js'

const RBR_THR = 0 // DLL while LCR.DLAB
const IER = 1 // DLM while LCR.DLAB
const IIR_FCR = 2
const LCR = 3
const MCR = 4
const LSR = 5
const MSR = 6
const SCR = 7

const DLAB = 0x80
const IER_RECEIVED = 0x01
const IER_EMPTY = 0x02
const IER_BITS = 0x0f
const FCR_ENABLE = 0x01
const FCR_CLEAR_RECEIVER = 0x02
const IIR_NONE = 0x01
const IIR_EMPTY = 0x02
const IIR_RECEIVED = 0x04
const IIR_FIFOS = 0xc0
const LSR_DATA_READY = 0x01
const LSR_THR_EMPTY = 0x60 // THRE and TEMT
const MCR_BITS = 0x1f
const MCR_LOOP = 0x10
/** CTS, DSR and DCD asserted: a terminal is there. */
const MSR_PRESENT = 0xb0

export interface Uart16550State {
  readonly ier: number
  readonly fifos: boolean
  readonly lcr: number
  readonly mcr: number
  readonly scr: number
  readonly divisor: number
  /** The "THR empty" interrupt is pending until IIR reports it. */
  readonly emptyPending: boolean
  /** Bytes that the guest has not yet read. */
  readonly received: readonly number[]
  /** Everything sent since reset. */
  readonly sent: readonly number[]
}

const RESET_STATE: Uart16550State = {
  ier: 0,
  fifos: false,
  lcr: 0,
  mcr: 0,
  scr: 0,
  divisor: 0,
  emptyPending: false,
  received: [],
  sent: [],
}

const UNCONNECTED: InterruptLine = { set: () => undefined }

export class Uart16550 implements DeviceModel<Uart16550State> {
  readonly name = 'uart16550'
  readonly size = 0x100
  private ier = 0
  private fifos = false
  private lcr = 0
  private mcr = 0
  private scr = 0
  private divisor = 0
  private emptyPending = false
  private received: number[] = []
  private sent: number[] = []

  /** Hears each byte as it is sent. Not state. */
  onTransmit: ((byte: number) => void) | undefined

  constructor(private readonly line: InterruptLine = UNCONNECTED) {}

  /** Everything the guest has sent since reset. */
  output(): Uint8Array {
    return Uint8Array.from(this.sent)
  }

  /** The same as text; bytes that are not UTF-8 read as replacement characters. */
  outputText(): string {
    return new TextDecoder().decode(this.output())
  }

  /** Bytes arrive from the terminal. */
  input(bytes: Uint8Array): void {
    for (const byte of bytes) this.received.push(byte)
    this.updateLine()
  }

  load(offset: number, width: Width): bigint | undefined {
    if (width !== 1 || offset > SCR) return undefined
    const value = this.read(offset)
    this.updateLine()
    return BigInt(value)
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (width !== 1 || offset > SCR) return false
    this.write(offset, Number(value & 0xffn))
    this.updateLine()
    return true
  }

  reset(): void {
    this.restore(RESET_STATE)
  }

  snapshot(): Uart16550State {
    const { ier, fifos, lcr, mcr, scr, divisor, emptyPending } = this
    return { ier, fifos, lcr, mcr, scr, divisor, emptyPending, received: [...this.received], sent: [...this.sent] }
  }

  restore(state: Uart16550State): void {
    this.ier = state.ier
    this.fifos = state.fifos
    this.lcr = state.lcr
    this.mcr = state.mcr
    this.scr = state.scr
    this.divisor = state.divisor
    this.emptyPending = state.emptyPending
    this.received = [...state.received]
    this.sent = [...state.sent]
    this.updateLine()
  }

  private read(offset: number): number {
    const latch = (this.lcr & DLAB) !== 0
    switch (offset) {
      case RBR_THR:
        return latch ? this.divisor & 0xff : (this.received.shift() ?? 0)
      case IER:
        return latch ? this.divisor >> 8 : this.ier
      case IIR_FCR:
        return this.identifyInterrupt()
      case LCR:
        return this.lcr
      case MCR:
        return this.mcr
      case LSR:
        return LSR_THR_EMPTY | (this.received.length > 0 ? LSR_DATA_READY : 0)
      case MSR:
        return this.modemStatus()
      default:
        return this.scr
    }
  }

  private write(offset: number, value: number): void {
    const latch = (this.lcr & DLAB) !== 0
    switch (offset) {
      case RBR_THR:
        if (latch) this.divisor = (this.divisor & 0xff00) | value
        else this.transmit(value)
        return
      case IER:
        if (latch) this.divisor = (this.divisor & 0xff) | (value << 8)
        else this.enable(value & IER_BITS)
        return
      case IIR_FCR:
        this.fifos = (value & FCR_ENABLE) !== 0
        if ((value & FCR_CLEAR_RECEIVER) !== 0) this.received = []
        return
      case LCR:
        this.lcr = value
        return
      case MCR:
        this.mcr = value & MCR_BITS
        return
      case SCR:
        this.scr = value
        return
      default: // LSR and MSR are read-only: "writing is for factory testing"
    }
  }

  private transmit(byte: number): void {
    if ((this.mcr & MCR_LOOP) !== 0) this.received.push(byte)
    else {
      this.sent.push(byte)
      this.onTransmit?.(byte)
    }
    this.emptyPending = true
  }

  /** Enabling the empty interrupt while THR is empty raises it at once. */
  private enable(value: number): void {
    if ((value & IER_EMPTY) !== 0 && (this.ier & IER_EMPTY) === 0) this.emptyPending = true
    this.ier = value
  }

  /** Received data comes before THR empty; reading IIR clears the latter when it is what IIR reports. */
  private identifyInterrupt(): number {
    const fifos = this.fifos ? IIR_FIFOS : 0
    if (this.receivedInterrupt()) return fifos | IIR_RECEIVED
    if (!this.emptyInterrupt()) return fifos | IIR_NONE
    this.emptyPending = false
    return fifos | IIR_EMPTY
  }

  /** In loop mode the four MCR outputs come back as modem status: DTR as DSR, RTS as CTS, OUT1 as RI, OUT2 as DCD. */
  private modemStatus(): number {
    if ((this.mcr & MCR_LOOP) === 0) return MSR_PRESENT
    return ((this.mcr & 1) << 5) | ((this.mcr & 2) << 3) | ((this.mcr & 4) << 4) | ((this.mcr & 8) << 4)
  }

  private receivedInterrupt(): boolean {
    return (this.ier & IER_RECEIVED) !== 0 && this.received.length > 0
  }

  private emptyInterrupt(): boolean {
    return (this.ier & IER_EMPTY) !== 0 && this.emptyPending
  }

  private updateLine(): void {
    this.line.set(this.receivedInterrupt() || this.emptyInterrupt())
  }
}
