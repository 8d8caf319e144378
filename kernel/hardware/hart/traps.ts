/**
 * Trap entry. A trap entry charges one cycle, so that time passes even in a loop of traps; the instruction that trapped does
 * not retire.
 * RISC-V Privileged, "Privilege and Global Interrupt-Enable Stack in `mstatus` Register", "Machine Trap-Vector Base-Address
 * (`mtvec`) Register", "Machine Trap Delegation (`medeleg` and `mideleg`) Registers", "Trap Entry",
 * "Double Trap Control in `mstatus` Register", "Double Trap Control in `sstatus` Register", "RNMI Operation".
 */
import type { HartSlot } from '../memory/layout.js'
import { DOUBLE_TRAP, type TrapCause } from './causes.js'
import type { HartState } from './hart-state.js'
import { M, S } from './privilege.js'
import {
  DTE,
  GVA,
  HSTATUS_GVA,
  MDT,
  MIE,
  MNPP,
  MNPV,
  MPIE,
  MPP,
  MPP_SHIFT,
  MPV,
  NMIE,
  SDT,
  SIE,
  SPIE,
  SPP,
  SPV,
  SPVP,
} from './status-fields.js'

const INTERRUPT_BIT = 1n << 63n
const VECTORED = 1n

/** What a trap tells its handler beside the cause. */
export interface TrapInformation {
  /** For mtval, stval or vstval. */
  readonly value: bigint
  /** `value` is an address of a guest (mstatus.GVA, hstatus.GVA). */
  readonly guestAddress: boolean
  /** For mtval2 or htval: a guest physical address shifted right by 2, or zero. */
  readonly value2: bigint
  /** For mtinst or htinst: a transformed instruction, a pseudoinstruction, or zero. */
  readonly instruction: bigint
}

export const plainTrap = (value: bigint): TrapInformation => ({ value, guestAddress: false, value2: 0n, instruction: 0n })

type Target = 'M' | 'HS' | 'VS'

/** What an entry to each target writes: equal before and after means that the entry changed nothing but time. */
const STATE: Readonly<Record<Target, readonly HartSlot[]>> = {
  M: ['pc', 'privilege', 'virtualization', 'mstatus', 'mepc', 'mcause', 'mtval'],
  HS: ['pc', 'privilege', 'virtualization', 'mstatus', 'sepc', 'scause', 'stval'],
  VS: ['pc', 'privilege', 'virtualization', 'vsstatus', 'vsepc', 'vscause', 'vstval'],
}

/** `wanted`: of an interrupt, the privilege that it was found ready for. */
export function takeTrap(hart: HartState, cause: TrapCause, information: TrapInformation, wanted = targetOf(hart, cause)): void {
  const { block } = hart
  const from = hart.mode
  const doubled = wanted !== 'M' && trapsDisabled(hart, wanted)
  const target = doubled ? 'M' : wanted
  if (target === 'M' && unexpectedInM(hart)) {
    enterInsteadOfM(hart, cause)
    return
  }
  const told = doubled ? { ...information, value2: encoded(cause) } : information
  const taken: TrapCause = doubled ? { kind: 'exception', code: DOUBLE_TRAP } : cause
  const before = STATE[target].map((slot) => block.get(slot))
  const vector = enter(hart, target, taken, told)
  const vectored = taken.kind === 'interrupt' && (vector & 3n) === VECTORED
  block.pc = BigInt.asUintN(64, (vector & ~3n) + (vectored ? 4n * BigInt(codeFor(target, taken)) : 0n))
  block.cycles += 1
  hart.refreshContext()
  // The same exception follows for ever, until an interrupt ends it.
  const unchanged = STATE[target].every((slot, index) => block.get(slot) === before[index])
  if (taken.kind === 'exception' && unchanged) hart.wait = 'trap-loop'
  hart.announce(from, taken)
}

/** "RNMI Operation": from any mode, whatever is disabled but NMIE itself. */
export function takeNonMaskableInterrupt(hart: HartState, code: number): void {
  enterNonMaskable(hart, { kind: 'interrupt', code })
}

/** An unexpected trap: to the non-maskable handler if that may run, else no architectural state changes, not even pc. */
function enterInsteadOfM(hart: HartState, cause: TrapCause): void {
  if (hart.has('Smrnmi') && hart.nonMaskableEnabled) enterNonMaskable(hart, cause)
  else hart.wait = 'critical-error'
}

/** Delegation never lowers the privilege: what comes from M stays in M, what comes from HS or U goes no lower than HS. */
function targetOf({ block }: HartState, { kind, code }: TrapCause): Target {
  const delegates = (slot: HartSlot): boolean => ((block.get(slot) >> BigInt(code)) & 1n) !== 0n
  if (block.privilege === M || !delegates(kind === 'interrupt' ? 'mideleg' : 'medeleg')) return 'M'
  return block.virtual && delegates(kind === 'interrupt' ? 'hideleg' : 'hedeleg') ? 'VS' : 'HS'
}

/** SDT of the target is set: the trap is unexpected there. */
function trapsDisabled(hart: HartState, target: 'HS' | 'VS'): boolean {
  if (!hart.has('Ssdbltrp')) return false
  const { block } = hart
  const enabled = (block.get('menvcfg') & DTE) !== 0n && (target === 'HS' || (block.get('henvcfg') & DTE) !== 0n)
  return enabled && (block.get(target === 'HS' ? 'mstatus' : 'vsstatus') & SDT) !== 0n
}

function unexpectedInM(hart: HartState): boolean {
  if (!hart.has('Smdbltrp')) return false
  return (hart.block.get('mstatus') & MDT) !== 0n || (hart.block.privilege === M && !hart.nonMaskableEnabled)
}

const encoded = ({ kind, code }: TrapCause): bigint => (kind === 'interrupt' ? INTERRUPT_BIT : 0n) | BigInt(code)

/** VS sees its interrupts under the codes of the supervisor's ("Hypervisor Trap Delegation (`hedeleg` and `hideleg`) Registers"). */
const codeFor = (target: Target, { kind, code }: TrapCause): number => (target === 'VS' && kind === 'interrupt' ? code - 1 : code)

/** Returns the trap vector. */
function enter(hart: HartState, target: Target, cause: TrapCause, information: TrapInformation): bigint {
  const cause64 = encoded({ kind: cause.kind, code: codeFor(target, cause) })
  switch (target) {
    case 'M':
      return enterM(hart, cause, cause64, information)
    case 'HS':
      return enterHs(hart, cause64, information)
    case 'VS':
      return enterVs(hart, cause64, information)
  }
}

function enterM(
  hart: HartState,
  { kind }: TrapCause,
  cause: bigint,
  { value, guestAddress, value2, instruction }: TrapInformation,
): bigint {
  const { block } = hart
  const mstatus = block.get('mstatus')
  let next = (mstatus & ~(MIE | MPIE | MPP | MPV | GVA)) | (BigInt(block.privilege) << MPP_SHIFT)
  if ((mstatus & MIE) !== 0n) next |= MPIE
  if (block.virtual) next |= MPV
  if (guestAddress) next |= GVA
  if (hart.has('Smdbltrp')) next |= MDT
  // An exception in M with NMIE = 0 goes to a handler of its own ("RNMI Operation").
  const aside = kind === 'exception' && block.privilege === M && !hart.nonMaskableEnabled
  block.set('mepc', block.pc)
  block.set('mcause', cause)
  block.set('mtval', value)
  block.set('mtval2', value2)
  block.set('mtinst', instruction)
  block.set('mstatus', next)
  block.privilege = M
  block.virtual = false
  return aside ? hart.options.nonMaskableHandlers.exception : block.get('mtvec')
}

function enterHs(hart: HartState, cause: bigint, { value, guestAddress, value2, instruction }: TrapInformation): bigint {
  const { block } = hart
  block.set('mstatus', stacked(hart, block.get('mstatus'), (block.get('menvcfg') & DTE) !== 0n))
  block.set('sepc', block.pc)
  block.set('scause', cause)
  block.set('stval', value)
  if (hart.has('H')) {
    let hstatus = block.get('hstatus') & ~(SPV | HSTATUS_GVA)
    if (block.virtual) hstatus = (hstatus & ~SPVP) | SPV | (block.privilege === S ? SPVP : 0n)
    block.set('hstatus', guestAddress ? hstatus | HSTATUS_GVA : hstatus)
    block.set('htval', value2)
    block.set('htinst', instruction)
  }
  block.privilege = S
  block.virtual = false
  return block.get('stvec')
}

/** hstatus and the HS-level sstatus stay, and so does V. */
function enterVs(hart: HartState, cause: bigint, { value }: TrapInformation): bigint {
  const { block } = hart
  const dte = (block.get('menvcfg') & block.get('henvcfg') & DTE) !== 0n
  block.set('vsstatus', stacked(hart, block.get('vsstatus'), dte))
  block.set('vsepc', block.pc)
  block.set('vscause', cause)
  block.set('vstval', value)
  block.privilege = S
  return block.get('vstvec')
}

/** SIE, SPIE, SPP and, where double traps are watched for, SDT after a trap to S or VS. */
function stacked(hart: HartState, status: bigint, dte: boolean): bigint {
  let next = status & ~(SIE | SPIE | SPP)
  if ((status & SIE) !== 0n) next |= SPIE
  if (hart.block.privilege === S) next |= SPP
  return hart.has('Ssdbltrp') && dte ? next | SDT : next
}

function enterNonMaskable(hart: HartState, cause: TrapCause): void {
  const { block } = hart
  const from = hart.mode
  block.set('mnepc', block.pc)
  block.set('mncause', encoded(cause))
  const previous = (BigInt(from.privilege) << MPP_SHIFT) | (from.virtual ? MNPV : 0n)
  block.set('mnstatus', (block.get('mnstatus') & ~(NMIE | MNPP | MNPV)) | previous)
  block.privilege = M
  block.virtual = false
  block.pc = hart.options.nonMaskableHandlers.interrupt
  block.cycles += 1
  hart.refreshContext()
  hart.announce(from, cause)
}
