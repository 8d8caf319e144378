/** Directives of GNU as, "Assembler Directives": sections, symbols, alignment and data. Numbers are stored little-endian. */
import type { Position } from './assembly-error.js'
import { parseExpression } from './expressions.js'
import { LARGEST_IMAGE } from './layout.js'
import type { Pass } from './pass.js'
import type { TokenCursor } from './token-cursor.js'
import { quote, type Token } from './tokens.js'
import { isConstant, type SectionName, type Value } from './value.js'

interface Statement {
  readonly name: Token
  readonly cursor: TokenCursor
  readonly pass: Pass
}

type Directive = (statement: Statement) => void

const LARGEST_ALIGNMENT_LOG2 = 24

const DATA_SIZES: Readonly<Record<string, number>> = {
  ...{ '.byte': 1, '.half': 2, '.hword': 2, '.short': 2, '.2byte': 2 },
  ...{ '.word': 4, '.long': 4, '.4byte': 4, '.dword': 8, '.quad': 8, '.8byte': 8 },
}

const ignore: Directive = ({ cursor }) => {
  cursor.operands()
}

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map<string, Directive>([
  ...['.text', '.rodata', '.data', '.bss'].map((name): [string, Directive] => [name, ({ cursor, pass }) => enter(name, cursor, pass)]),
  ['.section', section],
  ...['.globl', '.global', '.local', '.type', '.size'].map((name): [string, Directive] => [name, ignore]),
  ['.option', option],
  ['.align', (statement) => align(statement, true)],
  ['.p2align', (statement) => align(statement, true)],
  ['.balign', (statement) => align(statement, false)],
  ...Object.entries(DATA_SIZES).map(([name, size]): [string, Directive] => [name, (statement) => data(statement, size)]),
  ['.ascii', (statement) => text(statement, false)],
  ['.asciz', (statement) => text(statement, true)],
  ['.string', (statement) => text(statement, true)],
  ['.zero', space],
  ['.space', space],
  ['.skip', space],
  ['.fill', fill],
  ['.org', origin],
  ['.equ', equate],
  ['.set', equate],
])

/** @throws AssemblyError for an unknown directive or operands that do not fit it. */
export function performDirective(name: Token, cursor: TokenCursor, pass: Pass): void {
  const directive = DIRECTIVES.get(name.text)
  if (directive === undefined) throw pass.refuse('UNKNOWN_DIRECTIVE', name.position, `unknown directive ${quote(name.text)}`)
  directive({ name, cursor, pass })
  cursor.expectEnd()
}

/** `name = value`, `.equ name, value`. */
export function assignSymbol(name: Token, cursor: TokenCursor, pass: Pass): void {
  if (name.text === '.') throw pass.refuse('SYNTAX', name.position, "'.' cannot be assigned; use .org")
  if (!pass.symbols.assign(name.text, parseExpression(cursor, pass)))
    throw pass.refuse('DUPLICATE_SYMBOL', name.position, `symbol ${quote(name.text)} is already defined`)
  cursor.expectEnd()
}

/** Sections by the first part of their name, so that `.text.init` and `.rodata.str` have a place. */
const SECTION_STEMS: ReadonlyMap<string, SectionName> = new Map<string, SectionName>([
  ['text', 'text'],
  ['init', 'text'],
  ['rodata', 'rodata'],
  ['srodata', 'rodata'],
  ['data', 'data'],
  ['sdata', 'data'],
  ['bss', 'bss'],
  ['sbss', 'bss'],
])

function section({ cursor, pass }: Statement): void {
  const name = cursor.expectName('a section name')
  enter(name.text, cursor, pass, name.position)
  cursor.operands() // flags and type: the image is one piece, its pages are mapped by the configuration
}

function enter(name: string, cursor: TokenCursor, pass: Pass, position: Position = cursor.position): void {
  const found = SECTION_STEMS.get(/^\.(\w+)/.exec(name)?.[1] ?? '')
  if (found === undefined)
    throw pass.refuse('UNKNOWN_SECTION', position, `unknown section ${quote(name)}; there are .text, .rodata, .data and .bss`)
  pass.layout.current = found
}

function option({ cursor, pass }: Statement): void {
  const { position } = cursor
  const name = cursor.expectName('an option')
  if (name.text === 'rvc') throw pass.refuse('OPERANDS', position, 'compressed instructions are not supported; remove .option rvc')
  cursor.operands()
}

/** A number that may decide a size. */
function constant(cursor: TokenCursor, pass: Pass, what: string, minimum: bigint, maximum: bigint): number {
  const { position } = cursor
  const value = parseExpression(cursor, pass)
  if (!isConstant(value))
    throw pass.refuse('NOT_CONSTANT', position, `the ${what} must be known here; it may only use constants and labels further up`)
  if (value.bits < minimum || value.bits > maximum)
    throw pass.refuse('RANGE', position, `the ${what} ${value.bits} is out of range; it must be between ${minimum} and ${maximum}`)
  return Number(value.bits)
}

const count = (cursor: TokenCursor, pass: Pass, what: string): number => constant(cursor, pass, what, 0n, BigInt(LARGEST_IMAGE))

const byte = (cursor: TokenCursor, pass: Pass): number => constant(cursor, pass, 'fill value', -128n, 255n) & 255

const NOP = Uint8Array.of(0x13, 0, 0, 0) // addi x0, x0, 0

/** `.align n` of RISC-V is `.p2align n`: the exponent of two. Text is padded with nops, everything else with zeros. */
function align({ name, cursor, pass }: Statement, exponent: boolean): void {
  const alignment = exponent ? 2 ** constant(cursor, pass, 'alignment', 0n, BigInt(LARGEST_ALIGNMENT_LOG2)) : bytes(cursor, pass)
  const given = cursor.take(',') && !cursor.isNext(',') && !cursor.atEnd ? byte(cursor, pass) : undefined
  const most = cursor.take(',') ? count(cursor, pass, 'largest padding') : Infinity
  const padding = pass.layout.paddingTo(alignment)
  if (padding > most) return
  if (given === undefined && pass.layout.current === 'text') fillWithNops(padding, name.position, pass)
  else pass.fill(padding, given ?? 0, name.position)
}

function fillWithNops(padding: number, position: Position, pass: Pass): void {
  pass.fill(padding % NOP.length, 0, position)
  for (let left = padding - (padding % NOP.length); left > 0; left -= NOP.length) pass.emit(NOP, position)
}

function bytes(cursor: TokenCursor, pass: Pass): number {
  const { position } = cursor
  const alignment = constant(cursor, pass, 'alignment', 1n, BigInt(2 ** LARGEST_ALIGNMENT_LOG2))
  if (!Number.isInteger(Math.log2(alignment))) throw pass.refuse('RANGE', position, `the alignment ${alignment} is not a power of two`)
  return alignment
}

function data({ cursor, pass }: Statement, size: number): void {
  do {
    const { position } = cursor
    const value = parseExpression(cursor, pass)
    pass.emit(number(value, size, position, pass), position)
  } while (cursor.take(','))
}

/** A number in `size` bytes; signed and unsigned values are accepted alike. */
function number(value: Value, size: number, position: Position, pass: Pass): Uint8Array {
  const width = BigInt(size * 8)
  if (size < 8 && pass.isKnown(value) && (value.bits < -(1n << (width - 1n)) || value.bits >= 1n << width))
    throw pass.refuse('RANGE', position, `value ${value.bits} does not fit in ${size === 1 ? '1 byte' : `${size} bytes`}`)
  return Uint8Array.from({ length: size }, (_, index) => Number((value.bits >> BigInt(index * 8)) & 255n))
}

function text({ cursor, pass }: Statement, terminated: boolean): void {
  do {
    const token = cursor.next()
    if (token?.kind !== 'string') throw cursor.refuse('SYNTAX', 'expected a string in double quotes', token?.position)
    pass.emit(token.bytes, token.position)
    if (terminated) pass.fill(1, 0, token.position)
  } while (cursor.take(','))
}

function space({ cursor, pass }: Statement): void {
  const { position } = cursor
  const size = count(cursor, pass, 'size')
  pass.fill(size, cursor.take(',') ? byte(cursor, pass) : 0, position)
}

/** `.fill repeat, size, value`: the value little-endian in `size` bytes, at most 8. */
function fill({ cursor, pass }: Statement): void {
  const { position } = cursor
  const repeat = count(cursor, pass, 'repeat count')
  const size = cursor.take(',') ? constant(cursor, pass, 'size', 0n, 8n) : 1
  const value = cursor.take(',') ? parseExpression(cursor, pass) : undefined
  if (value === undefined || value.bits === 0n || repeat * size > LARGEST_IMAGE) pass.fill(repeat * size, 0, position)
  else pass.emit(repeated(repeat, number({ ...value, bits: BigInt.asUintN(size * 8, value.bits) }, size, position, pass)), position)
}

function repeated(repeat: number, unit: Uint8Array): Uint8Array {
  const all = new Uint8Array(repeat * unit.length)
  for (let index = 0; index < repeat; index += 1) all.set(unit, index * unit.length)
  return all
}

/** Forward only, to an offset of the section or to an address of it. */
function origin({ cursor, pass }: Statement): void {
  const { position } = cursor
  const target = parseExpression(cursor, pass)
  const sameSection = target.depends === pass.layout.current && !target.forward
  if (!sameSection && !isConstant(target))
    throw pass.refuse('NOT_CONSTANT', position, 'the origin must be a constant or an address of this section, known here')
  const offset = sameSection ? BigInt(pass.layout.offset) + target.bits - pass.layout.address : target.bits
  const size = offset - BigInt(pass.layout.offset)
  if (size < 0n) throw pass.refuse('RANGE', position, `the origin lies ${-size} bytes back; .org only moves forward`)
  const filler = cursor.take(',') ? byte(cursor, pass) : 0
  pass.fill(Number(size), filler, position)
}

function equate({ cursor, pass }: Statement): void {
  const name = cursor.expectName('a symbol')
  cursor.expect(',')
  assignSymbol(name, cursor, pass)
}
