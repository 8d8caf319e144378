/**
 * Operands of instructions: from tokens to the values of their fields.
 * RISC-V Assembly Programmer's Manual, "Assembler Relocation Functions"; RISC-V Unprivileged, "Base Instruction Formats".
 */
import { CSR_ADDRESSES } from '../encoding/csrs.js'
import { FIELDS, type Field, type FieldName } from '../encoding/fields.js'
import type { OperandSyntax } from '../encoding/instruction-table.js'
import { fenceBits, REGISTER_NUMBERS } from '../encoding/registers.js'
import type { Position } from './assembly-error.js'
import { parseExpression } from './expressions.js'
import type { Pass } from './pass.js'
import type { TokenCursor } from './token-cursor.js'
import { quote } from './tokens.js'
import { combine, type Value } from './value.js'

export type FieldValue = readonly [field: FieldName, value: number]

/** @throws AssemblyError when the operand is not what the syntax asks for. The cursor holds this operand only. */
export function parseOperand(cursor: TokenCursor, syntax: OperandSyntax, pass: Pass): FieldValue[] {
  const values = parseOperandStart(cursor, syntax, pass)
  cursor.expectEnd()
  return values
}

function parseOperandStart(cursor: TokenCursor, syntax: OperandSyntax, pass: Pass): FieldValue[] {
  switch (syntax.kind) {
    case 'register':
      return [[syntax.field, parseRegister(cursor)]]
    case 'immediate':
      return [[syntax.field, parseImmediate(cursor, syntax.field, pass)]]
    case 'target':
      return [[syntax.field, parseTarget(cursor, syntax.field, pass)]]
    case 'memory':
      return parseMemory(cursor, syntax.field, syntax.bare, pass)
    case 'address':
      return [['rs1', parseAddress(cursor, pass)]]
    case 'csr':
      return [['csr', parseCsr(cursor, pass)]]
    case 'fence-set':
      return [[syntax.field, parseFenceSet(cursor)]]
  }
}

/** The register a cursor stands at, without moving. */
export function registerAt(cursor: TokenCursor, ahead = 0): number | undefined {
  const token = cursor.peek(ahead)
  return token?.kind === 'name' ? REGISTER_NUMBERS.get(token.text) : undefined
}

export function parseRegister(cursor: TokenCursor): number {
  const number = registerAt(cursor)
  if (number === undefined) {
    const unknown = cursor.peek()?.kind === 'name'
    throw cursor.refuse(
      'UNKNOWN_REGISTER',
      unknown
        ? `unknown register ${cursor.found()}; registers are x0 to x31 and their ABI names`
        : `expected a register, found ${cursor.found()}`,
    )
  }
  cursor.next()
  return number
}

/** Checks the value against the field; a value that the first pass does not know yet counts as 0. */
export function fit(value: Value, name: FieldName, what: string, position: Position, pass: Pass): number {
  if (!pass.isKnown(value)) return 0
  const field: Field = FIELDS[name]
  if (value.bits < BigInt(field.minimum) || value.bits > BigInt(field.maximum))
    throw pass.refuse('RANGE', position, `${what} ${value.bits} is out of range; it must be between ${field.minimum} and ${field.maximum}`)
  return Number(value.bits)
}

function parseImmediate(cursor: TokenCursor, field: FieldName, pass: Pass): number {
  const { position } = cursor
  if (cursor.isNext('%')) return parseRelocation(cursor, field, pass)
  return fit(parseExpression(cursor, pass), field, 'immediate', position, pass)
}

const HIGH_PART_FUNCTIONS: readonly string[] = ['hi', 'pcrel_hi']
const LOW_PART_FUNCTIONS: readonly string[] = ['lo', 'pcrel_lo']

function parseRelocation(cursor: TokenCursor, field: FieldName, pass: Pass): number {
  const { position } = cursor
  cursor.expect('%')
  const name = cursor.expectName('hi, lo, pcrel_hi or pcrel_lo').text
  const allowed = field === 'immediateU' ? HIGH_PART_FUNCTIONS : field === 'immediateI' || field === 'immediateS' ? LOW_PART_FUNCTIONS : []
  if (!allowed.includes(name)) {
    const remedy = allowed.length === 0 ? 'none may' : `${allowed.map((text) => `%${text}`).join(' or ')} may`
    throw cursor.refuse('OPERANDS', `%${name} cannot stand here; ${remedy}`, position)
  }
  cursor.expect('(')
  const value = parseExpression(cursor, pass)
  cursor.expect(')')
  const { high, low } = splitOffset(relocated(name, value, position, pass), position, pass)
  return field === 'immediateU' ? high : low
}

function relocated(name: string, value: Value, position: Position, pass: Pass): Value {
  switch (name) {
    case 'pcrel_hi': {
      const distance = relativeTo(value, pass)
      if (pass.final) pass.distances.set(pass.layout.address, distance.bits)
      return distance
    }
    case 'pcrel_lo': {
      if (!pass.final) return value
      const bits = pass.distances.get(value.bits)
      if (bits === undefined)
        throw pass.refuse('OPERANDS', position, '%pcrel_lo needs the label of an instruction further up that has %pcrel_hi')
      return { ...value, bits }
    }
    default:
      return value
  }
}

/** The distance from the instruction being assembled to a value. */
export function relativeTo(value: Value, pass: Pass): Value {
  return combine('-', value, pass.here()) ?? value
}

const LOWEST_PAIR = -(1n << 31n) - 2048n
const HIGHEST_PAIR = (1n << 31n) - 2049n

/**
 * A value as LUI or AUIPC and a following signed 12-bit immediate form it: the high part rounds, and RV64 sign-extends it.
 * RISC-V Unprivileged, "Integer Computational Instructions" of RV64I.
 */
export function splitOffset(value: Value, position: Position, pass: Pass): { readonly high: number; readonly low: number } {
  if (!pass.isKnown(value)) return { high: 0, low: 0 }
  const { bits } = value
  if (bits < LOWEST_PAIR || bits > HIGHEST_PAIR)
    throw pass.refuse('RANGE', position, `value ${bits} is out of range; it must be between ${LOWEST_PAIR} and ${HIGHEST_PAIR}`)
  const low = BigInt.asIntN(12, bits)
  return { high: Number(BigInt.asUintN(20, (bits - low) >> 12n)), low: Number(low) }
}

/** A label to branch to, as the distance in bytes. */
function parseTarget(cursor: TokenCursor, field: 'immediateB' | 'immediateJ', pass: Pass): number {
  const { position } = cursor
  const distance = relativeTo(parseExpression(cursor, pass), pass)
  if (!pass.isKnown(distance)) return 0
  if (distance.bits % 4n !== 0n)
    throw cursor.refuse('MISALIGNED', 'the branch target is misaligned; instructions stand at multiples of 4 bytes', position)
  const { minimum, maximum }: Field = FIELDS[field]
  if (distance.bits < BigInt(minimum) || distance.bits > BigInt(maximum)) {
    const remedy = field === 'immediateB' ? 'invert the branch around a j' : 'use call or tail'
    throw cursor.refuse('RANGE', `the target is ${distance.bits} bytes away, ${minimum} to ${maximum} can be reached; ${remedy}`, position)
  }
  return Number(distance.bits)
}

/** `offset(base)`, `(base)`, and for a jump the bare register. */
function parseMemory(cursor: TokenCursor, field: 'immediateI' | 'immediateS', bare: boolean, pass: Pass): FieldValue[] {
  if (bare && registerAt(cursor) !== undefined)
    return [
      [field, 0],
      ['rs1', parseRegister(cursor)],
    ]
  const offset = startsWithBase(cursor) ? 0 : parseImmediate(cursor, field, pass)
  return [
    [field, offset],
    ['rs1', parseBase(cursor)],
  ]
}

/** `(base)`: an atomic instruction has no offset, but a written 0 is harmless. */
function parseAddress(cursor: TokenCursor, pass: Pass): number {
  if (!startsWithBase(cursor)) {
    const { position } = cursor
    const value = parseExpression(cursor, pass)
    if (pass.isKnown(value) && value.bits !== 0n)
      throw cursor.refuse('RANGE', 'an atomic instruction takes no offset; write (register)', position)
  }
  return parseBase(cursor)
}

function startsWithBase(cursor: TokenCursor): boolean {
  return cursor.isNext('(') && registerAt(cursor, 1) !== undefined && cursor.isNext(')', 2)
}

function parseBase(cursor: TokenCursor): number {
  cursor.expect('(')
  const register = parseRegister(cursor)
  cursor.expect(')')
  return register
}

/** True when an operand of a load or store names a place by an expression instead of `offset(base)`. */
export function isSymbolic(cursor: TokenCursor): boolean {
  const tokens = cursor.all()
  const hasBase = tokens.some(({ kind }, index) => kind === 'name' && tokens[index - 1]?.text === '(' && tokens[index + 1]?.text === ')')
  return !hasBase && !cursor.isNext('%') && registerAt(cursor) === undefined
}

function parseCsr(cursor: TokenCursor, pass: Pass): number {
  const token = cursor.peek()
  const address = token?.kind === 'name' ? CSR_ADDRESSES.get(token.text) : undefined
  if (address !== undefined) {
    cursor.next()
    return address
  }
  const { position } = cursor
  if (token?.kind === 'name' && pass.symbols.lookup(token.text) === 'undefined')
    throw cursor.refuse('UNKNOWN_CSR', `unknown CSR ${quote(token.text)}; write its name or its number from 0 to 4095`)
  return fit(parseExpression(cursor, pass), 'csr', 'CSR number', position, pass)
}

function parseFenceSet(cursor: TokenCursor): number {
  const token = cursor.peek()
  const bits = token === undefined ? undefined : fenceBits(token.text)
  if (bits === undefined) throw cursor.refuse('OPERANDS', `expected a set of i, o, r and w in this order, found ${cursor.found()}`)
  cursor.next()
  return bits
}
