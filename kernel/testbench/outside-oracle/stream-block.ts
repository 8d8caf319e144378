/**
 * Blocks of random instructions that cannot trap and whose results do not depend on what a specification leaves open, so that any
 * implementation of RV64GC with Zba, Zbb, Zbc, Zbs leaves the same registers and memory. x30 is the address of scratch memory, x31 is kept.
 */
import { encode, type Fields } from '../../hardware/isa/encode.js'
import { INSTRUCTION_TABLE } from '../../hardware/isa/instruction-table.js'
import type { SeededRandom } from '../lock-step/seeded-random.js'

type Choices = readonly [string, ...string[]]

/** Bytes of scratch memory that loads and stores may touch. */
export const SCRATCH_BYTES = 256
const SCRATCH = 30
const MOST_REGISTER = 29
/** QEMU 7.2 counts beyond bit 31 (kernel/hardware/platform-evidence.yaml). */
const LEFT_OUT = new Set(['ctzw'])

const FORMAT_OF = new Map(INSTRUCTION_TABLE.map(({ name, format }) => [name, format]))

function named(accepts: (extension: string, name: string) => boolean): Choices {
  const found = INSTRUCTION_TABLE.filter(({ extension, name }) => accepts(extension, name) && !LEFT_OUT.has(name)).map(({ name }) => name)
  const [first = 'addi', ...rest] = found
  return [first, ...rest]
}

const INTEGER = named((extension, name) => extension === 'I' && /^(addi?w?|subw?|slti?u?|xori?|ori?|andi?|s[lr][la]i?w?|lui)$/.test(name))
const MULTIPLY = named((extension) => extension === 'M')
const BITS = named((extension) => ['Zba', 'Zbb', 'Zbc', 'Zbs'].includes(extension))
const FLOATING = named((extension) => extension === 'F' || extension === 'D')
const ATOMIC = named((_, name) => name.startsWith('amo'))
const MEMORY = named((extension, name) => extension === 'I' && /^(l[bhwd]u?|s[bhwd])$/.test(name))
const BRANCHES: Choices = ['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu']

/** A branch at the end may skip one. */
export const END_OF_BLOCK: readonly number[] = [encode('addi'), encode('addi')]

export function randomBlock(random: SeededRandom, instructions: number): number[] {
  const words: number[] = []
  while (words.length < instructions) words.push(...draw(random))
  return [...words, ...END_OF_BLOCK]
}

function draw(random: SeededRandom): number[] {
  const fields = { rd: 1 + random.below(MOST_REGISTER), rs1: random.below(SCRATCH), rs2: random.below(SCRATCH), rs3: random.below(32) }
  const die = random.below(100)
  if (die < 25) return [instruction(random, random.pick(INTEGER), fields)]
  if (die < 33) return [instruction(random, random.pick(MULTIPLY), fields)]
  if (die < 50) return [instruction(random, random.pick(BITS), fields)]
  if (die < 80) return [instruction(random, random.pick(FLOATING), fields)]
  if (die < 90) return [encode(random.pick(MEMORY), { ...fields, rs1: SCRATCH, immediate: random.below(SCRATCH_BYTES - 8) })]
  if (die < 94) return [encode(random.pick(ATOMIC), { ...fields, rs1: SCRATCH })]
  if (die < 96) return loadReserved(random, fields)
  return [encode(random.pick(BRANCHES), { ...fields, immediate: 8 })]
}

/** The pair alone: what else ends a reservation is left open. */
function loadReserved(random: SeededRandom, fields: Fields): number[] {
  const width = random.once(2) ? 'w' : 'd'
  return [encode(`lr.${width}`, { ...fields, rs1: SCRATCH, rs2: 0 }), encode(`sc.${width}`, { ...fields, rs1: SCRATCH })]
}

function instruction(random: SeededRandom, name: string, fields: Fields): number {
  switch (FORMAT_OF.get(name)) {
    case 'R':
      return encode(name, fields)
    case 'shift64':
      return encode(name, { ...fields, immediate: random.below(64) })
    case 'shift32':
      return encode(name, { ...fields, immediate: random.below(32) })
    case 'U':
      return encode(name, { ...fields, immediate: (random.next() & 0xffff_f000) | 0 })
    case 'rounding':
    case 'R4':
      return encode(name, { ...fields, immediate: random.pick([0, 1, 2, 3, 4, 7, 7, 7]) })
    default:
      return isFloatMemory(name)
        ? encode(name, { ...fields, rs1: SCRATCH, immediate: random.below(SCRATCH_BYTES / 8) * 8 })
        : encode(name, { ...fields, immediate: random.below(4096) - 2048 })
  }
}

const isFloatMemory = (name: string): boolean => /^f[ls][wd]$/.test(name)
