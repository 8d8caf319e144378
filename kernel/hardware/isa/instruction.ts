/**
 * A row of the instruction table, and the immediates of the instruction formats.
 * RISC-V Unprivileged, "Base Instruction Formats" and "Immediate Encoding Variants".
 */
import type { Semantics } from './algebra.js'

export type Extension =
  | 'I'
  | 'M'
  | 'A'
  | 'F'
  | 'D'
  | 'Zfh'
  | 'Zba'
  | 'Zbb'
  | 'Zbc'
  | 'Zbs'
  | 'Zbkb'
  | 'Zbkx'
  | 'Zicond'
  | 'Zicbom'
  | 'Zicboz'
  | 'Zawrs'
  | 'Zicsr'
  | 'Zifencei'
  | 'privileged'
  | 'hosted'
  | 'H'
  | 'Svinval'
  | 'Smrnmi'

/**
 * Which bits form the immediate. `shift64`: bits 25:20; `shift32`: bits 24:20; `uimm5`: bits 19:15, zero-extended; `rounding` and
 * `R4`: the rounding mode, bits 14:12 (`R4` has a third source register in bits 31:27).
 */
export type Format = 'R' | 'I' | 'S' | 'B' | 'U' | 'J' | 'shift64' | 'shift32' | 'uimm5' | 'rounding' | 'R4'

export interface Instruction {
  readonly name: string
  readonly extension: Extension
  readonly format: Format
  /** A word is this instruction when `word & mask` equals `match`; rows that come earlier win. */
  readonly mask: number
  readonly match: number
  readonly semantics: Semantics
  /** Operands as assembly language writes them; a first operand `fd` says that the destination is a floating-point register. */
  readonly syntax: string
}

const SYNTAX: Readonly<Record<Format, string>> = {
  R: 'rd, rs1, rs2',
  I: 'rd, rs1, imm',
  S: 'rs2, imm(rs1)',
  B: 'rs1, rs2, target',
  U: 'rd, upper',
  J: 'rd, target',
  shift64: 'rd, rs1, imm',
  shift32: 'rd, rs1, imm',
  uimm5: 'rd, csr, imm',
  rounding: 'fd, fs1, fs2, rm',
  R4: 'fd, fs1, fs2, fs3, rm',
}

/** Signed 32-bit number; every immediate of RV64 fits. */
export function immediate(format: Format, word: number): number {
  switch (format) {
    case 'R':
      return 0
    case 'I':
      return word >> 20
    case 'S':
      return ((word >> 25) << 5) | ((word >>> 7) & 0x1f)
    case 'B':
      return ((word >> 31) << 12) | ((word & 0x80) << 4) | ((word >>> 20) & 0x7e0) | ((word >>> 7) & 0x1e)
    case 'U':
      return word & -4096
    case 'J':
      return ((word >> 31) << 20) | (word & 0xff000) | ((word >>> 9) & 0x800) | ((word >>> 20) & 0x7fe)
    case 'shift64':
      return (word >>> 20) & 0x3f
    case 'shift32':
      return (word >>> 20) & 0x1f
    case 'uimm5':
      return (word >>> 15) & 0x1f
    case 'rounding':
    case 'R4':
      return (word >>> 12) & 7
  }
}

const OPCODE = 0x7f
const FUNCT3 = 0x7000
const FUNCT7 = 0xfe00_0000
export const RD = 0xf80
export const RS1 = 0xf_8000
export const RS2 = 0x1f0_0000

/** Fixed fields of a row: the encoding tables' columns. */
export interface Encoding {
  readonly opcode: number
  readonly funct3?: number
  /** Bits 31:25; with `funct6`, bits 31:26 (shifts of RV64); with `funct5`, bits 31:27 (AMO, where aq and rl stay free). */
  readonly funct7?: number
  readonly funct6?: number
  readonly funct5?: number
  /** Bits 26:25: the format field of a fused multiply-add. */
  readonly funct2?: number
  /** Bits 24:20, where they select an operation. */
  readonly rs2?: number
  /** Bits 31:20. */
  readonly funct12?: number
  /** Further bits that must be zero. */
  readonly zero?: number
}

export function row(
  name: string,
  extension: Extension,
  format: Format,
  encoding: Encoding,
  semantics: Semantics,
  syntax = SYNTAX[format],
): Instruction {
  let mask = OPCODE
  let match = encoding.opcode
  const fix = (bits: number, value: number | undefined, position: number): void => {
    if (value === undefined) return
    mask |= bits
    match |= value << position
  }
  fix(FUNCT3, encoding.funct3, 12)
  fix(FUNCT7, encoding.funct7, 25)
  fix(0xfc00_0000, encoding.funct6, 26)
  fix(0xf800_0000, encoding.funct5, 27)
  fix(0x0600_0000, encoding.funct2, 25)
  fix(RS2, encoding.rs2, 20)
  fix(0xfff0_0000, encoding.funct12, 20)
  fix(encoding.zero ?? 0, 0, 0)
  return { name, extension, format, mask: mask >>> 0, match: match >>> 0, semantics, syntax }
}
