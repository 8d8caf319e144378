/**
 * Decoding by the instruction table. Bits that no row matches are an illegal instruction; a 16-bit instruction is decoded as the
 * 32-bit one that it stands for. RISC-V Unprivileged, "Base Instruction-Length Encoding".
 */
import { compressedRow } from './compressed.js'
import { encode } from './encode.js'
import { immediate, type Instruction } from './instruction.js'
import { INSTRUCTION_TABLE } from './instruction-table.js'

export type InstructionLength = 2 | 4

export interface DecodedInstruction {
  /** The bits in memory: 16 or 32 of them. */
  readonly word: number
  /** In bytes. */
  readonly length: InstructionLength
  readonly instruction: Instruction
  /** Position of the row in INSTRUCTION_TABLE. */
  readonly index: number
  readonly rd: number
  readonly rs1: number
  readonly rs2: number
  readonly rs3: number
  /** Signed 32-bit. */
  readonly immediate: number
  /** Bits 31:20: CSR or routine number. */
  readonly number: number
}

/** "Longer" encodings than 32 bits are not told apart from 32-bit ones: no row matches them. */
export const instructionLength = (parcel: number): InstructionLength => ((parcel & 3) === 3 ? 4 : 2)

/** Rows by opcode and funct3 (bits 14:12, 6:0); a row without funct3 stands in all eight. */
const rows: readonly (readonly number[])[] = Array.from({ length: 1024 }, (_, key) => {
  const bits = (key & 0x7f) | ((key >>> 7) << 12)
  return INSTRUCTION_TABLE.flatMap(({ mask, match }, index) => ((bits & mask & 0x707f) === (match & 0x707f) ? [index] : []))
})

/** Of a 16-bit instruction only the low half of `bits` counts. */
export function decode(bits: number): DecodedInstruction | undefined {
  if (instructionLength(bits) === 4) return decodeWord(bits)
  const half = bits & 0xffff
  const row = compressedRow(half)
  const fields = row?.fields(half)
  const decoded = row === undefined || fields === undefined ? undefined : decodeWord(encode(row.target, fields))
  return decoded === undefined ? undefined : { ...decoded, word: half, length: 2 }
}

function decodeWord(word: number): DecodedInstruction | undefined {
  for (const index of rows[(word & 0x7f) | ((word >>> 5) & 0x380)] ?? []) {
    const instruction = INSTRUCTION_TABLE[index]
    if (instruction === undefined || (word & instruction.mask) >>> 0 !== instruction.match) continue
    return {
      word,
      length: 4,
      instruction,
      index,
      rd: (word >>> 7) & 0x1f,
      rs1: (word >>> 15) & 0x1f,
      rs2: (word >>> 20) & 0x1f,
      rs3: word >>> 27,
      immediate: immediate(instruction.format, word),
      number: word >>> 20,
    }
  }
  return undefined
}
