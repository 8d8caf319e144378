/**
 * Registers that trap entries write and trap handlers read, of M, S, VS, HS and the non-maskable handler, and delegation.
 * RISC-V Privileged: each register's own section; "Smrnmi", "RNMI CSRs".
 */
import type { HartState } from '../hart-state.js'
import { GEILEN } from '../hart-options.js'
import { HSTATUS_GVA, HU, MNPP, MNPV, MPP_SHIFT, NMIE, SPV, SPVP, VGEIN, VGEIN_SHIFT, VSXL_64, VTSR, VTVM, VTW } from '../status-fields.js'
import { ALL, EPC, masked, TVEC, withH, type Csr } from './csr.js'

/** Synchronous exceptions that can be raised below M, and so delegated. */
const MEDELEG = 0xb3ffn
/** Environment calls from VS, guest-page faults, virtual instructions. */
const MEDELEG_H = (1n << 10n) | (0xfn << 20n)
/** "Bits of `hedeleg` that must be writable or must be read-only zero". */
const HEDELEG = 0xb1ffn | (3n << 18n)

const HSTATUS_WRITABLE = HSTATUS_GVA | SPV | SPVP | HU | VTVM | VTW | VTSR

/** VGEIN holds 0 to GEILEN; another value leaves it as it is. */
function writeHstatus({ block }: HartState, value: bigint): void {
  const asked = (value & VGEIN) >> VGEIN_SHIFT
  const vgein = asked <= BigInt(GEILEN) ? value & VGEIN : block.get('hstatus') & VGEIN
  block.set('hstatus', (value & HSTATUS_WRITABLE) | vgein)
}

/** NMIE can be set and not cleared; MNPP is a field of privileges, of which 2 is reserved. */
function writeMnstatus(hart: HartState, value: bigint): void {
  const { block } = hart
  const old = block.get('mnstatus')
  const previous = (value & MNPP) >> MPP_SHIFT === 2n ? old & MNPP : value & MNPP
  block.set('mnstatus', previous | (hart.has('H') ? value & MNPV : 0n) | ((old | value) & NMIE))
  hart.refreshContext()
}

const MACHINE: readonly Csr[] = [
  {
    number: 0x302,
    name: 'medeleg',
    read: ({ block }) => block.get('medeleg'),
    write: (hart, value) => hart.block.set('medeleg', value & (hart.has('H') ? MEDELEG | MEDELEG_H : MEDELEG)),
  },
  masked(0x305, 'mtvec', TVEC),
  masked(0x340, 'mscratch', ALL),
  masked(0x341, 'mepc', EPC),
  masked(0x342, 'mcause', ALL),
  masked(0x343, 'mtval', ALL),
]

const SUPERVISOR: readonly Csr[] = [
  masked(0x105, 'stvec', TVEC),
  masked(0x140, 'sscratch', ALL),
  masked(0x141, 'sepc', EPC),
  masked(0x142, 'scause', ALL),
  masked(0x143, 'stval', ALL),
]

const HYPERVISOR: readonly Csr[] = [
  masked(0x34a, 'mtinst', ALL),
  masked(0x34b, 'mtval2', ALL),
  { number: 0x600, name: 'hstatus', read: ({ block }) => block.get('hstatus') | VSXL_64, write: writeHstatus },
  masked(0x602, 'hedeleg', HEDELEG),
  masked(0x605, 'htimedelta', ALL),
  masked(0x643, 'htval', ALL),
  masked(0x64a, 'htinst', ALL),
  masked(0x205, 'vstvec', TVEC),
  masked(0x240, 'vsscratch', ALL),
  masked(0x241, 'vsepc', EPC),
  masked(0x242, 'vscause', ALL),
  masked(0x243, 'vstval', ALL),
]

const NON_MASKABLE: readonly Csr[] = [
  masked(0x740, 'mnscratch', ALL),
  masked(0x741, 'mnepc', EPC),
  masked(0x742, 'mncause', ALL),
  { number: 0x744, name: 'mnstatus', read: ({ block }) => block.get('mnstatus'), write: writeMnstatus },
]

/** mtval2 and mtinst belong to the hypervisor extension; a double trap needs mtval2 too. */
const withTrapValue = (csr: Csr): Csr =>
  csr.name === 'mtval2' ? { ...csr, exists: (hart) => hart.has('H') || hart.has('Ssdbltrp') } : withH(csr)

export const TRAP_CSRS: readonly Csr[] = [
  ...MACHINE,
  ...SUPERVISOR,
  ...HYPERVISOR.map(withTrapValue),
  ...NON_MASKABLE.map((csr): Csr => ({ ...csr, exists: (hart) => hart.has('Smrnmi') })),
]
