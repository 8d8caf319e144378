/**
 * The Generic Watchdog of the Arm Base System Architecture, revision 0, which asks nothing of the processor: after one watchdog
 * period without a refresh it interrupts (WS0), after a second one it resets the machine (WS1). Time in model cycles, offsets in
 * bytes, registers 32 bits. Arm Base System Architecture, "Generic Watchdog".
 *
 * | offset | register | access                                                                        |
 * | ------ | -------- | ----------------------------------------------------------------------------- |
 * | 0x0000 | WCS      | bit 0 enables; bits 1 and 2, read-only, are WS0 and WS1; a store refreshes    |
 * | 0x0008 | WOR      | the watchdog period; a store refreshes                                        |
 * | 0x0010 | WCV low  | the time at which the present period ends; can be stored to                   |
 * | 0x0014 | WCV high |                                                                               |
 * | 0x0fcc | W_IIDR   | reads 0: no product, revision 0                                               |
 * | 0x1000 | WRR      | refresh frame; a store refreshes, a load reads 0                              |
 * | 0x1fcc | W_IIDR   | as in the control frame                                                       |
 */
import type { Alarm, AlarmClock, DeviceModel, InterruptLine, Width } from '../common/device-port.js'

const WCS = 0x0000
const WOR = 0x0008
const WCV_LOW = 0x0010
const WCV_HIGH = 0x0014
const W_IIDR = 0x0fcc
const WRR = 0x1000
const REFRESH_IIDR = 0x1fcc

const ENABLE = 1n
const WS0 = 2n
const WS1 = 4n
const LOW = 0xffff_ffffn

export interface GenericWatchdogState {
  readonly enabled: boolean
  readonly ws0: boolean
  readonly ws1: boolean
  readonly offset: bigint
  readonly compare: bigint
}

const RESET_STATE: GenericWatchdogState = { enabled: false, ws0: false, ws1: false, offset: 0n, compare: 0n }

export class GenericWatchdog implements DeviceModel<GenericWatchdogState> {
  readonly name = 'watchdog'
  readonly size = 0x2000
  private readonly bell: Alarm
  private state = RESET_STATE

  /** `expired` is told when WS1 is asserted: the machine is to be reset. */
  constructor(
    private readonly clock: AlarmClock,
    private readonly line: InterruptLine,
    private readonly expired: () => void,
  ) {
    this.bell = clock.alarm(() => this.ring())
  }

  load(offset: number, width: Width): bigint | undefined {
    if (width !== 4) return undefined
    const { enabled, ws0, ws1, offset: period, compare } = this.state
    switch (offset) {
      case WCS:
        return (enabled ? ENABLE : 0n) | (ws0 ? WS0 : 0n) | (ws1 ? WS1 : 0n)
      case WOR:
        return period
      case WCV_LOW:
        return compare & LOW
      case WCV_HIGH:
        return compare >> 32n
      case WRR:
      case W_IIDR:
      case REFRESH_IIDR:
        return 0n
      default:
        return undefined
    }
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (width !== 4) return false
    const { compare } = this.state
    switch (offset) {
      case WCS:
        return this.refresh({ enabled: (value & ENABLE) !== 0n })
      case WOR:
        return this.refresh({ offset: value })
      case WCV_LOW:
        return this.change({ compare: (compare & ~LOW) | value })
      case WCV_HIGH:
        return this.change({ compare: (compare & LOW) | (value << 32n) })
      case WRR:
        return this.refresh({})
      default:
        return false
    }
  }

  reset(): void {
    this.restore(RESET_STATE)
  }

  snapshot(): GenericWatchdogState {
    return { ...this.state }
  }

  restore(state: GenericWatchdogState): void {
    this.state = { ...state }
    this.settle()
  }

  /** An explicit refresh ends both signals. */
  private refresh(change: Partial<GenericWatchdogState>): true {
    const { offset = this.state.offset } = change
    return this.change({ ...change, ws0: false, ws1: false, compare: BigInt(this.clock.now()) + offset })
  }

  /** The counter has passed WCV: the first time that refreshes and asserts WS0, the second time it asserts WS1. */
  private ring(): void {
    const { enabled, ws0, ws1, offset, compare } = this.state
    const now = BigInt(this.clock.now())
    if (!enabled || ws1 || now <= compare) return
    if (!ws0) {
      this.change({ ws0: true, compare: now + offset })
      return
    }
    this.change({ ws1: true })
    this.expired()
  }

  private change(change: Partial<GenericWatchdogState>): true {
    this.state = { ...this.state, ...change }
    this.settle()
    return true
  }

  private settle(): void {
    const { enabled, ws0, ws1, compare } = this.state
    this.bell.set(enabled && !ws1 ? Number(compare) + 1 : undefined)
    this.line.set(enabled && ws0)
  }
}
