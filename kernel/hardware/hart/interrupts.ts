/**
 * Which interrupt a hart takes, and when its next one can come. Times in cycles; mtime is the cycle count.
 * RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Machine Trap Delegation (`medeleg` and `mideleg`) Registers", "Sstc".
 */
import { INTERRUPT_PRIORITY } from './causes.js'
import type { HartState } from './hart-state.js'
import { M, S } from './privilege.js'
import { MIE, MTI, SIE, STI } from './status-fields.js'

/** The interrupts that would be taken at the present privilege and enables if they were pending. */
export function deliverable(hart: HartState): bigint {
  const { block } = hart
  const enabled = block.get('mie')
  const mideleg = block.get('mideleg')
  const mstatus = block.get('mstatus')
  const { privilege } = block
  const toM = privilege < M || (mstatus & MIE) !== 0n ? enabled & ~mideleg : 0n
  const toS = privilege < S || (privilege === S && (mstatus & SIE) !== 0n) ? enabled & mideleg : 0n
  return toM | toS
}

/** Code of the interrupt to take now. Those that trap to M come first, whatever their code. */
export function interruptToTake(hart: HartState): number | undefined {
  const candidates = deliverable(hart)
  if (candidates === 0n) return undefined
  const ready = candidates & hart.pending
  if (ready === 0n) return undefined
  const mideleg = hart.block.get('mideleg')
  const chosen = (ready & ~mideleg) === 0n ? ready : ready & ~mideleg
  return INTERRUPT_PRIORITY.find((code) => (chosen & (1n << BigInt(code))) !== 0n)
}

/** First time after now at which one of `sources` becomes pending by the passing of time alone; Infinity: never. */
export function nextTimerEvent(hart: HartState, sources: bigint): number {
  const now = hart.block.cycles
  let next = Infinity
  if ((sources & MTI) !== 0n) next = future(hart.lines.timerCompare(hart.index), now)
  if ((sources & STI) !== 0n && hart.sstc) next = Math.min(next, future(hart.block.get('stimecmp'), now))
  return next
}

function future(compare: bigint, now: number): number {
  if (compare > BigInt(Number.MAX_SAFE_INTEGER)) return Infinity
  const time = Number(compare)
  return time > now ? time : Infinity
}
