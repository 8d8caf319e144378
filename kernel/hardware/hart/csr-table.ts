/**
 * The control and status registers of the hart, and which access to them is legal where.
 * RISC-V Privileged, "CSR Listing", "CSR Address Mapping Conventions"; RISC-V Privileged, "Hypervisor and Virtual
 * Supervisor CSRs" and "Trap Cause Codes".
 */
import { TRANSLATION_CSRS } from './csr/address-translation.js'
import { ADVANCED_INTERRUPT_CSRS } from './csr/advanced-interrupts.js'
import { COUNTER_CSRS } from './csr/counters.js'
import type { Csr } from './csr/csr.js'
import { ENVIRONMENT_CSRS } from './csr/environment-configuration.js'
import { FLOATING_POINT_CSRS } from './csr/floating-point.js'
import { IDENTITY_CSRS } from './csr/identity.js'
import { INTERRUPT_CSRS } from './csr/interrupt-registers.js'
import { PMP_CSRS } from './csr/physical-memory-protection.js'
import { STATE_ENABLE_CSRS } from './csr/state-enable.js'
import { STATUS_CSRS } from './csr/status.js'
import { TRAP_CSRS } from './csr/trap-registers.js'
import type { HartState } from './hart-state.js'
import { M, S, U, type PrivilegeMode } from './privilege.js'

export type { Csr } from './csr/csr.js'

/** Every register that a hart may have; which it has, its options say. */
export const CSR_TABLE: readonly Csr[] = [
  ...FLOATING_POINT_CSRS,
  ...COUNTER_CSRS,
  ...STATUS_CSRS,
  ...INTERRUPT_CSRS,
  ...ADVANCED_INTERRUPT_CSRS,
  ...TRAP_CSRS,
  ...TRANSLATION_CSRS,
  ...ENVIRONMENT_CSRS,
  ...STATE_ENABLE_CSRS,
  ...IDENTITY_CSRS,
  ...PMP_CSRS,
]

const byNumber = new Map(CSR_TABLE.map((csr) => [csr.number, csr]))

/** Supervisor CSRs that have a replica for the guest; the replica's number is 0x100 higher. */
const REPLICATED = new Set([
  'sstatus',
  'sie',
  'stvec',
  'sscratch',
  'sepc',
  'scause',
  'stval',
  'sip',
  'stimecmp',
  'satp',
  'siselect',
  'sireg',
  'stopei',
  'stopi',
])

/** The exception that a refused access raises. */
export type CsrRefusal = 'illegal' | 'virtual'

const MACHINE: PrivilegeMode = { privilege: M, virtual: false }

/** Those that M can read now. */
export const csrsOf = (hart: HartState): readonly Csr[] =>
  CSR_TABLE.filter((csr) => csr.exists?.(hart) !== false && csr.off?.(hart, MACHINE) !== true)

/** The register that an access in `mode` reaches, or why it reaches none. */
export function csrAccess(hart: HartState, number: number, mode: PrivilegeMode, access: 'read' | 'write'): Csr | CsrRefusal {
  const csr = byNumber.get(number)
  if (csr === undefined || csr.exists?.(hart) === false) return 'illegal'
  if (access === 'write' && number >>> 10 === 3) return 'illegal'
  if (csr.off?.(hart, mode) === true) return 'illegal'
  if (mode.privilege === M) return csr
  const level = (number >>> 8) & 3
  if (level === M || (!mode.virtual && mode.privilege === U && level > U)) return 'illegal'
  if (csr.illegal?.(hart, mode) === true) return 'illegal'
  if (!mode.virtual) return csr
  // HS could do it; a guest reaches its own supervisor's registers only.
  if (level > mode.privilege || level > S || csr.virtual?.(hart, mode, access) === true) return 'virtual'
  return REPLICATED.has(csr.name) ? (byNumber.get(number + 0x100) ?? 'illegal') : csr
}

/** The register, if it exists and an access in the hart's present mode is legal. */
export function accessibleCsr(hart: HartState, number: number, mode: PrivilegeMode, access: 'read' | 'write'): Csr | undefined {
  const csr = csrAccess(hart, number, mode, access)
  return typeof csr === 'string' ? undefined : csr
}

/** Writes and lets the run loop look again: nearly every CSR decides about interrupts or access. */
export function writeCsr(hart: HartState, csr: Csr, value: bigint): void {
  csr.write(hart, value)
  hart.attention = true
}
