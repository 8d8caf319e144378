/**
 * What mtinst and htinst say about a load, store or atomic that trapped.
 * RISC-V Privileged, "Transformed Instruction or Pseudoinstruction for `mtinst` or `htinst`".
 */
import type { DecodedInstruction } from './decode.js'

const RS1 = 0xf_8000
const OPCODE = 0x7f
const RD = 0xf80
const FUNCT3 = 0x7000
const RS2 = 0x1f0_0000
const LOAD = 0x03
const LOAD_FP = 0x07
const STORE = 0x23
const STORE_FP = 0x27
const AMO = 0x2f
const SYSTEM = 0x73
const COMPRESSED_BIT = 2

/** `offset`: how far the faulting address lies beyond the first byte of a misaligned access. Zero: no transformation is defined. */
export function transformedInstruction(decoded: DecodedInstruction, offset: number): bigint {
  const { instruction, length, rd, rs2 } = decoded
  const compressed = length === 2
  // Of the expansion of a compressed instruction, only these fields are kept below.
  const word = compressed ? instruction.match | (rd << 7) | (rs2 << 20) : decoded.word
  const fields = keptFields(word & OPCODE, word)
  if (fields === undefined) return 0n
  const transformed = ((word & fields) | (offset << 15)) >>> 0
  return BigInt(compressed ? transformed & ~COMPRESSED_BIT : transformed)
}

/** Bits that stay: immediates become zero, rs1 makes room for the offset. */
function keptFields(opcode: number, word: number): number | undefined {
  switch (opcode) {
    case LOAD:
    case LOAD_FP:
      return OPCODE | RD | FUNCT3
    case STORE:
    case STORE_FP:
      return OPCODE | FUNCT3 | RS2
    case AMO:
      return ~RS1
    case SYSTEM: // HLV, HLVX, HSV
      return (word & FUNCT3) === 0x4000 ? ~RS1 : undefined
    default:
      return undefined
  }
}

/** A guest-page fault by the walk of the guest's page tables: LD or SD of x0 with the low two bits clear. */
export const READ_FOR_TRANSLATION = 0x3000n
export const WRITE_FOR_TRANSLATION = 0x3020n
