/** How fast a machine runs, by the host's clock (milliseconds). */
import type { Machine } from '../../kernel/testbench/computer.js'

export interface Speed {
  /** Retired by all harts. */
  readonly instructions: () => number
  readonly elapsed: () => number
  readonly line: () => string
}

export function speedOf(machine: Machine, now: () => number): Speed {
  const begin = now()
  const elapsed = (): number => now() - begin
  const instructions = (): number =>
    Array.from({ length: machine.hartCount }, (_, index) => machine.hart(index).instret).reduce((sum, count) => sum + count, 0)
  const line = (): string => {
    const seconds = elapsed() / 1000
    const rate = seconds > 0 ? instructions() / seconds / 1e6 : 0
    return `${instructions()} instructions in ${seconds.toFixed(2)} s: ${rate.toFixed(1)} million a second; cycle ${machine.hart(0).cycles}`
  }
  return { instructions, elapsed, line }
}
