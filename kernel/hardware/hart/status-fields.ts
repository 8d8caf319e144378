/** Fields of mstatus, sstatus, mip, satp and menvcfg. RISC-V Privileged, the sections of those registers. */
export const SIE = 1n << 1n
export const MIE = 1n << 3n
export const SPIE = 1n << 5n
export const MPIE = 1n << 7n
export const SPP = 1n << 8n
export const MPP = 3n << 11n
export const MPP_SHIFT = 11n
/** FS: 0 Off, 1 Initial, 2 Clean, 3 Dirty. SD, read-only, says that FS is Dirty: there is no other state of extensions. */
export const FS = 3n << 13n
export const FS_OFF = 0n
export const FS_DIRTY = 3n << 13n
export const SD = 1n << 63n
export const MPRV = 1n << 17n
export const SUM = 1n << 18n
export const MXR = 1n << 19n
export const TVM = 1n << 20n
export const TW = 1n << 21n
export const TSR = 1n << 22n
/** UXL and SXL: 64 bits, read-only. */
export const XLEN_FIELDS = (2n << 32n) | (2n << 34n)
export const UXL_64 = 2n << 32n

export const MSTATUS_WRITABLE = SIE | MIE | SPIE | MPIE | SPP | MPP | FS | MPRV | SUM | MXR | TVM | TW | TSR
export const SSTATUS_WRITABLE = SIE | SPIE | SPP | FS | SUM | MXR

export const SSI = 1n << 1n
export const MSI = 1n << 3n
export const STI = 1n << 5n
export const MTI = 1n << 7n
export const SEI = 1n << 9n
export const MEI = 1n << 11n

/** menvcfg.STCE: stimecmp works and drives mip.STIP (RISC-V Privileged, "Sstc"). */
export const STCE = 1n << 63n
export const FIOM = 1n
/** menvcfg and senvcfg: CBIE (0 illegal, 1 flush, 3 invalidate), CBCFE, CBZE (RISC-V Unprivileged, "CMO" Extensions). */
export const CBIE = 3n << 4n
export const CBCFE = 1n << 6n
export const CBZE = 1n << 7n

export const SATP_MODE_SHIFT = 60n
export const SATP_BARE = 0n
export const SATP_SV39 = 8n
export const SATP_PPN = (1n << 44n) - 1n
