/**
 * menvcfg, henvcfg, senvcfg and the comparators of Sstc that menvcfg.STCE and henvcfg.STCE enable.
 * RISC-V Privileged, "Machine Environment Configuration (`menvcfg`) Register", "Hypervisor Environment Configuration Register
 * (`henvcfg`)", "Supervisor Environment Configuration (`senvcfg`) Register", "Sstc".
 */
import type { HartState } from '../hart-state.js'
import { guestTimer } from '../pending-interrupts.js'
import { ADUE, CBCFE, CBIE, CBZE, DTE, FIOM, HVICTL_VTI, PBMTE, SDT, STCE } from '../status-fields.js'
import { counterEnabled, TIME } from './counters.js'
import { withH, type Csr } from './csr.js'
import { hypervisorDenies, machineDenies, STATEEN_ENVCFG } from './state-enable.js'

/** Fields that matter to translation: what is cached was found under the old ones. */
const TRANSLATION = ADUE | PBMTE
/** Fields of henvcfg that are read-only zero while the same ones of menvcfg are zero. */
const GATED = STCE | PBMTE | ADUE | DTE

/** CBIE = 2 is reserved, and a write of it leaves the field as it is. */
const CBIE_RESERVED = 2n << 4n
const CACHE_GATES = CBIE | CBCFE | CBZE
const legal = (old: bigint, value: bigint): bigint => ((value & CBIE) === CBIE_RESERVED ? (value & ~CBIE) | (old & CBIE) : value)

const machineBits = (hart: HartState): bigint => STCE | PBMTE | ADUE | CACHE_GATES | FIOM | (hart.has('Ssdbltrp') ? DTE : 0n)
const hypervisorBits = (hart: HartState): bigint => machineBits(hart) & (~GATED | hart.block.get('menvcfg'))

function write(hart: HartState, slot: 'menvcfg' | 'henvcfg', asked: bigint): void {
  const old = hart.block.get(slot)
  const value = legal(old, asked)
  hart.block.set(slot, value)
  if (((old ^ value) & TRANSLATION) !== 0n) hart.tlb.flush()
  // Without DTE, SDT is read-only zero.
  if ((value & DTE) === 0n) {
    const status = slot === 'menvcfg' ? 'mstatus' : 'vsstatus'
    hart.block.set(status, hart.block.get(status) & ~SDT)
  }
}

const supervisorTimerIllegal = (hart: HartState): boolean => !hart.sstc || !counterEnabled(hart, 'mcounteren', TIME)

export const ENVIRONMENT_CSRS: readonly Csr[] = [
  {
    number: 0x30a,
    name: 'menvcfg',
    read: ({ block }) => block.get('menvcfg'),
    write: (hart, value) => write(hart, 'menvcfg', value & machineBits(hart)),
  },
  withH({
    number: 0x60a,
    name: 'henvcfg',
    read: (hart) => hart.block.get('henvcfg') & hypervisorBits(hart),
    write: (hart, value) => write(hart, 'henvcfg', value & hypervisorBits(hart)),
    illegal: (hart) => machineDenies(hart, STATEEN_ENVCFG),
  }),
  {
    number: 0x10a,
    name: 'senvcfg',
    read: ({ block }) => block.get('senvcfg'),
    write: ({ block }, value) => block.set('senvcfg', legal(block.get('senvcfg'), value) & (CACHE_GATES | FIOM)),
    illegal: (hart) => machineDenies(hart, STATEEN_ENVCFG),
    virtual: (hart) => hypervisorDenies(hart, STATEEN_ENVCFG),
  },
  {
    number: 0x14d,
    name: 'stimecmp',
    read: ({ block }) => block.get('stimecmp'),
    write: ({ block }, value) => block.set('stimecmp', value),
    illegal: supervisorTimerIllegal,
    virtual: (hart, _, access) =>
      !guestTimer(hart) ||
      !counterEnabled(hart, 'hcounteren', TIME) ||
      (access === 'write' && (hart.block.get('hvictl') & HVICTL_VTI) !== 0n),
  },
  withH({
    number: 0x24d,
    name: 'vstimecmp',
    read: ({ block }) => block.get('vstimecmp'),
    write: ({ block }, value) => block.set('vstimecmp', value),
    illegal: supervisorTimerIllegal,
  }),
]
