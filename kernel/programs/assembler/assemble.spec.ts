import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { INSTRUCTIONS } from '../encoding/instruction-table.js'
import { assemble, type AssembledProgram } from './assemble.js'

const BASE = 0x8000_0000

function program(source: string, symbols: Readonly<Record<string, bigint>> = {}): AssembledProgram {
  const result = assemble(source, { file: 'program.s', base: BASE, symbols })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  return result.value
}

function words(source: string): number[] {
  const { bytes } = program(source)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true))
}

/** Bits from 31 down, grouped as the instruction listings of the ISA manual group them. */
const ENCODINGS: readonly (readonly [source: string, bits: string])[] = [
  // RISC-V Unprivileged, "RV32/64G Instruction Set Listings": RV32I
  ['lui x1, 0x12345', '00010010001101000101 00001 0110111'],
  ['auipc x1, 0xfffff', '11111111111111111111 00001 0010111'],
  ['jal x1, . + 2048', '00000000000100000000 00001 1101111'],
  ['jal x1, . - 4', '11111111110111111111 00001 1101111'],
  ['jalr x1, 4(x2)', '000000000100 00010 000 00001 1100111'],
  ['beq x2, x3, . + 8', '0000000 00011 00010 000 01000 1100011'],
  ['bne x2, x3, . - 4', '1111111 00011 00010 001 11101 1100011'],
  ['blt x2, x3, . + 2048', '0000000 00011 00010 100 00001 1100011'],
  ['bge x2, x3, . - 4096', '1000000 00011 00010 101 00000 1100011'],
  ['bltu x2, x3, . + 4092', '0111111 00011 00010 110 11101 1100011'],
  ['bgeu x2, x3, . + 32', '0000001 00011 00010 111 00000 1100011'],
  ['lb x1, 5(x2)', '000000000101 00010 000 00001 0000011'],
  ['lh x1, -1(x2)', '111111111111 00010 001 00001 0000011'],
  ['lw x1, 2047(x2)', '011111111111 00010 010 00001 0000011'],
  ['lbu x1, -2048(x2)', '100000000000 00010 100 00001 0000011'],
  ['lhu x1, (x2)', '000000000000 00010 101 00001 0000011'],
  ['sb x3, -5(x2)', '1111111 00011 00010 000 11011 0100011'],
  ['sh x3, 32(x2)', '0000001 00011 00010 001 00000 0100011'],
  ['sw x3, 31(x2)', '0000000 00011 00010 010 11111 0100011'],
  ['addi x1, x2, -3', '111111111101 00010 000 00001 0010011'],
  ['slti x1, x2, 3', '000000000011 00010 010 00001 0010011'],
  ['sltiu x1, x2, 3', '000000000011 00010 011 00001 0010011'],
  ['xori x1, x2, 3', '000000000011 00010 100 00001 0010011'],
  ['ori x1, x2, 3', '000000000011 00010 110 00001 0010011'],
  ['andi x1, x2, 3', '000000000011 00010 111 00001 0010011'],
  ['add x1, x2, x3', '0000000 00011 00010 000 00001 0110011'],
  ['sub x1, x2, x3', '0100000 00011 00010 000 00001 0110011'],
  ['sll x1, x2, x3', '0000000 00011 00010 001 00001 0110011'],
  ['slt x1, x2, x3', '0000000 00011 00010 010 00001 0110011'],
  ['sltu x1, x2, x3', '0000000 00011 00010 011 00001 0110011'],
  ['xor x1, x2, x3', '0000000 00011 00010 100 00001 0110011'],
  ['srl x1, x2, x3', '0000000 00011 00010 101 00001 0110011'],
  ['sra x1, x2, x3', '0100000 00011 00010 101 00001 0110011'],
  ['or x1, x2, x3', '0000000 00011 00010 110 00001 0110011'],
  ['and x1, x2, x3', '0000000 00011 00010 111 00001 0110011'],
  ['fence r, rw', '0000 0010 0011 00000 000 00000 0001111'],
  ['fence.tso', '1000 0011 0011 00000 000 00000 0001111'],
  ['pause', '0000 0001 0000 00000 000 00000 0001111'],
  ['ecall', '000000000000 00000 000 00000 1110011'],
  ['ebreak', '000000000001 00000 000 00000 1110011'],
  // RV64I
  ['lwu x1, 5(x2)', '000000000101 00010 110 00001 0000011'],
  ['ld x1, 5(x2)', '000000000101 00010 011 00001 0000011'],
  ['sd x3, 5(x2)', '0000000 00011 00010 011 00101 0100011'],
  ['slli x1, x2, 63', '000000 111111 00010 001 00001 0010011'],
  ['srli x1, x2, 33', '000000 100001 00010 101 00001 0010011'],
  ['srai x1, x2, 33', '010000 100001 00010 101 00001 0010011'],
  ['addiw x1, x2, -1', '111111111111 00010 000 00001 0011011'],
  ['slliw x1, x2, 31', '0000000 11111 00010 001 00001 0011011'],
  ['srliw x1, x2, 1', '0000000 00001 00010 101 00001 0011011'],
  ['sraiw x1, x2, 1', '0100000 00001 00010 101 00001 0011011'],
  ['addw x1, x2, x3', '0000000 00011 00010 000 00001 0111011'],
  ['subw x1, x2, x3', '0100000 00011 00010 000 00001 0111011'],
  ['sllw x1, x2, x3', '0000000 00011 00010 001 00001 0111011'],
  ['srlw x1, x2, x3', '0000000 00011 00010 101 00001 0111011'],
  ['sraw x1, x2, x3', '0100000 00011 00010 101 00001 0111011'],
  // Zifencei, Zicsr
  ['fence.i', '000000000000 00000 001 00000 0001111'],
  ['csrrw x1, mstatus, x2', '001100000000 00010 001 00001 1110011'],
  ['csrrs x1, satp, x2', '000110000000 00010 010 00001 1110011'],
  ['csrrc x1, 0xfff, x2', '111111111111 00010 011 00001 1110011'],
  ['csrrwi x1, mepc, 31', '001101000001 11111 101 00001 1110011'],
  ['csrrsi x1, stimecmp, 0', '000101001101 00000 110 00001 1110011'],
  ['csrrci x1, pmpaddr63, 1', '001111101111 00001 111 00001 1110011'],
  // RV32M, RV64M
  ['mul x1, x2, x3', '0000001 00011 00010 000 00001 0110011'],
  ['mulh x1, x2, x3', '0000001 00011 00010 001 00001 0110011'],
  ['mulhsu x1, x2, x3', '0000001 00011 00010 010 00001 0110011'],
  ['mulhu x1, x2, x3', '0000001 00011 00010 011 00001 0110011'],
  ['div x1, x2, x3', '0000001 00011 00010 100 00001 0110011'],
  ['divu x1, x2, x3', '0000001 00011 00010 101 00001 0110011'],
  ['rem x1, x2, x3', '0000001 00011 00010 110 00001 0110011'],
  ['remu x1, x2, x3', '0000001 00011 00010 111 00001 0110011'],
  ['mulw x1, x2, x3', '0000001 00011 00010 000 00001 0111011'],
  ['divw x1, x2, x3', '0000001 00011 00010 100 00001 0111011'],
  ['divuw x1, x2, x3', '0000001 00011 00010 101 00001 0111011'],
  ['remw x1, x2, x3', '0000001 00011 00010 110 00001 0111011'],
  ['remuw x1, x2, x3', '0000001 00011 00010 111 00001 0111011'],
  // RV32A, RV64A: funct5, aq, rl
  ['lr.w x1, (x2)', '00010 0 0 00000 00010 010 00001 0101111'],
  ['sc.w.rl x1, x3, (x2)', '00011 0 1 00011 00010 010 00001 0101111'],
  ['amoswap.w.aq x1, x3, (x2)', '00001 1 0 00011 00010 010 00001 0101111'],
  ['amoadd.w.aqrl x1, x3, (x2)', '00000 1 1 00011 00010 010 00001 0101111'],
  ['amoxor.w x1, x3, (x2)', '00100 0 0 00011 00010 010 00001 0101111'],
  ['amoand.w x1, x3, (x2)', '01100 0 0 00011 00010 010 00001 0101111'],
  ['amoor.w x1, x3, (x2)', '01000 0 0 00011 00010 010 00001 0101111'],
  ['amomin.w x1, x3, (x2)', '10000 0 0 00011 00010 010 00001 0101111'],
  ['amomax.w x1, x3, (x2)', '10100 0 0 00011 00010 010 00001 0101111'],
  ['amominu.w x1, x3, (x2)', '11000 0 0 00011 00010 010 00001 0101111'],
  ['amomaxu.w x1, x3, (x2)', '11100 0 0 00011 00010 010 00001 0101111'],
  ['lr.d.aqrl x1, (x2)', '00010 1 1 00000 00010 011 00001 0101111'],
  ['sc.d x1, x3, (x2)', '00011 0 0 00011 00010 011 00001 0101111'],
  ['amoswap.d x1, x3, 0(x2)', '00001 0 0 00011 00010 011 00001 0101111'],
  ['amoadd.d x1, x3, (x2)', '00000 0 0 00011 00010 011 00001 0101111'],
  ['amoxor.d x1, x3, (x2)', '00100 0 0 00011 00010 011 00001 0101111'],
  ['amoand.d x1, x3, (x2)', '01100 0 0 00011 00010 011 00001 0101111'],
  ['amoor.d x1, x3, (x2)', '01000 0 0 00011 00010 011 00001 0101111'],
  ['amomin.d x1, x3, (x2)', '10000 0 0 00011 00010 011 00001 0101111'],
  ['amomax.d x1, x3, (x2)', '10100 0 0 00011 00010 011 00001 0101111'],
  ['amominu.d x1, x3, (x2)', '11000 0 0 00011 00010 011 00001 0101111'],
  ['amomaxu.d x1, x3, (x2)', '11100 0 0 00011 00010 011 00001 0101111'],
  // RISC-V Privileged, "RISC-V Privileged Instruction Set Listings"
  ['sret', '0001000 00010 00000 000 00000 1110011'],
  ['mret', '0011000 00010 00000 000 00000 1110011'],
  ['wfi', '0001000 00101 00000 000 00000 1110011'],
  ['sfence.vma x2, x3', '0001001 00011 00010 000 00000 1110011'],
  // hosted calls, custom-0
  ['kcall 5', '000000000101 00000 000 00000 0001011'],
  ['ucall 2047', '011111111111 00000 001 00000 0001011'],
]

describe('assemble: instructions, by the encoding tables of the ISA manual', () => {
  for (const [source, bits] of ENCODINGS)
    test(source, () => {
      assert.deepEqual(words(source), [parseInt(bits.replaceAll(' ', ''), 2)])
    })

  test('every row of the instruction table has a hand-checked encoding', () => {
    const tested = ENCODINGS.map(([source]) => source.split(' ')[0]?.replace(/\.(aq|rl|aqrl)$/, ''))
    assert.deepEqual(
      INSTRUCTIONS.map(({ mnemonic }) => mnemonic).filter((mnemonic) => !tested.includes(mnemonic)),
      [],
    )
  })

  test('registers are read by number, by ABI name and as fp', () => {
    assert.deepEqual(words('add x8, x31, x10'), words('add s0, t6, a0'))
    assert.deepEqual(words('mv fp, zero'), words('mv x8, x0'))
  })

  test('a third operand that is a number selects the immediate form, as GNU as does', () => {
    assert.deepEqual(words('add a0, a1, 5'), words('addi a0, a1, 5'))
    assert.deepEqual(words('csrw satp, 0'), words('csrwi satp, 0'))
    assert.deepEqual(words('add a0, a1, STEP\n.equ STEP, 5'), words('addi a0, a1, 5'))
  })
})

describe('assemble: statements', () => {
  test('comments of all three kinds, several statements on a line, several labels before one', () => {
    const source = `# first
      nop // second
      /* third
         nop */ a: b: nop; c: nop # fourth ; nop
    `
    const { bytes, symbols } = program(source)
    assert.equal(bytes.length, 12)
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => symbols.get(name)),
      [BASE + 4, BASE + 4, BASE + 8].map(BigInt),
    )
  })

  test('lines with carriage returns and a last line without an end are read', () => {
    assert.deepEqual(words('nop\r\nnop\r\nret'), words('nop; nop; ret'))
  })

  test('a numeric label may be defined again; b finds the nearest above, f the nearest below', () => {
    assert.deepEqual(words('1: nop\n1: j 1b\nj 1f\n1: nop'), words('nop\nj .\nj . + 4\nnop'))
  })

  test('sections follow each other as text, rodata, data, bss, each on a multiple of 8', () => {
    const { symbols, bytes } = program(`
      .bss
      d: .zero 4
      .data
      c: .byte 3
      .section .rodata.str, "a", @progbits
      b: .byte 2
      .text
      a: nop
      .section .text.late
      e: nop`)
    const at = (name: string): number => Number(symbols.get(name)) - BASE
    assert.deepEqual(['a', 'e', 'b', 'c', 'd'].map(at), [0, 4, 8, 16, 24])
    assert.deepEqual([...bytes.subarray(8)], [2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('a section stands on its largest alignment, also when nothing follows the alignment', () => {
    const { symbols } = program('nop\n.data\n.balign 64\na: .byte 1\n.bss\n.balign 32\nb:')
    assert.deepEqual([symbols.get('a'), symbols.get('b')], [BigInt(BASE + 64), BigInt(BASE + 96)])
  })

  test('the entry is _start where it is defined, else the base', () => {
    assert.equal(program('nop\n_start: nop').entry, BASE + 4)
    assert.equal(program('nop').entry, BASE)
  })

  test('lines tell where each statement with bytes begins, in the order of addresses', () => {
    const { lines } = program('.data\n.word 1\n.text\nstart:\nli a0, 0x12345\nnop')
    assert.deepEqual(lines, [
      { address: BASE, line: 5 },
      { address: BASE + 8, line: 6 },
      { address: BASE + 16, line: 2 },
    ])
  })

  test('constants from outside are values, not symbols of the source', () => {
    const { bytes, symbols } = program('li a7, PORT_SEND\n.word PORT_SEND * 2', { PORT_SEND: 7n })
    assert.deepEqual([...bytes.subarray(4)], [14, 0, 0, 0])
    assert.deepEqual([...symbols], [])
  })

  test('an empty source is an empty program', () => {
    assert.deepEqual(program(''), { base: BASE, bytes: new Uint8Array(0), symbols: new Map(), lines: [], entry: BASE })
  })
})
