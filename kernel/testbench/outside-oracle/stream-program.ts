/**
 * A program of many random blocks, for this computer and for others: before each block the registers come from a table, after it a digest
 * of registers, flags and scratch memory goes out through the UART as a line. Runs in M, S or U without translation; ends by the test finisher.
 */
import { encode } from '../../hardware/isa/encode.js'
import { assembleElf } from '../assembled-elf.js'
import { randomFloat, randomValue } from '../lock-step/random-values.js'
import { SeededRandom } from '../lock-step/seeded-random.js'
import type { Result } from '../../common/result.js'
import { END_OF_BLOCK, randomBlock, SCRATCH_BYTES } from './stream-block.js'

export interface StreamOptions {
  readonly seed: number
  readonly privilege: 'M' | 'S' | 'U'
  readonly blocks: number
  readonly instructionsPerBlock: number
  /** So many times all blocks are executed, with other registers. */
  readonly passes: number
  /** Of this block only so many instructions are left: to find the one that matters. */
  readonly cut?: { readonly block: number; readonly instructions: number }
}

export interface StreamProgram {
  readonly elf: Result<Uint8Array, string>
  readonly blocks: readonly (readonly number[])[]
}

const PRIVILEGE_CODE = { M: 3, S: 1, U: 0 } as const
const TABLE_ENTRIES = 64
const word = (value: number): string => `.word 0x${(value >>> 0).toString(16)}`
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

export function streamProgram(options: StreamOptions): StreamProgram {
  const random = new SeededRandom(options.seed)
  const { cut } = options
  const whole = Array.from({ length: options.blocks }, () => randomBlock(random, options.instructionsPerBlock))
  const blocks = whole.map((words, index) => (index === cut?.block ? [...words.slice(0, cut.instructions), ...END_OF_BLOCK] : words))
  const source = [start(options), routines(), main(random, blocks, options), data(random, options)].join('\n')
  return { elf: assembleElf(source, { file: 'stream.s' }), blocks }
}

const start = ({ privilege }: StreamOptions): string => `
_start:
  la   t0, failed
  csrw mtvec, t0
  li   t0, -1
  csrw pmpaddr0, t0
  li   t0, 0x1f
  csrw pmpcfg0, t0
  li   t0, 0x1800
  csrc mstatus, t0
  li   t0, 0x2000 | (${PRIVILEGE_CODE[privilege]} << 11)  # FS Initial
  csrs mstatus, t0
  la   t0, main
  csrw mepc, t0
  mret
  .align 2
failed:
  li   t0, 0x100000
  li   t1, 0x13333
  sw   t1, 0(t0)
1:j    1b
`

/** Registers from the table at x31; a digest over what a block left. Both return through x30. */
const routines = (): string => `
load_registers:
  ${range(0, 31)
    .map((f) => word(encode('fld', { rd: f, rs1: 31, immediate: 8 * (f + 31) })))
    .join('\n  ')}
  ${range(1, 29)
    .map((x) => `ld x${x}, ${8 * x}(x31)`)
    .join('\n  ')}
  jr   x30
fold:
  la   x31, saved
  ${range(1, 29)
    .map((x) => `sd x${x}, ${8 * x}(x31)`)
    .join('\n  ')}
  ${range(0, 31)
    .map((f) => word(encode('fsd', { rs1: 31, rs2: f, immediate: 8 * (f + 31) })))
    .join('\n  ')}
  csrr t0, 0x003                 # fcsr
  sd   t0, 0(x31)
  la   t1, scratch_end
  li   a0, 0
  li   t2, 0x9e3779b97f4a7c15
1:ld   t0, 0(x31)
  xor  a0, a0, t0
  mul  a0, a0, t2
  srli t0, a0, 29
  xor  a0, a0, t0
  addi x31, x31, 8
  bltu x31, t1, 1b
  li   t0, 0x10000000
  li   t1, 60
1:lbu  t2, 5(t0)
  andi t2, t2, 0x20
  beqz t2, 1b
  srl  t2, a0, t1
  andi t2, t2, 15
  addi t3, t2, -10
  bltz t3, 2f
  addi t2, t2, 39
2:addi t2, t2, 48
  sb   t2, 0(t0)
  addi t1, t1, -4
  bgez t1, 1b
  li   t2, 10
  sb   t2, 0(t0)
  la   t0, pass
  ld   x31, 0(t0)
  jr   x30
`

const main = (random: SeededRandom, blocks: readonly (readonly number[])[], { passes }: StreamOptions): string => `
main:
  la   x31, table
again:
  la   t0, pass
  sd   x31, 0(t0)
${blocks
  .map(
    (words) => `
  jal  x30, load_registers
  la   x30, scratch
  csrwi 0x003, 0
  csrwi 0x002, ${random.below(5)}
  ${words.map(word).join('\n  ')}
  jal  x30, fold`,
  )
  .join('')}
  addi x31, x31, 8
  la   t0, table + 8 * ${passes}
  bgeu x31, t0, 1f
  la   t0, again
  jr   t0
1:li   t0, 0x100000
  li   t1, 0x5555
  sw   t1, 0(t0)
1:j    1b
`

const data = (random: SeededRandom, { passes }: StreamOptions): string => `
  .align 3
pass: .dword 0
table:
  ${range(0, TABLE_ENTRIES + passes)
    .map((entry) => `.dword 0x${(entry > 30 ? randomFloat(random) : randomValue(random)).toString(16)}`)
    .join('\n  ')}
saved: .zero ${8 * 63}
scratch: .zero ${SCRATCH_BYTES}
scratch_end:
`
