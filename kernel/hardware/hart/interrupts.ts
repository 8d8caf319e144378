/**
 * Which interrupt a hart takes. An interrupt traps to M, HS or VS as delegated; those for a higher privilege come first.
 * RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Machine Trap Delegation (`medeleg` and `mideleg`) Registers",
 * "Hypervisor Trap Delegation (`hedeleg` and `hideleg`) Registers".
 */
import type { HartState } from './hart-state.js'
import { pendingInterrupts } from './pending-interrupts.js'
import { M, S } from './privilege.js'
import { HVICTL_VTI, MIE, SIE } from './status-fields.js'
import { first, guestTop, supervisorEnabled, supervisorPending } from './top-interrupts.js'

/** An interrupt's code and the privilege to which it traps; the code is that of mip, also for VS. */
export interface ReadyInterrupt {
  readonly code: number
  readonly target: 'M' | 'HS' | 'VS'
}

/** The levels whose interrupts can be taken at the present privilege. */
function openLevels(hart: HartState): { readonly toM: boolean; readonly toS: boolean; readonly toVs: boolean } {
  const { block } = hart
  const { privilege, virtual } = block
  const mstatus = block.get('mstatus')
  const maskable = hart.nonMaskableEnabled
  return {
    toM: maskable && (privilege < M || (mstatus & MIE) !== 0n),
    toS: maskable && (virtual || privilege < S || (privilege === S && (mstatus & SIE) !== 0n)),
    toVs: maskable && virtual && (privilege < S || (block.get('vsstatus') & SIE) !== 0n),
  }
}

/** Enabled interrupts by the privilege to which they trap, of those that can be taken at the present one. */
function deliverableTo(hart: HartState): readonly [toM: bigint, toS: bigint, toVs: bigint] {
  const { block } = hart
  const { toM, toS, toVs } = openLevels(hart)
  const enabled = block.get('mie')
  const mideleg = block.get('mideleg')
  const hideleg = block.get('hideleg')
  return [toM ? enabled & ~mideleg : 0n, toS ? supervisorEnabled(hart) & ~hideleg : 0n, toVs ? enabled & mideleg & hideleg : 0n]
}

/** The interrupts that would be taken at the present privilege and enables if they were pending. */
export function deliverable(hart: HartState): bigint {
  const [toM, toS, toVs] = deliverableTo(hart)
  return toM | toS | toVs
}

export function interruptToTake(hart: HartState): ReadyInterrupt | undefined {
  const [toM, toS, toVs] = deliverableTo(hart)
  if ((toM | toS | toVs) === 0n && (hart.block.get('hvictl') & HVICTL_VTI) === 0n) return undefined
  const pending = pendingInterrupts(hart)
  return (
    ready('M', toM & pending) ??
    ready('HS', toS & supervisorPending(hart, pending)) ??
    (hart.has('Ssaia') ? guestReady(hart) : ready('VS', toVs & pending))
  )
}

function ready(target: ReadyInterrupt['target'], interrupts: bigint): ReadyInterrupt | undefined {
  const code = first(interrupts)
  return code === undefined ? undefined : { code, target }
}

/** RISC-V AIA, "Interrupt traps to VS-mode": what vstopi says. */
function guestReady(hart: HartState): ReadyInterrupt | undefined {
  if (!openLevels(hart).toVs) return undefined
  const top = guestTop(hart)
  return top === 0n ? undefined : { code: Number(top >> 16n) + 1, target: 'VS' }
}

/**
 * Nothing is pending and enabled, for M or for S: while V stays 0, no change of privilege or of an interrupt-enable bit of mstatus delivers
 * an interrupt.
 */
export function isCalm(hart: HartState): boolean {
  const { block } = hart
  if (!hart.nonMaskableEnabled || block.get('nonMaskable') !== 0n) return false
  const pending = pendingInterrupts(hart)
  return (pending & block.get('mie')) === 0n && (supervisorPending(hart, pending) & supervisorEnabled(hart)) === 0n
}
