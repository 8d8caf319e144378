/**
 * Control and status registers of RV64 by name. RISC-V Privileged, "CSR Listing" (user, supervisor, hypervisor, virtual
 * supervisor and machine tables); RISC-V AIA, "CSRs"; extensions Sstc, Smstateen, Smrnmi, Smcntrpmf, Ssqosid by their own tables.
 * The registers that exist on RV32 only are absent.
 */
type Row = readonly [name: string, address: number]

/** `count` registers with consecutive numbers and addresses, e.g. pmpaddr0 to pmpaddr63. */
function numbered(stem: string, first: number, count: number, address: number): readonly Row[] {
  return Array.from({ length: count }, (_, index): Row => [`${stem}${first + index}`, address + index])
}

const USER: readonly Row[] = [
  ['fflags', 0x001],
  ['frm', 0x002],
  ['fcsr', 0x003],
  ['vstart', 0x008],
  ['vxsat', 0x009],
  ['vxrm', 0x00a],
  ['vcsr', 0x00f],
  ['ssp', 0x011],
  ['seed', 0x015],
  ['jvt', 0x017],
  ['cycle', 0xc00],
  ['time', 0xc01],
  ['instret', 0xc02],
  ...numbered('hpmcounter', 3, 29, 0xc03),
  ['vl', 0xc20],
  ['vtype', 0xc21],
  ['vlenb', 0xc22],
]

const SUPERVISOR: readonly Row[] = [
  ['sstatus', 0x100],
  ['sie', 0x104],
  ['stvec', 0x105],
  ['scounteren', 0x106],
  ['senvcfg', 0x10a],
  ...numbered('sstateen', 0, 4, 0x10c),
  ['scountinhibit', 0x120],
  ['sscratch', 0x140],
  ['sepc', 0x141],
  ['scause', 0x142],
  ['stval', 0x143],
  ['sip', 0x144],
  ['stimecmp', 0x14d],
  ['siselect', 0x150],
  ['sireg', 0x151],
  ['sireg2', 0x152],
  ['sireg3', 0x153],
  ['sireg4', 0x155],
  ['sireg5', 0x156],
  ['sireg6', 0x157],
  ['stopei', 0x15c],
  ['satp', 0x180],
  ['srmcfg', 0x181],
  ['scontext', 0x5a8],
  ['scountovf', 0xda0],
  ['stopi', 0xdb0],
]

const HYPERVISOR: readonly Row[] = [
  ['hstatus', 0x600],
  ['hedeleg', 0x602],
  ['hideleg', 0x603],
  ['hie', 0x604],
  ['htimedelta', 0x605],
  ['hcounteren', 0x606],
  ['hgeie', 0x607],
  ['hvien', 0x608],
  ['hvictl', 0x609],
  ['henvcfg', 0x60a],
  ...numbered('hstateen', 0, 4, 0x60c),
  ['htval', 0x643],
  ['hip', 0x644],
  ['hvip', 0x645],
  ['hviprio1', 0x646],
  ['hviprio2', 0x647],
  ['htinst', 0x64a],
  ['hgatp', 0x680],
  ['hcontext', 0x6a8],
  ['hgeip', 0xe12],
]

const VIRTUAL_SUPERVISOR: readonly Row[] = [
  ['vsstatus', 0x200],
  ['vsie', 0x204],
  ['vstvec', 0x205],
  ['vsscratch', 0x240],
  ['vsepc', 0x241],
  ['vscause', 0x242],
  ['vstval', 0x243],
  ['vsip', 0x244],
  ['vstimecmp', 0x24d],
  ['vsiselect', 0x250],
  ['vsireg', 0x251],
  ['vsireg2', 0x252],
  ['vsireg3', 0x253],
  ['vsireg4', 0x255],
  ['vsireg5', 0x256],
  ['vsireg6', 0x257],
  ['vstopei', 0x25c],
  ['vsatp', 0x280],
  ['vstopi', 0xeb0],
]

const MACHINE: readonly Row[] = [
  ['mstatus', 0x300],
  ['misa', 0x301],
  ['medeleg', 0x302],
  ['mideleg', 0x303],
  ['mie', 0x304],
  ['mtvec', 0x305],
  ['mcounteren', 0x306],
  ['mvien', 0x308],
  ['mvip', 0x309],
  ['menvcfg', 0x30a],
  ...numbered('mstateen', 0, 4, 0x30c),
  ['mcountinhibit', 0x320],
  ['mcyclecfg', 0x321],
  ['minstretcfg', 0x322],
  ...numbered('mhpmevent', 3, 29, 0x323),
  ['mscratch', 0x340],
  ['mepc', 0x341],
  ['mcause', 0x342],
  ['mtval', 0x343],
  ['mip', 0x344],
  ['mtinst', 0x34a],
  ['mtval2', 0x34b],
  ['miselect', 0x350],
  ['mireg', 0x351],
  ['mireg2', 0x352],
  ['mireg3', 0x353],
  ['mireg4', 0x355],
  ['mireg5', 0x356],
  ['mireg6', 0x357],
  ['mtopei', 0x35c],
  ...numbered('pmpcfg', 0, 16, 0x3a0),
  ...numbered('pmpaddr', 0, 64, 0x3b0),
  ['mnscratch', 0x740],
  ['mnepc', 0x741],
  ['mncause', 0x742],
  ['mnstatus', 0x744],
  ['mseccfg', 0x747],
  ['mcycle', 0xb00],
  ['minstret', 0xb02],
  ...numbered('mhpmcounter', 3, 29, 0xb03),
  ['mvendorid', 0xf11],
  ['marchid', 0xf12],
  ['mimpid', 0xf13],
  ['mhartid', 0xf14],
  ['mconfigptr', 0xf15],
  ['mtopi', 0xfb0],
]

/** RISC-V Debug, "Trigger Module Registers" and "Core Debug Registers". */
const DEBUG: readonly Row[] = [
  ['tselect', 0x7a0],
  ['tdata1', 0x7a1],
  ['tdata2', 0x7a2],
  ['tdata3', 0x7a3],
  ['tinfo', 0x7a4],
  ['tcontrol', 0x7a5],
  ['mcontext', 0x7a8],
  ['dcsr', 0x7b0],
  ['dpc', 0x7b1],
  ['dscratch0', 0x7b2],
  ['dscratch1', 0x7b3],
]

const ROWS = [...USER, ...SUPERVISOR, ...HYPERVISOR, ...VIRTUAL_SUPERVISOR, ...MACHINE, ...DEBUG]

export const CSR_ADDRESSES: ReadonlyMap<string, number> = new Map(ROWS)

export const CSR_NAMES: ReadonlyMap<number, string> = new Map(ROWS.map(([name, address]) => [address, name]))
