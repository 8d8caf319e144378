/**
 * MRET, SRET and MNRET: privilege, V and interrupt enables as they were. Each returns the address at which the hart continues.
 * RISC-V Privileged, "Trap-Return Instructions", "Trap Return", "MNRET Instruction".
 */
import type { TrapReturn } from '../isa/algebra.js'
import type { HartState } from './hart-state.js'
import { M, S, U, type PrivilegeMode } from './privilege.js'
import { MDT, MIE, MNPP, MNPV, MPIE, MPP, MPP_SHIFT, MPRV, MPV, NMIE, SDT, SIE, SPIE, SPP, SPV } from './status-fields.js'

export function returnFromTrap(hart: HartState, from: TrapReturn): bigint {
  const target = from === 'M' ? leaveM(hart) : from === 'MN' ? leaveNonMaskable(hart) : hart.block.virtual ? leaveVs(hart) : leaveS(hart)
  hart.refreshContext()
  return target
}

function leaveM(hart: HartState): bigint {
  const { block } = hart
  const mstatus = block.get('mstatus')
  const privilege = Number((mstatus & MPP) >> MPP_SHIFT)
  const mode = { privilege, virtual: privilege !== M && (mstatus & MPV) !== 0n }
  const enabled = (mstatus & MPIE) === 0n ? 0n : MIE
  block.set('mstatus', (mstatus & ~(MIE | MPP | MPV | MDT)) | MPIE | enabled) // MPP becomes the least-privileged mode, U
  enter(hart, mode)
  return block.get('mepc')
}

function leaveS(hart: HartState): bigint {
  const { block } = hart
  const mstatus = block.get('mstatus')
  const virtual = (block.get('hstatus') & SPV) !== 0n
  const mode = { privilege: (mstatus & SPP) === 0n ? U : S, virtual }
  const leftDisabled = block.privilege === M ? MDT | SDT : SDT
  block.set('mstatus', unstacked(mstatus) & ~leftDisabled)
  block.set('hstatus', block.get('hstatus') & ~SPV)
  enter(hart, mode)
  return block.get('sepc')
}

function leaveVs(hart: HartState): bigint {
  const { block } = hart
  const vsstatus = block.get('vsstatus')
  block.set('vsstatus', unstacked(vsstatus) & ~SDT)
  enter(hart, { privilege: (vsstatus & SPP) === 0n ? U : S, virtual: true })
  return block.get('vsepc')
}

function leaveNonMaskable(hart: HartState): bigint {
  const { block } = hart
  const mnstatus = block.get('mnstatus')
  const privilege = Number((mnstatus & MNPP) >> MPP_SHIFT)
  block.set('mnstatus', mnstatus | NMIE)
  if (privilege !== M) block.set('mstatus', block.get('mstatus') & ~MDT)
  enter(hart, { privilege, virtual: privilege !== M && (mnstatus & MNPV) !== 0n })
  return block.get('mnepc')
}

/** SIE from SPIE, SPIE set, SPP to U. */
function unstacked(status: bigint): bigint {
  const enabled = (status & SPIE) === 0n ? 0n : SIE
  return (status & ~(SIE | SPP)) | SPIE | enabled
}

/** Below M, MPRV ends; a return to a mode below HS ends the supervisor's trap handler, and one to VU the guest's. */
function enter(hart: HartState, mode: PrivilegeMode): void {
  const { block } = hart
  const fromM = block.privilege === M
  block.privilege = mode.privilege
  block.virtual = mode.virtual
  if (mode.privilege === M) return
  const belowHs = mode.virtual || mode.privilege === U
  block.set('mstatus', block.get('mstatus') & ~(fromM && belowHs ? MPRV | SDT : MPRV))
  if (mode.virtual && mode.privilege === U) block.set('vsstatus', block.get('vsstatus') & ~SDT)
}
