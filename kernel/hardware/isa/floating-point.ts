/**
 * F, D and Zfh, one text for the three formats. RISC-V Unprivileged, "\"F\" Extension for Single-Precision Floating-Point",
 * "\"D\" Extension for Double-Precision Floating-Point", "\"Zfh\" and \"Zfhmin\" Extensions for Half-Precision Floating-Point".
 *
 * Values of a format are its bits, zero-extended. Which of them need rounding is the algebra's business; everything that is a
 * question of bits (NaN boxing, signs, minimum, classes) stands here.
 */
import { DOUBLE, HALF, SINGLE, type FloatFormat } from '../float/format.js'
import { NV } from '../float/rounding.js'
import type { Algebra, FloatFormatName, FloatOperation, MemoryWidth, Semantics } from './algebra.js'
import { row, type Extension, type Instruction } from './instruction.js'

interface Format extends FloatFormat {
  readonly name: FloatFormatName
  /** Of an instruction's name, and of fmv. */
  readonly suffix: string
  readonly moveSuffix: string
  /** "fmt" field. */
  readonly fmt: number
  readonly width: MemoryWidth
  /** funct3 of load and store. */
  readonly funct3: number
  readonly extension: Extension
}

const FORMATS: readonly Format[] = [
  { ...SINGLE, name: 'single', suffix: 's', moveSuffix: 'w', fmt: 0, width: 4, funct3: 2, extension: 'F' },
  { ...DOUBLE, name: 'double', suffix: 'd', moveSuffix: 'd', fmt: 1, width: 8, funct3: 3, extension: 'D' },
  { ...HALF, name: 'half', suffix: 'h', moveSuffix: 'h', fmt: 2, width: 2, funct3: 1, extension: 'Zfh' },
]

const OP_FP = 0x53
const LOAD_FP = 0x07
const STORE_FP = 0x27
const ALL = (1n << 64n) - 1n

const low = ({ bits }: FloatFormat): bigint => (1n << BigInt(bits)) - 1n

/** "NaN Boxing of Narrower Values": a register that holds no value of the format reads as the canonical NaN. */
function read<V, C, I>(m: Algebra<V, C, I>, format: Format, register: I): V {
  const raw = m.f(register)
  if (format.bits === 64) return raw
  const boxed = m.equal(m.or(raw, m.constant(low(format))), m.constant(ALL))
  return m.share(m.select(boxed, m.zeroExtend(raw, format.bits), m.constant(format.canonicalNan)))
}

function write<V, C, I>(m: Algebra<V, C, I>, format: Format, register: I, value: V): void {
  m.setF(register, format.bits === 64 ? value : m.or(value, m.constant(ALL & ~low(format))))
}

const magnitude = <V, C, I>(m: Algebra<V, C, I>, { signBit }: Format, a: V): V => m.and(a, m.constant(signBit - 1n))
const isNan = <V, C, I>(m: Algebra<V, C, I>, format: Format, a: V): C =>
  m.lessUnsigned(m.constant(format.infinity), magnitude(m, format, a))
const isSignaling = <V, C, I>(m: Algebra<V, C, I>, format: Format, a: V): C =>
  m.both(isNan(m, format, a), m.equal(m.and(a, m.constant(format.quietBit)), m.constant(0n)))
const negate = <V, C, I>(m: Algebra<V, C, I>, { signBit }: Format, a: V): V => m.xor(a, m.constant(signBit))

function raiseInvalid<V, C, I>(m: Algebra<V, C, I>, condition: C): void {
  m.raise(m.select(condition, m.constant(BigInt(NV)), m.constant(0n)))
}

/** Integers in the order of the values, with -0 below +0. NaNs lie outside. */
function order<V, C, I>(m: Algebra<V, C, I>, format: Format, a: V): V {
  const wide = format.bits === 64 ? a : m.share(m.signExtend(a, format.bits))
  return m.xor(wide, m.shiftRight(m.shiftRightArithmetic(wide, m.constant(63n)), m.constant(1n)))
}

const load =
  (format: Format): Semantics =>
  (m, { rd, rs1, immediate }) => {
    m.needFloatingPoint()
    write(m, format, rd, m.load(format.width, 'unsigned', m.add(m.x(rs1), immediate)))
  }

const store =
  (format: Format): Semantics =>
  (m, { rs1, rs2, immediate }) => {
    m.needFloatingPoint()
    m.store(format.width, m.add(m.x(rs1), immediate), m.f(rs2))
  }

const computed =
  (format: Format, operation: FloatOperation): Semantics =>
  (m, { rd, rs1, rs2, immediate }) => {
    m.needFloatingPoint()
    const mode = m.roundingMode(immediate)
    const a = read(m, format, rs1)
    const operands = operation === 'squareRoot' ? [a] : [a, read(m, format, rs2)]
    write(m, format, rd, m.float(operation, format.name, mode, operands))
  }

const fused =
  (format: Format, negateProduct: boolean, negateAddend: boolean): Semantics =>
  (m, { rd, rs1, rs2, rs3, immediate }) => {
    m.needFloatingPoint()
    const mode = m.roundingMode(immediate)
    const [a, b, c] = [read(m, format, rs1), read(m, format, rs2), read(m, format, rs3)]
    const factor = negateProduct ? m.share(negate(m, format, a)) : a
    const addend = negateAddend ? m.share(negate(m, format, c)) : c
    write(m, format, rd, m.float('multiplyAdd', format.name, mode, [factor, b, addend]))
  }

/** FSGNJ, FSGNJN, FSGNJX: `sign` gives the sign bit from both operands. */
const signInjection =
  (format: Format, sign: <V, C, I>(m: Algebra<V, C, I>, a: V, b: V) => V): Semantics =>
  (m, { rd, rs1, rs2 }) => {
    m.needFloatingPoint()
    const [a, b] = [read(m, format, rs1), read(m, format, rs2)]
    write(m, format, rd, m.or(magnitude(m, format, a), m.and(sign(m, a, b), m.constant(format.signBit))))
  }

/** minimumNumber and maximumNumber of IEEE 754-2019: -0 is less than +0, and of a number and a NaN the number. */
const extremum =
  (format: Format, which: 'min' | 'max'): Semantics =>
  (m, { rd, rs1, rs2 }) => {
    m.needFloatingPoint()
    const [a, b] = [read(m, format, rs1), read(m, format, rs2)]
    const less = m.lessSigned(order(m, format, a), order(m, format, b))
    const chosen = which === 'min' ? m.select(less, a, b) : m.select(less, b, a)
    const ofNumbers = m.select(isNan(m, format, a), b, m.select(isNan(m, format, b), a, chosen))
    const bothNan = m.both(isNan(m, format, a), isNan(m, format, b))
    raiseInvalid(m, m.either(isSignaling(m, format, a), isSignaling(m, format, b)))
    write(m, format, rd, m.select(bothNan, m.constant(format.canonicalNan), ofNumbers))
  }

/** FEQ is a quiet comparison, FLT and FLE are signaling ones: every NaN makes them invalid. */
const comparison =
  (format: Format, relation: 'equal' | 'less' | 'lessOrEqual'): Semantics =>
  (m, { rd, rs1, rs2 }) => {
    m.needFloatingPoint()
    const [a, b] = [read(m, format, rs1), read(m, format, rs2)]
    const refused = relation === 'equal' ? isSignaling : isNan
    const holds = m.floatCompare(relation, format.name, a, b)
    raiseInvalid(m, m.either(refused(m, format, a), refused(m, format, b)))
    m.setX(rd, m.fromCondition(holds))
  }

/** Bit 0 is negative infinity, then negative normal, subnormal, zero, and mirrored to positive infinity, bit 7; 8 and 9 are NaNs. */
const classify =
  (format: Format): Semantics =>
  (m, { rd, rs1 }) => {
    m.needFloatingPoint()
    const a = read(m, format, rs1)
    const size = m.share(magnitude(m, format, a))
    const smallestNormal = m.constant(1n << BigInt(format.fraction))
    const number = (value: bigint): ReturnType<typeof m.constant> => m.constant(value)
    const small = m.select(m.equal(size, number(0n)), number(3n), number(2n))
    const finite = m.select(m.lessUnsigned(size, smallestNormal), small, number(1n))
    const fromInfinity = m.share(m.select(m.equal(size, m.constant(format.infinity)), number(0n), finite))
    const positive = m.equal(size, a)
    const position = m.select(positive, m.subtract(number(7n), fromInfinity), fromInfinity)
    const nan = m.select(isSignaling(m, format, a), number(8n), number(9n))
    m.setX(rd, m.shiftLeft(number(1n), m.select(isNan(m, format, a), nan, position)))
  }

interface IntegerType {
  readonly suffix: string
  readonly code: number
  readonly width: 32 | 64
  readonly signed: boolean
}

const INTEGERS: readonly IntegerType[] = [
  { suffix: 'w', code: 0, width: 32, signed: true },
  { suffix: 'wu', code: 1, width: 32, signed: false },
  { suffix: 'l', code: 2, width: 64, signed: true },
  { suffix: 'lu', code: 3, width: 64, signed: false },
]

const toInteger =
  (format: Format, { width, signed }: IntegerType): Semantics =>
  (m, { rd, rs1, immediate }) => {
    m.needFloatingPoint()
    const mode = m.roundingMode(immediate)
    m.setX(rd, m.floatToInteger(format.name, mode, width, signed, read(m, format, rs1)))
  }

const fromInteger =
  (format: Format, { width, signed }: IntegerType): Semantics =>
  (m, { rd, rs1, immediate }) => {
    m.needFloatingPoint()
    const mode = m.roundingMode(immediate)
    const source = m.x(rs1)
    const value = width === 64 ? source : m.share(signed ? m.signExtend(source, 32) : m.zeroExtend(source, 32))
    write(m, format, rd, m.floatFromInteger(format.name, mode, signed || width === 32, value))
  }

const convert =
  (from: Format, to: Format): Semantics =>
  (m, { rd, rs1, immediate }) => {
    m.needFloatingPoint()
    const mode = m.roundingMode(immediate)
    write(m, to, rd, m.floatConvert(from.name, to.name, mode, read(m, from, rs1)))
  }

/** FMV.X moves bits as they are, without a look at the boxing. */
const moveToInteger =
  ({ bits }: Format): Semantics =>
  (m, { rd, rs1 }) => {
    m.needFloatingPoint()
    m.setX(rd, bits === 64 ? m.f(rs1) : m.signExtend(m.f(rs1), bits))
  }

const moveFromInteger =
  (format: Format): Semantics =>
  (m, { rd, rs1 }) => {
    m.needFloatingPoint()
    write(m, format, rd, m.and(m.x(rs1), m.constant(low(format))))
  }

const arithmetic: readonly (readonly [string, number, FloatOperation])[] = [
  ['fadd', 0x00, 'add'],
  ['fsub', 0x01, 'subtract'],
  ['fmul', 0x02, 'multiply'],
  ['fdiv', 0x03, 'divide'],
]

const fusedOperations: readonly (readonly [string, number, boolean, boolean])[] = [
  ['fmadd', 0x43, false, false],
  ['fmsub', 0x47, false, true],
  ['fnmsub', 0x4b, true, false],
  ['fnmadd', 0x4f, true, true],
]

const comparisons: readonly (readonly [string, number, 'equal' | 'less' | 'lessOrEqual'])[] = [
  ['fle', 0, 'lessOrEqual'],
  ['flt', 1, 'less'],
  ['feq', 2, 'equal'],
]

function rowsOf(format: Format): Instruction[] {
  const { suffix, fmt, funct3, extension, moveSuffix } = format
  const op = (funct5: number): { opcode: number; funct7: number } => ({ opcode: OP_FP, funct7: (funct5 << 2) | fmt })
  const letter = { single: 'w', double: 'd', half: 'h' }[format.name]
  return [
    row(`fl${letter}`, extension, 'I', { opcode: LOAD_FP, funct3 }, load(format), 'fd, imm(rs1)'),
    row(`fs${letter}`, extension, 'S', { opcode: STORE_FP, funct3 }, store(format), 'fs2, imm(rs1)'),
    ...fusedOperations.map(([name, opcode, negateProduct, negateAddend]) =>
      row(`${name}.${suffix}`, extension, 'R4', { opcode, funct2: fmt }, fused(format, negateProduct, negateAddend)),
    ),
    ...arithmetic.map(([name, funct5, operation]) =>
      row(`${name}.${suffix}`, extension, 'rounding', op(funct5), computed(format, operation)),
    ),
    row(`fsqrt.${suffix}`, extension, 'rounding', { ...op(0x0b), rs2: 0 }, computed(format, 'squareRoot'), 'fd, fs1, rm'),
    row(
      `fsgnj.${suffix}`,
      extension,
      'R',
      { ...op(0x04), funct3: 0 },
      signInjection(format, (_, __, b) => b),
      'fd, fs1, fs2',
    ),
    row(
      `fsgnjn.${suffix}`,
      extension,
      'R',
      { ...op(0x04), funct3: 1 },
      signInjection(format, (m, _, b) => negate(m, format, b)),
      'fd, fs1, fs2',
    ),
    row(
      `fsgnjx.${suffix}`,
      extension,
      'R',
      { ...op(0x04), funct3: 2 },
      signInjection(format, (m, a, b) => m.xor(a, b)),
      'fd, fs1, fs2',
    ),
    row(`fmin.${suffix}`, extension, 'R', { ...op(0x05), funct3: 0 }, extremum(format, 'min'), 'fd, fs1, fs2'),
    row(`fmax.${suffix}`, extension, 'R', { ...op(0x05), funct3: 1 }, extremum(format, 'max'), 'fd, fs1, fs2'),
    ...comparisons.map(([name, code, relation]) =>
      row(`${name}.${suffix}`, extension, 'R', { ...op(0x14), funct3: code }, comparison(format, relation), 'rd, fs1, fs2'),
    ),
    row(`fclass.${suffix}`, extension, 'R', { ...op(0x1c), rs2: 0, funct3: 1 }, classify(format), 'rd, fs1'),
    row(`fmv.x.${moveSuffix}`, extension, 'R', { ...op(0x1c), rs2: 0, funct3: 0 }, moveToInteger(format), 'rd, fs1'),
    row(`fmv.${moveSuffix}.x`, extension, 'R', { ...op(0x1e), rs2: 0, funct3: 0 }, moveFromInteger(format), 'fd, rs1'),
    ...INTEGERS.flatMap((type) => [
      row(`fcvt.${type.suffix}.${suffix}`, extension, 'rounding', { ...op(0x18), rs2: type.code }, toInteger(format, type), 'rd, fs1, rm'),
      row(
        `fcvt.${suffix}.${type.suffix}`,
        extension,
        'rounding',
        { ...op(0x1a), rs2: type.code },
        fromInteger(format, type),
        'fd, rs1, rm',
      ),
    ]),
    ...FORMATS.filter((from) => from !== format).map((from) =>
      row(
        `fcvt.${suffix}.${from.suffix}`,
        wider(format, from),
        'rounding',
        { ...op(0x08), rs2: from.fmt },
        convert(from, format),
        'fd, fs1, rm',
      ),
    ),
  ]
}

/** A conversion belongs to the extension of the format that came later. */
const wider = (a: Format, b: Format): Extension =>
  [a, b].some(({ name }) => name === 'half') ? 'Zfh' : [a, b].some(({ name }) => name === 'double') ? 'D' : 'F'

export const FLOATING_POINT: readonly Instruction[] = FORMATS.flatMap(rowsOf)
