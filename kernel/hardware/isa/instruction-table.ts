/**
 * All instructions of the machine, and decoding by the table. A word that no row matches is an illegal instruction.
 * RISC-V Unprivileged, "Instruction Set Listings".
 */
import { immediate, type Instruction } from './instruction.js'
import { RV64A } from './rv64a.js'
import { RV64I } from './rv64i.js'
import { RV64M } from './rv64m.js'
import { SYSTEM_INSTRUCTIONS } from './system.js'

export const INSTRUCTION_TABLE: readonly Instruction[] = [...RV64I, ...RV64M, ...RV64A, ...SYSTEM_INSTRUCTIONS]

export interface DecodedInstruction {
  readonly word: number
  readonly instruction: Instruction
  /** Position of the row in INSTRUCTION_TABLE. */
  readonly index: number
  readonly rd: number
  readonly rs1: number
  readonly rs2: number
  /** Signed 32-bit. */
  readonly immediate: number
  /** Bits 31:20: CSR or routine number. */
  readonly number: number
}

/** Rows by opcode and funct3 (bits 14:12, 6:0); a row without funct3 stands in all eight. */
const rows: readonly (readonly number[])[] = Array.from({ length: 1024 }, (_, key) => {
  const bits = (key & 0x7f) | ((key >>> 7) << 12)
  return INSTRUCTION_TABLE.flatMap(({ mask, match }, index) => ((bits & mask & 0x707f) === (match & 0x707f) ? [index] : []))
})

export function decode(word: number): DecodedInstruction | undefined {
  for (const index of rows[(word & 0x7f) | ((word >>> 5) & 0x380)] ?? []) {
    const instruction = INSTRUCTION_TABLE[index]
    if (instruction === undefined || (word & instruction.mask) >>> 0 !== instruction.match) continue
    return {
      word,
      instruction,
      index,
      rd: (word >>> 7) & 0x1f,
      rs1: (word >>> 15) & 0x1f,
      rs2: (word >>> 20) & 0x1f,
      immediate: immediate(instruction.format, word),
      number: word >>> 20,
    }
  }
  return undefined
}
