/**
 * Random machine code with random registers, CSRs and page tables around it: every instruction of the table, loads, stores and
 * jumps that mostly hit something, traps, privilege changes, interrupts, stores to code and to page tables.
 */
import { CSR_TABLE } from '../../hardware/hart/csr-table.js'
import { MIE, MPRV, TSR, TVM, TW } from '../../hardware/hart/status-fields.js'
import { COMPRESSED_TABLE } from '../../hardware/isa/compressed.js'
import { encode } from '../../hardware/isa/encode.js'
import { INSTRUCTION_TABLE } from '../../hardware/isa/instruction-table.js'
import { RAM_BASE } from '../../hardware/memory/physical-memory.js'
import type { SeededRandom } from './seeded-random.js'
import { DATA, PAGE_TABLES, PROGRAM_BYTES } from './trap-handlers.js'

export interface RandomProgram {
  readonly words: readonly number[]
  /** x1 to x31. */
  readonly registers: readonly bigint[]
  /** f0 to f31. */
  readonly floats: readonly bigint[]
  readonly csrs: readonly { readonly number: number; readonly value: bigint }[]
  /** Doublewords of page tables, from PAGE_TABLES on. */
  readonly pageTables: readonly { readonly offset: number; readonly value: bigint }[]
}

const ENTRIES = 512
const PAGE_SHIFT = 12
const SV39 = 8n << 60n

/** In M-mode at first: mtimecmp = 0, so that timer interrupts begin. */
const ARM_TIMER = [encode('lui', { rd: 5, immediate: 0x200_4000 }), encode('sd', { rs1: 5, rs2: 0, immediate: 0 })]

export function randomProgram(random: SeededRandom, length = PROGRAM_BYTES / 4): RandomProgram {
  return {
    words: [...ARM_TIMER, ...Array.from({ length: length - ARM_TIMER.length }, () => randomWord(random))],
    registers: Array.from({ length: 31 }, () => randomValue(random)),
    floats: Array.from({ length: 32 }, () => randomFloat(random)),
    csrs: randomCsrs(random),
    pageTables: randomPageTables(random),
  }
}

const EDGES: readonly [bigint, ...bigint[]] = [
  0n,
  1n,
  2n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

function randomValue(random: SeededRandom): bigint {
  if (random.once(3)) return random.pick(EDGES)
  if (random.once(2)) return BigInt(RAM_BASE + DATA + random.below(0x4000) * 8)
  return random.next64()
}

const EXPONENTS: readonly [bigint, ...bigint[]] = [0n, 1n, 0x3fen, 0x3ffn, 0x400n, 0x433n, 0x7fen, 0x7ffn]

/** Bits of a double or of a boxed narrower value: edges of the exponent, few or many significant bits. */
function randomFloat(random: SeededRandom): bigint {
  if (random.once(3)) return (0xffff_ffffn << 32n) | BigInt(random.once(2) ? 0x3f80_0000 + random.below(0x100) * 0x1_0000 : random.next())
  const sign = random.once(2) ? 0n : 1n << 63n
  const fraction = random.once(3) ? BigInt(random.below(8)) << 49n : random.next64() & ((1n << 52n) - 1n)
  return sign | (random.pick(EXPONENTS) << 52n) | fraction
}

const names = (...extensions: readonly string[]): [string, ...string[]] => {
  const [first = 'addi', ...rest] = INSTRUCTION_TABLE.filter((row) => extensions.includes(row.extension)).map(({ name }) => name)
  return [first, ...rest]
}
const BIT_MANIPULATION = names('Zba', 'Zbb', 'Zbc', 'Zbs', 'Zbkb', 'Zbkx', 'Zicond')
const FLOATING_POINT = names('F', 'D', 'Zfh')
const CACHE_BLOCKS = names('Zicbom', 'Zicboz', 'Zawrs')
const MULTIPLY = names('M')
const ATOMIC = names('A')
const ARITHMETIC: readonly [string, ...string[]] = [
  'addi',
  ...INSTRUCTION_TABLE.filter(
    ({ extension, format, name }) => extension === 'I' && (format === 'R' || /^(s[lr]|add|xor|or|and)\w*i/.test(name)),
  ).map(({ name }) => name),
]
const LOADS: readonly [string, ...string[]] = ['lb', 'lh', 'lw', 'ld', 'lbu', 'lhu', 'lwu']
const STORES: readonly [string, ...string[]] = ['sb', 'sh', 'sw', 'sd']
const LR_SC: readonly [string, ...string[]] = ['lr.d', 'sc.d', 'lr.w', 'sc.w']
const BRANCHES: readonly [string, ...string[]] = ['beq', 'bne', 'blt', 'bge', 'bltu', 'bgeu']
const CSR_WRITES: readonly [string, ...string[]] = ['csrrw', 'csrrs', 'csrrc', 'csrrwi', 'csrrsi', 'csrrci']
const PRIVILEGED: readonly [string, ...string[]] = [
  'mret',
  'sret',
  'wfi',
  'sfence.vma (all)',
  'sfence.vma',
  'ecall',
  'ebreak',
  'fence',
  'fence.i',
  'kcall',
  'ucall',
]
/** Pages that hold something: data, page tables, the program itself, the superpage; all as distances from the program. */
const DISTANCES: readonly [number, ...number[]] = [DATA, DATA, DATA, DATA + 0x1000, DATA + 0x8000, PAGE_TABLES - 0x2000, 0, 0x20_0000]
const DEVICE_PAGES: readonly [number, ...number[]] = [0x200_0000, 0x200_4000, 0x200_b000, 0x1000_0000, 0x1000]

/** A table of weights: the first kind whose bound exceeds the die is chosen. */
function randomWord(random: SeededRandom): number {
  const register = (): number => random.below(32)
  // x1 to x11 are mostly pointers, the others mostly results.
  const result = (): number => (random.once(16) ? register() : 12 + random.below(16))
  const pointer = (): number => (random.once(16) ? register() : 1 + random.below(11))
  const three = (): { rd: number; rs1: number; rs2: number } => ({ rd: result(), rs1: register(), rs2: register() })
  const memory = (): { rd: number; rs1: number; rs2: number } => ({ rd: result(), rs1: pointer(), rs2: register() })
  const aligned = (): number => (random.below(64) - 32) * 8 + (random.once(20) ? random.below(8) : 0)
  /** Mostly ahead: a loop with nothing in it that traps would eat the run. */
  const forward = (most: number): number => 4 * (random.once(24) ? -random.below(8) : 1 + random.below(most))
  const die = random.below(100)
  if (die < 8) return randomArithmetic(random, three())
  if (die < 12) return randomBits(random, three())
  if (die < 20) return randomCompressed(random) | (randomCompressed(random) << 16)
  if (die < 30) return randomFloatingPoint(random, memory())
  if (die < 32) return random.once(2) ? encode(random.pick(MULTIPLY), three()) : encode(random.pick(CACHE_BLOCKS), memory())
  if (die < 38) return encode(random.pick(ATOMIC), memory())
  if (die < 50) return encode(random.pick(LOADS), { ...memory(), immediate: aligned() })
  if (die < 60) return encode(random.pick(STORES), { ...memory(), immediate: aligned() })
  if (die < 72) return encode('auipc', { rd: 1 + random.below(11), immediate: random.pick(DISTANCES) })
  if (die < 73) return encode('lui', { rd: register(), immediate: random.pick(DEVICE_PAGES) })
  if (die < 82) return encode(random.pick(BRANCHES), { ...three(), immediate: forward(24) + (random.once(20) ? 2 : 0) })
  if (die < 85) return encode('jal', { rd: register(), immediate: forward(100) })
  if (die < 86) return encode('jalr', { ...memory(), immediate: random.below(64) * 4 })
  if (die < 92) return randomCsrAccess(random, three())
  if (die < 96) return encode(random.pick(PRIVILEGED), { ...three(), number: random.below(3) })
  if (die < 99) return encode(random.pick(LR_SC), memory())
  return random.next()
}

function randomArithmetic(random: SeededRandom, fields: { rd: number; rs1: number; rs2: number }): number {
  const name = random.pick(ARITHMETIC)
  const format = INSTRUCTION_TABLE.find((row) => row.name === name)?.format
  if (format === 'R') return encode(name, fields)
  const bound = format === 'shift64' ? 64 : format === 'shift32' ? 32 : 2048
  return encode(name, { ...fields, immediate: format === 'I' ? random.below(4096) - 2048 : random.below(bound) })
}

function randomBits(random: SeededRandom, fields: { rd: number; rs1: number; rs2: number }): number {
  const name = random.pick(BIT_MANIPULATION)
  const format = INSTRUCTION_TABLE.find((row) => row.name === name)?.format
  return encode(name, format === 'R' ? fields : { ...fields, immediate: random.below(format === 'shift32' ? 32 : 64) })
}

/** Mostly without jumps, whose targets are too near to be anything but loops. */
const STRAIGHT = COMPRESSED_TABLE.filter(({ target }) => !/^(jal|jalr|b..|ebreak)$/.test(target))

function randomCompressed(random: SeededRandom): number {
  const table = random.once(12) ? COMPRESSED_TABLE : STRAIGHT
  const { mask, match } = table[random.below(table.length)] ?? { mask: 0, match: 0 }
  return match | (random.next() & 0xffff & ~mask)
}

const ROUNDING_MODES: readonly [number, ...number[]] = [0, 7, 7, 7, 1, 2, 3, 4, 5]

function randomFloatingPoint(random: SeededRandom, { rd, rs1 }: { rd: number; rs1: number }): number {
  const name = random.pick(FLOATING_POINT)
  const format = INSTRUCTION_TABLE.find((row) => row.name === name)?.format
  const fields = { rd, rs1, rs2: random.below(32), rs3: random.below(32) }
  if (format === 'R') return encode(name, fields)
  return encode(name, { ...fields, immediate: format === 'I' || format === 'S' ? random.below(512) * 4 : random.pick(ROUNDING_MODES) })
}

/** Not the trap vectors, nor what would send fetch faults to S for ever; PMP entries 0 and 1 are locked anyway. */
const LEFT_ALONE = new Set(['mtvec', 'stvec', 'medeleg'])
const [firstCsr = 0x300, ...otherCsrs] = CSR_TABLE.filter(({ name }) => !LEFT_ALONE.has(name)).map(({ number }) => number)
const CSR_NUMBERS: readonly [number, ...number[]] = [firstCsr, ...otherCsrs]
const FREQUENT_CSRS: readonly [number, ...number[]] = [
  0x300, 0x100, 0x304, 0x344, 0x104, 0x144, 0x180, 0x341, 0x141, 0x14d, 0x30a, 0xb00, 0xb02,
]

function randomCsrAccess(random: SeededRandom, { rd, rs1 }: { rd: number; rs1: number }): number {
  const number = random.once(30) ? random.below(4096) : random.once(2) ? random.pick(FREQUENT_CSRS) : random.pick(CSR_NUMBERS)
  const name = random.pick(CSR_WRITES)
  const source = random.once(2) ? 0 : rs1
  return name.endsWith('i') ? encode(name, { rd, number, immediate: source }) : encode(name, { rd, number, rs1: source })
}

const napot = (base: number, bytes: number): bigint => (BigInt(base) >> 2n) | BigInt(bytes / 8 - 1)

function randomCsrs(random: SeededRandom): RandomProgram['csrs'] {
  const tables = BigInt(RAM_BASE + PAGE_TABLES) >> 12n
  const grain = napot(RAM_BASE + DATA + 0x1000 * random.below(8), 8 << random.below(10))
  return [
    { number: 0x3b0, value: napot(RAM_BASE, 4096) }, // the M-mode handler: read and execute, locked
    { number: 0x3b1, value: grain }, // somewhere in the data: random permissions, locked or not
    { number: 0x3b2, value: (1n << 54n) - 1n },
    { number: 0x3a0, value: 0x1f_00_9dn | (BigInt(0x18 | random.below(8) | (random.once(2) ? 0x80 : 0)) << 8n) },
    { number: 0x305, value: BigInt(RAM_BASE) },
    { number: 0x105, value: BigInt(RAM_BASE + 0x1000) },
    { number: 0x302, value: BigInt(random.next()) & ~0x1002n },
    { number: 0x303, value: BigInt(random.next()) },
    { number: 0x304, value: BigInt(random.next()) },
    { number: 0x306, value: BigInt(random.next()) },
    { number: 0x106, value: BigInt(random.next()) },
    { number: 0x30a, value: random.once(2) ? 1n << 63n : 0n },
    { number: 0x14d, value: BigInt(random.below(500)) },
    { number: 0x180, value: random.once(4) ? 0n : SV39 | tables },
    { number: 0x300, value: (BigInt(random.next()) & (random.once(4) ? ~MPRV : ~(MPRV | TVM | TW | TSR))) | MIE },
  ]
}

const POINTER = 1n
const leaf = (physical: number, flags: number): bigint => ((BigInt(physical) >> 12n) << 10n) | BigInt(flags)

/** Three levels: the RAM at 0x8000_0000 for S, at 0xc000_0000 for U, and superpages, one of them misaligned. */
function randomPageTables(random: SeededRandom): RandomProgram['pageTables'] {
  const table = (index: number): number => RAM_BASE + PAGE_TABLES + (index << PAGE_SHIFT)
  const entry = (index: number, slot: number, value: bigint): RandomProgram['pageTables'][number] => ({
    offset: (index * ENTRIES + slot) * 8,
    value,
  })
  const pointer = (index: number): bigint => leaf(table(index), 0) | POINTER
  const pages = Array.from({ length: 256 }, (_, page) => page)
  return [
    entry(0, 0, leaf(0, 0xc7)), // devices for S, as a gigapage
    entry(0, 2, pointer(1)),
    entry(0, 3, pointer(3)),
    entry(1, 0, pointer(2)),
    entry(1, 1, leaf(RAM_BASE, 0xcf)),
    entry(1, 2, leaf(RAM_BASE + 0x1000, 0xcf)),
    entry(3, 0, pointer(4)),
    entry(3, 1, leaf(RAM_BASE, 0xdf)),
    ...pages.map((page) => entry(2, page, leaf(RAM_BASE + page * 4096, randomFlags(random, page, 0)))),
    ...pages.map((page) => entry(4, page, leaf(RAM_BASE + page * 4096, randomFlags(random, page, 0x10)))),
  ]
}

/** V R W X U G A D from bit 0. Code is mostly executable, data mostly accessible; sometimes anything. */
function randomFlags(random: SeededRandom, page: number, user: number): number {
  if (random.once(16)) return random.below(256)
  return page < DATA >> PAGE_SHIFT ? (random.once(4) ? 0xcf : 0x4b) | user : (random.once(6) ? 0x43 : 0xc7) | user
}
