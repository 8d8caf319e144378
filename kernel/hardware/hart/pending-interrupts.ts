/**
 * Which interrupts are pending, and when time alone makes another one so. Times in cycles; mtime is the cycle count.
 * RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Hypervisor Interrupt (`hvip`, `hip`, and `hie`) Registers", "Sstc".
 */
import type { HartState } from './hart-state.js'
import { HS_INTERRUPTS, MSI, MTI, SEI, SGEI, SSI, STCE, STI, VGEIN, VGEIN_SHIFT, VSEI, VSTI, MEI } from './status-fields.js'

/** Interrupts that every hart can have: three for M, three for S. */
const BASE_INTERRUPTS = SSI | MSI | STI | MTI | SEI | MEI
export const SUPERVISOR_INTERRUPTS = SSI | STI | SEI

/** Interrupts that this hart can have. */
export const interruptsOf = (hart: HartState): bigint => (hart.has('H') ? BASE_INTERRUPTS | HS_INTERRUPTS : BASE_INTERRUPTS)

/** mip as a read sees it: the bits that software holds, and those that lines and comparators drive. */
export function pendingInterrupts(hart: HartState): bigint {
  const { block, lines, index } = hart
  const now = BigInt(block.cycles)
  let pending = (block.get('mip') & ~(block.get('mvien') & SEI)) | block.get('externalLines')
  if (lines.softwarePending(index)) pending |= MSI
  if (now >= lines.timerCompare(index)) pending |= MTI
  if (hart.sstc) pending = now >= block.get('stimecmp') ? pending | STI : pending & ~STI
  return hart.has('H') ? pending | guestInterrupts(hart, now) : pending
}

/** mvip as a read sees it: a bit that mvien does not make one of its own is that of mip, SEI and STI as far as software holds them. */
export function virtualPending(hart: HartState): bigint {
  const { block } = hart
  return (block.get('mvip') & ownVirtualBits(hart)) | (block.get('mip') & aliasedVirtualBits(hart))
}

export function writeVirtualPending(hart: HartState, value: bigint, mask: bigint): void {
  const { block } = hart
  const aliases = aliasedVirtualBits(hart) & mask
  const own = ownVirtualBits(hart) & mask
  block.set('mip', (block.get('mip') & ~aliases) | (value & aliases))
  block.set('mvip', (block.get('mvip') & ~own) | (value & own))
}

const ownVirtualBits = ({ block }: HartState): bigint => block.get('mvien') & SSI
const aliasedVirtualBits = (hart: HartState): bigint => (SSI & ~ownVirtualBits(hart)) | SEI | (hart.sstc ? 0n : STI)

function guestInterrupts(hart: HartState, now: bigint): bigint {
  const { block } = hart
  const hgeip = block.get('hgeip')
  let pending = block.get('hvip')
  if (((hgeip >> ((block.get('hstatus') & VGEIN) >> VGEIN_SHIFT)) & 1n) !== 0n) pending |= VSEI
  if (guestTimer(hart) && guestTime(hart, now) >= block.get('vstimecmp')) pending |= VSTI
  return (hgeip & block.get('hgeie')) === 0n ? pending : pending | SGEI
}

/** vstimecmp drives VSTIP. */
export const guestTimer = (hart: HartState): boolean => hart.sstc && (hart.block.get('henvcfg') & STCE) !== 0n

/** time as a guest reads it ("Hypervisor Time Delta (`htimedelta`) Register"). */
export const guestTime = ({ block }: HartState, now: bigint): bigint => BigInt.asUintN(64, now + block.get('htimedelta'))

/** First time after now at which one of `sources` becomes pending by the passing of time alone; Infinity: never. */
export function nextTimerEvent(hart: HartState, sources: bigint): number {
  const { block } = hart
  const now = block.cycles
  let next = Infinity
  if ((sources & MTI) !== 0n) next = future(hart.lines.timerCompare(hart.index), now)
  if ((sources & STI) !== 0n && hart.sstc) next = Math.min(next, future(block.get('stimecmp'), now))
  if ((sources & VSTI) !== 0n && hart.has('H') && guestTimer(hart)) {
    const present = BigInt(now)
    next = Math.min(next, future(present + block.get('vstimecmp') - guestTime(hart, present), now))
  }
  return next
}

function future(compare: bigint, now: number): number {
  if (compare > BigInt(Number.MAX_SAFE_INTEGER)) return Infinity
  const time = Number(compare)
  return time > now ? time : Infinity
}
