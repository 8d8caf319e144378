/**
 * From the instruction table back to words: for specs and random programs. Programs in assembly language have an assembler of
 * their own. RISC-V Unprivileged, "Base Instruction Formats".
 */
import { invariant } from '../../common/errors.js'
import { immediate, type Format } from './instruction.js'
import { INSTRUCTION_TABLE } from './instruction-table.js'

export interface Fields {
  readonly rd?: number
  readonly rs1?: number
  readonly rs2?: number
  readonly rs3?: number
  readonly immediate?: number
  /** Bits 31:20: CSR or routine number. */
  readonly number?: number
}

const byName = new Map(INSTRUCTION_TABLE.map((instruction) => [instruction.name, instruction]))

/** The word of an instruction of the table; a field that its row fixes is ignored. */
export function encode(name: string, fields: Fields = {}): number {
  const instruction = byName.get(name)
  invariant(instruction !== undefined, `no instruction ${name}`)
  const { mask, match, format } = instruction
  const { rd = 0, rs1 = 0, rs2 = 0, rs3 = 0, number } = fields
  const value = fields.immediate ?? 0
  const registers = (rd << 7) | (rs1 << 15) | (rs2 << 20) | (rs3 << 27)
  const numbered = number === undefined ? 0 : number << 20
  const word = match | (~mask & (overlay(registers, format) | scatter(format, value) | numbered))
  invariant(fields.immediate === undefined || immediate(format, word) === value, `${name}: immediate ${value} does not fit`)
  return word >>> 0
}

/** Little-endian bytes of words. */
export function bytesOf(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 4)
  const view = new DataView(bytes.buffer)
  words.forEach((word, index) => view.setUint32(index * 4, word, true))
  return bytes
}

/** The register fields that a format has. */
function overlay(registers: number, format: Format): number {
  switch (format) {
    case 'R4':
      return registers
    case 'R':
    case 'rounding':
      return registers & 0x1ff_ffff
    case 'S':
    case 'B':
      return registers & 0x1ff_f000
    case 'U':
    case 'J':
      return registers & 0xf80
    case 'uimm5':
      return registers & 0xf80
    case 'I':
    case 'shift64':
    case 'shift32':
      return registers & 0xf_ff80
  }
}

/** The immediate's bits in their places. */
function scatter(format: Format, value: number): number {
  const bits = (high: number, low: number): number => (value >>> low) & ((1 << (high - low + 1)) - 1)
  switch (format) {
    case 'R':
      return 0
    case 'I':
    case 'shift64':
    case 'shift32':
      return value << 20
    case 'S':
      return (bits(11, 5) << 25) | (bits(4, 0) << 7)
    case 'B':
      return (bits(12, 12) << 31) | (bits(10, 5) << 25) | (bits(4, 1) << 8) | (bits(11, 11) << 7)
    case 'U':
      return value & -4096
    case 'J':
      return (bits(20, 20) << 31) | (bits(10, 1) << 21) | (bits(11, 11) << 20) | (bits(19, 12) << 12)
    case 'uimm5':
      return value << 15
    case 'rounding':
    case 'R4':
      return value << 12
  }
}
