/** Makes of a program on which engines differ a small one on which they still do, and prints it. */
import { encode } from '../../hardware/isa/encode.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import { disassemble } from '../../hardware/isa/disassemble.js'
import { runInLockStep, type LockStepOptions } from './lock-step.js'
import { PROGRAM } from './program-layout.js'
import type { RandomProgram } from './random-program.js'

const NOP = encode('addi')

/**
 * As many instructions as possible become NOP; registers become zero, CSRs and page tables are left out where they are not needed. What
 * went wrong may turn into another difference on the way.
 */
export function shrink(program: RandomProgram, options: LockStepOptions): RandomProgram {
  const fails = (candidate: RandomProgram): boolean => runInLockStep(candidate, options).difference !== undefined
  let small = program
  const attempt = (candidate: RandomProgram): void => void (small = fails(candidate) ? candidate : small)
  for (let chunk = program.words.length; chunk >= 1; chunk >>= 1)
    for (let start = 0; start < program.words.length; start += chunk)
      if (!small.words.slice(start, start + chunk).every((word) => word === NOP))
        attempt({ ...small, words: small.words.map((word, index) => (index >= start && index < start + chunk ? NOP : word)) })
  attempt({ ...small, pageTables: [] })
  small.registers.forEach((_, at) => attempt({ ...small, registers: small.registers.map((value, index) => (index === at ? 0n : value)) }))
  small.floats.forEach((_, at) => attempt({ ...small, floats: small.floats.map((value, index) => (index === at ? 0n : value)) }))
  for (const csr of small.csrs) attempt({ ...small, csrs: small.csrs.filter((other) => other !== csr) })
  return small
}

const hex = (value: bigint): string => `0x${value.toString(16)}`

/** What is left of a shrunk program: values that are not zero, then the instructions as assembly with their words. */
export function listing({ registers, floats, csrs, extensions, words }: RandomProgram): string[] {
  const values = [
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
