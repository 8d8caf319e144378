/**
 * Trap entry and trap return. A trap entry charges one cycle, so that time passes even in a loop of traps; the instruction
 * that trapped does not retire.
 * RISC-V Privileged, "Privilege and Global Interrupt-Enable Stack in `mstatus` Register", "Machine Trap-Vector Base-Address
 * (`mtvec`) Register", "Machine Trap Delegation (`medeleg` and `mideleg`) Registers", "Trap-Return Instructions".
 */
import type { TrapCause } from './causes.js'
import type { HartState } from './hart-state.js'
import { M, S, U } from './privilege.js'
import { MIE, MPIE, MPP, MPP_SHIFT, MPRV, SIE, SPIE, SPP } from './status-fields.js'

const INTERRUPT_BIT = 1n << 63n
const VECTORED = 1n

export function takeTrap(hart: HartState, cause: TrapCause, value: bigint): void {
  const { block } = hart
  const from = block.privilege
  const code = BigInt(cause.code)
  const delegated = block.get(cause.kind === 'interrupt' ? 'mideleg' : 'medeleg')
  const toS = from <= S && ((delegated >> code) & 1n) !== 0n
  const encoded = cause.kind === 'interrupt' ? INTERRUPT_BIT | code : code
  const before = toS ? supervisorTrapState(hart) : machineTrapState(hart)
  const vector = toS ? enterS(hart, encoded, value) : enterM(hart, encoded, value)
  const vectored = cause.kind === 'interrupt' && (vector & 3n) === VECTORED
  block.pc = BigInt.asUintN(64, (vector & ~3n) + (vectored ? 4n * code : 0n))
  block.cycles += 1
  hart.refreshContext()
  // The entry changed nothing but time: the same exception follows for ever, until an interrupt ends it.
  const after = toS ? supervisorTrapState(hart) : machineTrapState(hart)
  if (cause.kind === 'exception' && before.every((part, index) => part === after[index])) hart.wait = 'trap-loop'
  hart.announce(from, cause)
}

const machineTrapState = ({ block }: HartState): readonly (bigint | number)[] => [
  block.pc,
  block.privilege,
  block.get('mstatus'),
  block.get('mepc'),
  block.get('mcause'),
  block.get('mtval'),
]

const supervisorTrapState = ({ block }: HartState): readonly (bigint | number)[] => [
  block.pc,
  block.privilege,
  block.get('mstatus'),
  block.get('sepc'),
  block.get('scause'),
  block.get('stval'),
]

function enterM({ block }: HartState, cause: bigint, value: bigint): bigint {
  const mstatus = block.get('mstatus')
  const stacked = (mstatus & MIE) === 0n ? 0n : MPIE
  block.set('mepc', block.pc)
  block.set('mcause', cause)
  block.set('mtval', value)
  block.set('mstatus', (mstatus & ~(MIE | MPIE | MPP)) | stacked | (BigInt(block.privilege) << MPP_SHIFT))
  block.privilege = M
  return block.get('mtvec')
}

function enterS({ block }: HartState, cause: bigint, value: bigint): bigint {
  const mstatus = block.get('mstatus')
  const stacked = ((mstatus & SIE) === 0n ? 0n : SPIE) | (block.privilege === S ? SPP : 0n)
  block.set('sepc', block.pc)
  block.set('scause', cause)
  block.set('stval', value)
  block.set('mstatus', (mstatus & ~(SIE | SPIE | SPP)) | stacked)
  block.privilege = S
  return block.get('stvec')
}

/** Restores privilege and interrupt enable; returns the address at which the hart continues. */
export function returnFromTrap(hart: HartState, from: 'M' | 'S'): bigint {
  const target = from === 'M' ? leaveM(hart) : leaveS(hart)
  hart.refreshContext()
  return target
}

function leaveM({ block }: HartState): bigint {
  const mstatus = block.get('mstatus')
  const previous = Number((mstatus & MPP) >> MPP_SHIFT)
  const enabled = (mstatus & MPIE) === 0n ? 0n : MIE
  const kept = previous === M ? mstatus : mstatus & ~MPRV
  block.set('mstatus', (kept & ~(MIE | MPP)) | MPIE | enabled) // MPP becomes the least-privileged mode, U
  block.privilege = previous
  return block.get('mepc')
}

function leaveS({ block }: HartState): bigint {
  const mstatus = block.get('mstatus')
  const enabled = (mstatus & SPIE) === 0n ? 0n : SIE
  block.set('mstatus', (mstatus & ~(SIE | SPP | MPRV)) | SPIE | enabled)
  block.privilege = (mstatus & SPP) === 0n ? U : S
  return block.get('sepc')
}
