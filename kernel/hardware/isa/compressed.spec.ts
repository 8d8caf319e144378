import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { COMPRESSED_TABLE } from './compressed.js'
import { decode } from './decode.js'

describe('Compressed instructions', () => {
  const reserved: readonly (readonly [number, string])[] = [
    [0x0000, 'the defined illegal instruction'],
    [0x001c, 'c.addi4spn with an immediate of zero'],
    [0x2001, 'c.addiw with rd = x0'],
    [0x6101, 'c.addi16sp with an immediate of zero'],
    [0x6081, 'c.lui with an immediate of zero'],
    [0x4002, 'c.lwsp with rd = x0'],
    [0x6002, 'c.ldsp with rd = x0'],
    [0x8002, 'c.jr with rs1 = x0'],
    [0x8000, 'quadrant 0 with funct3 4'],
    [0x9c41, 'the place of c.subw with the operation code 2'],
  ]
  for (const [half, what] of reserved)
    test(`0x${half.toString(16).padStart(4, '0')}, ${what}, is reserved`, () => assert.equal(decode(half), undefined))

  // Half-words as GNU as 2.40 assembles them, and what they stand for.
  const words: readonly (readonly [number, string, { rd?: number; rs1?: number; rs2?: number; immediate?: number }])[] = [
    [0x0001, 'addi', { rd: 0, rs1: 0, immediate: 0 }], // c.nop
    [0x1141, 'addi', { rd: 2, rs1: 2, immediate: -16 }], // c.addi sp,-16
    [0x0808, 'addi', { rd: 10, rs1: 2, immediate: 16 }], // c.addi4spn a0,sp,16
    [0x7139, 'addi', { rd: 2, rs1: 2, immediate: -64 }], // c.addi16sp sp,-64
    [0x6785, 'lui', { rd: 15, immediate: 0x1000 }], // c.lui a5,0x1
    [0x77fd, 'lui', { rd: 15, immediate: -4096 }], // c.lui a5,0xfffff
    [0x4501, 'addi', { rd: 10, rs1: 0, immediate: 0 }], // c.li a0,0
    [0x852e, 'add', { rd: 10, rs1: 0, rs2: 11 }], // c.mv a0,a1
    [0x952e, 'add', { rd: 10, rs1: 10, rs2: 11 }], // c.add a0,a1
    [0x8082, 'jalr', { rd: 0, rs1: 1, immediate: 0 }], // c.jr ra
    [0x9082, 'jalr', { rd: 1, rs1: 1, immediate: 0 }], // c.jalr ra
    [0x9002, 'ebreak', {}],
    [0xa001, 'jal', { rd: 0, immediate: 0 }], // c.j .
    [0xbffd, 'jal', { rd: 0, immediate: -2 }], // c.j .-2
    [0xd97d, 'beq', { rs1: 10, rs2: 0, immediate: -10 }], // c.beqz a0,.-10
    [0x60e2, 'ld', { rd: 1, rs1: 2, immediate: 24 }], // c.ldsp ra,24(sp)
    [0xec06, 'sd', { rs1: 2, rs2: 1, immediate: 24 }], // c.sdsp ra,24(sp)
    [0x4548, 'lw', { rd: 10, rs1: 10, immediate: 12 }], // c.lw a0,12(a0)
    [0x2508, 'fld', { rd: 10, rs1: 10, immediate: 8 }], // c.fld fa0,8(a0)
    [0x9101, 'srli', { rd: 10, rs1: 10, immediate: 32 }], // c.srli a0,32
    [0x1502, 'slli', { rd: 10, rs1: 10, immediate: 32 }], // c.slli a0,32
    [0x8d0d, 'sub', { rd: 10, rs1: 10, rs2: 11 }], // c.sub a0,a1
  ]
  for (const [half, name, fields] of words)
    test(`0x${half.toString(16).padStart(4, '0')} stands for ${name}`, () => {
      const decoded = decode(half)
      assert.deepEqual([decoded?.instruction.name, decoded?.length, decoded?.word], [name, 2, half])
      for (const [field, value] of Object.entries(fields)) assert.equal(decoded?.[field as 'rd'], value, field)
    })

  test('what follows a half-word in memory does not matter', () => {
    assert.deepEqual(decode((0xffff_8082 | 0) >>> 0), decode(0x8082))
  })

  test('every half-word is at most one instruction of the table, and expands to a legal one or to none', () => {
    for (let half = 0; half < 0x1_0000; half++) {
      if ((half & 3) === 3) continue
      const row = COMPRESSED_TABLE.find(({ mask, match }) => (half & mask) === match)
      assert.equal(decode(half)?.instruction.name, row?.fields(half) === undefined ? undefined : row.target)
    }
  })
})
