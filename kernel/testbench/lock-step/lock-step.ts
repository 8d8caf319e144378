/**
 * Lock-step: machines with the same program, one for each engine, compared at random distances: registers, counters and cycles every time,
 * CSRs and memory now and then. Shows faithful translation of one semantics, not that the semantics is right.
 */
import type { EngineKind, Machine } from '../../hardware/machine.js'
import { machineDifferences, type Depth } from './machine-differences.js'
import { machineWith } from './program-machine.js'
import type { RandomProgram } from './random-program.js'
import { SeededRandom } from './seeded-random.js'

export interface Difference {
  /** Of the engine that differs from the first one. */
  readonly engine: EngineKind
  /** Retired instructions at the comparison that failed. */
  readonly instructions: number
  /** `what: first engine, other engine`, one line each. */
  readonly lines: readonly string[]
}

export interface LockStepResult {
  readonly instructions: number
  readonly traps: number
  readonly difference: Difference | undefined
}

export interface LockStepOptions {
  /** The first is the one that the others are compared with. */
  readonly engines: readonly [EngineKind, EngineKind, ...EngineKind[]]
  /** Decides the distances between comparisons. */
  readonly seed: number
  readonly instructions: number
  /** Most instructions between two comparisons; 60 unless given. */
  readonly stride?: number
}

const STRIDE = 60
/** A difference in CSRs or memory shows in registers sooner or later; looking takes longer than running. */
const CSRS_EVERY = 8
const MEMORY_EVERY = 64

/** Runs a program on all engines until two differ, for the given number of instructions, or until the program cannot go on. */
export function runInLockStep(program: RandomProgram, { engines, seed, instructions, stride = STRIDE }: LockStepOptions): LockStepResult {
  const random = new SeededRandom(seed)
  const first = machineWith(program, engines[0])
  const others = engines.slice(1).map((engine) => ({ engine, machine: machineWith(program, engine) }))
  let traps = 0
  first.onPrivilegeChange(({ cause }) => (traps += cause === undefined ? 0 : 1))
  for (let comparison = 1; ; comparison++) {
    const distance = 1 + random.below(stride)
    const byCycle = random.once(3)
    const stop = advance(first, distance, byCycle)
    const done = first.hart(0).instret
    // A hart may trap for ever without retiring anything.
    const last = done >= instructions || comparison >= instructions || !goesOn(stop)
    const depth: Depth = last || comparison % MEMORY_EVERY === 0 ? 'memory' : comparison % CSRS_EVERY === 0 ? 'csrs' : 'registers'
    for (const { engine, machine } of others) {
      const otherStop = advance(machine, distance, byCycle)
      const lines = [...machineDifferences(first, machine, depth)]
      if (otherStop !== stop) lines.push(`stop: ${stop}, ${otherStop}`)
      if (lines.length > 0) return { instructions: done, traps, difference: { engine, instructions: done, lines } }
    }
    if (last) return { instructions: done, traps, difference: undefined }
  }
}

/** A WFI that nothing ends is stepped over, so that the program goes on. */
export function advance(machine: Machine, distance: number, byCycle: boolean): string {
  const hart = machine.hart(0)
  const untilCycle = hart.cycles + (byCycle ? distance : 8 * distance)
  const stop = machine.run(byCycle ? { untilCycle } : { maxInstructions: distance, untilCycle })
  if (stop.kind === 'idle') hart.pc += 4n
  return stop.kind
}

/** The machine may run on after this stop. */
export const goesOn = (stop: string): boolean => stop === 'idle' || stop.endsWith('-limit')
