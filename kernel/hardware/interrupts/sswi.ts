/**
 * ACLINT SSWI: supervisor software interrupts without a call to M-mode. Offsets in bytes. ACLINT 1.0, "Supervisor-level Software Interrupt
 * Device (SSWI)".
 *
 * | offset | register                                                                                         |
 * | ------ | ------------------------------------------------------------------------------------------------ |
 * | 4 h    | SETSSIP of hart h: 4 bytes, reads as zero; storing 1 to bit 0 sets mip.SSIP, which the hart clears |
 */
import type { DeviceModel, Width } from '../../common/device-port.js'

/** Holds no state: what it is told, it passes on. */
export class Sswi implements DeviceModel<null> {
  readonly name = 'sswi'
  readonly size = 0x4000

  /** `raise[h]` sets SSIP of hart h. */
  constructor(private readonly raise: readonly (() => void)[]) {}

  load(offset: number, width: Width): bigint | undefined {
    return this.register(offset, width) === undefined ? undefined : 0n
  }

  store(offset: number, width: Width, value: bigint): boolean {
    const raise = this.register(offset, width)
    if (raise === undefined) return false
    if ((value & 1n) === 1n) raise()
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

  private register(offset: number, width: Width): (() => void) | undefined {
    return width === 4 ? this.raise[offset / 4] : undefined
  }
}
