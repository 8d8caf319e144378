import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { disassemble } from './disassemble.js'
import { INSTRUCTION_TABLE } from './instruction-table.js'

describe('Disassembler', () => {
  // As GNU objdump 2.40 prints them with -M no-aliases, but for spaces after commas.
  const rows: readonly (readonly [number, string])[] = [
    [0x0000_0000, '.half 0x0'],
    [0xffff_ffff, '.word 0xffffffff'],
    [0x0010_0073, 'ebreak'],
    [0x0ff0_000f, 'fence iorw, iorw'],
    [0x0000_0537, 'lui a0, 0x0'],
    [0xffff_f537, 'lui a0, 0xfffff'],
    [0xfe05_0ee3, 'beq a0, zero, 0x7ffffffc'],
    [0xff81_3503, 'ld a0, -8(sp)'],
    [0xfea1_3c23, 'sd a0, -8(sp)'],
    [0x0005_80e7, 'jalr ra, 0(a1)'],
    [0x3000_25f3, 'csrrs a1, 0x300, zero'],
    [0x1205_0073, 'sfence.vma a0, zero'],
    [0x0ec5_a52f, 'amoswap.w.aqrl a0, a2, (a1)'],
    [0x02c5_f553, 'fadd.d fa0, fa1, fa2, dyn'],
    [0x6ac5_f543, 'fmadd.d fa0, fa1, fa2, fa3, dyn'],
    [0xc205_9553, 'fcvt.w.d a0, fa1, rtz'],
    [0x852e, 'add a0, zero, a1'],
  ]
  for (const [bits, text] of rows) test(`0x${bits.toString(16)} is ${text}`, () => assert.equal(disassemble(bits, 0x8000_0000n), text))

  test('every instruction of the table has a text that begins with its name', () => {
    for (const { name, match } of INSTRUCTION_TABLE) {
      const text = disassemble(match, 0n)
      assert.ok(!text.startsWith('.') && !/undefined|\bimm\b|\btarget\b/.test(text), `${name}: ${text}`)
    }
  })
})
