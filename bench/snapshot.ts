/**
 * `node dist/bench/snapshot.js`: a machine of 64 MiB and 1,000 pages stored to: new machine, snapshot, reset, digest. Prints medians and
 * least values in milliseconds of the host as JSON; the aims are those of decision 0003.
 */
import { MIB, PAGE_BYTES } from '../kernel/common/units.js'
import { Machine, RAM_BASE } from '../kernel/testbench/computer.js'

const ROUNDS = 41
const PAGES = 1000
/** Odd, so that the pages lie all over the 64 MiB. */
const STEP = 15

const newMachine = (): Machine => new Machine({ ramBytes: 64 * MIB, rom: new Uint8Array(), engine: 'interpreter' })

function timed(action: () => void): number {
  const begin = performance.now()
  action()
  return performance.now() - begin
}

interface Figure {
  readonly median: number
  readonly least: number
}

function rounds(measure: (round: number) => number): Figure {
  const times = Array.from({ length: ROUNDS }, (_, round) => measure(round)).sort((a, b) => a - b)
  const at = (index: number): number => Number((times[index] ?? NaN).toFixed(3))
  return { median: at(Math.floor(ROUNDS / 2)), least: at(0) }
}

function storeTo(machine: Machine, round: number): void {
  for (let page = 0; page < PAGES; page++) machine.memory.write64(RAM_BASE + page * STEP * PAGE_BYTES, BigInt(round + 1))
}

const machine = newMachine()
storeTo(machine, 0)
const snapshot = machine.snapshot()
const machines = rounds(() => timed(newMachine))
const reset = rounds((round) => {
  storeTo(machine, round)
  return timed(() => machine.restore(snapshot))
})
const digest = rounds((round) => {
  storeTo(machine, round)
  return timed(() => machine.digest())
})
const taken = rounds(() => timed(() => machine.snapshot()))
process.stdout.write(
  `${JSON.stringify({ pages: PAGES, newMachine: machines, reset, digest, snapshot: taken, aims: { newMachine: 5, reset: 1, digest: 6 } })}\n`,
)
