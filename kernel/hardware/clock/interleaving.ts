/**
 * Several harts on one clock: each in turn, in the order of their numbers, runs through the same window of the grid, then the
 * next window begins. So the order of all accesses follows from the program alone, wherever a run stops and goes on. What one
 * hart does, a later one of the same window sees at once and an earlier one in the next window: their clocks differ by less
 * than a window. Times in cycles.
 *
 * A reservation does not outlive the window of its LR: another hart may have stored meanwhile. RISC-V Unprivileged, "Eventual Success
 * of Store-Conditional Instructions" holds, since the window is far longer than any constrained loop.
 */
import { invariant } from '../../common/errors.js'
import type { Engine } from '../engine/engine.js'
import type { HartState } from '../hart/hart-state.js'
import { advanceHart } from './run-loop.js'
import type { StopReason } from './stop-reason.js'

/** Length of a window. */
export const GRID = 1024

export interface InterleavedLimits {
  /** Stop at the first grid point at or after this cycle; may come nearer while harts run. */
  readonly untilCycle: number
  /** Stop when all harts together have retired this many instructions. */
  readonly instructions: number
}

const gridPoint = (cycle: number): number => Math.floor(cycle / GRID) * GRID

/** `running` hears whose turn it is. */
export function runInterleaved(
  harts: readonly HartState[],
  engine: () => Engine,
  limits: InterleavedLimits,
  stopped: () => StopReason | undefined,
  running: (hart: HartState) => void,
): StopReason {
  /** When each hart that did nothing but wait in its last window would wake by itself. */
  const wakes = new Map<HartState, number>()
  let left = limits.instructions
  for (;;) {
    const start = gridPoint(Math.min(...harts.map(({ block }) => block.cycles)))
    if (start >= limits.untilCycle) return { kind: 'cycle-limit' }
    const end = start + GRID
    const hart = harts.find(({ block }) => block.cycles < end)
    invariant(hart !== undefined, 'no hart is behind the end of the window of the earliest one')
    const { block } = hart
    enterWindow(hart, start)
    running(hart)
    const begin = { pc: block.pc, instret: block.instret, cycles: block.cycles }
    const reason = advanceHart(hart, engine, { untilCycle: end, untilInstret: block.instret + left }, stopped)
    left -= block.instret - begin.instret
    wakes.delete(hart)
    if (reason.kind === 'waiting') {
      if (reason.by !== 'wfi' || (block.pc === begin.pc && block.cycles === begin.cycles)) wakes.set(hart, reason.event)
      block.cycles = Math.max(block.cycles, end)
    } else if (reason.kind !== 'cycle-limit') return reason
    if (wakes.size < harts.length) continue
    const wake = Math.min(...wakes.values())
    if (wake === Infinity) return { kind: 'idle' }
    sleep(harts, Math.min(gridPoint(wake), Math.ceil(limits.untilCycle / GRID) * GRID))
    wakes.clear()
  }
}

/** A hart that comes to a window anew has lost its reservation. */
function enterWindow({ block }: HartState, start: number): void {
  const window = BigInt(start)
  if (block.get('window') === window) return
  block.set('window', window)
  block.set('reservation', 0n)
  block.set('reservationBytes', 0n)
}

/** All harts wait: nothing happens before `time`. */
function sleep(harts: readonly HartState[], time: number): void {
  for (const { block } of harts) block.cycles = Math.max(block.cycles, time)
}
