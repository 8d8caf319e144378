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
export const SUM_SHIFT = 18n
export const SUM = 1n << SUM_SHIFT
export const MXR = 1n << 19n
export const TVM = 1n << 20n
export const TW = 1n << 21n
export const TSR = 1n << 22n
/** sstatus.SDT and vsstatus.SDT (RISC-V Privileged, "Double Trap Control in `sstatus` Register"). */
export const SDT = 1n << 24n
/** GVA and MPV exist with the hypervisor extension, MDT with Smdbltrp. */
export const GVA = 1n << 38n
export const MPV = 1n << 39n
export const MDT = 1n << 42n
/** UXL and SXL: 64 bits, read-only. */
export const XLEN_FIELDS = (2n << 32n) | (2n << 34n)
export const UXL_64 = 2n << 32n

export const MSTATUS_WRITABLE = SIE | MIE | SPIE | MPIE | SPP | MPP | FS | MPRV | SUM | MXR | TVM | TW | TSR
export const SSTATUS_WRITABLE = SIE | SPIE | SPP | FS | SUM | MXR

export const SSI = 1n << 1n
export const VSSI = 1n << 2n
export const MSI = 1n << 3n
export const STI = 1n << 5n
export const VSTI = 1n << 6n
export const MTI = 1n << 7n
export const SEI = 1n << 9n
export const VSEI = 1n << 10n
export const MEI = 1n << 11n
export const SGEI = 1n << 12n
export const VS_INTERRUPTS = VSSI | VSTI | VSEI
export const HS_INTERRUPTS = VS_INTERRUPTS | SGEI

/** hstatus: GVA, SPV, SPVP, HU, VGEIN, VTVM, VTW, VTSR and the read-only VSXL (64 bits). RISC-V Privileged, "Hypervisor Status (`hstatus`) Register". */
export const HSTATUS_GVA = 1n << 6n
export const SPV = 1n << 7n
export const SPVP = 1n << 8n
export const HU = 1n << 9n
export const VGEIN_SHIFT = 12n
export const VGEIN = 0x3fn << VGEIN_SHIFT
export const VTVM = 1n << 20n
export const VTW = 1n << 21n
export const VTSR = 1n << 22n
export const VSXL_64 = 2n << 32n

/** hvictl (RISC-V AIA, "Virtual interrupts for VS level"). */
export const HVICTL_VTI = 1n << 30n
export const HVICTL_IID = 0xfffn << 16n
export const HVICTL_DPR = 1n << 9n
export const HVICTL_IPRIOM = 1n << 8n
export const HVICTL_IPRIO = 0xffn

/** mnstatus (RISC-V Privileged, "Smrnmi"). */
export const NMIE = 1n << 3n
export const MNPV = 1n << 7n
export const MNPP = 3n << 11n

/** menvcfg and henvcfg: double traps, updates of A and D by hardware, page-based memory types. */
export const DTE = 1n << 59n
export const ADUE = 1n << 61n
export const PBMTE = 1n << 62n
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
export const SATP_SV57 = 10n
export const SATP_PPN = (1n << 44n) - 1n
export const ASID_SHIFT = 44n
export const ASID = 0xffffn
/** VMIDMAX of Sv39x4, Sv48x4 and Sv57x4. */
export const VMID = 0x3fffn
