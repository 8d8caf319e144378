/**
 * RV64I. RISC-V Unprivileged, "RV32I Base Integer Instruction Set" and "RV64I Base Integer Instruction Set".
 */
import type { Algebra, MemoryWidth, Semantics } from './algebra.js'
import { row, type Instruction } from './instruction.js'

const OP_IMM = 0x13
const OP_IMM_32 = 0x1b
const OP = 0x33
const OP_32 = 0x3b
const LOAD = 0x03
const STORE = 0x23
const BRANCH = 0x63

/** A binary operation on values. */
type Binary = <V, C, I>(machine: Algebra<V, C, I>, a: V, b: V) => V
type Comparison = <V, C, I>(machine: Algebra<V, C, I>, a: V, b: V) => C

const registers =
  (operation: Binary): Semantics =>
  (m, { rd, rs1, rs2 }) =>
    m.setX(rd, operation(m, m.x(rs1), m.x(rs2)))

const withImmediate =
  (operation: Binary): Semantics =>
  (m, { rd, rs1, immediate }) =>
    m.setX(rd, operation(m, m.x(rs1), immediate))

const add: Binary = (m, a, b) => m.add(a, b)
const subtract: Binary = (m, a, b) => m.subtract(a, b)
const and: Binary = (m, a, b) => m.and(a, b)
const or: Binary = (m, a, b) => m.or(a, b)
const xor: Binary = (m, a, b) => m.xor(a, b)
const setLess: Binary = (m, a, b) => m.fromCondition(m.lessSigned(a, b))
const setLessUnsigned: Binary = (m, a, b) => m.fromCondition(m.lessUnsigned(a, b))
const shiftLeft: Binary = (m, a, b) => m.shiftLeft(a, b)
const shiftRight: Binary = (m, a, b) => m.shiftRight(a, b)
const shiftRightArithmetic: Binary = (m, a, b) => m.shiftRightArithmetic(a, b)

/** The "W" instructions work on the low 32 bits and sign-extend their result. */
const word =
  (operation: Binary): Binary =>
  (m, a, b) =>
    m.signExtend(operation(m, a, b), 32)
/** Only the low 5 bits of a word shift's amount count. */
const amount5: Binary = (m, _, b) => m.and(b, m.constant(0x1fn))
const addWord = word(add)
const subtractWord = word(subtract)
const shiftLeftWord = word((m, a, b) => m.shiftLeft(a, amount5(m, a, b)))
const shiftRightWord = word((m, a, b) => m.shiftRight(m.zeroExtend(a, 32), amount5(m, a, b)))
const shiftRightArithmeticWord = word((m, a, b) => m.shiftRightArithmetic(m.signExtend(a, 32), amount5(m, a, b)))

const load =
  (width: MemoryWidth, extension: 'signed' | 'unsigned'): Semantics =>
  (m, { rd, rs1, immediate }) =>
    m.setX(rd, m.load(width, extension, m.add(m.x(rs1), immediate)))

const store =
  (width: MemoryWidth): Semantics =>
  (m, { rs1, rs2, immediate }) =>
    m.store(width, m.add(m.x(rs1), immediate), m.x(rs2))

const branch =
  (taken: Comparison): Semantics =>
  (m, { rs1, rs2, immediate }) =>
    m.when(taken(m, m.x(rs1), m.x(rs2)), () => m.jump(m.add(m.pc(), immediate)))

const loads: readonly (readonly [string, number, MemoryWidth, 'signed' | 'unsigned'])[] = [
  ['lb', 0, 1, 'signed'],
  ['lh', 1, 2, 'signed'],
  ['lw', 2, 4, 'signed'],
  ['ld', 3, 8, 'signed'],
  ['lbu', 4, 1, 'unsigned'],
  ['lhu', 5, 2, 'unsigned'],
  ['lwu', 6, 4, 'unsigned'],
]

const stores: readonly (readonly [string, number, MemoryWidth])[] = [
  ['sb', 0, 1],
  ['sh', 1, 2],
  ['sw', 2, 4],
  ['sd', 3, 8],
]

const branches: readonly (readonly [string, number, Comparison])[] = [
  ['beq', 0, (m, a, b) => m.equal(a, b)],
  ['bne', 1, (m, a, b) => m.not(m.equal(a, b))],
  ['blt', 4, (m, a, b) => m.lessSigned(a, b)],
  ['bge', 5, (m, a, b) => m.not(m.lessSigned(a, b))],
  ['bltu', 6, (m, a, b) => m.lessUnsigned(a, b)],
  ['bgeu', 7, (m, a, b) => m.not(m.lessUnsigned(a, b))],
]

const immediates: readonly (readonly [string, number, Binary])[] = [
  ['addi', 0, add],
  ['slti', 2, setLess],
  ['sltiu', 3, setLessUnsigned],
  ['xori', 4, xor],
  ['ori', 6, or],
  ['andi', 7, and],
]

const registerOperations: readonly (readonly [string, number, number, Binary])[] = [
  ['add', 0, 0x00, add],
  ['sub', 0, 0x20, subtract],
  ['sll', 1, 0x00, shiftLeft],
  ['slt', 2, 0x00, setLess],
  ['sltu', 3, 0x00, setLessUnsigned],
  ['xor', 4, 0x00, xor],
  ['srl', 5, 0x00, shiftRight],
  ['sra', 5, 0x20, shiftRightArithmetic],
  ['or', 6, 0x00, or],
  ['and', 7, 0x00, and],
]

const wordOperations: readonly (readonly [string, number, number, Binary])[] = [
  ['addw', 0, 0x00, addWord],
  ['subw', 0, 0x20, subtractWord],
  ['sllw', 1, 0x00, shiftLeftWord],
  ['srlw', 5, 0x00, shiftRightWord],
  ['sraw', 5, 0x20, shiftRightArithmeticWord],
]

export const RV64I: readonly Instruction[] = [
  row('lui', 'I', 'U', { opcode: 0x37 }, (m, { rd, immediate }) => m.setX(rd, immediate)),
  row('auipc', 'I', 'U', { opcode: 0x17 }, (m, { rd, immediate }) => m.setX(rd, m.add(m.pc(), immediate))),
  row('jal', 'I', 'J', { opcode: 0x6f }, (m, { rd, immediate }) => {
    m.jump(m.add(m.pc(), immediate))
    m.setX(rd, m.nextPc())
  }),
  row(
    'jalr',
    'I',
    'I',
    { opcode: 0x67, funct3: 0 },
    (m, { rd, rs1, immediate }) => {
      m.jump(m.and(m.add(m.x(rs1), immediate), m.constant(-2n)))
      m.setX(rd, m.nextPc())
    },
    'rd, imm(rs1)',
  ),
  ...branches.map(([name, funct3, taken]) => row(name, 'I', 'B', { opcode: BRANCH, funct3 }, branch(taken))),
  ...loads.map(([name, funct3, width, extension]) => row(name, 'I', 'I', { opcode: LOAD, funct3 }, load(width, extension), 'rd, imm(rs1)')),
  ...stores.map(([name, funct3, width]) => row(name, 'I', 'S', { opcode: STORE, funct3 }, store(width))),
  ...immediates.map(([name, funct3, operation]) => row(name, 'I', 'I', { opcode: OP_IMM, funct3 }, withImmediate(operation))),
  row('slli', 'I', 'shift64', { opcode: OP_IMM, funct3: 1, funct6: 0 }, withImmediate(shiftLeft)),
  row('srli', 'I', 'shift64', { opcode: OP_IMM, funct3: 5, funct6: 0 }, withImmediate(shiftRight)),
  row('srai', 'I', 'shift64', { opcode: OP_IMM, funct3: 5, funct6: 0x10 }, withImmediate(shiftRightArithmetic)),
  ...registerOperations.map(([name, funct3, funct7, operation]) =>
    row(name, 'I', 'R', { opcode: OP, funct3, funct7 }, registers(operation)),
  ),
  row('addiw', 'I', 'I', { opcode: OP_IMM_32, funct3: 0 }, withImmediate(addWord)),
  row('slliw', 'I', 'shift32', { opcode: OP_IMM_32, funct3: 1, funct7: 0 }, withImmediate(shiftLeftWord)),
  row('srliw', 'I', 'shift32', { opcode: OP_IMM_32, funct3: 5, funct7: 0 }, withImmediate(shiftRightWord)),
  row('sraiw', 'I', 'shift32', { opcode: OP_IMM_32, funct3: 5, funct7: 0x20 }, withImmediate(shiftRightArithmeticWord)),
  ...wordOperations.map(([name, funct3, funct7, operation]) =>
    row(name, 'I', 'R', { opcode: OP_32, funct3, funct7 }, registers(operation)),
  ),
  // "FENCE": reserved fields are ignored; one hart in program order, so nothing is left to order.
  row('fence', 'I', 'I', { opcode: 0x0f, funct3: 0 }, (m) => m.fence(), 'fence'),
  row('ecall', 'I', 'I', { opcode: 0x73, funct3: 0, funct12: 0, zero: 0xf_8f80 }, (m) => m.environmentCall(), ''),
  row('ebreak', 'I', 'I', { opcode: 0x73, funct3: 0, funct12: 1, zero: 0xf_8f80 }, (m) => m.breakpoint(), ''),
]
