/**
 * Operand fields of 32-bit instructions: where each bit of an operand stands in the word, and what values it can hold.
 * RISC-V Unprivileged, "Base Instruction Formats" and "Immediate Encoding Variants". Bit numbers count from 0.
 */

/** `[lowest bit in the word, lowest bit of the value, number of bits]`. */
type Piece = readonly [word: number, value: number, width: number]

export interface Field {
  readonly pieces: readonly Piece[]
  readonly minimum: number
  readonly maximum: number
  /** Values are multiples of this: 2 where the encoding has no bit 0. */
  readonly step: number
}

export const FIELDS = {
  rd: { pieces: [[7, 0, 5]], minimum: 0, maximum: 31, step: 1 },
  rs1: { pieces: [[15, 0, 5]], minimum: 0, maximum: 31, step: 1 },
  rs2: { pieces: [[20, 0, 5]], minimum: 0, maximum: 31, step: 1 },
  immediateI: { pieces: [[20, 0, 12]], minimum: -2048, maximum: 2047, step: 1 },
  immediateS: {
    pieces: [
      [25, 5, 7],
      [7, 0, 5],
    ],
    minimum: -2048,
    maximum: 2047,
    step: 1,
  },
  immediateB: {
    pieces: [
      [31, 12, 1],
      [25, 5, 6],
      [8, 1, 4],
      [7, 11, 1],
    ],
    minimum: -4096,
    maximum: 4094,
    step: 2,
  },
  immediateU: { pieces: [[12, 0, 20]], minimum: 0, maximum: 0xfffff, step: 1 },
  immediateJ: {
    pieces: [
      [31, 20, 1],
      [21, 1, 10],
      [20, 11, 1],
      [12, 12, 8],
    ],
    minimum: -1048576,
    maximum: 1048574,
    step: 2,
  },
  shamt6: { pieces: [[20, 0, 6]], minimum: 0, maximum: 63, step: 1 },
  shamt5: { pieces: [[20, 0, 5]], minimum: 0, maximum: 31, step: 1 },
  csr: { pieces: [[20, 0, 12]], minimum: 0, maximum: 4095, step: 1 },
  uimm: { pieces: [[15, 0, 5]], minimum: 0, maximum: 31, step: 1 },
  predecessor: { pieces: [[24, 0, 4]], minimum: 0, maximum: 15, step: 1 },
  successor: { pieces: [[20, 0, 4]], minimum: 0, maximum: 15, step: 1 },
  /** aq is bit 1, rl is bit 0. */
  ordering: { pieces: [[25, 0, 2]], minimum: 0, maximum: 3, step: 1 },
  /** Number of a hosted routine: an I immediate without its sign bit, which stays 0. */
  routine: { pieces: [[20, 0, 11]], minimum: 0, maximum: 2047, step: 1 },
} as const satisfies Readonly<Record<string, Field>>

export type FieldName = keyof typeof FIELDS

/** No piece is wider than 20 bits. */
const ones = (width: number): number => (1 << width) - 1

/** The bits of the word that a field occupies. */
export function fieldMask(name: FieldName): number {
  const pieces: readonly Piece[] = FIELDS[name].pieces
  return pieces.reduce((mask, [word, , width]) => (mask | (ones(width) << word)) >>> 0, 0)
}

/** Bits of `value` at their places; the value is one the field can hold. */
export function insertField(name: FieldName, value: number): number {
  const pieces: readonly Piece[] = FIELDS[name].pieces
  return pieces.reduce((bits, [word, low, width]) => (bits | (((value >> low) & ones(width)) << word)) >>> 0, 0)
}

/** The value a word holds in the field, sign-extended where the field is signed. */
export function extractField(name: FieldName, word: number): number {
  const field: Field = FIELDS[name]
  const bits = field.pieces.reduce((value, [at, low, width]) => value | (((word >>> at) & ones(width)) << low), 0)
  return bits > field.maximum ? bits - (field.maximum + field.step) * 2 : bits
}
