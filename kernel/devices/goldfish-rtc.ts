/**
 * The real-time clock of the Goldfish platform ("google,goldfish-rtc"), as on QEMU's virt board. Time in nanoseconds since
 * 1970-01-01T00:00:00Z: a start time that is passed in, plus one nanosecond for each model cycle. Offsets in bytes, registers 32 bits.
 * Android, "Goldfish Virtual Hardware", "Goldfish real-time clock".
 *
 * | offset | register        | access                                                                      |
 * | ------ | --------------- | --------------------------------------------------------------------------- |
 * | 0x00   | TIME_LOW        | load: low half of the time, and TIME_HIGH holds still; store: sets that half |
 * | 0x04   | TIME_HIGH       | high half, as of the last load of TIME_LOW; store: sets that half           |
 * | 0x08   | ALARM_LOW       | store: sets the low half of the alarm's time, and arms it                   |
 * | 0x0c   | ALARM_HIGH      | high half of the alarm's time                                               |
 * | 0x10   | IRQ_ENABLED     | bit 0: the alarm may interrupt                                              |
 * | 0x14   | CLEAR_ALARM     | store: disarms the alarm                                                    |
 * | 0x18   | ALARM_STATUS    | load: 1 while the alarm is armed                                            |
 * | 0x1c   | CLEAR_INTERRUPT | store: the alarm no longer interrupts                                       |
 */
import type { Alarm, AlarmClock, DeviceModel, InterruptLine, Width } from '../common/device-port.js'

const TIME_LOW = 0x00
const TIME_HIGH = 0x04
const ALARM_LOW = 0x08
const ALARM_HIGH = 0x0c
const IRQ_ENABLED = 0x10
const CLEAR_ALARM = 0x14
const ALARM_STATUS = 0x18
const CLEAR_INTERRUPT = 0x1c

const LOW = 0xffff_ffffn
const HIGH = LOW << 32n

export interface GoldfishRtcState {
  /** Time at cycle 0. */
  readonly epoch: bigint
  readonly latchedHigh: bigint
  readonly alarm: bigint
  readonly armed: boolean
  readonly enabled: boolean
  readonly pending: boolean
}

export class GoldfishRtc implements DeviceModel<GoldfishRtcState> {
  readonly name = 'rtc'
  readonly size = 0x1000
  private readonly bell: Alarm
  private state: GoldfishRtcState

  constructor(
    private readonly clock: AlarmClock,
    private readonly line: InterruptLine,
    private readonly epoch: bigint,
  ) {
    this.bell = clock.alarm(() => this.ring())
    this.state = this.initial()
  }

  load(offset: number, width: Width): bigint | undefined {
    if (width !== 4) return undefined
    const { latchedHigh, alarm, enabled, armed } = this.state
    switch (offset) {
      case TIME_LOW: {
        const time = this.time()
        this.change({ latchedHigh: time >> 32n })
        return time & LOW
      }
      case TIME_HIGH:
        return latchedHigh
      case ALARM_LOW:
        return alarm & LOW
      case ALARM_HIGH:
        return alarm >> 32n
      case IRQ_ENABLED:
        return enabled ? 1n : 0n
      case ALARM_STATUS:
        return armed ? 1n : 0n
      default:
        return undefined
    }
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (width !== 4) return false
    const { alarm } = this.state
    switch (offset) {
      case TIME_LOW:
        return this.setTime((this.time() & HIGH) | value)
      case TIME_HIGH:
        return this.setTime((this.time() & LOW) | (value << 32n))
      case ALARM_LOW:
        return this.change({ alarm: (alarm & HIGH) | value, armed: true })
      case ALARM_HIGH:
        return this.change({ alarm: (alarm & LOW) | (value << 32n) })
      case IRQ_ENABLED:
        return this.change({ enabled: (value & 1n) === 1n })
      case CLEAR_ALARM:
        return this.change({ armed: false })
      case CLEAR_INTERRUPT:
        return this.change({ pending: false })
      default:
        return false
    }
  }

  reset(): void {
    this.restore(this.initial())
  }

  snapshot(): GoldfishRtcState {
    return { ...this.state }
  }

  restore(state: GoldfishRtcState): void {
    this.state = { ...state }
    this.settle()
  }

  private initial(): GoldfishRtcState {
    return { epoch: this.epoch, latchedHigh: 0n, alarm: 0n, armed: false, enabled: false, pending: false }
  }

  private time(): bigint {
    return BigInt.asUintN(64, this.state.epoch + BigInt(this.clock.now()))
  }

  private setTime(time: bigint): true {
    return this.change({ epoch: time - BigInt(this.clock.now()) })
  }

  private change(change: Partial<GoldfishRtcState>): true {
    this.state = { ...this.state, ...change }
    this.settle()
    return true
  }

  private ring(): void {
    if (this.state.armed && this.time() >= this.state.alarm) this.change({ armed: false, pending: true })
  }

  private settle(): void {
    const { alarm, armed, epoch, enabled, pending } = this.state
    this.bell.set(armed ? Number(alarm - epoch) : undefined)
    this.line.set(enabled && pending)
  }
}
