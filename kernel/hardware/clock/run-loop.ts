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
  /** Stop at the first instruction boundary at or after this cycle. */
  readonly untilCycle: number
  /** Stop when the hart has retired this many instructions since reset. */
  readonly untilInstret: number
}

const EVERY_SOURCE = -1n
/** An engine comes back at least this often, so that the host can put optimised code in its place. */
const SLICE = 1_000_000

/** `stopped` tells whether something in the machine asked for the run to end. */
export function runHart(hart: HartState, engine: () => Engine, limits: RunLimits, stopped: () => StopReason | undefined): StopReason {
  const { block } = hart
  for (;;) {
    const reason = stopped()
    if (reason !== undefined) return reason
    if (block.cycles >= limits.untilCycle) return { kind: 'cycle-limit' }
    if (block.instret >= limits.untilInstret) return { kind: 'instruction-limit' }
    const nonMaskable = Number(block.get('nonMaskable')) - 1
    if (nonMaskable >= 0 && hart.has('Smrnmi') && hart.nonMaskableEnabled) {
      block.set('nonMaskable', 0n)
      takeNonMaskableInterrupt(hart, nonMaskable)
      continue
    }
    const interrupt = interruptToTake(hart)
    if (interrupt !== undefined) {
      takeTrap(hart, { kind: 'interrupt', code: interrupt }, plainTrap(0n))
      continue
    }
    const cyclesLeft = Math.min(nextTimerEvent(hart, EVERY_SOURCE), limits.untilCycle) - block.cycles
    engine().run(hart, Math.min(cyclesLeft, limits.untilInstret - block.instret, SLICE))
    if (hart.wait === undefined) continue
    const waited = hart.wait
    hart.wait = undefined
    if (waited === 'critical-error') return { kind: 'critical-error' }
    if (stopped() === undefined && !letTimePass(hart, waited, limits)) return { kind: 'idle' }
  }
}

/** Moves the clock to what the hart waits for, or to the limit if that comes first; `false`: nothing will ever come. */
function letTimePass(hart: HartState, wait: Wait, { untilCycle }: RunLimits): boolean {
  const { block } = hart
  const sources = wait === 'wfi' ? block.get('mie') : deliverable(hart)
  const event = nextTimerEvent(hart, sources)
  if (event === Infinity && (wait === 'wfi' || untilCycle === Infinity)) return false
  if (wait !== 'wfi') block.cycles = Math.max(block.cycles, Math.min(event, untilCycle))
  else if (event > untilCycle) block.cycles = untilCycle
  else {
    // WFI retires; its own cycle is part of the wait, so the interrupt comes exactly at its time.
    block.pc = BigInt.asUintN(64, block.pc + 4n)
    block.instret += 1
    block.cycles = Math.max(block.cycles + 1, event)
  }
  return true
}
