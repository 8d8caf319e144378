/**
 * Zba, Zbb, Zbc, Zbs, Zbkb, Zbkx and Zicond for RV64. RISC-V Unprivileged, "\"B\" Extension for Bit Manipulation", "Bit-manipulation for
 * Cryptography", "Integer Conditional (Zicond) operations". An instruction of several extensions stands with the first one.
 */
import type { Algebra, ExtendBits, Semantics } from './algebra.js'
import { row, type Extension, type Instruction } from './instruction.js'

type Unary = <V, C, I>(machine: Algebra<V, C, I>, a: V) => V
type Binary = <V, C, I>(machine: Algebra<V, C, I>, a: V, b: V) => V

const OP_IMM = 0x13
const OP_IMM_32 = 0x1b
const OP = 0x33
const OP_32 = 0x3b

const registers =
  (operation: Binary): Semantics =>
  (m, { rd, rs1, rs2 }) =>
    m.setX(rd, operation(m, m.x(rs1), m.x(rs2)))

const withImmediate =
  (operation: Binary): Semantics =>
  (m, { rd, rs1, immediate }) =>
    m.setX(rd, operation(m, m.x(rs1), immediate))

const unary =
  (operation: Unary): Semantics =>
  (m, { rd, rs1 }) =>
    m.setX(rd, operation(m, m.x(rs1)))

const invert: Unary = (m, a) => m.xor(a, m.constant(-1n))

/** Zba: the index is scaled by 2, 4 or 8; the ".uw" forms take its low word, zero-extended. */
const shiftedAdd =
  (by: bigint): Binary =>
  (m, index, base) =>
    m.add(m.shiftLeft(index, m.constant(by)), base)
const shiftedAddWord =
  (by: bigint): Binary =>
  (m, index, base) =>
    m.add(m.shiftLeft(m.zeroExtend(index, 32), m.constant(by)), base)

const rotateRight: Binary = (m, a, by) => m.or(m.shiftRight(a, by), m.shiftLeft(a, m.subtract(m.constant(0n), by)))
const rotateLeft: Binary = (m, a, by) => m.or(m.shiftLeft(a, by), m.shiftRight(a, m.subtract(m.constant(0n), by)))

/** A word beside itself: rotating the doubleword by up to 31 rotates each word. */
const twice: Unary = (m, a) => m.share(m.or(m.zeroExtend(a, 32), m.shiftLeft(a, m.constant(32n))))
const amount5: Unary = (m, by) => m.share(m.and(by, m.constant(0x1fn)))
const rotateRightWord: Binary = (m, a, by) => m.signExtend(rotateRight(m, twice(m, a), amount5(m, by)), 32)
const rotateLeftWord: Binary = (m, a, by) => m.signExtend(m.shiftRight(rotateLeft(m, twice(m, a), amount5(m, by)), m.constant(32n)), 32)

/** Counts of a word: bits above it, or the bit above it, bound the doubleword's count. */
const leadingZerosWord: Unary = (m, a) => m.subtract(m.countLeadingZeros(m.zeroExtend(a, 32)), m.constant(32n))
const trailingZerosWord: Unary = (m, a) => m.countTrailingZeros(m.or(a, m.constant(1n << 32n)))

/** Exchanges neighbouring groups of `by` bits; `mask` has the lower group of each pair. */
const exchange =
  (by: bigint, mask: bigint): Unary =>
  (m, a) => {
    const [amount, lower] = [m.constant(by), m.constant(mask)]
    return m.share(m.or(m.shiftLeft(m.and(a, lower), amount), m.and(m.shiftRight(a, amount), lower)))
  }

const exchangeAll =
  (steps: readonly (readonly [bigint, bigint])[]): Unary =>
  (m, a) =>
    steps.reduce((value, [by, mask]) => exchange(by, mask)(m, value), a)

const reverseBytes = exchangeAll([
  [8n, 0x00ff_00ff_00ff_00ffn],
  [16n, 0x0000_ffff_0000_ffffn],
  [32n, 0x0000_0000_ffff_ffffn],
])
const reverseBitsInBytes = exchangeAll([
  [1n, 0x5555_5555_5555_5555n],
  [2n, 0x3333_3333_3333_3333n],
  [4n, 0x0f0f_0f0f_0f0f_0f0fn],
])

/** orc.b: a byte that is not zero becomes all ones. The sum carries into bit 7 of each byte that has a bit among its lower seven. */
const combineBytes: Unary = (m, a) => {
  const lower = m.constant(0x7f7f_7f7f_7f7f_7f7fn)
  const bit7 = m.constant(0x8080_8080_8080_8080n)
  const seen = m.and(m.or(m.add(m.and(a, lower), lower), a), bit7)
  return m.multiply(m.shiftRight(seen, m.constant(7n)), m.constant(0xffn))
}

/** Carry-less product: the copies of `a`, moved by each bit of `b` that is set, added without carries. */
function carryless<V, C, I>(m: Algebra<V, C, I>, b: V, first: bigint, moved: (bit: bigint) => V): V {
  let sum = m.constant(0n)
  for (let bit = first; bit < 64n; bit++) {
    const set = m.and(m.shiftRight(b, m.constant(bit)), m.constant(1n))
    sum = m.xor(sum, m.and(moved(bit), m.subtract(m.constant(0n), set)))
  }
  return sum
}
const carrylessLow: Binary = (m, a, b) => carryless(m, b, 0n, (bit) => m.shiftLeft(a, m.constant(bit)))
/** Bits 127 to 64, and bits 126 to 63. */
const carrylessHigh: Binary = (m, a, b) => carryless(m, b, 1n, (bit) => m.shiftRight(a, m.constant(64n - bit)))
const carrylessReversed: Binary = (m, a, b) => carryless(m, b, 0n, (bit) => m.shiftRight(a, m.constant(63n - bit)))

const oneBit: Binary = (m, _, index) => m.shiftLeft(m.constant(1n), index)

/** xperm: each field of `b` selects a field of `a` by its number; a number without a field gives zero. */
const permute =
  (width: bigint): Binary =>
  (m, a, b) => {
    const field = m.constant((1n << width) - 1n)
    let result = m.constant(0n)
    for (let at = 0n; at < 64n; at += width) {
      const number = m.share(m.and(m.shiftRight(b, m.constant(at)), field))
      const chosen = m.and(m.shiftRight(a, m.multiply(number, m.constant(width))), field)
      const there = m.select(m.lessUnsigned(number, m.constant(64n / width)), chosen, m.constant(0n))
      result = m.or(result, m.shiftLeft(there, m.constant(at)))
    }
    return result
  }

const pack =
  (half: ExtendBits): Binary =>
  (m, a, b) =>
    m.or(m.zeroExtend(a, half), m.shiftLeft(m.zeroExtend(b, half), m.constant(BigInt(half))))

const isZero = <V, C, I>(m: Algebra<V, C, I>, a: V): C => m.equal(a, m.constant(0n))

const twoRegisters: readonly (readonly [string, Extension, number, number, number, Binary])[] = [
  ['sh1add', 'Zba', OP, 0x10, 2, shiftedAdd(1n)],
  ['sh2add', 'Zba', OP, 0x10, 4, shiftedAdd(2n)],
  ['sh3add', 'Zba', OP, 0x10, 6, shiftedAdd(3n)],
  ['add.uw', 'Zba', OP_32, 0x04, 0, shiftedAddWord(0n)],
  ['sh1add.uw', 'Zba', OP_32, 0x10, 2, shiftedAddWord(1n)],
  ['sh2add.uw', 'Zba', OP_32, 0x10, 4, shiftedAddWord(2n)],
  ['sh3add.uw', 'Zba', OP_32, 0x10, 6, shiftedAddWord(3n)],
  ['andn', 'Zbb', OP, 0x20, 7, (m, a, b) => m.and(a, invert(m, b))],
  ['orn', 'Zbb', OP, 0x20, 6, (m, a, b) => m.or(a, invert(m, b))],
  ['xnor', 'Zbb', OP, 0x20, 4, (m, a, b) => invert(m, m.xor(a, b))],
  ['max', 'Zbb', OP, 0x05, 6, (m, a, b) => m.select(m.lessSigned(a, b), b, a)],
  ['maxu', 'Zbb', OP, 0x05, 7, (m, a, b) => m.select(m.lessUnsigned(a, b), b, a)],
  ['min', 'Zbb', OP, 0x05, 4, (m, a, b) => m.select(m.lessSigned(a, b), a, b)],
  ['minu', 'Zbb', OP, 0x05, 5, (m, a, b) => m.select(m.lessUnsigned(a, b), a, b)],
  ['rol', 'Zbb', OP, 0x30, 1, rotateLeft],
  ['ror', 'Zbb', OP, 0x30, 5, rotateRight],
  ['rolw', 'Zbb', OP_32, 0x30, 1, rotateLeftWord],
  ['rorw', 'Zbb', OP_32, 0x30, 5, rotateRightWord],
  ['clmul', 'Zbc', OP, 0x05, 1, carrylessLow],
  ['clmulr', 'Zbc', OP, 0x05, 2, carrylessReversed],
  ['clmulh', 'Zbc', OP, 0x05, 3, carrylessHigh],
  ['bclr', 'Zbs', OP, 0x24, 1, (m, a, b) => m.and(a, invert(m, oneBit(m, a, b)))],
  ['bext', 'Zbs', OP, 0x24, 5, (m, a, b) => m.and(m.shiftRight(a, b), m.constant(1n))],
  ['binv', 'Zbs', OP, 0x34, 1, (m, a, b) => m.xor(a, oneBit(m, a, b))],
  ['bset', 'Zbs', OP, 0x14, 1, (m, a, b) => m.or(a, oneBit(m, a, b))],
  ['pack', 'Zbkb', OP, 0x04, 4, pack(32)],
  ['packh', 'Zbkb', OP, 0x04, 7, pack(8)],
  ['packw', 'Zbkb', OP_32, 0x04, 4, (m, a, b) => m.signExtend(pack(16)(m, a, b), 32)],
  ['xperm4', 'Zbkx', OP, 0x14, 2, permute(4n)],
  ['xperm8', 'Zbkx', OP, 0x14, 4, permute(8n)],
  ['czero.eqz', 'Zicond', OP, 0x07, 5, (m, a, b) => m.select(isZero(m, b), m.constant(0n), a)],
  ['czero.nez', 'Zicond', OP, 0x07, 7, (m, a, b) => m.select(isZero(m, b), a, m.constant(0n))],
]

const oneRegister: readonly (readonly [string, Extension, number, number, number, Unary])[] = [
  ['clz', 'Zbb', OP_IMM, 0x600, 1, (m, a) => m.countLeadingZeros(a)],
  ['ctz', 'Zbb', OP_IMM, 0x601, 1, (m, a) => m.countTrailingZeros(a)],
  ['cpop', 'Zbb', OP_IMM, 0x602, 1, (m, a) => m.countOnes(a)],
  ['sext.b', 'Zbb', OP_IMM, 0x604, 1, (m, a) => m.signExtend(a, 8)],
  ['sext.h', 'Zbb', OP_IMM, 0x605, 1, (m, a) => m.signExtend(a, 16)],
  ['clzw', 'Zbb', OP_IMM_32, 0x600, 1, leadingZerosWord],
  ['ctzw', 'Zbb', OP_IMM_32, 0x601, 1, trailingZerosWord],
  ['cpopw', 'Zbb', OP_IMM_32, 0x602, 1, (m, a) => m.countOnes(m.zeroExtend(a, 32))],
  ['zext.h', 'Zbb', OP_32, 0x080, 4, (m, a) => m.zeroExtend(a, 16)], // also packw with x0
  ['orc.b', 'Zbb', OP_IMM, 0x287, 5, combineBytes],
  ['rev8', 'Zbb', OP_IMM, 0x6b8, 5, reverseBytes],
  ['brev8', 'Zbkb', OP_IMM, 0x687, 5, reverseBitsInBytes],
]

const amounts: readonly (readonly [string, Extension, number, number, Binary])[] = [
  ['rori', 'Zbb', 0x18, 5, rotateRight],
  ['bclri', 'Zbs', 0x12, 1, (m, a, b) => m.and(a, invert(m, oneBit(m, a, b)))],
  ['bexti', 'Zbs', 0x12, 5, (m, a, b) => m.and(m.shiftRight(a, b), m.constant(1n))],
  ['binvi', 'Zbs', 0x1a, 1, (m, a, b) => m.xor(a, oneBit(m, a, b))],
  ['bseti', 'Zbs', 0x0a, 1, (m, a, b) => m.or(a, oneBit(m, a, b))],
]

export const BIT_MANIPULATION: readonly Instruction[] = [
  ...oneRegister.map(([name, extension, opcode, funct12, funct3, operation]) =>
    row(name, extension, 'R', { opcode, funct12, funct3 }, unary(operation), 'rd, rs1'),
  ),
  ...twoRegisters.map(([name, extension, opcode, funct7, funct3, operation]) =>
    row(name, extension, 'R', { opcode, funct7, funct3 }, registers(operation)),
  ),
  ...amounts.map(([name, extension, funct6, funct3, operation]) =>
    row(name, extension, 'shift64', { opcode: OP_IMM, funct6, funct3 }, withImmediate(operation)),
  ),
  row('roriw', 'Zbb', 'shift32', { opcode: OP_IMM_32, funct7: 0x30, funct3: 5 }, withImmediate(rotateRightWord)),
  row(
    'slli.uw',
    'Zba',
    'shift64',
    { opcode: OP_IMM_32, funct6: 0x02, funct3: 1 },
    withImmediate((m, a, by) => m.shiftLeft(m.zeroExtend(a, 32), by)),
  ),
]
