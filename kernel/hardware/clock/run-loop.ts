/**
 * Lets a hart run: interrupts at the exact instruction, waiting, limits. Times in cycles.
 * RISC-V Privileged, "Wait for Interrupt"; the rules for hosted calls are those of kernel/common/hosted-port.ts.
 */
import type { Engine } from '../engine/engine.js'
import type { HartState, Wait } from '../hart/hart-state.js'
import { deliverable, interruptToTake } from '../hart/interrupts.js'
import { nextTimerEvent } from '../hart/pending-interrupts.js'
import { plainTrap, takeNonMaskableInterrupt, takeTrap } from '../hart/traps.js'
import type { StopReason } from './stop-reason.js'

export interface RunLimits {
  /** Stop at the first instruction boundary at or after this cycle; may come nearer while the hart runs. */
  readonly untilCycle: number
  /** Stop when the hart has retired this many instructions since reset. */
  readonly untilInstret: number
}

/** The hart waits, at the limit, for something that time alone brings at `event`; Infinity: that never comes. */
export interface Waiting {
  readonly kind: 'waiting'
  readonly by: Wait
  readonly event: number
}

const EVERY_SOURCE = -1n
/** An engine comes back at least this often, so that the host can put optimised code in its place. */
const SLICE = 1_000_000

/** `stopped` tells whether something in the machine asked for the run to end. */
export function runHart(hart: HartState, engine: () => Engine, limits: RunLimits, stopped: () => StopReason | undefined): StopReason {
  const reason = advanceHart(hart, engine, limits, stopped)
  if (reason.kind !== 'waiting') return reason
  const { by, event } = reason
  if (event === Infinity && (by === 'wfi' || limits.untilCycle === Infinity)) return { kind: 'idle' }
  hart.block.cycles = Math.max(hart.block.cycles, limits.untilCycle)
  return { kind: 'cycle-limit' }
}

/** The same for a hart that others may wake: what ends its waiting need not be time. Its clock is left where it began to wait. */
export function advanceHart(
  hart: HartState,
  engine: () => Engine,
  limits: RunLimits,
  stopped: () => StopReason | undefined,
): StopReason | Waiting {
  const { block } = hart
  for (;;) {
    const reason = stopped()
    if (reason !== undefined) return reason
    if (block.cycles >= limits.untilCycle) return { kind: 'cycle-limit' }
    if (block.instret >= limits.untilInstret) return { kind: 'instruction-limit' }
    if (takeInterrupt(hart)) continue
    const cyclesLeft = Math.min(nextTimerEvent(hart, EVERY_SOURCE), limits.untilCycle) - block.cycles
    engine().run(hart, Math.min(cyclesLeft, limits.untilInstret - block.instret, SLICE))
    if (hart.wait === undefined) continue
    const by = hart.wait
    hart.wait = undefined
    if (by === 'critical-error' || by === 'breakpoint') return { kind: by }
    if (stopped() !== undefined) continue
    const event = nextTimerEvent(hart, by === 'wfi' ? block.get('mie') : deliverable(hart))
    if (event > limits.untilCycle || event === Infinity) return { kind: 'waiting', by, event }
    letTimePass(hart, by, event)
  }
}

function takeInterrupt(hart: HartState): boolean {
  const { block } = hart
  const nonMaskable = Number(block.get('nonMaskable')) - 1
  if (nonMaskable >= 0 && hart.has('Smrnmi') && hart.nonMaskableEnabled) {
    block.set('nonMaskable', 0n)
    takeNonMaskableInterrupt(hart, nonMaskable)
    return true
  }
  const interrupt = interruptToTake(hart)
  if (interrupt === undefined) return false
  takeTrap(hart, { kind: 'interrupt', code: interrupt.code }, plainTrap(0n), interrupt.target)
  return true
}

/** Moves the clock to what the hart waits for. */
function letTimePass({ block }: HartState, by: Wait, event: number): void {
  if (by !== 'wfi') {
    block.cycles = Math.max(block.cycles, event)
    return
  }
  // WFI retires; its own cycle is part of the wait, so the interrupt comes exactly at its time.
  block.pc = BigInt.asUintN(64, block.pc + 4n)
  block.instret += 1
  block.cycles = Math.max(block.cycles + 1, event)
}
