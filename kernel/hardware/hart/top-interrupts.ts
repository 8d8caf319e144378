/**
 * Which interrupt is first at each privilege. With all priority numbers of major interrupts read-only zero, the default order holds.
 * RISC-V AIA, "Machine top interrupt CSR (`mtopi`)", "Supervisor top interrupt CSR (`stopi`)", "Virtual supervisor top interrupt CSR
 * (`vstopi`)", "Interrupt filtering and virtual interrupts for supervisor level".
 */
import { INTERRUPT_PRIORITY, SUPERVISOR_EXTERNAL_INTERRUPT } from './causes.js'
import type { HartState } from './hart-state.js'
import type { InterruptFileAccess } from './interrupt-files.js'
import { pendingInterrupts, virtualPending } from './pending-interrupts.js'
import { HVICTL_DPR, HVICTL_IID, HVICTL_IPRIO, HVICTL_IPRIOM, HVICTL_VTI, VGEIN, VGEIN_SHIFT, VSEI } from './status-fields.js'

/** IID above IPRIO. */
const IID_SHIFT = 16n
const SIMPLIFIED_PRIORITY = 1n
/** Of an external interrupt that no controller gave a number. */
const NO_NUMBER = 256
/** Interrupts that have no number come before or behind all external ones. */
const [ABOVE, BELOW] = [0, Infinity]

/** Interrupts that mvien, in place of mideleg, gives to the supervisor. */
const virtualForSupervisor = ({ block }: HartState): bigint => block.get('mvien') & ~block.get('mideleg')

/** sip and the part of hip: what mideleg delegates as it is in mip, what mvien gives as it is in mvip. */
export function supervisorPending(hart: HartState, pending: bigint): bigint {
  const delegated = pending & hart.block.get('mideleg')
  const virtual = virtualForSupervisor(hart)
  return virtual === 0n ? delegated : delegated | (virtualPending(hart) & virtual)
}

/** sie and the part of hie, in the same way. */
export function supervisorEnabled(hart: HartState): bigint {
  const delegated = hart.block.get('mie') & hart.block.get('mideleg')
  const virtual = virtualForSupervisor(hart)
  return virtual === 0n ? delegated : delegated | (hart.block.get('virtualSie') & virtual)
}

export const first = (ready: bigint): number | undefined =>
  ready === 0n ? undefined : INTERRUPT_PRIORITY.find((code) => ((ready >> BigInt(code)) & 1n) !== 0n)

const simplified = (code: number | undefined): bigint => (code === undefined ? 0n : (BigInt(code) << IID_SHIFT) | SIMPLIFIED_PRIORITY)

export function machineTop(hart: HartState): bigint {
  const { block } = hart
  return simplified(first(pendingInterrupts(hart) & block.get('mie') & ~block.get('mideleg')))
}

export const supervisorTop = (hart: HartState): bigint => simplified(first(supervisorReady(hart)))

export const supervisorReady = (hart: HartState): bigint =>
  supervisorPending(hart, pendingInterrupts(hart)) & supervisorEnabled(hart) & ~hart.block.get('hideleg')

/** The guest interrupt file that hstatus.VGEIN names, if there is one. */
export function guestFile({ block, interruptFiles }: HartState): InterruptFileAccess | undefined {
  const vgein = Number((block.get('hstatus') & VGEIN) >> VGEIN_SHIFT)
  return vgein === 0 ? undefined : interruptFiles?.guests[vgein - 1]
}

/** `rank`: the lower comes first; 1 to 255 are priority numbers of external interrupts. */
interface Candidate {
  readonly code: number
  readonly rank: number
}

/** Codes are those that the guest sees. */
export function guestTop(hart: HartState): bigint {
  const { block } = hart
  const control = block.get('hvictl')
  const ready = pendingInterrupts(hart) & block.get('mie') & block.get('mideleg') & block.get('hideleg')
  const external = (ready & VSEI) === 0n ? undefined : externalCandidate(hart, control)
  const other = (control & HVICTL_VTI) === 0n ? majorCandidate(ready & ~VSEI) : injectedCandidate(control)
  const injectedWinsTies = (control & HVICTL_DPR) === 0n
  const top = external === undefined || (other !== undefined && before(other, external, injectedWinsTies)) ? other : external
  if (top === undefined) return 0n
  return (BigInt(top.code) << IID_SHIFT) | ((control & HVICTL_IPRIOM) === 0n ? SIMPLIFIED_PRIORITY : representable(top.rank))
}

const before = (other: Candidate, external: Candidate, winsTies: boolean): boolean =>
  other.rank < external.rank || (other.rank === external.rank && winsTies)

function externalCandidate(hart: HartState, control: bigint): Candidate {
  const code = SUPERVISOR_EXTERNAL_INTERRUPT
  const file = guestFile(hart)
  if (file !== undefined && file.top !== 0) return { code, rank: file.top & 0x7ff }
  const number = Number(control & HVICTL_IPRIO)
  const given = (hart.block.get('hstatus') & VGEIN) === 0n && injectedCode(control) === code && number !== 0
  return { code, rank: given ? number : NO_NUMBER }
}

function majorCandidate(ready: bigint): Candidate | undefined {
  const code = first(ready)
  return code === undefined ? undefined : { code: code - 1, rank: BELOW }
}

function injectedCandidate(control: bigint): Candidate | undefined {
  const code = injectedCode(control)
  if (code === SUPERVISOR_EXTERNAL_INTERRUPT) return undefined
  const number = Number(control & HVICTL_IPRIO)
  return { code, rank: number !== 0 ? number : (control & HVICTL_DPR) === 0n ? ABOVE : BELOW }
}

const injectedCode = (control: bigint): number => Number((control & HVICTL_IID) >> IID_SHIFT)

const representable = (rank: number): bigint => BigInt(Math.min(rank, 255))

/** What ends WFI ("WFI (Wait for Interrupt) instruction"): an interrupt at any level, whatever is disabled there. */
export function interruptPending(hart: HartState): boolean {
  if ((pendingInterrupts(hart) & hart.block.get('mie')) !== 0n) return true
  return hart.has('Ssaia') && (supervisorReady(hart) !== 0n || (hart.has('H') && guestTop(hart) !== 0n))
}
