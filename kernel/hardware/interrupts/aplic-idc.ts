/**
 * Interrupt delivery control of one hart in direct delivery mode. Offsets in bytes within its 32.
 * RISC-V AIA, "Interrupt delivery control (IDC) structure".
 */
import type { InterruptLine } from '../../common/device-port.js'

const IDELIVERY = 0x00
const IFORCE = 0x04
const ITHRESHOLD = 0x08
export const TOPI = 0x18
export const CLAIMI = 0x1c
export const IDC_BYTES = 32

const PRIORITY = 0xff

export interface AplicIdcState {
  readonly delivery: boolean
  readonly force: boolean
  readonly threshold: number
}

export class AplicIdc {
  private delivery = false
  private force = false
  threshold = 0

  constructor(private readonly line: InterruptLine) {}

  /** Registers without side effects; `topi` and `claimi` are the domain's. */
  read(offset: number): number {
    if (offset === IDELIVERY) return this.delivery ? 1 : 0
    if (offset === IFORCE) return this.force ? 1 : 0
    return offset === ITHRESHOLD ? this.threshold : 0
  }

  write(offset: number, value: number): void {
    if (offset === IDELIVERY) this.delivery = (value & 1) === 1
    if (offset === IFORCE) this.force = (value & 1) === 1
    if (offset === ITHRESHOLD) this.threshold = value & PRIORITY
  }

  /** A claim found nothing. */
  spurious(): void {
    this.force = false
  }

  /** `open`: domaincfg.IE in direct delivery mode; `top`: the value of topi. */
  drive(open: boolean, top: number): void {
    this.line.set(open && this.delivery && (this.force || top !== 0))
  }

  snapshot(): AplicIdcState {
    return { delivery: this.delivery, force: this.force, threshold: this.threshold }
  }

  restore({ delivery, force, threshold }: AplicIdcState): void {
    this.delivery = delivery
    this.force = force
    this.threshold = threshold
  }
}
