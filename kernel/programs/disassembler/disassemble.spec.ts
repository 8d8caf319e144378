import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { assemble } from '../assembler/assemble.js'
import { FIELDS, insertField, type Field } from '../encoding/fields.js'
import { FORMATS, INSTRUCTIONS, operandFields, type Instruction, type OperandSyntax } from '../encoding/instruction-table.js'
import { disassemble } from './disassemble.js'

const ADDRESS = 0x8000_0000

function word(source: string): number {
  const result = assemble(source, { file: 'd.s', base: ADDRESS })
  assert.ok(result.ok, result.ok ? '' : `${source}: ${result.error.text}`)
  assert.equal(result.value.bytes.length, 4, source)
  return new DataView(result.value.bytes.buffer).getUint32(0, true)
}

/** Words of one row with any values in its fields; targets are instruction addresses, as IALIGN is 32. */
function wordsOf(row: Instruction): fc.Arbitrary<number> {
  const operands: readonly OperandSyntax[] = FORMATS[row.format]
  const fields = operands.flatMap(operandFields).map((name) => {
    const { minimum, maximum, step }: Field = FIELDS[name]
    const multiple = step === 2 ? 4 : 1
    return fc
      .integer({ min: Math.ceil(minimum / multiple), max: Math.floor(maximum / multiple) })
      .map((value) => insertField(name, value * multiple))
  })
  return fc.tuple(...fields).map((values) => values.reduce((bits, value) => (bits | value) >>> 0, row.match))
}

describe('disassemble', () => {
  const rows: readonly (readonly [source: string, text: string])[] = [
    ['addi a0, a1, -5', 'addi a0,a1,-5'],
    ['li a0, 5', 'li a0,5'],
    ['li a0, 0', 'li a0,0'],
    ['nop', 'nop'],
    ['mv s0, t6', 'mv s0,t6'],
    ['ret', 'ret'],
    ['jr 8(a0)', 'jr 8(a0)'],
    ['jalr t0, 0(a0)', 'jalr t0,a0'],
    ['j . + 8', 'j 0x80000008'],
    ['jal t0, . - 4', 'jal t0,0x7ffffffc'],
    ['beq a0, a1, . + 16', 'beq a0,a1,0x80000010'],
    ['bnez a0, . + 16', 'bnez a0,0x80000010'],
    ['slli a0, a1, 63', 'slli a0,a1,0x3f'],
    ['lui a0, 0xfffff', 'lui a0,0xfffff'],
    ['ld a0, -8(sp)', 'ld a0,-8(sp)'],
    ['sd a0, 8(sp)', 'sd a0,8(sp)'],
    ['amoadd.w.aqrl a0, a1, (a2)', 'amoadd.w.aqrl a0,a1,(a2)'],
    ['lr.d.aq a0, (a2)', 'lr.d.aq a0,(a2)'],
    ['csrr a0, mcause', 'csrr a0,mcause'],
    ['csrrw a0, 0x7ff, a1', 'csrrw a0,0x7ff,a1'],
    ['csrw satp, 0', 'csrwi satp,0'],
    ['fence rw, w', 'fence rw,w'],
    ['fence', 'fence'],
    ['sfence.vma', 'sfence.vma'],
    ['rdcycle a0', 'rdcycle a0'],
    ['unimp', 'unimp'],
    ['kcall 7', 'kcall 7'],
    ['.word 0', '.word 0x00000000'],
    ['.word -1', '.word 0xffffffff'],
  ]
  for (const [source, text] of rows)
    test(`${source} reads ${text}`, () => {
      assert.equal(disassemble(word(source), ADDRESS), text)
    })

  test('a word with reserved bits set is no instruction', () => {
    for (const bits of [0x00100173, 0x0000108f, 0x10004073, 0x8000000b, 0x1000202f | (1 << 20)])
      assert.match(disassemble(bits >>> 0, ADDRESS), /^\.word 0x/)
  })

  for (const row of INSTRUCTIONS)
    test(`${row.mnemonic}: assembling what a word reads as gives the word`, () => {
      const property = fc.property(wordsOf(row), (bits) => {
        assert.equal(word(disassemble(bits, ADDRESS)), bits)
      })
      fc.assert(property, { seed: 42, numRuns: 60 })
    })

  test('any word at all reads as text that is the word again', () => {
    const property = fc.property(fc.integer({ min: 0, max: 0xffffffff }), (bits) => {
      const text = disassemble(bits, ADDRESS)
      if (!/0x[0-9a-f]*[26ae]$/.test(text) || text.startsWith('.word')) assert.equal(word(text), bits, text)
    })
    fc.assert(property, { seed: 43, numRuns: 2000 })
  })
})
