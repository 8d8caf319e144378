/**
 * The device context: what the fields mean, and which settings are misconfigured on an IOMMU without ATS, QoS identifiers, big-endian
 * tables and Sv32. RISC-V IOMMU, "Device-context fields", "Device-context configuration checks".
 */
import { PPN } from './directory.js'

const EN_ATS = 1n << 1n
const EN_PRI = 1n << 2n
const T2GPA = 1n << 3n
const DTF = 1n << 4n
const PDTV = 1n << 5n
const PRPR = 1n << 6n
const GADE = 1n << 7n
const SADE = 1n << 8n
const DPE = 1n << 9n
const SBE = 1n << 10n
const SXL = 1n << 11n
/** Bits 23:12 and 63:32; bits 31:24 are for custom use and mean nothing here. */
const TC_RESERVED = (0xfffn << 12n) | (0xffff_ffffn << 32n)
/** What needs a capability that is absent. */
const TC_UNSUPPORTED = EN_ATS | EN_PRI | T2GPA | PRPR | SBE | SXL
/** Bits 11:0 and 39:32, and RCID and MCID. */
const TA_RESERVED = 0xfffn | (0xffff_ffffn << 32n)
/** Bits 59:44 of `fsc` and `msiptp`. */
const POINTER_RESERVED = 0xffffn << 44n
/** MSI mask and pattern: with Sv57x4, MGPAW is 59. */
const MSI_RESERVED = ~((1n << 47n) - 1n)
const ROOT_ALIGNMENT = 3n

const MODE_SHIFT = 60n
export const modeOf = (pointer: bigint): number => Number(pointer >> MODE_SHIFT)
const BARE = 0
const SUPPORTED_PAGING: ReadonlySet<number> = new Set([BARE, 8, 9, 10])
const MAX_PDTP_MODE = 3
const MSI_OFF = 0
const MSI_FLAT = 1

/** Bare, or Sv39, Sv48, Sv57, in `iohgatp` with x4. */
export const supportedPaging = (pointer: bigint): boolean => SUPPORTED_PAGING.has(modeOf(pointer))
export const pointerReserved = (pointer: bigint): boolean => (pointer & POINTER_RESERVED) !== 0n

export interface DeviceContext {
  /** Faults of address translation are not reported. */
  readonly dtf: boolean
  /** `fsc` is a process-directory-table pointer. */
  readonly pdtv: boolean
  /** Transactions without process_id have process 0. */
  readonly dpe: boolean
  readonly gade: boolean
  readonly sade: boolean
  readonly iohgatp: bigint
  /** `undefined`: the second stage is Bare. */
  readonly gscid: number | undefined
  readonly pscid: number
  /** `iosatp`, or `pdtp`. */
  readonly fsc: bigint
  /** `undefined`: msiptp.MODE is Off. */
  readonly msi: { readonly root: bigint; readonly mask: bigint; readonly pattern: bigint } | undefined
}

/** The context in its doublewords, four of the base format or eight of the extended one; `undefined`: misconfigured. */
export function deviceContext(words: readonly bigint[]): DeviceContext | undefined {
  const [tc = 0n, iohgatp = 0n, ta = 0n, fsc = 0n, msiptp = 0n, mask = 0n, pattern = 0n, reserved = 0n] = words
  const flag = (bit: bigint): boolean => (tc & bit) !== 0n
  const guest = modeOf(iohgatp) !== BARE
  const refused =
    (tc & (TC_RESERVED | TC_UNSUPPORTED)) !== 0n ||
    (ta & TA_RESERVED) !== 0n ||
    pointerReserved(fsc) ||
    (flag(PDTV) ? modeOf(fsc) > MAX_PDTP_MODE : !supportedPaging(fsc) || flag(DPE)) ||
    !supportedPaging(iohgatp) ||
    (guest && (iohgatp & ROOT_ALIGNMENT) !== 0n) ||
    msiMisconfigured(msiptp, guest) ||
    ((mask | pattern) & MSI_RESERVED) !== 0n ||
    reserved !== 0n
  if (refused) return undefined
  return {
    dtf: flag(DTF),
    pdtv: flag(PDTV),
    dpe: flag(DPE),
    gade: flag(GADE),
    sade: flag(SADE),
    iohgatp,
    gscid: guest ? Number((iohgatp >> 44n) & 0xffffn) : undefined,
    pscid: Number((ta >> 12n) & 0xf_ffffn),
    fsc,
    msi: modeOf(msiptp) === MSI_OFF ? undefined : { root: msiptp & PPN, mask, pattern },
  }
}

/** Without a second stage no GSCID names the guest whose interrupt files these are: MODE must be Off. */
function msiMisconfigured(msiptp: bigint, guest: boolean): boolean {
  return pointerReserved(msiptp) || modeOf(msiptp) > (guest ? MSI_FLAT : MSI_OFF)
}
