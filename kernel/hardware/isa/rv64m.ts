/**
 * M: multiplication and division. RISC-V Unprivileged, "\"M\" Extension for Integer Multiplication and Division".
 */
import type { Algebra, Semantics } from './algebra.js'
import { row, type Instruction } from './instruction.js'

type Binary = <V, C, I>(machine: Algebra<V, C, I>, a: V, b: V) => V

const MINIMUM = -(2n ** 63n)

/** High half of a product with a signed factor: the unsigned product less the other factor where the sign bit stood for -2^64. */
const signedCorrection: Binary = (m, signed, other) => m.select(m.lessSigned(signed, m.constant(0n)), other, m.constant(0n))

const multiplyHighSignedUnsigned: Binary = (m, a, b) => m.subtract(m.multiplyHigh(a, b), signedCorrection(m, a, b))
const multiplyHighSigned: Binary = (m, a, b) => m.subtract(multiplyHighSignedUnsigned(m, a, b), signedCorrection(m, b, a))

/**
 * "Semantics for division by zero and division overflow": quotient of a division by zero has all bits set, the remainder is
 * the dividend; on signed overflow the quotient is the dividend, the remainder 0. Dividing by 1 gives the overflow's results.
 */
const divideSigned: Binary = (m, a, b) => {
  const zero = m.equal(b, m.constant(0n))
  const overflow = m.both(m.equal(a, m.constant(MINIMUM)), m.equal(b, m.constant(-1n)))
  return m.select(zero, m.constant(-1n), m.divideSigned(a, m.select(m.either(zero, overflow), m.constant(1n), b)))
}

const remainderSigned: Binary = (m, a, b) => {
  const zero = m.equal(b, m.constant(0n))
  const overflow = m.both(m.equal(a, m.constant(MINIMUM)), m.equal(b, m.constant(-1n)))
  return m.select(zero, a, m.remainderSigned(a, m.select(m.either(zero, overflow), m.constant(1n), b)))
}

const divideUnsigned: Binary = (m, a, b) => {
  const zero = m.equal(b, m.constant(0n))
  return m.select(zero, m.constant(-1n), m.divideUnsigned(a, m.select(zero, m.constant(1n), b)))
}

const remainderUnsigned: Binary = (m, a, b) => {
  const zero = m.equal(b, m.constant(0n))
  return m.select(zero, a, m.remainderUnsigned(a, m.select(zero, m.constant(1n), b)))
}

const multiply: Binary = (m, a, b) => m.multiply(a, b)

/** Word forms: extend the operands, compute in 64 bits (where a 32-bit overflow cannot occur), sign-extend the low half. */
const signedWord =
  (operation: Binary): Binary =>
  (m, a, b) =>
    m.signExtend(operation(m, m.signExtend(a, 32), m.signExtend(b, 32)), 32)
const unsignedWord =
  (operation: Binary): Binary =>
  (m, a, b) =>
    m.signExtend(operation(m, m.zeroExtend(a, 32), m.zeroExtend(b, 32)), 32)

const registers =
  (operation: Binary): Semantics =>
  (m, { rd, rs1, rs2 }) =>
    m.setX(rd, operation(m, m.x(rs1), m.x(rs2)))

const operations: readonly (readonly [string, number, number, Binary])[] = [
  ['mul', 0x33, 0, multiply],
  ['mulh', 0x33, 1, multiplyHighSigned],
  ['mulhsu', 0x33, 2, multiplyHighSignedUnsigned],
  ['mulhu', 0x33, 3, (m, a, b) => m.multiplyHigh(a, b)],
  ['div', 0x33, 4, divideSigned],
  ['divu', 0x33, 5, divideUnsigned],
  ['rem', 0x33, 6, remainderSigned],
  ['remu', 0x33, 7, remainderUnsigned],
  ['mulw', 0x3b, 0, signedWord(multiply)],
  ['divw', 0x3b, 4, signedWord(divideSigned)],
  ['divuw', 0x3b, 5, unsignedWord(divideUnsigned)],
  ['remw', 0x3b, 6, signedWord(remainderSigned)],
  ['remuw', 0x3b, 7, unsignedWord(remainderUnsigned)],
]

export const RV64M: readonly Instruction[] = operations.map(([name, opcode, funct3, operation]) =>
  row(name, 'M', 'R', { opcode, funct3, funct7: 1 }, registers(operation)),
)
