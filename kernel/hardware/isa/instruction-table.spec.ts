import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encode } from './encode.js'
import { immediate, type Format, type Instruction } from './instruction.js'
import { decode } from './decode.js'
import { INSTRUCTION_TABLE } from './instruction-table.js'

const SEED = { seed: 0x1507 }

describe('Instruction table', () => {
  const illegal: readonly (readonly [number, string])[] = [
    [0x0000_0000, 'all bits zero'],
    [0xffff_ffff, 'all bits one'],
    [0x0000_4002, 'c.lwsp with rd = x0'],
    [0x0000_7003, 'a load with funct3 7'],
    [0x0000_4023, 'a store with funct3 4'],
    [0x0000_2063, 'a branch with funct3 2'],
    [0x0600_1013, 'slli with funct6 1'],
    [0x0200_101b, 'slliw with a shift amount of 32'],
    [0x4000_1033, 'sll with funct7 0x20'],
    [0x1000_a0af | (1 << 20), 'lr.w with rs2 not x0'],
    [0x0000_00f3, 'ecall with rd not x0'],
    [0x3020_00f3, 'mret with rd not x0'],
    [0x1200_00f3, 'sfence.vma with rd not x0'],
    [0x0000_4073, 'a SYSTEM instruction with funct3 4'],
    [0x0000_008b, 'kcall with rd not x0'],
    [0x0000_800b, 'kcall with rs1 not x0'],
    [0x0000_200b, 'custom-0 with funct3 2'],
    [0x0600_0053, 'an addition of quad precision'],
    [0x5810_0053, 'a square root with a second operand'],
  ]
  for (const [word, what] of illegal)
    test(`0x${word.toString(16).padStart(8, '0')}, ${what}, is no instruction`, () => assert.equal(decode(word), undefined))

  // Words from the instruction listings, put together by hand.
  const words: readonly (readonly [number, string])[] = [
    [0x0000_0013, 'addi'],
    [0x0010_0073, 'ebreak'],
    [0x3020_0073, 'mret'],
    [0x1020_0073, 'sret'],
    [0x1050_0073, 'wfi'],
    [0x1200_0073, 'sfence.vma (all)'],
    [0x0000_100f, 'fence.i'],
    [0x0ff0_000f, 'fence'],
    [0x0100_000f, 'fence'], // PAUSE is a FENCE hint
    [0x1000_252f, 'lr.w'],
    [0x4005_5513, 'srai'],
    [0x02b5_0533, 'mul'],
    [0x3000_2573, 'csrrs (rs1=x0)'],
    [0x0070_000b, 'kcall'],
    [0x0070_100b, 'ucall'],
  ]
  for (const [word, name] of words)
    test(`0x${word.toString(16).padStart(8, '0')} is ${name}`, () => assert.equal(decode(word)?.instruction.name, name))

  const anyWord = fc.tuple(fc.constantFrom(...INSTRUCTION_TABLE), fc.integer(), fc.constantFrom(-1, ~0xf80, ~0xf_8000, ~0x1f0_0000, 0))
  const wordOf = ([{ mask, match }, random, keep]: readonly [Instruction, number, number]): number =>
    (match | (random & keep & ~mask)) >>> 0
  const fixedBits = ({ mask }: Instruction): number => mask.toString(2).replaceAll('0', '').length

  test('of all rows that match a word, decoding takes the one that fixes most bits', () => {
    fc.assert(
      fc.property(anyWord, (choice) => {
        const word = wordOf(choice)
        const matching = INSTRUCTION_TABLE.filter(({ mask, match }) => (word & mask) >>> 0 === match)
        const most = Math.max(...matching.map(fixedBits))
        const chosen = decode(word)
        assert.ok(chosen !== undefined)
        assert.equal(fixedBits(chosen.instruction), most)
      }),
      { ...SEED, numRuns: 2000 },
    )
  })

  const immediates: readonly (readonly [Format, number, number])[] = [
    ['I', 0x8000_0013, -2048],
    ['I', 0x7ff0_0013, 2047],
    ['S', 0xfe00_0fa3, -1],
    ['S', 0x0000_0fa3, 31],
    ['B', 0x8000_0063, -4096],
    ['B', 0x7e00_0fe3, 4094],
    ['U', 0xffff_f037, -4096],
    ['J', 0x8000_006f, -(2 ** 20)],
    ['J', 0x7fff_f06f, 2 ** 20 - 2],
    ['shift64', 0x03f0_1013, 63],
    ['shift32', 0x01f0_101b, 31],
    ['uimm5', 0x000f_d073, 31],
  ]
  for (const [format, word, value] of immediates)
    test(`the ${format} immediate of 0x${word.toString(16)} is ${value}`, () => assert.equal(immediate(format, word), value))

  test('what is encoded decodes to the same instruction, registers and immediate', () => {
    fc.assert(
      fc.property(anyWord, (choice) => {
        const decoded = decode(wordOf(choice))
        assert.ok(decoded !== undefined)
        const { rd, rs1, rs2, number } = decoded
        const { name, format } = decoded.instruction
        const fields =
          format === 'uimm5' ? { rd, number } : format === 'R' && name.startsWith('csr') ? { rd, rs1, number } : { rd, rs1, rs2 }
        const again = decode(encode(name, format === 'R' ? fields : { ...fields, immediate: decoded.immediate }))
        assert.equal(again?.instruction.name, name)
        assert.equal(again.immediate, decoded.immediate)
        if (format === 'R') assert.deepEqual([again.rd, again.rs1, again.rs2], [rd, rs1, rs2])
      }),
      { ...SEED, numRuns: 2000 },
    )
  })
})
