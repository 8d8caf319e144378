/**
 * The test finisher of SiFive's and QEMU's boards ("sifive,test1"): a 32-bit store ends the run. Offsets in bytes.
 * Stored value: 0x5555 pass, 0x3333 | code << 16 fail, 0x7777 reset; any other value is ignored.
 */
import type { DeviceModel, Width } from '../common/device-port.js'

const PASS = 0x5555
const FAIL = 0x3333
const RESET = 0x7777

export type FinisherOutcome = { readonly kind: 'powered-off'; readonly code: number } | { readonly kind: 'reset' }

/** Holds no state: what it is told, it passes on. */
export class TestFinisher implements DeviceModel<null> {
  readonly name = 'test-finisher'
  readonly size = 0x1000

  constructor(private readonly finish: (outcome: FinisherOutcome) => void) {}

  /** Reads 0: a driver of the generic "syscon" binding reads, changes and writes it. */
  load(offset: number, width: Width): bigint | undefined {
    return offset === 0 && width === 4 ? 0n : undefined
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (offset !== 0 || width !== 4) return false
    const command = Number(value & 0xffffn)
    if (command === PASS) this.finish({ kind: 'powered-off', code: 0 })
    if (command === FAIL) this.finish({ kind: 'powered-off', code: Number((value >> 16n) & 0xffffn) })
    if (command === RESET) this.finish({ kind: 'reset' })
    return true
  }

  reset(): void {
    return
  }

  snapshot(): null {
    return null
  }

  restore(): void {
    return
  }
}
