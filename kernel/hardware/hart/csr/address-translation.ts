/**
 * satp, vsatp and hgatp. ASIDs have 16 bits, VMIDs 14.
 * RISC-V Privileged, "Supervisor Address Translation and Protection (`satp`) Register", "Virtual Supervisor Address Translation and
 * Protection (`vsatp`) Register", "Hypervisor Guest Address Translation and Protection (`hgatp`) Register".
 */
import type { HartState } from '../hart-state.js'
import { SATP_BARE, SATP_MODE_SHIFT, SATP_SV39, SATP_SV57, TVM, VTVM } from '../status-fields.js'
import { withH, type Csr } from './csr.js'

/** Bare, Sv39, Sv48, Sv57; the same numbers with x4 in hgatp. */
const supported = (mode: bigint): boolean => mode === SATP_BARE || (mode >= SATP_SV39 && mode <= SATP_SV57)

const MODE = 0xfn << SATP_MODE_SHIFT
/** VMIDMAX is 14, and the root page table of 16 KiB makes PPN[1:0] zero: bits 59:58 and 1:0. */
const HGATP_ZERO = (3n << 58n) | 3n

/** An unsupported MODE makes the whole write void. */
function writeSatp(hart: HartState, slot: 'satp' | 'vsatp', value: bigint): void {
  if (!supported(value >> SATP_MODE_SHIFT)) return
  hart.block.set(slot, value)
  hart.refreshTranslation()
}

/** An unsupported MODE leaves MODE as it was; the other fields are written. */
function writeHgatp(hart: HartState, value: bigint): void {
  const legal = supported(value >> SATP_MODE_SHIFT) ? value : (value & ~MODE) | (hart.block.get('hgatp') & MODE)
  hart.block.set('hgatp', legal & ~HGATP_ZERO)
  hart.refreshTranslation()
}

const trapsVirtualMemory = ({ block }: HartState): boolean => (block.get('mstatus') & TVM) !== 0n

export const TRANSLATION_CSRS: readonly Csr[] = [
  {
    number: 0x180,
    name: 'satp',
    read: ({ block }) => block.get('satp'),
    write: (hart, value) => writeSatp(hart, 'satp', value),
    illegal: (hart, { virtual }) => !virtual && trapsVirtualMemory(hart),
    virtual: ({ block }) => (block.get('hstatus') & VTVM) !== 0n,
  },
  withH({
    number: 0x280,
    name: 'vsatp',
    read: ({ block }) => block.get('vsatp'),
    write: (hart, value) => writeSatp(hart, 'vsatp', value),
  }),
  withH({
    number: 0x680,
    name: 'hgatp',
    read: ({ block }) => block.get('hgatp'),
    write: writeHgatp,
    illegal: (hart, { virtual }) => !virtual && trapsVirtualMemory(hart),
  }),
]
