/**
 * A: atomics. RISC-V Unprivileged, "\"A\" Extension for Atomic Instructions". The hart executes in program order, so the
 * ordering bits aq and rl ask for nothing more.
 */
import type { Algebra, AtomicWidth } from './algebra.js'
import { row, RS2, type Instruction } from './instruction.js'

/** New memory value from the old one and rs2; in the word forms both are sign-extended and the low half is stored. */
type Update = <V, C, I>(machine: Algebra<V, C, I>, old: V, operand: V) => V

const updates: readonly (readonly [string, number, Update])[] = [
  ['amoswap', 0x01, (_, __, operand) => operand],
  ['amoadd', 0x00, (m, old, operand) => m.add(old, operand)],
  ['amoxor', 0x04, (m, old, operand) => m.xor(old, operand)],
  ['amoand', 0x0c, (m, old, operand) => m.and(old, operand)],
  ['amoor', 0x08, (m, old, operand) => m.or(old, operand)],
  ['amomin', 0x10, (m, old, operand) => m.select(m.lessSigned(operand, old), operand, old)],
  ['amomax', 0x14, (m, old, operand) => m.select(m.lessSigned(old, operand), operand, old)],
  // Sign extension keeps the unsigned order of 32-bit values.
  ['amominu', 0x18, (m, old, operand) => m.select(m.lessUnsigned(operand, old), operand, old)],
  ['amomaxu', 0x1c, (m, old, operand) => m.select(m.lessUnsigned(old, operand), operand, old)],
]

function atomics(suffix: string, funct3: number, width: AtomicWidth): Instruction[] {
  const opcode = 0x2f
  return [
    row(
      `lr.${suffix}`,
      'A',
      'R',
      { opcode, funct3, funct5: 0x02, zero: RS2 },
      (m, { rd, rs1 }) => m.setX(rd, m.loadReserved(width, m.x(rs1))),
      'rd, (rs1)',
    ),
    row(
      `sc.${suffix}`,
      'A',
      'R',
      { opcode, funct3, funct5: 0x03 },
      (m, { rd, rs1, rs2 }) => m.setX(rd, m.storeConditional(width, m.x(rs1), m.x(rs2))),
      'rd, rs2, (rs1)',
    ),
    ...updates.map(([name, funct5, update]) =>
      row(
        `${name}.${suffix}`,
        'A',
        'R',
        { opcode, funct3, funct5 },
        (m, { rd, rs1, rs2 }) => {
          const source = m.x(rs2)
          const operand = width === 4 ? m.signExtend(source, 32) : source
          m.setX(
            rd,
            m.atomicUpdate(width, m.x(rs1), (old) => update(m, old, operand)),
          )
        },
        'rd, rs2, (rs1)',
      ),
    ),
  ]
}

export const RV64A: readonly Instruction[] = [...atomics('w', 2, 4), ...atomics('d', 3, 8)]
