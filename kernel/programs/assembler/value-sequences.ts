/**
 * Pseudo-instructions whose code depends on a value: li, la, lla, call, tail, and loads and stores that name a symbol.
 * RISC-V Assembly Programmer's Manual, "Pseudoinstructions". Every length is fixed by what stands above the statement, so that both
 * passes agree: `li` of a constant takes the shortest known sequence, of anything else LUI and ADDIW; all others take AUIPC and one more.
 */
import { invariant } from '../../common/errors.js'
import { INSTRUCTION_BY_MNEMONIC } from '../encoding/instruction-table.js'
import { encode } from './encode-instruction.js'
import { parseExpression } from './expressions.js'
import { isSymbolic, parseRegister, registerAt, relativeTo, splitOffset, type FieldValue } from './operands.js'
import type { Pass } from './pass.js'
import type { TokenCursor } from './token-cursor.js'
import type { Token } from './tokens.js'
import { isConstant, type Value } from './value.js'

const RA = 1
const T1 = 6

function word(mnemonic: string, ...values: FieldValue[]): number {
  const row = INSTRUCTION_BY_MNEMONIC.get(mnemonic)
  invariant(row !== undefined, `the instruction table has ${mnemonic}`)
  return encode(row, values)
}

/** Operand counts of these names. */
export const SEQUENCE_OPERANDS: ReadonlyMap<string, number> = new Map([
  ['li', 2],
  ['la', 2],
  ['lla', 2],
  ['call', 1],
  ['tail', 1],
])

/** The words of a sequence, or undefined when name and operands are not one of these pseudo-instructions. */
export function encodeSequence(mnemonic: Token, operands: readonly TokenCursor[], pass: Pass): readonly number[] | undefined {
  const [first, second, third] = operands
  if (first === undefined) return undefined
  const name = mnemonic.text
  if (operands.length === 1 && name === 'call') return jumpFar(RA, RA, first, pass)
  if (operands.length === 1 && name === 'tail') return jumpFar(0, T1, first, pass)
  if (second === undefined) return undefined
  if (operands.length === 2 && name === 'li') return loadImmediate(wholeRegister(first), second, pass)
  if (operands.length === 2 && (name === 'la' || name === 'lla')) return loadAddress(wholeRegister(first), second, pass)
  const format = INSTRUCTION_BY_MNEMONIC.get(name)?.format
  if (operands.length === 2 && format === 'load' && isSymbolic(second)) return loadSymbol(name, wholeRegister(first), second, pass)
  if (third !== undefined && format === 'S' && registerAt(third) !== undefined)
    return storeSymbol(name, wholeRegister(first), second, wholeRegister(third), pass)
  return undefined
}

function wholeRegister(cursor: TokenCursor): number {
  const register = parseRegister(cursor)
  cursor.expectEnd()
  return register
}

function wholeExpression(cursor: TokenCursor, pass: Pass): Value {
  const value = parseExpression(cursor, pass)
  cursor.expectEnd()
  return value
}

/** AUIPC into `scratch`, and the low part for the instruction that follows it. */
function auipcPair(scratch: number, target: TokenCursor, pass: Pass): { readonly auipc: number; readonly low: number } {
  const { position } = target
  const { high, low } = splitOffset(relativeTo(wholeExpression(target, pass), pass), position, pass)
  return { auipc: word('auipc', ['rd', scratch], ['immediateU', high]), low }
}

function jumpFar(link: number, scratch: number, target: TokenCursor, pass: Pass): readonly number[] {
  const { auipc, low } = auipcPair(scratch, target, pass)
  return [auipc, word('jalr', ['rd', link], ['rs1', scratch], ['immediateI', low])]
}

function loadAddress(rd: number, symbol: TokenCursor, pass: Pass): readonly number[] {
  const { auipc, low } = auipcPair(rd, symbol, pass)
  return [auipc, word('addi', ['rd', rd], ['rs1', rd], ['immediateI', low])]
}

function loadSymbol(mnemonic: string, rd: number, symbol: TokenCursor, pass: Pass): readonly number[] {
  const { auipc, low } = auipcPair(rd, symbol, pass)
  return [auipc, word(mnemonic, ['rd', rd], ['rs1', rd], ['immediateI', low])]
}

function storeSymbol(mnemonic: string, rs2: number, symbol: TokenCursor, scratch: number, pass: Pass): readonly number[] {
  const { auipc, low } = auipcPair(scratch, symbol, pass)
  return [auipc, word(mnemonic, ['rs2', rs2], ['rs1', scratch], ['immediateS', low])]
}

const LOWEST_WORD = -(1n << 31n)
const HIGHEST_WORD = (1n << 31n) - 1n

function loadImmediate(rd: number, operand: TokenCursor, pass: Pass): readonly number[] {
  const { position } = operand
  const value = wholeExpression(operand, pass)
  if (isConstant(value)) return constantSequence(rd, value.bits)
  if (pass.final && (value.bits < LOWEST_WORD || value.bits > HIGHEST_WORD))
    throw pass.refuse('RANGE', position, `value ${value.bits} depends on a label and does not fit in 32 bits; use la for an address`)
  return luiAddiw(rd, value.bits)
}

function luiAddiw(rd: number, value: bigint): readonly number[] {
  const low = BigInt.asIntN(12, value)
  const high = Number(BigInt.asUintN(20, (value - low) >> 12n))
  return [word('lui', ['rd', rd], ['immediateU', high]), word('addiw', ['rd', rd], ['rs1', rd], ['immediateI', Number(low)])]
}

/**
 * The shortest of the usual forms: ADDI, LUI, LUI and ADDIW; a longer value is its upper part, shifted, plus the low 12 bits.
 * At most eight instructions.
 */
export function constantSequence(rd: number, value: bigint): readonly number[] {
  const low = BigInt.asIntN(12, value)
  const addLow = (rs1: number): number => word('addi', ['rd', rd], ['rs1', rs1], ['immediateI', Number(low)])
  if (value === low) return [addLow(0)]
  if (value >= LOWEST_WORD && value <= HIGHEST_WORD) return low === 0n ? luiAddiw(rd, value).slice(0, 1) : luiAddiw(rd, value)
  const { upper, shift } = withoutTrailingZeros(BigInt.asIntN(64, value - low))
  const shifted = word('slli', ['rd', rd], ['rs1', rd], ['shamt6', shift])
  return [...constantSequence(rd, upper), shifted, ...(low === 0n ? [] : [addLow(rd)])]
}

/** At least the 12 zeros that taking away the low part leaves. */
function withoutTrailingZeros(value: bigint): { readonly upper: bigint; readonly shift: number } {
  let shift = 12
  while (((value >> BigInt(shift)) & 1n) === 0n) shift += 1
  return { upper: value >> BigInt(shift), shift }
}
