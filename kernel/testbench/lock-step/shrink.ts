/** Makes of a program on which engines differ a small one on which they still do, and prints it. */
import { encode } from '../../hardware/isa/encode.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { disassemble } from '../../hardware/isa/disassemble.js'
import { laterStart } from './later-start.js'
import { advance, goesOn, runInLockStep, type LockStepOptions } from './lock-step.js'
import { machineWith } from './program-machine.js'
import { PROGRAM } from './program-layout.js'
import type { RandomProgram } from './random-program.js'

const NOP = encode('addi')

/** Of all attempts together: each runs the program on all engines. */
const MOST_INSTRUCTIONS = 800_000

/** Before the difference; so long an attempt is when the program can start there. */
const LEAD = 300

/**
 * As many instructions as possible become NOP; registers become zero, CSRs and page tables are left out where they are not needed. What
 * went wrong may turn into another difference on the way.
 */
export function shrink(whole: RandomProgram, options: LockStepOptions): RandomProgram {
  const late = startedLate(whole, options)
  return late === undefined ? shrinkFrom(whole, options) : shrinkFrom(late, { ...options, instructions: 2 * LEAD })
}

/** `undefined` when engines no longer differ: what is needed lies further back, or code must be hot. */
function startedLate(whole: RandomProgram, options: LockStepOptions): RandomProgram | undefined {
  const late = laterStart(whole, options.engines[0], options.instructions - LEAD)
  return runInLockStep(late, { ...options, instructions: 2 * LEAD }).difference === undefined ? undefined : late
}

function shrinkFrom(program: RandomProgram, options: LockStepOptions): RandomProgram {
  let small = program
  let spent = 0
  const attempt = (candidate: RandomProgram): boolean => {
    if (spent > MOST_INSTRUCTIONS) return false
    const { difference, instructions } = runInLockStep(candidate, options)
    spent += instructions + LEAD
    if (difference !== undefined) small = candidate
    return difference !== undefined
  }
  const executed = executedWords(program, options)
  attempt(without(program, (index) => !executed.has(index)))
  removeWords([...executed], (removed) => attempt(without(small, (index) => removed.has(index))))
  attempt({ ...small, pageTables: [] })
  attempt({ ...small, registers: small.registers.map(() => 0n) })
  attempt({ ...small, floats: small.floats.map(() => 0n) })
  attempt({ ...small, csrs: [] })
  for (const csr of small.csrs) attempt({ ...small, csrs: small.csrs.filter((other) => other !== csr) })
  small.registers.forEach((_, at) => attempt({ ...small, registers: small.registers.map((value, index) => (index === at ? 0n : value)) }))
  return small
}

const without = (program: RandomProgram, removed: (index: number) => boolean): RandomProgram => ({
  ...program,
  words: program.words.map((word, index) => (removed(index) ? NOP : word)),
})

/** Places in the program that the first engine comes to. */
function executedWords(program: RandomProgram, { engines: [engine], instructions }: LockStepOptions): ReadonlySet<number> {
  const machine = machineWith(program, engine)
  const hart = machine.hart(0)
  const executed = new Set<number>()
  for (let step = 0; step < instructions; step++) {
    const index = ((machine.physicalAddress(0, hart.pc) ?? 0) - RAM_BASE - PROGRAM) >> 2
    if (index >= 0 && index < program.words.length) executed.add(index)
    if (!goesOn(advance(machine, 1, false))) break
  }
  return executed
}

/** Tries to remove the first half, the second, then quarters, and so on, of what is left. */
function removeWords(indices: readonly number[], attempt: (removed: ReadonlySet<number>) => boolean): void {
  let left = indices
  for (let chunk = left.length >> 1; chunk >= 1; chunk >>= 1)
    for (let start = 0; start < left.length;) {
      const part = left.slice(start, start + chunk)
      if (attempt(new Set(part))) left = left.filter((index) => !part.includes(index))
      else start += chunk
    }
}

const hex = (value: bigint): string => `0x${value.toString(16)}`

/** What is left of a shrunk program: values that are not zero, then the instructions as assembly with their words. */
export function listing({ registers, floats, csrs, extensions, words, start }: RandomProgram): string[] {
  const values = [
    ...(start === undefined ? [] : [`begins at ${hex(start.pc)} in ${start.privilege}-mode`]),
    ...registers.flatMap((value, index) => (value === 0n ? [] : [`x${index + 1} = ${hex(value)}`])),
    ...floats.flatMap((value, index) => (value === 0n ? [] : [`f${index} = ${hex(value)}`])),
    ...csrs.map(({ number, value }) => `CSR 0x${number.toString(16)} = ${hex(value)}`),
    ...(extensions.length === 0 ? [] : [`extensions ${extensions.join(', ')}`]),
  ]
  const instructions = words.flatMap((word, index) => {
    const address = BigInt(RAM_BASE + PROGRAM + index * 4)
    return word === NOP ? [] : [`${address.toString(16)}: ${text(word, address)}`]
  })
  return [...values.map((value) => `# ${value}`), ...instructions]
}

/** One instruction, or the two compressed ones that share a word. */
function text(word: number, address: bigint): string {
  if ((word & 3) === 3) return `${word.toString(16).padStart(8, '0')}  ${disassemble(word, address)}`
  const [low, high] = [word & 0xffff, word >>> 16]
  const both = [disassemble(low, address), disassemble(high, address + 2n)].join('; ')
  return `${high.toString(16).padStart(4, '0')}${low.toString(16).padStart(4, '0')}  ${both}`
}
