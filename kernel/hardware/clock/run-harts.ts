/** A run of the machine's harts, one or several, with what devices want to be called for in between. Times in cycles. */
import type { Engine } from '../engine/engine.js'
import type { HartState } from '../hart/hart-state.js'
import type { Alarms } from './alarms.js'
import { GRID, runInterleaved } from './interleaving.js'
import { runHart } from './run-loop.js'
import type { StopReason } from './stop-reason.js'

export interface MachineRun {
  readonly untilCycle: number
  /** Of all harts together. */
  readonly maxInstructions: number
  readonly engine: () => Engine
  /** Whether something in the machine asked for the run to end. */
  readonly stopped: () => StopReason | undefined
  /** Hears whose turn it is. */
  readonly running: (hart: HartState) => void
}

export function runHarts(harts: readonly HartState[], alarms: Alarms, run: MachineRun): StopReason {
  const end = retired(harts) + run.maxInstructions
  for (;;) {
    const reason = runToAlarm(harts, alarms, run, end - retired(harts))
    if (reason.kind === 'idle' && alarms.next < run.untilCycle) sleepUntil(harts, alarms.next)
    else if (reason.kind !== 'cycle-limit' || alarms.next > present(harts)) return reason
    alarms.ring(present(harts))
    const stopped = run.stopped()
    if (stopped !== undefined) return stopped
  }
}

function runToAlarm(harts: readonly HartState[], alarms: Alarms, run: MachineRun, instructions: number): StopReason {
  const { engine, stopped, running } = run
  const [first, second] = harts
  const limits = {
    /** An alarm that is set while harts run may end the run sooner. */
    get untilCycle(): number {
      return Math.min(run.untilCycle, alarms.next)
    },
    instructions,
    untilInstret: (first?.block.instret ?? 0) + instructions,
  }
  if (first !== undefined && second === undefined) return runHart(first, engine, limits, stopped)
  return runInterleaved(harts, engine, limits, stopped, running)
}

const retired = (harts: readonly HartState[]): number => harts.reduce((sum, { block }) => sum + block.instret, 0)

/** Up to here all harts have come. */
const present = (harts: readonly HartState[]): number => Math.min(...harts.map(({ block }) => block.cycles))

/** All harts wait for ever: nothing happens before `time`. Several harts meet at a grid point. */
function sleepUntil(harts: readonly HartState[], time: number): void {
  const meeting = harts.length === 1 ? time : Math.ceil(time / GRID) * GRID
  for (const { block } of harts) block.cycles = Math.max(block.cycles, meeting)
}
