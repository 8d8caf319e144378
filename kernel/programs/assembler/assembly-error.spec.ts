import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { assemble } from './assemble.js'
import type { AssemblyError, AssemblyErrorCode } from './assembly-error.js'

function refused(source: string, symbols: Readonly<Record<string, bigint>> = {}): AssemblyError {
  const result = assemble(source, { file: 'p.s', base: 0x8000_0000, symbols })
  assert.ok(!result.ok, 'the source was accepted')
  return result.error
}

const REFUSALS: readonly (readonly [source: string, code: AssemblyErrorCode, text: string])[] = [
  ['nop\n  mvx a0, a1', 'UNKNOWN_INSTRUCTION', "p.s:2:3: unknown instruction 'mvx'"],
  ['nop; c.nop', 'UNKNOWN_INSTRUCTION', "p.s:1:6: unknown instruction 'c.nop'"],
  ['amoadd.w.constructor a0, a1, (a2)', 'UNKNOWN_INSTRUCTION', "p.s:1:1: unknown instruction 'amoadd.w.constructor'"],
  ['add.aq a0, a1, a2', 'UNKNOWN_INSTRUCTION', "p.s:1:1: unknown instruction 'add.aq'"],
  ['.cfi_startproc', 'UNKNOWN_DIRECTIVE', "p.s:1:1: unknown directive '.cfi_startproc'"],
  ['addi a0, b1, 1', 'UNKNOWN_REGISTER', "p.s:1:10: unknown register 'b1'; registers are x0 to x31 and their ABI names"],
  ['add a0, a1, b2', 'UNKNOWN_REGISTER', "p.s:1:13: unknown register 'b2'; registers are x0 to x31 and their ABI names"],
  ['addi a0, x32, 1', 'UNKNOWN_REGISTER', "p.s:1:10: unknown register 'x32'; registers are x0 to x31 and their ABI names"],
  ['lw a0, 0(t9)', 'UNKNOWN_REGISTER', "p.s:1:10: unknown register 't9'; registers are x0 to x31 and their ABI names"],
  ['addi a0, , 1', 'UNKNOWN_REGISTER', 'p.s:1:10: expected a register, found nothing'],
  ['csrr a0, mfoo', 'UNKNOWN_CSR', "p.s:1:10: unknown CSR 'mfoo'; write its name or its number from 0 to 4095"],
  ['csrr a0, 4096', 'RANGE', 'p.s:1:10: CSR number 4096 is out of range; it must be between 0 and 4095'],
  ['addi a0, a1', 'OPERANDS', 'p.s:1:1: addi takes 3 operands: addi rd, rs1, immediate; found 2'],
  ['mv a0', 'OPERANDS', 'p.s:1:1: mv takes 2 operands; found 1'],
  ['li a0', 'OPERANDS', 'p.s:1:1: li takes 2 operands; found 1'],
  ['ret a0', 'OPERANDS', 'p.s:1:1: ret takes 0 operands; found 1'],
  ['fence wr, r', 'OPERANDS', "p.s:1:7: expected a set of i, o, r and w in this order, found 'wr'"],
  ['addi a0, a0, %hi(4)', 'OPERANDS', 'p.s:1:14: %hi cannot stand here; %lo or %pcrel_lo may'],
  ['slli a0, a0, %lo(4)', 'OPERANDS', 'p.s:1:14: %lo cannot stand here; none may'],
  ['l: addi a0, a0, %pcrel_lo(l)', 'OPERANDS', 'p.s:1:17: %pcrel_lo needs the label of an instruction further up that has %pcrel_hi'],
  ['.option rvc', 'OPERANDS', 'p.s:1:9: compressed instructions are not supported; remove .option rvc'],
  ['addi a0, a0, 2048', 'RANGE', 'p.s:1:14: immediate 2048 is out of range; it must be between -2048 and 2047'],
  ['addi a0, a0, -2049', 'RANGE', 'p.s:1:14: immediate -2049 is out of range; it must be between -2048 and 2047'],
  ['sd a0, 2048(sp)', 'RANGE', 'p.s:1:8: immediate 2048 is out of range; it must be between -2048 and 2047'],
  ['lui a0, 0x100000', 'RANGE', 'p.s:1:9: immediate 1048576 is out of range; it must be between 0 and 1048575'],
  ['slli a0, a0, 64', 'RANGE', 'p.s:1:14: immediate 64 is out of range; it must be between 0 and 63'],
  ['sraiw a0, a0, 32', 'RANGE', 'p.s:1:15: immediate 32 is out of range; it must be between 0 and 31'],
  ['csrwi satp, 32', 'RANGE', 'p.s:1:13: immediate 32 is out of range; it must be between 0 and 31'],
  ['kcall 2048', 'RANGE', 'p.s:1:7: immediate 2048 is out of range; it must be between 0 and 2047'],
  ['amoadd.w a0, a1, 4(a2)', 'RANGE', 'p.s:1:18: an atomic instruction takes no offset; write (register)'],
  ['x: lui a0, %hi(x)', 'RANGE', 'p.s:1:12: value 2147483648 is out of range; it must be between -2147485696 and 2147481599'],
  ['la a0, -0x80000000', 'RANGE', 'p.s:1:8: value -4294967296 is out of range; it must be between -2147485696 and 2147481599'],
  ['li a0, x\nx:', 'RANGE', 'p.s:1:8: value 2147483656 depends on a label and does not fit in 32 bits; use la for an address'],
  ['.byte 256', 'RANGE', 'p.s:1:7: value 256 does not fit in 1 byte'],
  ['.word 1, -0x80000001', 'RANGE', 'p.s:1:10: value -2147483649 does not fit in 4 bytes'],
  ['.dword 0x10000000000000000', 'RANGE', "p.s:1:8: number '0x10000000000000000' does not fit in 64 bits"],
  ['.word 4 / (2 - 2)', 'RANGE', 'p.s:1:9: division by zero'],
  ['.bss\n.word 1', 'RANGE', 'p.s:2:7: .bss holds zeros only; put initialised data into .data'],
  ['.balign 12', 'RANGE', 'p.s:1:9: the alignment 12 is not a power of two'],
  ['.space -1', 'RANGE', 'p.s:1:8: the size -1 is out of range; it must be between 0 and 16777216'],
  ['nop; nop; .org 4', 'RANGE', 'p.s:1:16: the origin lies 4 bytes back; .org only moves forward'],
  [
    'beq a0, a1, x\n.zero 4096\nx:',
    'RANGE',
    'p.s:1:13: the target is 4100 bytes away, -4096 to 4094 can be reached; invert the branch around a j',
  ],
  [
    'x: .zero 0x100000\nj x; j x',
    'RANGE',
    'p.s:2:8: the target is -1048580 bytes away, -1048576 to 1048574 can be reached; use call or tail',
  ],
  ['j x\n.half 1\nx:', 'MISALIGNED', 'p.s:1:3: the branch target is misaligned; instructions stand at multiples of 4 bytes'],
  ['.byte 1\nnop', 'MISALIGNED', 'p.s:2:1: an instruction must stand at a multiple of 4 bytes; put .balign 4 before it'],
  ['j there', 'UNDEFINED_SYMBOL', "p.s:1:3: undefined symbol 'there'"],
  ['li a0, a1', 'UNDEFINED_SYMBOL', "p.s:1:8: undefined symbol 'a1'; a register cannot stand in an expression"],
  ['li a0, __proto__', 'UNDEFINED_SYMBOL', "p.s:1:8: undefined symbol '__proto__'"],
  ['j 1b\n1:', 'UNDEFINED_SYMBOL', "p.s:1:3: undefined symbol '1b'"],
  ['1: j 1f', 'UNDEFINED_SYMBOL', "p.s:1:6: undefined symbol '1f'"],
  ['x: nop\nnop; x: nop', 'DUPLICATE_SYMBOL', "p.s:2:6: symbol 'x' is already defined"],
  ['x:\n.equ x, 1', 'DUPLICATE_SYMBOL', "p.s:2:6: symbol 'x' is already defined"],
  ['.equ GIVEN, 1', 'DUPLICATE_SYMBOL', "p.s:1:6: symbol 'GIVEN' is already defined"],
  ['.zero x\nx:', 'NOT_CONSTANT', 'p.s:1:7: the size must be known here; it may only use constants and labels further up'],
  ['li a0, X\n.equ X, Y\n.equ Y, 1', 'NOT_CONSTANT', "p.s:1:8: 'X' is used before its value is known; define it further up"],
  ['.section .constructor', 'UNKNOWN_SECTION', "p.s:1:10: unknown section '.constructor'; there are .text, .rodata, .data and .bss"],
  ['.ascii "open', 'SYNTAX', 'p.s:1:8: this string never ends; close it with "'],
  ['.ascii "\\q"', 'SYNTAX', "p.s:1:8: unknown escape '\\q'; known are \\n \\t \\r \\b \\f \\\\ \\\" \\ooo \\xhh"],
  ['nop\n /* open\nnop', 'SYNTAX', 'p.s:2:2: this comment never ends; close it with */'],
  ['.word 089', 'SYNTAX', "p.s:1:7: malformed number '089'; a leading 0 makes it octal"],
  ['.word 1e12', 'SYNTAX', "p.s:1:7: malformed number '1e12'; numbers are 12, 0x0c, 0b1100 and 014"],
  ['.word 3 +', 'SYNTAX', 'p.s:1:10: expected a value, found nothing'],
  ['.word (3', 'SYNTAX', "p.s:1:9: expected ')', found nothing"],
  ['ld a0, 8(sp) 3', 'SYNTAX', "p.s:1:14: unexpected '3'"],
  ['nop\u0000', 'SYNTAX', "p.s:1:4: unexpected character '\\u{0}'"],
  ['\u00e9: nop', 'SYNTAX', "p.s:1:1: unexpected character '\\u{e9}'"],
  [': nop', 'SYNTAX', "p.s:1:1: expected an instruction or a directive, found ':'"],
  ['. = 5', 'SYNTAX', "p.s:1:1: '.' cannot be assigned; use .org"],
]

describe('AssemblyError: one line that names file, line, column and what is wrong', () => {
  for (const [source, code, text] of REFUSALS)
    test(JSON.stringify(source), () => {
      const error = refused(source, { GIVEN: 1n })
      assert.deepEqual({ code: error.code, text: error.text }, { code, text })
    })

  test('further errors of the source follow the first, in the order of lines', () => {
    const error = refused('foo\nnop\nli a0, nowhere\nbar')
    assert.deepEqual(
      [error, ...error.others].map(({ text }) => text),
      ["p.s:1:1: unknown instruction 'foo'", "p.s:3:8: undefined symbol 'nowhere'", "p.s:4:1: unknown instruction 'bar'"],
    )
  })

  test('a base that is no instruction address is refused', () => {
    for (const base of [2, -4, 0.5, 2 ** 53, NaN]) {
      const result = assemble('nop', { file: 'p.s', base })
      assert.equal(result.ok ? '' : result.error.code, 'MISALIGNED', String(base))
    }
  })
})

/** Sources made to exhaust time, memory or stack. */
const HOSTILE: readonly (readonly [what: string, source: string, line: number, message: string])[] = [
  ['ten million characters', 'nop\n'.repeat(2_500_000), 1, 'the source has 10000000 characters; at most 4194304 are read'],
  ['a line of 70,000 characters', `#${'x'.repeat(70_000)}`, 1, 'the line has 70001 characters; at most 65536 are read'],
  ['30,000 parentheses', `.word ${'('.repeat(30_000)}1${')'.repeat(30_000)}`, 1, 'parentheses stand more than 100 deep'],
  ['.zero beyond the image', '.zero 1000000000000', 1, 'the size 1000000000000 is out of range; it must be between 0 and 16777216'],
  ['.fill of many large units', '.fill 16777216, 8, 1', 1, 'the image would be larger than 16 MiB; reserve less'],
  ['a full image and one byte', 'nop\n.data\n.zero 16777215', 2 + 1, 'the image would be larger than 16 MiB; reserve less'],
  ['a full image with a gap', '.byte 1\n.data\n.zero 16777215', 1, 'the image would be larger than 16777216 bytes'],
  ['an alignment of 2^63', '.align 63', 1, 'the alignment 63 is out of range; it must be between 0 and 24'],
  ['20,000 errors on a line', 'zz;'.repeat(20_000), 1, "unknown instruction 'zz'"],
]

describe('hostile sources are refused with one line', () => {
  for (const [what, source, line, message] of HOSTILE)
    test(what, () => {
      const error = refused(source)
      assert.deepEqual([error.line, error.message], [line, message])
      assert.ok(error.others.length < 20)
    })

  test('30,000 signs before a number are read without recursion', () => {
    assert.ok(assemble(`.word ${'-'.repeat(30_000)}1`, { file: 'p.s', base: 0 }).ok)
  })

  test('a shift by 2^48 leaves nothing instead of a huge number', () => {
    const result = assemble('.dword 1 << 0xffffffffffff', { file: 'p.s', base: 0 })
    assert.deepEqual(result.ok && [...result.value.bytes], [0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('no source at all makes it throw, and every refusal is one line with a place', () => {
    const pieces = fc.constantFrom(
      ...[' ', ',', '(', ')', ';', ':', '\n', '%', '"', "'", '\\', '+', '-', '=', '.', '/*', '*/', '1b', '1f', '1:', '0x10', '9'],
      ...[
        'addi',
        'lw',
        'sd',
        'li',
        'la',
        'call',
        'jalr',
        'amoadd.w',
        'fence',
        'csrw',
        'kcall',
        'beqz',
        'a0',
        'sp',
        'x',
        'x:',
        'hi',
        'pcrel_lo',
      ],
      ...[
        '.word',
        '.fill',
        '.align',
        '.org',
        '.equ',
        '.space',
        '.section',
        '.data',
        '.bss',
        '.text',
        '.asciz',
        'mstatus',
        '\u{1f600}',
        '\ud800',
      ],
    )
    const sources = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }).map((parts) => parts.join(' '))
    const property = fc.property(sources, (source) => {
      const result = assemble(source, { file: 'p.s', base: 0 })
      if (!result.ok) assert.match(result.error.text, /^p\.s:\d+:\d+: [\x20-\x7e]+$/)
    })
    fc.assert(property, { seed: 8, numRuns: 5000 })
  })

  test('what is accepted once is accepted again, with the same bytes', () => {
    const source = 'li a0, x\ncall y\n.data\n.fill 3, 4, 7\n.equ x, 3\ny: .word y'
    const once = assemble(source, { file: 'p.s', base: 0 })
    assert.deepEqual(once, assemble(source, { file: 'p.s', base: 0 }))
  })
})
