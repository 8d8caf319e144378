/**
 * The process context. RISC-V IOMMU, "Process-context fields", "Process-context configuration checks".
 */
import { pointerReserved, supportedPaging } from './device-context.js'

const ENS = 1n << 1n
const SUM = 1n << 2n
/** Bits 11:3 and 63:32. */
const TA_RESERVED = (0x1ffn << 3n) | (0xffff_ffffn << 32n)

export interface ProcessContext {
  /** Transactions may ask for supervisor privilege. */
  readonly ens: boolean
  readonly sum: boolean
  readonly pscid: number
  /** In the form of `iosatp`. */
  readonly fsc: bigint
}

/** `undefined`: misconfigured. */
export function processContext([ta = 0n, fsc = 0n]: readonly bigint[]): ProcessContext | undefined {
  if ((ta & TA_RESERVED) !== 0n || pointerReserved(fsc) || !supportedPaging(fsc)) return undefined
  return { ens: (ta & ENS) !== 0n, sum: (ta & SUM) !== 0n, pscid: Number((ta >> 12n) & 0xf_ffffn), fsc }
}
