/**
 * A random program with its registers, CSRs, page tables and extensions around it: traps, changes of privilege, interrupts, stores to
 * code and to page tables, and, in short programs, loops that become hot.
 */
import type { Privilege } from '../../common/hosted-port.js'
import { encode } from '../../hardware/isa/encode.js'
import type { OptionalExtension } from '../../hardware/machine.js'
import { MOST_PROGRAM_BYTES } from './program-layout.js'
import { randomCsrs, type CsrValue } from './random-csrs.js'
import { randomInstruction, type Temper } from './random-instruction.js'
import { randomPageTables, type TableEntry } from './random-page-tables.js'
import { randomFloat, randomPointer, randomValue } from './random-values.js'
import type { SeededRandom } from './seeded-random.js'

export interface RandomProgram {
  readonly words: readonly number[]
  /** x1 to x31. */
  readonly registers: readonly bigint[]
  /** f0 to f31. */
  readonly floats: readonly bigint[]
  readonly csrs: readonly CsrValue[]
  readonly pageTables: readonly TableEntry[]
  readonly extensions: readonly OptionalExtension[]
  /** At its first instruction in M-mode unless given. */
  readonly start?: { readonly pc: bigint; readonly privilege: Privilege }
}

export interface ProgramShape {
  /** A power of two, in words. */
  readonly length: number
  readonly temper: Temper
  readonly extensions: readonly OptionalExtension[]
}

const LENGTHS: readonly [number, ...number[]] = [32, 128, 512, MOST_PROGRAM_BYTES / 4]
const EXTENSIONS: readonly [readonly OptionalExtension[], ...(readonly OptionalExtension[])[]] = [
  [],
  ['Ssqosid'],
  ['H'],
  ['H'],
  ['H', 'Smstateen'],
  ['H', 'Smrnmi', 'Smdbltrp', 'Ssdbltrp'],
]
/** Pointers stay pointers for a while. */
const POINTERS = 11

export function randomShape(random: SeededRandom): ProgramShape {
  return { length: random.pick(LENGTHS), temper: random.once(2) ? 'calm' : 'wild', extensions: random.pick(EXTENSIONS) }
}

/** In M-mode at first: mtimecmp = 0, so that timer interrupts begin. The last instruction goes back to the first of the rest. */
export function randomProgram(random: SeededRandom, { length, temper, extensions }: ProgramShape = randomShape(random)): RandomProgram {
  const begin = [encode('lui', { rd: 31, immediate: 0x200_4000 }), encode('sd', { rs1: 31, rs2: 0, immediate: 0 })]
  const again = encode('jal', { rd: 0, immediate: -4 * (length - 1 - begin.length) })
  const middle = Array.from({ length: length - begin.length - 1 }, () => randomInstruction(random, temper))
  return {
    words: [...begin, ...middle, again],
    registers: Array.from({ length: 31 }, (_, index) =>
      index < POINTERS && temper === 'calm' ? randomPointer(random) : randomValue(random),
    ),
    floats: Array.from({ length: 32 }, () => randomFloat(random)),
    csrs: randomCsrs(random, extensions),
    pageTables: randomPageTables(random, extensions.includes('H')),
    extensions,
  }
}
