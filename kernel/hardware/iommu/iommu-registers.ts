/**
 * How memory-mapped registers of 4 and 8 bytes are reached, 8-byte ones also by halves; what is absent reads as zero and ignores
 * writes. RISC-V IOMMU, "Memory-mapped register interface". Offsets in bytes.
 */
import type { Width } from '../../common/device-port.js'

export interface IommuRegister {
  readonly bytes: 4 | 8
  read(): bigint
  /** Read-only unless given. `value` is the whole register. */
  write?(value: bigint): void
}

const HALF = 0xffff_ffffn

export class IommuRegisters {
  constructor(private readonly registers: ReadonlyMap<number, IommuRegister>) {}

  /** `undefined`: an access that the specification leaves open: other widths, misaligned, more than one register. */
  load(offset: number, width: Width): bigint | undefined {
    const place = this.find(offset, width)
    if (place === undefined) return undefined
    const { register, shift } = place
    const value = register?.read() ?? 0n
    return width === 8 ? value : (value >> shift) & HALF
  }

  store(offset: number, width: Width, value: bigint): boolean {
    const place = this.find(offset, width)
    if (place === undefined) return false
    const { register, shift } = place
    const whole = register === undefined || width === register.bytes ? value : (register.read() & ~(HALF << shift)) | (value << shift)
    register?.write?.(whole)
    return true
  }

  private find(offset: number, width: Width): { readonly register: IommuRegister | undefined; readonly shift: bigint } | undefined {
    if ((width !== 4 && width !== 8) || offset % width !== 0) return undefined
    const at = this.registers.get(offset)
    if (width === 8) return at?.bytes === 4 || this.registers.has(offset + 4) ? undefined : { register: at, shift: 0n }
    if (at !== undefined) return { register: at, shift: 0n }
    const below = this.registers.get(offset - 4)
    return below?.bytes === 8 ? { register: below, shift: 32n } : { register: undefined, shift: 0n }
  }
}
