import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PSEUDO_INSTRUCTIONS } from '../encoding/pseudo-instruction-table.js'
import { assemble } from './assemble.js'

function image(source: string): Buffer {
  const result = assemble(source, { file: 's.s', base: 0x8000_0000 })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  return Buffer.from(result.value.bytes)
}

/** RISC-V Unprivileged, "RISC-V Assembly Programmer's Handbook": pseudo-instruction and base instruction. */
const CASES: readonly (readonly [pseudo: string, base: string])[] = [
  ['nop', 'addi x0, x0, 0'],
  ['mv a0, a1', 'addi a0, a1, 0'],
  ['not a0, a1', 'xori a0, a1, -1'],
  ['neg a0, a1', 'sub a0, x0, a1'],
  ['negw a0, a1', 'subw a0, x0, a1'],
  ['sext.w a0, a1', 'addiw a0, a1, 0'],
  ['sext.b a0, a1', 'slli a0, a1, 56; srai a0, a0, 56'],
  ['sext.h a0, a1', 'slli a0, a1, 48; srai a0, a0, 48'],
  ['zext.b a0, a1', 'andi a0, a1, 255'],
  ['zext.h a0, a1', 'slli a0, a1, 48; srli a0, a0, 48'],
  ['zext.w a0, a1', 'slli a0, a1, 32; srli a0, a0, 32'],
  ['seqz a0, a1', 'sltiu a0, a1, 1'],
  ['snez a0, a1', 'sltu a0, x0, a1'],
  ['sltz a0, a1', 'slt a0, a1, x0'],
  ['sgtz a0, a1', 'slt a0, x0, a1'],
  ['sgt a0, a1, a2', 'slt a0, a2, a1'],
  ['sgtu a0, a1, a2', 'sltu a0, a2, a1'],
  ['beqz a0, . + 8', 'beq a0, x0, . + 8'],
  ['bnez a0, . + 8', 'bne a0, x0, . + 8'],
  ['blez a0, . + 8', 'bge x0, a0, . + 8'],
  ['bgez a0, . + 8', 'bge a0, x0, . + 8'],
  ['bltz a0, . + 8', 'blt a0, x0, . + 8'],
  ['bgtz a0, . + 8', 'blt x0, a0, . + 8'],
  ['bgt a0, a1, . + 8', 'blt a1, a0, . + 8'],
  ['ble a0, a1, . + 8', 'bge a1, a0, . + 8'],
  ['bgtu a0, a1, . + 8', 'bltu a1, a0, . + 8'],
  ['bleu a0, a1, . + 8', 'bgeu a1, a0, . + 8'],
  ['j . + 8', 'jal x0, . + 8'],
  ['jal . + 8', 'jal x1, . + 8'],
  ['jr a0', 'jalr x0, 0(a0)'],
  ['jr 8(a0)', 'jalr x0, 8(a0)'],
  ['jalr a0', 'jalr x1, 0(a0)'],
  ['jalr 8(a0)', 'jalr x1, 8(a0)'],
  ['jalr t0, a0, 8', 'jalr t0, 8(a0)'],
  ['ret', 'jalr x0, 0(x1)'],
  ['csrr a0, mepc', 'csrrs a0, mepc, x0'],
  ['csrw mepc, a0', 'csrrw x0, mepc, a0'],
  ['csrs mepc, a0', 'csrrs x0, mepc, a0'],
  ['csrc mepc, a0', 'csrrc x0, mepc, a0'],
  ['csrwi mepc, 3', 'csrrwi x0, mepc, 3'],
  ['csrsi mepc, 3', 'csrrsi x0, mepc, 3'],
  ['csrci mepc, 3', 'csrrci x0, mepc, 3'],
  ['rdinstret a0', 'csrrs a0, instret, x0'],
  ['rdcycle a0', 'csrrs a0, cycle, x0'],
  ['rdtime a0', 'csrrs a0, time, x0'],
  ['unimp', 'csrrw x0, cycle, x0'],
  ['fence', 'fence iorw, iorw'],
  ['sfence.vma', 'sfence.vma x0, x0'],
  ['sfence.vma a0', 'sfence.vma a0, x0'],
]

describe('pseudo-instructions', () => {
  for (const [pseudo, base] of CASES)
    test(`${pseudo} is ${base}`, () => {
      assert.deepEqual(image(pseudo), image(base))
    })

  test('every row of the table has a case', () => {
    const tested = new Set(CASES.map(([pseudo]) => pseudo.split(' ')[0]))
    assert.deepEqual(
      PSEUDO_INSTRUCTIONS.map(({ mnemonic }) => mnemonic).filter((mnemonic) => !tested.has(mnemonic)),
      [],
    )
  })

  test('an operand goes into the template as a whole', () => {
    assert.deepEqual(image('jalr t0, a0, 1 + 2 * 4'), image('jalr t0, 9(a0)'))
  })
})
