/**
 * CSRs of Smaia and Ssaia. Priority numbers of major interrupts (iprio, hviprio1, hviprio2) and hvien are read-only zero, as the
 * specification allows. RISC-V AIA, "Control and Status Registers (CSRs) Added to Harts", "Interrupts for Virtual Machines (VS Level)".
 */
import type { OptionalExtension } from '../hart-options.js'
import type { HartState } from '../hart-state.js'
import type { InterruptFileAccess } from '../interrupt-files.js'
import { virtualPending, writeVirtualPending } from '../pending-interrupts.js'
import type { PrivilegeMode } from '../privilege.js'
import { HVICTL_DPR, HVICTL_IID, HVICTL_IPRIO, HVICTL_IPRIOM, HVICTL_VTI, SEI, SSI } from '../status-fields.js'
import { guestFile, guestTop, machineTop, supervisorTop } from '../top-interrupts.js'
import { constant, IGNORED, masked, type Csr } from './csr.js'
import { hypervisorDenies, machineDenies, STATEEN_AIA, STATEEN_CSRIND, STATEEN_IMSIC } from './state-enable.js'

/** "`vsiselect` is required to support at least a 9-bit range"; the others have the same. */
const SELECT = 0x1ffn
/** Interrupts that mvien can give to the supervisor. */
const VIRTUAL_INTERRUPTS = SSI | SEI

type Level = 'miselect' | 'siselect' | 'vsiselect'

const isPriority = (register: number): boolean => register >= 0x30 && register <= 0x3f
const isExternal = (register: number): boolean => register >= 0x70 && register <= 0xff

function fileOf(hart: HartState, level: Level): InterruptFileAccess | undefined {
  if (level === 'vsiselect') return guestFile(hart)
  return level === 'miselect' ? hart.interruptFiles?.machine : hart.interruptFiles?.supervisor
}

/** What the alias register shows; `undefined`: nothing that can be accessed. */
function selected(hart: HartState, level: Level): bigint | undefined {
  const register = Number(hart.block.get(level))
  if (isPriority(register)) return level === 'vsiselect' || register % 2 === 1 ? undefined : 0n
  return isExternal(register) ? fileOf(hart, level)?.read(register) : undefined
}

function writeSelected(hart: HartState, level: Level, value: bigint): void {
  const register = Number(hart.block.get(level))
  if (isExternal(register)) fileOf(hart, level)?.write(register, value)
}

const alias = (number: number, name: string, level: Level): Csr => ({
  number,
  name,
  read: (hart) => selected(hart, level) ?? 0n,
  write: (hart, value) => writeSelected(hart, level, value),
  off: (hart, { virtual }) => !virtual && selected(hart, level) === undefined,
})

const top = (number: number, name: string, level: Level): Csr => ({
  number,
  name,
  read: (hart) => BigInt(fileOf(hart, level)?.top ?? 0),
  write: (hart) => fileOf(hart, level)?.claim(),
  off: (hart, { virtual }) => !virtual && fileOf(hart, level) === undefined,
})

const readOnly = (number: number, name: string, read: Csr['read']): Csr => ({ number, name, read, write: IGNORED })

/** mvien gives SEI to software alone: S may not look into the supervisor's interrupt file. */
const fileTaken = ({ block }: HartState): boolean => (block.get('mvien') & SEI) !== 0n
const selectsFile = (hart: HartState, level: Level): boolean => isExternal(Number(hart.block.get(level)))

/** Smstateen has no say over an IMSIC that is not there. */
const imsicDenied = (hart: HartState): boolean => hart.interruptFiles !== undefined && machineDenies(hart, STATEEN_IMSIC)

const MACHINE: readonly Csr[] = [
  masked(0x350, 'miselect', SELECT),
  alias(0x351, 'mireg', 'miselect'),
  top(0x35c, 'mtopei', 'miselect'),
  readOnly(0xfb0, 'mtopi', machineTop),
  masked(0x308, 'mvien', VIRTUAL_INTERRUPTS),
  { number: 0x309, name: 'mvip', read: virtualPending, write: (hart, value) => writeVirtualPending(hart, value, -1n) },
]

const SUPERVISOR: readonly Csr[] = [
  {
    ...masked(0x150, 'siselect', SELECT),
    illegal: (hart) => machineDenies(hart, STATEEN_CSRIND),
    virtual: (hart) => hypervisorDenies(hart, STATEEN_CSRIND),
  },
  { ...alias(0x151, 'sireg', 'siselect'), illegal: aliasIllegal, virtual: aliasVirtual },
  {
    ...top(0x15c, 'stopei', 'siselect'),
    illegal: (hart, { virtual }) => imsicDenied(hart) || (!virtual && fileTaken(hart)),
    virtual: (hart) => hypervisorDenies(hart, STATEEN_IMSIC) || guestFile(hart) === undefined,
  },
  {
    ...readOnly(0xdb0, 'stopi', supervisorTop),
    illegal: (hart) => machineDenies(hart, STATEEN_AIA),
    virtual: (hart) => hypervisorDenies(hart, STATEEN_AIA),
  },
]

const HVICTL = HVICTL_VTI | HVICTL_IID | HVICTL_DPR | HVICTL_IPRIOM | HVICTL_IPRIO

const HYPERVISOR: readonly Csr[] = [
  constant(0x608, 'hvien', 0n),
  masked(0x609, 'hvictl', HVICTL),
  constant(0x646, 'hviprio1', 0n),
  constant(0x647, 'hviprio2', 0n),
  readOnly(0xeb0, 'vstopi', guestTop),
].map((csr): Csr => ({ ...csr, illegal: (hart) => machineDenies(hart, STATEEN_AIA) }))

const GUEST: readonly Csr[] = [
  { ...masked(0x250, 'vsiselect', SELECT), illegal: (hart) => machineDenies(hart, STATEEN_CSRIND) },
  {
    ...alias(0x251, 'vsireg', 'vsiselect'),
    illegal: (hart) => machineDenies(hart, STATEEN_CSRIND) || (selectsFile(hart, 'vsiselect') && imsicDenied(hart)),
  },
  { ...top(0x25c, 'vstopei', 'vsiselect'), illegal: imsicDenied },
]

/** For a guest, whether HS itself could not make the access, counts only as far as mstateen0 says so. */
function aliasIllegal(hart: HartState, { virtual }: PrivilegeMode): boolean {
  if (machineDenies(hart, STATEEN_CSRIND)) return true
  const level = virtual ? 'vsiselect' : 'siselect'
  if (selectsFile(hart, level)) return imsicDenied(hart) || (!virtual && fileTaken(hart))
  return !virtual && machineDenies(hart, STATEEN_AIA)
}

function aliasVirtual(hart: HartState): boolean {
  if (hypervisorDenies(hart, STATEEN_CSRIND) || selected(hart, 'vsiselect') === undefined) return true
  return selectsFile(hart, 'vsiselect') && hypervisorDenies(hart, STATEEN_IMSIC)
}

const within = (csr: Csr, ...extensions: readonly OptionalExtension[]): Csr => ({
  ...csr,
  exists: (hart) => extensions.every((extension) => hart.has(extension)),
})

export const ADVANCED_INTERRUPT_CSRS: readonly Csr[] = [
  ...MACHINE.map((csr) => within(csr, 'Smaia')),
  ...SUPERVISOR.map((csr) => within(csr, 'Ssaia')),
  ...[...HYPERVISOR, ...GUEST].map((csr) => within(csr, 'Ssaia', 'H')),
]
