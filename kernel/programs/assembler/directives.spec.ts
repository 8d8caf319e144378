import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assemble } from './assemble.js'

function bytes(source: string): number[] {
  const result = assemble(source, { file: 'd.s', base: 0x100 })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  return [...result.value.bytes]
}

const NOP = [0x13, 0, 0, 0]

describe('directives, GNU as "Assembler Directives"', () => {
  const cases: readonly (readonly [source: string, expected: readonly number[]])[] = [
    ['.byte 1, -1, 255, -128', [1, 255, 255, 128]],
    ['.half 0x1234, -2', [0x34, 0x12, 0xfe, 0xff]],
    ['.2byte 1; .short 2', [1, 0, 2, 0]],
    ['.word 0xfffffffe, -1', [0xfe, 255, 255, 255, 255, 255, 255, 255]],
    ['.long 1; .4byte 2', [1, 0, 0, 0, 2, 0, 0, 0]],
    ['.dword 0x8877665544332211', [0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88]],
    ['.quad 1; .8byte -1', [1, 0, 0, 0, 0, 0, 0, 0, ...Array<number>(8).fill(255)]],
    ['.word ., .', [0, 1, 0, 0, 4, 1, 0, 0]], // each element has its own address
    ['.ascii "a\\n\\"\\\\\\101\\x42", "c"', [0x61, 10, 0x22, 0x5c, 0x41, 0x42, 0x63]],
    ['.ascii "a#b;c//d/*e"', [...Buffer.from('a#b;c//d/*e')]],
    ['.ascii "\u00e9"', [0xc3, 0xa9]],
    ['.asciz "a", "b"', [0x61, 0, 0x62, 0]],
    ['.string ""', [0]],
    ['.zero 3; .skip 1; .space 2, 0xaa', [0, 0, 0, 0, 0xaa, 0xaa]],
    ['.fill 2, 3, 0x010203', [3, 2, 1, 3, 2, 1]],
    ['.fill 2', [0, 0]],
    ['.fill 1, 2, 0x123456', [0x56, 0x34]],
    ['.fill 0, 8, 1', []],
    ['.byte 1; .balign 4, 9; .byte 2', [1, 9, 9, 9, 2]],
    ['.data; .byte 1; .align 2; .byte 2', [1, 0, 0, 0, 2]],
    ['.data; .byte 1; .p2align 3,, 2; .byte 2', [1, 2]],
    ['nop; .align 4; nop', [...NOP, ...NOP, ...NOP, ...NOP, ...NOP]],
    ['.byte 1; .align 3; nop', [1, 0, 0, 0, ...NOP, ...NOP]],
    ['.byte 1; .org 4; .byte 2; .org 6, 7', [1, 0, 0, 0, 2, 7]],
    ['a: .byte 1; .org a + 2', [1, 0]],
    ['.globl f; .global f; .local f; .type f, @function; f: .size f, . - f; .option norvc; .byte 1', [1]],
  ]
  for (const [source, expected] of cases)
    test(source, () => {
      assert.deepEqual(bytes(source), expected)
    })
})
