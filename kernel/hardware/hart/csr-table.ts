/**
 * The control and status registers of the hart, one row each, with their names, their WARL rules and what depends on them.
 * RISC-V Privileged, "CSR Listing" and the register's own section. Privilege and read-only follow from the number.
 */
import { INTERRUPTS, SUPERVISOR_INTERRUPTS, type HartState } from './hart-state.js'
import { PMPADDR_SLOTS, type HartSlot } from '../memory/layout.js'
import { M, S } from './privilege.js'
import {
  CBCFE,
  CBIE,
  CBZE,
  FIOM,
  FS_DIRTY,
  MPP,
  MPP_SHIFT,
  MSTATUS_WRITABLE,
  MXR,
  SATP_BARE,
  SATP_MODE_SHIFT,
  SATP_SV39,
  SD,
  SEI,
  SSI,
  SSTATUS_WRITABLE,
  STCE,
  STI,
  TVM,
  UXL_64,
  XLEN_FIELDS,
} from './status-fields.js'

export interface Csr {
  readonly number: number
  readonly name: string
  read(hart: HartState): bigint
  /** `value` is the whole register as the instruction computed it; the row applies the WARL rules. */
  write(hart: HartState, value: bigint): void
  /** Whether an access at `privilege` is legal, beyond what the number says. */
  allows?(hart: HartState, privilege: number): boolean
}

const IGNORED = (): void => undefined

const constant = (number: number, name: string, value: bigint): Csr => ({ number, name, read: () => value, write: IGNORED })

/** A register of which the bits in `mask` can be written. */
const masked = (number: number, name: HartSlot, mask: bigint): Csr => ({
  number,
  name,
  read: ({ block }) => block.get(name),
  write: ({ block }, value) => block.set(name, value & mask),
})

const ALL = (1n << 64n) - 1n
/** Bit 0 of an exception program counter is zero (IALIGN = 16). */
const EPC = ALL & ~1n
/** trap-vector MODE is Direct or Vectored: bit 1 is zero. */
const TVEC = ALL & ~2n
/** Synchronous exceptions that can be raised below M, and so delegated. */
const MEDELEG = 0xb3ffn
const COUNTERS = 7n
/** MXL = 2 (64 bits), and the extensions that have a letter. */
const MISA = Array.from('ABCDFIMSU').reduce((misa, letter) => misa | (1n << BigInt(letter.charCodeAt(0) - 65)), 2n << 62n)

/** "Machine Counter-Enable (`mcounteren`) Register", "Supervisor Counter-Enable (`scounteren`) Register". */
const counterEnabled =
  (bit: number) =>
  ({ block }: HartState, privilege: number): boolean => {
    const allowed = (slot: 'mcounteren' | 'scounteren'): boolean => ((block.get(slot) >> BigInt(bit)) & 1n) !== 0n
    return privilege === M || (allowed('mcounteren') && (privilege === S || allowed('scounteren')))
  }

const counter = (number: number, name: string, bit: number, read: (hart: HartState) => bigint): Csr => ({
  number,
  name,
  read,
  write: IGNORED,
  allows: counterEnabled(bit),
})

const cycle = ({ block }: HartState): bigint => BigInt.asUintN(64, BigInt(block.cycles) + block.get('mcycleOffset'))
const instret = ({ block }: HartState): bigint => BigInt.asUintN(64, BigInt(block.instret) + block.get('minstretOffset'))

const withSd = (mstatus: bigint): bigint => ((mstatus & FS_DIRTY) === FS_DIRTY ? mstatus | SD : mstatus & ~SD)

/** menvcfg and senvcfg: CBIE = 2 is reserved, and a write of it leaves the field as it is. */
const environment = (number: number, name: 'menvcfg' | 'senvcfg', mask: bigint): Csr => ({
  number,
  name,
  read: ({ block }) => block.get(name),
  write: ({ block }, value) => {
    const legal = (value & CBIE) === CBIE_RESERVED ? (value & ~CBIE) | (block.get(name) & CBIE) : value
    block.set(name, legal & mask)
  },
})
const CBIE_RESERVED = 2n << 4n
const CACHE_GATES = CBIE | CBCFE | CBZE

/** fflags, frm and fcsr, "Floating-Point Control and Status Register": illegal while FS is Off; a write makes it Dirty. */
const floatingPoint = (number: number, name: string, read: Csr['read'], write: Csr['write']): Csr => ({
  number,
  name,
  read,
  write: (hart, value) => {
    write(hart, value)
    hart.dirtyFloatingPoint()
  },
  allows: (hart) => !hart.floatingPointOff,
})

/** A field of privileges: 2 is reserved, and a write of it leaves the field as it is. */
function writeMstatus(hart: HartState, value: bigint): void {
  const old = hart.block.get('mstatus')
  const legal = (value & MPP) >> MPP_SHIFT === 2n ? (value & ~MPP) | (old & MPP) : value
  const next = withSd((legal & MSTATUS_WRITABLE) | XLEN_FIELDS)
  hart.block.set('mstatus', next)
  if (((old ^ next) & MXR) !== 0n) hart.tlb.flush()
  hart.refreshContext()
}

const sieMask = ({ block }: HartState): bigint => block.get('mideleg')

/** mip.STIP is read-only while stimecmp drives it. */
const mipWritable = (hart: HartState): bigint => SSI | SEI | (hart.sstc ? 0n : STI)

/** "Supervisor Address Translation and Protection (`satp`) Register": an unsupported MODE makes the whole write void. */
function writeSatp(hart: HartState, value: bigint): void {
  const mode = value >> SATP_MODE_SHIFT
  if (mode !== SATP_BARE && mode !== SATP_SV39) return
  hart.block.set('satp', value)
  hart.tlb.flush()
}

/** Sstc: "stimecmp" below M needs menvcfg.STCE and mcounteren.TM. */
const sstcAllowed = (hart: HartState, privilege: number): boolean => privilege === M || (hart.sstc && counterEnabled(1)(hart, S))

const CFG_BYTES = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n]
/** L, A and R/W/X of a pmpcfg byte; bits 6:5 are zero. */
const PMP_BITS = 0x9fn

/** "Physical Memory Protection CSRs": a locked entry does not change; the reserved combination W without R leaves R, W and X as they are. */
function writePmpcfg(hart: HartState, slot: 'pmpcfg0' | 'pmpcfg2', value: bigint): void {
  const old = hart.block.get(slot)
  let next = 0n
  for (const byte of CFG_BYTES) {
    const present = (old >> (byte * 8n)) & 0xffn
    const asked = (value >> (byte * 8n)) & PMP_BITS
    const legal = (asked & 3n) === 2n ? (asked & ~7n) | (present & 7n) : asked
    next |= ((present & 0x80n) === 0n ? legal : present) << (byte * 8n)
  }
  hart.block.set(slot, next)
  hart.tlb.flush()
}

const pmpcfg = (number: number, name: 'pmpcfg0' | 'pmpcfg2'): Csr => ({
  number,
  name,
  read: ({ block }) => block.get(name),
  write: (hart, value) => writePmpcfg(hart, name, value),
})

const PMPADDR = (1n << 54n) - 1n
const LOCKED = 0x80n
const TOR = 0x08n
const A_FIELD = 0x18n

function pmpConfiguration({ block }: HartState, entry: number): bigint {
  return (block.get(entry < 8 ? 'pmpcfg0' : 'pmpcfg2') >> BigInt((entry % 8) * 8)) & 0xffn
}

/** An address is locked with its entry, and with the next one when that is a locked TOR. */
function pmpAddressLocked(hart: HartState, entry: number): boolean {
  if ((pmpConfiguration(hart, entry) & LOCKED) !== 0n) return true
  const next = entry + 1 < PMPADDR_SLOTS.length ? pmpConfiguration(hart, entry + 1) : 0n
  return (next & LOCKED) !== 0n && (next & A_FIELD) === TOR
}

const pmpaddr = (name: HartSlot, entry: number): Csr => ({
  number: 0x3b0 + entry,
  name,
  read: ({ block }) => block.get(name),
  write: (hart, value) => {
    if (pmpAddressLocked(hart, entry)) return
    hart.block.set(name, value & PMPADDR)
    hart.tlb.flush()
  },
})

/** Hardware performance counters 3 to 31 exist and are hardwired to zero. */
const hpm = Array.from({ length: 29 }, (_, index) => index + 3)

export const CSR_TABLE: readonly Csr[] = [
  floatingPoint(
    0x001,
    'fflags',
    ({ block }) => block.get('fflags'),
    ({ block }, value) => block.set('fflags', value & 0x1fn),
  ),
  floatingPoint(
    0x002,
    'frm',
    ({ block }) => block.get('frm'),
    ({ block }, value) => block.set('frm', value & 7n),
  ),
  floatingPoint(
    0x003,
    'fcsr',
    ({ block }) => (block.get('frm') << 5n) | block.get('fflags'),
    ({ block }, value) => {
      block.set('fflags', value & 0x1fn)
      block.set('frm', (value >> 5n) & 7n)
    },
  ),
  counter(0xc00, 'cycle', 0, cycle),
  counter(0xc01, 'time', 1, ({ block }) => BigInt(block.cycles)),
  counter(0xc02, 'instret', 2, instret),
  ...hpm.map((index) => counter(0xc00 + index, `hpmcounter${index}`, index, () => 0n)),

  {
    number: 0x100,
    name: 'sstatus',
    read: ({ block }) => (block.get('mstatus') & (SSTATUS_WRITABLE | SD)) | UXL_64,
    write: (hart, value) => writeMstatus(hart, (hart.block.get('mstatus') & ~SSTATUS_WRITABLE) | (value & SSTATUS_WRITABLE)),
  },
  {
    number: 0x104,
    name: 'sie',
    read: (hart) => hart.block.get('mie') & sieMask(hart),
    write: (hart, value) => hart.block.set('mie', (hart.block.get('mie') & ~sieMask(hart)) | (value & sieMask(hart))),
  },
  masked(0x105, 'stvec', TVEC),
  masked(0x106, 'scounteren', COUNTERS),
  environment(0x10a, 'senvcfg', CACHE_GATES | FIOM),
  masked(0x140, 'sscratch', ALL),
  masked(0x141, 'sepc', EPC),
  masked(0x142, 'scause', ALL),
  masked(0x143, 'stval', ALL),
  {
    number: 0x144,
    name: 'sip',
    read: (hart) => hart.pending & sieMask(hart),
    write: (hart, value) => {
      const writable = SSI & sieMask(hart)
      hart.block.set('mip', (hart.block.get('mip') & ~writable) | (value & writable))
    },
  },
  {
    number: 0x14d,
    name: 'stimecmp',
    read: ({ block }) => block.get('stimecmp'),
    write: ({ block }, value) => block.set('stimecmp', value),
    allows: sstcAllowed,
  },
  {
    number: 0x180,
    name: 'satp',
    read: ({ block }) => block.get('satp'),
    write: writeSatp,
    allows: ({ block }, privilege) => privilege === M || (block.get('mstatus') & TVM) === 0n,
  },

  constant(0xf11, 'mvendorid', 0n),
  constant(0xf12, 'marchid', 0n),
  constant(0xf13, 'mimpid', 0n),
  { number: 0xf14, name: 'mhartid', read: (hart) => BigInt(hart.index), write: IGNORED },
  constant(0xf15, 'mconfigptr', 0n),
  { number: 0x300, name: 'mstatus', read: ({ block }) => block.get('mstatus'), write: writeMstatus },
  constant(0x301, 'misa', MISA),
  masked(0x302, 'medeleg', MEDELEG),
  masked(0x303, 'mideleg', SUPERVISOR_INTERRUPTS),
  masked(0x304, 'mie', INTERRUPTS),
  masked(0x305, 'mtvec', TVEC),
  masked(0x306, 'mcounteren', COUNTERS),
  environment(0x30a, 'menvcfg', STCE | CACHE_GATES | FIOM),
  constant(0x320, 'mcountinhibit', 0n),
  ...hpm.map((index) => constant(0x320 + index, `mhpmevent${index}`, 0n)),
  masked(0x340, 'mscratch', ALL),
  masked(0x341, 'mepc', EPC),
  masked(0x342, 'mcause', ALL),
  masked(0x343, 'mtval', ALL),
  {
    number: 0x344,
    name: 'mip',
    read: (hart) => hart.pending,
    write: (hart, value) => hart.block.set('mip', (hart.block.get('mip') & ~mipWritable(hart)) | (value & mipWritable(hart))),
  },
  // RISC-V Debug, "Trigger Module Registers": tdata1.type 0 says that no trigger exists.
  constant(0x7a0, 'tselect', 0n),
  constant(0x7a1, 'tdata1', 0n),
  constant(0x7a2, 'tdata2', 0n),
  constant(0x7a3, 'tdata3', 0n),
  pmpcfg(0x3a0, 'pmpcfg0'),
  pmpcfg(0x3a2, 'pmpcfg2'),
  ...PMPADDR_SLOTS.map(pmpaddr),
  {
    number: 0xb00,
    name: 'mcycle',
    read: cycle,
    // The write takes effect when the writing instruction has otherwise completed ("Hardware Performance Monitor").
    write: ({ block }, value) => block.set('mcycleOffset', BigInt.asUintN(64, value - BigInt(block.cycles + 1))),
  },
  {
    number: 0xb02,
    name: 'minstret',
    read: instret,
    write: ({ block }, value) => block.set('minstretOffset', BigInt.asUintN(64, value - BigInt(block.instret + 1))),
  },
  ...hpm.map((index) => constant(0xb00 + index, `mhpmcounter${index}`, 0n)),
]

const byNumber = new Map(CSR_TABLE.map((csr) => [csr.number, csr]))

/** The register, if it exists and an access at `privilege` is legal. RISC-V Privileged, "CSR Address Mapping Conventions". */
export function accessibleCsr(hart: HartState, number: number, privilege: number, access: 'read' | 'write'): Csr | undefined {
  const csr = byNumber.get(number)
  if (csr === undefined || privilege < ((number >>> 8) & 3)) return undefined
  if (access === 'write' && number >>> 10 === 3) return undefined
  return csr.allows === undefined || csr.allows(hart, privilege) ? csr : undefined
}

/** Writes and lets the run loop look again: nearly every CSR decides about interrupts or access. */
export function writeCsr(hart: HartState, csr: Csr, value: bigint): void {
  csr.write(hart, value)
  hart.attention = true
}
