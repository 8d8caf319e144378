/**
 * Lock-step: two machines with the same program, one per engine, compared after every few instructions: registers, CSRs,
 * counters, cycles, and memory by digest. Shows faithful translation of one semantics, not that the semantics is right.
 */
import type { HostedTable } from '../../common/hosted-port.js'
import { MIB } from '../../common/units.js'
import { bytesOf, encode } from '../../hardware/isa/encode.js'
import { Machine, type EngineKind } from '../../hardware/machine.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { disassemble } from '../../programs/disassembler/disassemble.js'
import type { RandomProgram } from './random-program.js'
import { SeededRandom } from './seeded-random.js'
import { PAGE_TABLES, PROGRAM, trapHandlers } from './trap-handlers.js'

export interface Difference {
  /** Retired instructions at the comparison that failed. */
  readonly instructions: number
  /** `what: reference, other`, one line each. */
  readonly lines: readonly string[]
}

export interface LockStepResult {
  readonly instructions: number
  readonly traps: number
  readonly difference: Difference | undefined
}

export interface LockStepOptions {
  readonly engines: readonly [EngineKind, EngineKind]
  /** Decides the distances between comparisons. */
  readonly seed: number
  readonly instructions: number
}

const HOSTED: HostedTable = {
  kcall: new Map([[0, { name: 'store', charge: 5, run: (port) => void port.store64(RAM_BASE + 0x4_0000, port.x(5)) }]]),
  ucall: new Map([
    [1, { name: 'load', charge: 2, run: (port) => port.setX(6, BigInt(Number(port.load(RAM_BASE + 0x4000_0000, 4)) || 0)) }],
  ]),
}

function build(program: RandomProgram, engine: EngineKind): Machine {
  const machine = new Machine({ ramBytes: MIB, rom: bytesOf([encode('mret')]), engine, hosted: HOSTED })
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, trapHandlers(RAM_BASE))
  machine.memory.write(RAM_BASE + PROGRAM, bytesOf(program.words))
  for (const { offset, value } of program.pageTables) machine.memory.write64(RAM_BASE + PAGE_TABLES + offset, value)
  program.registers.forEach((value, index) => hart.setX(index + 1, value))
  program.floats.forEach((value, index) => hart.setF(index, value))
  for (const { number, value } of program.csrs) hart.setCsr(number, value)
  hart.pc = BigInt(RAM_BASE + PROGRAM)
  return machine
}

/** Runs a program on both engines until they differ, or for the given number of instructions. */
export function runInLockStep(program: RandomProgram, { engines, seed, instructions }: LockStepOptions): LockStepResult {
  const random = new SeededRandom(seed)
  const machines = engines.map((engine) => build(program, engine))
  const [reference, other] = machines
  let traps = 0
  reference?.onPrivilegeChange(({ cause }) => (traps += cause === undefined ? 0 : 1))
  for (let comparison = 1; ; comparison++) {
    const stride = 1 + random.below(60)
    const byCycle = random.once(3)
    const stops = machines.map((machine) => advance(machine, stride, byCycle))
    const [done = 0] = machines.map((machine) => machine.hart(0).instret)
    const lines = [...differences(machines, comparison % 8 === 0 || done >= instructions)]
    if (stops[0] !== stops[1]) lines.push(`stop: ${String(stops[0])}, ${String(stops[1])}`)
    if (lines.length > 0) return { instructions: done, traps, difference: { instructions: done, lines } }
    if (done >= instructions || reference === undefined || other === undefined) return { instructions: done, traps, difference: undefined }
  }
}

/** A WFI that nothing ends is stepped over, so that the program goes on. */
function advance(machine: Machine, stride: number, byCycle: boolean): string {
  const hart = machine.hart(0)
  const stop = machine.run(
    byCycle ? { untilCycle: hart.cycles + stride } : { maxInstructions: stride, untilCycle: hart.cycles + 8 * stride },
  )
  if (stop.kind === 'idle') hart.pc += 4n
  return stop.kind
}

function* differences(machines: readonly Machine[], withMemory: boolean): Generator<string> {
  const [reference, other] = machines.map((machine) => stateOf(machine, withMemory))
  for (const [what, value] of reference ?? []) {
    const second = other?.get(what)
    if (second !== value) yield `${what}: ${hex(value)}, ${hex(second)}`
  }
}

const hex = (value: bigint | string | undefined): string => (typeof value === 'bigint' ? `0x${value.toString(16)}` : String(value))

function stateOf(machine: Machine, withMemory: boolean): Map<string, bigint | string> {
  const hart = machine.hart(0)
  const state = new Map<string, bigint | string>([
    ['pc', hart.pc],
    ['privilege', hart.privilege],
    ['cycles', BigInt(hart.cycles)],
    ['instret', BigInt(hart.instret)],
  ])
  for (let register = 1; register < 32; register++) state.set(`x${register}`, hart.x(register))
  for (let register = 0; register < 32; register++) state.set(`f${register}`, hart.f(register))
  state.set('fcsr', hart.fcsr)
  for (const { name, number } of hart.csrs()) state.set(name, hart.csr(number))
  if (withMemory) state.set('machine', machine.digest())
  return state
}

/** The program with as many instructions as possible replaced by NOP that still makes the engines differ. */
export function shrink(program: RandomProgram, options: LockStepOptions): RandomProgram {
  const nop = encode('addi')
  let words = program.words
  for (let chunk = words.length; chunk >= 1; chunk = Math.floor(chunk / 2)) {
    for (let start = 0; start < words.length; start += chunk) {
      if (words.slice(start, start + chunk).every((word) => word === nop)) continue
      const candidate = words.map((word, index) => (index >= start && index < start + chunk ? nop : word))
      if (runInLockStep({ ...program, words: candidate }, options).difference !== undefined) words = candidate
    }
  }
  return { ...program, words }
}

/** What is left of a shrunk program, as assembly with its words. */
export function listing(program: RandomProgram): string[] {
  const nop = encode('addi')
  return program.words.flatMap((word, index) => {
    const address = RAM_BASE + PROGRAM + index * 4
    return word === nop ? [] : [`${address.toString(16)}: ${word.toString(16).padStart(8, '0')}  ${disassemble(word, address)}`]
  })
}
