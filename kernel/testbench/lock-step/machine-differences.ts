/** In what two machines differ, a line for each: `what: one, other`. */
import type { HartView, Machine } from '../../hardware/machine.js'

/** How much is looked at; each depth includes the ones before. */
export type Depth = 'registers' | 'csrs' | 'memory'

export function* machineDifferences(one: Machine, other: Machine, depth: Depth): Generator<string> {
  yield* hartDifferences(one.hart(0), other.hart(0), depth)
  if (depth !== 'memory') return
  const [first, second] = [one.digest(), other.digest()]
  if (first !== second) yield line('digest of the machine', first, second)
}

function* hartDifferences(one: HartView, other: HartView, depth: Depth): Generator<string> {
  if (one.pc !== other.pc) yield line('pc', one.pc, other.pc)
  if (one.privilege !== other.privilege) yield line('privilege', one.privilege, other.privilege)
  if (one.cycles !== other.cycles) yield line('cycles', one.cycles, other.cycles)
  if (one.instret !== other.instret) yield line('instret', one.instret, other.instret)
  for (let register = 1; register < 32; register++)
    if (one.x(register) !== other.x(register)) yield line(`x${register}`, one.x(register), other.x(register))
  for (let register = 0; register < 32; register++)
    if (one.f(register) !== other.f(register)) yield line(`f${register}`, one.f(register), other.f(register))
  if (one.fcsr !== other.fcsr) yield line('fcsr', one.fcsr, other.fcsr)
  if (depth === 'registers') return
  for (const { name, number } of one.csrs()) if (one.csr(number) !== other.csr(number)) yield line(name, one.csr(number), other.csr(number))
}

const text = (value: bigint | number | string): string => (typeof value === 'bigint' ? `0x${value.toString(16)}` : String(value))

const line = (what: string, one: bigint | number | string, other: bigint | number | string): string =>
  `${what}: ${text(one)}, ${text(other)}`
