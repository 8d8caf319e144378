/**
 * ACLINT in the place of a SiFive CLINT: MSWI at 0, MTIMER at 0x4000. Offsets in bytes; MTIME counts model cycles.
 * ACLINT 1.0, "Backward Compatibility With SiFive CLINT". MTIME is read-only here: it is the machine's clock.
 */
import type { Clock, DeviceModel, Width } from '../../common/device-port.js'
import type { InterruptLines } from '../hart/interrupt-lines.js'

const MSIP = 0 // 4 bytes per hart
const MTIMECMP = 0x4000 // 8 bytes per hart
const MTIME = 0xbff8 // 8 bytes, one for all harts
const NEVER = 2n ** 64n - 1n // the spec leaves MTIMECMP unknown at reset; a fixed value keeps runs repeatable
const LOW = 0xffff_ffffn

export interface AclintState {
  readonly msip: readonly boolean[]
  readonly mtimecmp: readonly bigint[]
}

export class Aclint implements DeviceModel<AclintState>, InterruptLines {
  readonly name = 'aclint'
  readonly size = 0x1_0000
  private msip: boolean[] = []
  private mtimecmp: bigint[] = []

  constructor(
    private readonly clock: Clock,
    private readonly harts: number,
  ) {
    this.reset()
  }

  softwarePending(hart: number): boolean {
    return this.msip[hart] ?? false
  }

  timerCompare(hart: number): bigint {
    return this.mtimecmp[hart] ?? NEVER
  }

  /** MTIMECMP and MTIME answer 8 bytes and either half (RISC-V Privileged, "Machine Timer (`mtime` and `mtimecmp`) Registers"). */
  load(offset: number, width: Width): bigint | undefined {
    if (offset % width !== 0) return undefined
    if (offset >= MTIME) return part(BigInt(this.clock.now()), offset - MTIME, width)
    const hart = this.timerOf(offset)
    if (hart !== undefined) return part(this.timerCompare(hart), (offset - MTIMECMP) % 8, width)
    const pending = width === 4 ? this.msip[(offset - MSIP) / 4] : undefined
    return pending === undefined ? undefined : BigInt(pending)
  }

  store(offset: number, width: Width, value: bigint): boolean {
    if (offset % width !== 0) return false
    const hart = this.timerOf(offset)
    if (hart !== undefined && (width === 4 || width === 8)) {
      this.mtimecmp[hart] = merged(this.timerCompare(hart), (offset - MTIMECMP) % 8, width, value)
      return true
    }
    const register = (offset - MSIP) / 4
    if (width !== 4 || this.msip[register] === undefined) return false
    this.msip[register] = (value & 1n) === 1n // the other bits are hardwired to zero
    return true
  }

  reset(): void {
    this.msip = Array<boolean>(this.harts).fill(false)
    this.mtimecmp = Array<bigint>(this.harts).fill(NEVER)
  }

  snapshot(): AclintState {
    return { msip: [...this.msip], mtimecmp: [...this.mtimecmp] }
  }

  restore(state: AclintState): void {
    this.msip = [...state.msip]
    this.mtimecmp = [...state.mtimecmp]
  }

  private timerOf(offset: number): number | undefined {
    const hart = Math.floor((offset - MTIMECMP) / 8)
    return hart >= 0 && hart < this.harts ? hart : undefined
  }
}

function part(register: bigint, offset: number, width: Width): bigint | undefined {
  if (width === 8) return offset === 0 ? register : undefined
  return width === 4 ? (register >> BigInt(offset * 8)) & LOW : undefined
}

function merged(register: bigint, offset: number, width: 4 | 8, value: bigint): bigint {
  if (width === 8) return value
  const shift = BigInt(offset * 8)
  return (register & ~(LOW << shift)) | (value << shift)
}
