/** The same source through GNU as, where that is installed: the images must be equal byte for byte. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { CSR_ADDRESSES } from '../encoding/csrs.js'
import { assemble } from './assemble.js'

const PREFIX = 'riscv64-linux-gnu-'
const TOOLS = ['as', 'ld', 'objcopy']
const BASE = 0x8000_0000

const absent = TOOLS.filter((tool) => spawnSync(PREFIX + tool, ['--version']).status !== 0).map((tool) => PREFIX + tool)
const remark = absent.length === 0 ? '' : ` (not run: ${absent.join(', ')} absent)`

function throughGnu(source: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-gnu-as-'))
  const at = (name: string): string => join(folder, name)
  try {
    writeFileSync(at('t.s'), `.option norelax\n.option norvc\n${source}`)
    execFileSync(`${PREFIX}as`, ['-march=rv64ima_zicsr_zifencei_zihintpause', '-o', at('t.o'), at('t.s')])
    execFileSync(`${PREFIX}ld`, ['--no-relax', `-Ttext=0x${BASE.toString(16)}`, '-e', '0', '-o', at('t.elf'), at('t.o')])
    execFileSync(`${PREFIX}objcopy`, ['-O', 'binary', '-j', '.text', at('t.elf'), at('t.bin')])
    return readFileSync(at('t.bin'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compare(source: string): void {
  const result = assemble(source, { file: 't.s', base: BASE })
  assert.ok(result.ok, result.ok ? '' : result.error.text)
  const ours = Buffer.from(result.value.bytes).toString('hex')
  const theirs = throughGnu(source).toString('hex') // GNU as pads the section to its alignment
  assert.equal(ours, theirs.slice(0, ours.length))
  assert.ok(theirs.length - ours.length < 32, 'GNU as wrote more')
}

const THREE =
  'add sub sll slt sltu xor srl sra or and addw subw sllw srlw sraw mul mulh mulhsu mulhu div divu rem remu mulw divw divuw remw remuw'
const IMMEDIATE = 'addi slti sltiu xori ori andi addiw'
const LOADS = 'lb lh lw lbu lhu lwu ld'
const STORES = 'sb sh sw sd'
const BRANCHES = 'beq bne blt bge bltu bgeu bgt ble bgtu bleu'
const ZERO_BRANCHES = 'beqz bnez blez bgez bltz bgtz'
const ATOMICS = 'amoswap amoadd amoxor amoand amoor amomin amomax amominu amomaxu sc'
const TWO = 'mv not neg negw sext.w sext.b sext.h zext.b zext.h zext.w seqz snez sltz sgtz'
const NONE = 'nop ret fence fence.i fence.tso pause ecall ebreak mret sret wfi sfence.vma unimp'

const each = (names: string, statement: (name: string) => string): string => names.split(' ').map(statement).join('\n')

const INSTRUCTIONS = [
  'start:',
  each(THREE, (name) => `${name} a0, s11, t6`),
  each(IMMEDIATE, (name) => `${name} a0, a1, -2048; ${name} t6, s0, 2047`),
  each('slli srli srai', (name) => `${name} a0, a1, 63`),
  each('slliw srliw sraiw', (name) => `${name} a0, a1, 31`),
  each(LOADS, (name) => `${name} a0, -2048(a1); ${name} a0, data; ${name} a0, (sp)`),
  each(STORES, (name) => `${name} a0, 2047(a1); ${name} a0, data + 1, t0`),
  each(BRANCHES, (name) => `${name} a0, a1, start; ${name} t0, t1, later`),
  each(ZERO_BRANCHES, (name) => `${name} s1, start; ${name} s1, 1f`),
  '1:',
  each(ATOMICS, (name) =>
    ['', '.aq', '.rl', '.aqrl'].map((order) => `${name}.w${order} a0, a2, (a1); ${name}.d${order} a0, a2, (a1)`).join('\n'),
  ),
  each('lr.w lr.d.aq lr.w.rl lr.d.aqrl', (name) => `${name} a0, (a1)`),
  each(TWO, (name) => `${name} a0, a1`),
  each(NONE, (name) => name),
  'sgt a0, a1, a2; sgtu a0, a1, a2; sfence.vma a0; sfence.vma a0, a1; fence rw, w; fence i, o',
  'j start; jal start; jal t0, later; jr t1; jr 16(t1); jalr t0; jalr 8(t0); jalr t0, 4(t1); jalr t0, t1, 8; jalr t0, t1',
  'call later; tail later; la t1, data; lla a0, later; lui a0, 0xfffff; auipc t6, 1',
  'csrrw a0, mstatus, a1; csrrsi a0, satp, 31; csrr a0, 0x342; csrw mtvec, a0; csrw mtvec, 3; csrs mie, 8; csrci mip, 1; csrsi mip, 1',
  'rdinstret a0; rdcycle a1; rdtime a2; lui a0, %hi(0x12345fff); addi a0, a0, %lo(0x12345fff); sw a0, %lo(0x12345fff)(a0)',
  'p: auipc a0, %pcrel_hi(data); addi a0, a0, %pcrel_lo(p); sd a1, %pcrel_lo(p)(a0)',
  'add a0, a1, 5; and a0, a1, 5; sll a0, a1, 5; sra a0, a1, 5; addw a0, a1, 5',
  ...["'A'", '0', '-1', '2047', '2048', '-2048', '-2049', '0x7ffff800', '0x7fffffff', '-0x80000000', '0x1000'].map(
    (value) => `li a0, ${value}`,
  ),
  ...['0x123456789abcdef0', '0xdeadbeefcafebabe'].map((value) => `li a0, ${value}`),
  ...['1 + 2 << 3', '1 | 2 + 4', '7 & 3 | 8', '-7 / 2', '-7 % 4', '~5', '(1 << 63) >> 60'].map((value) => `li a0, ${value}`),
  'later: nop',
  'data: .dword 1, 2',
].join('\n')

const DATA = `
  a: .byte 1, 2, -1, 255, 'a', '\\n'
  .half 0x1234, -1
  .2byte 1
  .byte 1, 2
  .word 0xffffffff, -5, b - a
  .dword a, 0xffffffffffffffff
  .quad b + 8
  .ascii "ab\\n\\t\\"\\\\\\101\\x41", "z"
  .asciz "hello"
  .string "x", "y"
  .zero 3
  .space 4, 0xaa
  .skip 2
  .fill 3, 2, 0x1234
  .fill 2, 8, 0x12345678
  .fill 5
  .balign 16, 0
  .byte 1
  .balign 8, 0xff
  .equ K, 0x1000
  .word K
  .set K, 5
  .word K - 1
  Z = 9
  .word Z
  .org 0x100
  b: .word . - a
`

describe('assemble and GNU as agree', () => {
  test(`on every instruction and pseudo-instruction${remark}`, (t) => {
    if (absent.length > 0) t.diagnostic(remark)
    else compare(INSTRUCTIONS)
  })

  test(`on data directives${remark}`, (t) => {
    if (absent.length > 0) t.diagnostic(remark)
    else compare(DATA)
  })

  test(`on the address of every CSR that this GNU as knows by name${remark}`, (t) => {
    if (absent.length > 0) {
      t.diagnostic(remark)
      return
    }
    const read = (names: readonly string[]): string => names.map((name) => `csrr a0, ${name}\n`).join('')
    const names = [...CSR_ADDRESSES.keys()]
    const { stderr } = spawnSync(`${PREFIX}as`, ['-march=rv64ima_zicsr', '-o', devNull, '-'], { input: read(names), encoding: 'utf8' })
    const unknown = [...stderr.matchAll(/unknown CSR `(\w+)'/g)].map(([, name]) => name ?? '')
    assert.ok(unknown.length < 40, `unknown to GNU as: ${unknown.join(' ')}`)
    compare(read(names.filter((name) => !unknown.includes(name))))
  })
})
