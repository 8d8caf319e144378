/**
 * Expressions, read and evaluated in one go. Precedence is that of GNU as, "Infix Operators", which is not C's:
 * `* / % << >>` bind tightest, then `| & ^`, then `+ -`; equal ones group to the left.
 */
import { REGISTER_NUMBERS } from '../encoding/registers.js'
import type { Position } from './assembly-error.js'
import type { Lookup, SymbolTable } from './symbol-table.js'
import type { TokenCursor } from './token-cursor.js'
import { quote, type Token } from './tokens.js'
import { absolute, combine, negate, type BinaryOperator, type Value } from './value.js'

/** What an expression may refer to. */
export interface Scope {
  readonly symbols: SymbolTable
  /** The symbol `.`: the address of the statement, or of the data element inside one. */
  here(): Value
}

const DEEPEST = 100 // parentheses within parentheses

interface Infix {
  readonly operator: BinaryOperator
  readonly precedence: number
}

const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['+', '-'],
  ['|', '&', '^'],
  ['*', '/', '%', '<<', '>>'],
]

const INFIX: ReadonlyMap<string, Infix> = new Map(
  LEVELS.flatMap((operators, precedence) => operators.map((operator) => [operator, { operator, precedence }])),
)

/** @throws AssemblyError for bad syntax, an undefined symbol or a division by zero. */
export function parseExpression(cursor: TokenCursor, scope: Scope): Value {
  return parseBinary(cursor, scope, 0, 0)
}

function parseBinary(cursor: TokenCursor, scope: Scope, lowest: number, depth: number): Value {
  let left = parseUnary(cursor, scope, depth)
  for (;;) {
    const token = cursor.peek()
    const infix = token?.kind === 'punctuation' ? INFIX.get(token.text) : undefined
    if (token === undefined || infix === undefined || infix.precedence < lowest) return left
    cursor.next()
    const right = parseBinary(cursor, scope, infix.precedence + 1, depth)
    const value = combine(infix.operator, left, right)
    if (value === undefined && !right.forward) throw cursor.refuse('RANGE', 'division by zero', token.position)
    left = value ?? { ...right, bits: 0n }
  }
}

/** Signs stand in a row without recursion: any number of them is read. */
function parseUnary(cursor: TokenCursor, scope: Scope, depth: number): Value {
  const operators: ('-' | '~')[] = []
  for (;;) {
    if (cursor.take('-')) operators.push('-')
    else if (cursor.take('~')) operators.push('~')
    else if (!cursor.take('+')) break
  }
  return operators.reduceRight(negate, parsePrimary(cursor, scope, depth))
}

function parsePrimary(cursor: TokenCursor, scope: Scope, depth: number): Value {
  const { position } = cursor
  if (cursor.take('(')) {
    if (depth >= DEEPEST) throw cursor.refuse('LIMIT', `parentheses stand more than ${DEEPEST} deep`, position)
    const inner = parseBinary(cursor, scope, 0, depth + 1)
    cursor.expect(')')
    return inner
  }
  const token = cursor.peek()
  switch (token?.kind) {
    case 'number':
      cursor.next()
      return absolute(token.value)
    case 'local':
      cursor.next()
      return settle(cursor, token, scope.symbols.lookupLocal(token.label, token.direction))
    case 'name':
      cursor.next()
      return token.text === '.' ? scope.here() : settle(cursor, token, scope.symbols.lookup(token.text))
    default:
      throw cursor.refuse('SYNTAX', `expected a value, found ${cursor.found()}`)
  }
}

function settle(cursor: TokenCursor, token: Token, found: Lookup): Value {
  if (found === 'unsettled')
    throw cursor.refuse('NOT_CONSTANT', `${quote(token.text)} is used before its value is known; define it further up`, token.position)
  if (found !== 'undefined') return found
  throw undefinedSymbol(cursor, token.text, token.position)
}

function undefinedSymbol(cursor: TokenCursor, name: string, position: Position): Error {
  const hint = REGISTER_NUMBERS.has(name) ? '; a register cannot stand in an expression' : ''
  return cursor.refuse('UNDEFINED_SYMBOL', `undefined symbol ${quote(name)}${hint}`, position)
}
