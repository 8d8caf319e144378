/**
 * One random instruction: of every extension, with registers and distances chosen so that loads, stores and jumps mostly hit something.
 * x1 to x11 are mostly pointers, x12 to x27 mostly results.
 */
import { CSR_TABLE } from '../../hardware/hart/csr-table.js'
import { COMPRESSED_TABLE } from '../../hardware/isa/compressed.js'
import { encode, type Fields } from '../../hardware/isa/encode.js'
import { INSTRUCTION_TABLE } from '../../hardware/isa/instruction-table.js'
import { DATA, PAGE_TABLES, PROGRAM } from './program-layout.js'
import type { SeededRandom } from './seeded-random.js'

type Choices<T> = readonly [T, ...T[]]
type Draw = (random: SeededRandom, temper: Temper) => number

/** `wild`: traps, CSRs, privileged instructions and page tables abound; `calm`: long stretches without a trap. */
export type Temper = 'wild' | 'calm'

function choices<T>(values: readonly T[]): Choices<T> {
  const [first, ...rest] = values
  if (first === undefined) throw new Error('nothing to choose from')
  return [first, ...rest]
}

const names = (...extensions: readonly string[]): Choices<string> =>
  choices(INSTRUCTION_TABLE.filter((row) => extensions.includes(row.extension)).map(({ name }) => name))

const FORMAT_OF = new Map(INSTRUCTION_TABLE.map(({ name, format }) => [name, format]))

const BIT_MANIPULATION = names('Zba', 'Zbb', 'Zbc', 'Zbs', 'Zbkb', 'Zbkx', 'Zicond')
const FLOATING_POINT = names('F', 'D', 'Zfh')
const CACHE_BLOCKS = names('Zicbom', 'Zicboz', 'Zawrs')
const MULTIPLY = names('M')
const ATOMIC = names('A')
const HYPERVISOR = names('H', 'Svinval')
const ARITHMETIC = choices(
  INSTRUCTION_TABLE.filter(
    ({ extension, format, name }) => extension === 'I' && (format === 'R' || /^(s[lr]|add|xor|or|and)\w*i/.test(name)),
  ).map(({ name }) => name),
)
const LOADS: Choices<string> = ['lb', 'lh', 'lw', 'ld', 'lbu', 'lhu', 'lwu']
const STORES: Choices<string> = ['sb', 'sh', 'sw', 'sd']
const LR_SC: Choices<string> = ['lr.d', 'sc.d', 'lr.w', 'sc.w']
const BRANCHES: Choices<string> = ['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu']
const CSR_WRITES: Choices<string> = ['csrrw', 'csrrs', 'csrrc', 'csrrwi', 'csrrsi', 'csrrci']
const FENCES = ['sfence.vma (all)', 'sfence.vma', 'fence', 'fence.i'] as const
const PRIVILEGED: Choices<string> = ['mret', 'sret', 'mnret', 'wfi', 'ecall', 'ebreak', 'kcall', 'ucall', ...FENCES]

/** Pages that hold something: data, page tables, the program itself, the superpage; all as distances from the program. */
const DISTANCES: Choices<number> = [DATA, DATA, DATA, DATA + 0x1000, DATA + 0x8000, PAGE_TABLES - PROGRAM, 0, 0x20_0000]
const DEVICE_PAGES: Choices<number> = [0x200_0000, 0x200_4000, 0x200_b000, 0x1000_0000, 0x1000]
const ROUNDING_MODES: Choices<number> = [0, 7, 7, 7, 1, 2, 3, 4, 5]

const register = (random: SeededRandom): number => random.below(32)
const stray = (random: SeededRandom, temper: Temper): boolean => temper === 'wild' && random.once(16)
const result = (random: SeededRandom, temper: Temper): number => (stray(random, temper) ? register(random) : 12 + random.below(16))
const pointer = (random: SeededRandom, temper: Temper): number => (stray(random, temper) ? register(random) : 1 + random.below(11))
const values = (random: SeededRandom, temper: Temper): Fields => ({
  rd: result(random, temper),
  rs1: register(random),
  rs2: register(random),
})
const memory = (random: SeededRandom, temper: Temper): Fields => ({ ...values(random, temper), rs1: pointer(random, temper) })
const displacement = (random: SeededRandom): number => (random.below(64) - 32) * 8 + (random.once(20) ? random.below(8) : 0)
/** Mostly ahead: a loop with nothing in it that traps would eat the run. */
const ahead = (random: SeededRandom, most: number): number => 4 * (random.once(24) ? -random.below(8) : 1 + random.below(most))

function arithmetic(random: SeededRandom, temper: Temper): number {
  const name = random.pick(ARITHMETIC)
  const format = FORMAT_OF.get(name)
  if (format === 'R') return encode(name, values(random, temper))
  const bound = format === 'shift64' ? 64 : 32
  return encode(name, { ...values(random, temper), immediate: format === 'I' ? random.below(4096) - 2048 : random.below(bound) })
}

function bitManipulation(random: SeededRandom, temper: Temper): number {
  const name = random.pick(BIT_MANIPULATION)
  const format = FORMAT_OF.get(name)
  return encode(
    name,
    format === 'R' ? values(random, temper) : { ...values(random, temper), immediate: random.below(format === 'shift32' ? 32 : 64) },
  )
}

function floatingPoint(random: SeededRandom, temper: Temper): number {
  const name = random.pick(FLOATING_POINT)
  const format = FORMAT_OF.get(name)
  const fields = { ...memory(random, temper), rs2: register(random), rs3: register(random) }
  if (format === 'R') return encode(name, fields)
  return encode(name, { ...fields, immediate: format === 'I' || format === 'S' ? random.below(512) * 4 : random.pick(ROUNDING_MODES) })
}

/** Mostly without jumps, whose targets are too near to be anything but loops. */
const STRAIGHT = choices(COMPRESSED_TABLE.filter(({ target }) => !/^(jal|jalr|b..|ebreak)$/.test(target)))
const COMPRESSED = choices(COMPRESSED_TABLE)

function compressed(random: SeededRandom): number {
  const { mask, match } = random.pick(random.once(12) ? COMPRESSED : STRAIGHT)
  return match | (random.next() & 0xffff & ~mask)
}

/** Not the trap vectors, nor what would send fetch faults to S or VS for ever; PMP entries 0 and 1 are locked anyway. */
const LEFT_ALONE = new Set(['mtvec', 'stvec', 'vstvec', 'medeleg', 'hedeleg'])
const CSRS = choices(CSR_TABLE.filter(({ name }) => !LEFT_ALONE.has(name)).map(({ number }) => number))
const FREQUENT_CSRS: Choices<number> = [
  ...([0x300, 0x100, 0x304, 0x344, 0x104, 0x144, 0x180, 0x341, 0x141, 0x14d, 0x30a, 0xb00, 0xb02] as const),
  ...([0x001, 0x002, 0x003, 0x200, 0x280, 0x600, 0x645, 0x680] as const),
]

function csrAccess(random: SeededRandom, temper: Temper): number {
  const number = random.once(30) ? random.below(4096) : random.once(2) ? random.pick(FREQUENT_CSRS) : random.pick(CSRS)
  const name = random.pick(CSR_WRITES)
  const source = random.once(2) ? 0 : register(random)
  return name.endsWith('i')
    ? encode(name, { rd: result(random, temper), number, immediate: source })
    : encode(name, { rd: result(random, temper), number, rs1: source })
}

const named =
  (from: Choices<string>, fields: (random: SeededRandom, temper: Temper) => Fields): Draw =>
  (random, temper) =>
    encode(random.pick(from), fields(random, temper))

interface Kind {
  readonly wild: number
  readonly calm: number
  readonly draw: Draw
}

/** How often each kind comes, of a hundred or so. */
const KINDS: readonly Kind[] = [
  { wild: 8, calm: 20, draw: arithmetic },
  { wild: 4, calm: 10, draw: bitManipulation },
  { wild: 8, calm: 4, draw: (random) => compressed(random) | (compressed(random) << 16) },
  { wild: 10, calm: 14, draw: floatingPoint },
  { wild: 1, calm: 5, draw: named(MULTIPLY, values) },
  { wild: 1, calm: 0, draw: named(CACHE_BLOCKS, memory) },
  { wild: 6, calm: 0, draw: named(ATOMIC, memory) },
  { wild: 12, calm: 10, draw: named(LOADS, (random, temper) => ({ ...memory(random, temper), immediate: displacement(random) })) },
  { wild: 10, calm: 8, draw: named(STORES, (random, temper) => ({ ...memory(random, temper), immediate: displacement(random) })) },
  { wild: 12, calm: 4, draw: (random) => encode('auipc', { rd: 1 + random.below(11), immediate: random.pick(DISTANCES) }) },
  { wild: 1, calm: 0, draw: (random) => encode('lui', { rd: register(random), immediate: random.pick(DEVICE_PAGES) }) },
  {
    wild: 9,
    calm: 9,
    draw: named(BRANCHES, (random, temper) => ({ ...values(random, temper), immediate: ahead(random, 24) + (random.once(20) ? 2 : 0) })),
  },
  { wild: 3, calm: 2, draw: (random) => encode('jal', { rd: register(random), immediate: ahead(random, 100) }) },
  { wild: 1, calm: 0, draw: (random, temper) => encode('jalr', { ...memory(random, temper), immediate: random.below(64) * 4 }) },
  { wild: 6, calm: 0, draw: csrAccess },
  { wild: 4, calm: 0, draw: named(PRIVILEGED, (random, temper) => ({ ...values(random, temper), number: random.below(3) })) },
  { wild: 4, calm: 0, draw: named(HYPERVISOR, memory) },
  { wild: 3, calm: 1, draw: named(LR_SC, memory) },
  { wild: 1, calm: 0, draw: (random) => random.next() },
]

const TOTAL: Readonly<Record<Temper, number>> = {
  wild: KINDS.reduce((sum, { wild }) => sum + wild, 0),
  calm: KINDS.reduce((sum, { calm }) => sum + calm, 0),
}

export function randomInstruction(random: SeededRandom, temper: Temper): number {
  let left = random.below(TOTAL[temper])
  for (const kind of KINDS) {
    left -= kind[temper]
    if (left < 0) return kind.draw(random, temper)
  }
  return random.next()
}
