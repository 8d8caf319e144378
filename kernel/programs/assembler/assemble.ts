/**
 * Assembler for partition programs, the kernel stub and the boot ROM: RV64IMA, Zicsr, Zifencei and the hosted calls, GNU syntax.
 * Two passes over the text: the first finds sizes and symbols, the second writes. A conditional branch beyond 4 KiB is an error,
 * never relaxed: an instruction in the source is an instruction in the image.
 */
import { err, ok, type Result } from '../../common/result.js'
import { INSTRUCTION_BY_MNEMONIC } from '../encoding/instruction-table.js'
import { AssemblyError, type Position } from './assembly-error.js'
import { assignSymbol, performDirective } from './directives.js'
import { encodeInstruction } from './encode-instruction.js'
import { LARGEST_IMAGE, Layout } from './layout.js'
import { Pass, type LineEntry } from './pass.js'
import { expandPseudo, pseudoOperandCounts } from './pseudo-instructions.js'
import { SymbolTable } from './symbol-table.js'
import { TokenCursor } from './token-cursor.js'
import { quote, Tokenizer, type Token } from './tokens.js'
import { encodeSequence, SEQUENCE_OPERANDS } from './value-sequences.js'

export interface AssembledProgram {
  readonly base: number
  readonly bytes: Uint8Array
  /** Labels and assigned symbols of the source, unsigned 64-bit. */
  readonly symbols: ReadonlyMap<string, bigint>
  /** First address of each statement that puts something into the image, ascending. */
  readonly lines: readonly LineEntry[]
  /** The symbol `_start` where it is defined, else the base. */
  readonly entry: number
}

export interface AssemblyOptions {
  /** Name of the source in errors. */
  readonly file: string
  /** Address of the first byte. */
  readonly base: number
  /** Constants that the source may use. */
  readonly symbols?: Readonly<Record<string, bigint>>
}

const LONGEST_SOURCE = 4 * 1024 * 1024 // characters
const LONGEST_LINE = 64 * 1024 // characters
const MOST_ERRORS = 20

export function assemble(source: string, options: AssemblyOptions): Result<AssembledProgram, AssemblyError> {
  const refused = refuseInput(source, options)
  if (refused !== undefined) return err(refused)
  const base = BigInt(options.base)
  const given = new Map(Object.entries(options.symbols ?? {}))
  const first = new Pass(new Layout(base, undefined), new SymbolTable(given, undefined), false)
  const firstErrors = walk(source, options.file, first)
  const plan = first.layout.place()
  if (plan === undefined) return err(new AssemblyError('LIMIT', startOf(options), `the image would be larger than ${LARGEST_IMAGE} bytes`))
  // Text has its addresses from the start; the other sections counted from 0.
  const before = first.symbols.placed({ ...plan.starts, text: 0n })
  const second = new Pass(new Layout(base, plan), new SymbolTable(given, before), true)
  const secondErrors = walk(source, options.file, second)
  const [error, ...others] = secondErrors.length > 0 ? secondErrors : firstErrors
  return error === undefined ? ok(finish(options.base, second)) : err(error.withOthers(others))
}

const startOf = ({ file }: AssemblyOptions): Position => ({ file, line: 1, column: 1 })

function refuseInput(source: string, options: AssemblyOptions): AssemblyError | undefined {
  const { base } = options
  if (source.length > LONGEST_SOURCE)
    return new AssemblyError('LIMIT', startOf(options), `the source has ${source.length} characters; at most ${LONGEST_SOURCE} are read`)
  if (!Number.isSafeInteger(base) || base < 0 || base % 4 !== 0)
    return new AssemblyError('MISALIGNED', startOf(options), `base ${base} is not an address that is a multiple of 4`)
  return undefined
}

function finish(base: number, pass: Pass): AssembledProgram {
  const symbols = pass.symbols.defined()
  return {
    base,
    bytes: pass.layout.finish(),
    symbols,
    lines: [...pass.lines].sort((a, b) => a.address - b.address),
    entry: Number(symbols.get('_start') ?? base),
  }
}

/** Performs every statement; a refused one is left out and the walk goes on until enough errors are found. */
function walk(source: string, file: string, pass: Pass): readonly AssemblyError[] {
  const errors: AssemblyError[] = []
  const attempt = (action: () => void): void => {
    if (errors.length >= MOST_ERRORS) return
    try {
      action()
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error
      errors.push(error)
    }
  }
  const tokenizer = new Tokenizer(file)
  for (const { text, line } of linesOf(source)) {
    attempt(() => {
      for (const cursor of statementsOf(text, file, line, tokenizer)) {
        attempt(() => {
          perform(cursor, pass)
        })
      }
    })
  }
  attempt(() => {
    tokenizer.finish()
  })
  return errors
}

function* linesOf(source: string): Generator<{ readonly text: string; readonly line: number }> {
  let line = 1
  let from = 0
  for (let to = source.indexOf('\n'); to >= 0; to = source.indexOf('\n', from)) {
    yield { text: source.slice(from, to), line }
    from = to + 1
    line += 1
  }
  yield { text: source.slice(from), line }
}

function statementsOf(text: string, file: string, line: number, tokenizer: Tokenizer): readonly TokenCursor[] {
  if (text.length > LONGEST_LINE)
    throw new AssemblyError('LIMIT', { file, line, column: 1 }, `the line has ${text.length} characters; at most ${LONGEST_LINE} are read`)
  return statements(tokenizer.tokens(text, line), { file, line, column: text.length + 1 })
}

/** The statements of a line, which `;` separates. */
function statements(tokens: readonly Token[], end: Position): TokenCursor[] {
  const cursors: TokenCursor[] = []
  let from = 0
  tokens.forEach((token, index) => {
    if (token.kind !== 'punctuation' || token.text !== ';') return
    cursors.push(new TokenCursor(tokens.slice(from, index), token.position))
    from = index + 1
  })
  cursors.push(new TokenCursor(tokens.slice(from), end))
  return cursors
}

function perform(cursor: TokenCursor, pass: Pass): void {
  while (performLabel(cursor, pass));
  if (cursor.atEnd) return
  const name = cursor.expectName('an instruction or a directive')
  const address = pass.layout.here()
  const offset = pass.layout.offset
  if (cursor.take('=')) assignSymbol(name, cursor, pass)
  else if (name.text.startsWith('.')) performDirective(name, cursor, pass)
  else performInstruction(name, cursor, pass)
  if (pass.layout.offset > offset) pass.lines.push({ address: Number(address.bits), line: name.position.line })
}

function performLabel(cursor: TokenCursor, pass: Pass): boolean {
  const token = cursor.peek()
  if (token === undefined || !cursor.isNext(':', 1)) return false
  if (token.kind === 'number' && /^\d+$/.test(token.text)) pass.symbols.defineLocal(String(token.value), pass.here())
  else if (token.kind !== 'name' || token.text === '.') throw cursor.refuse('SYNTAX', `${quote(token.text)} cannot be a label`)
  else if (!pass.symbols.defineLabel(token.text, pass.here()))
    throw cursor.refuse('DUPLICATE_SYMBOL', `symbol ${quote(token.text)} is already defined`)
  cursor.next()
  cursor.next()
  return true
}

function performInstruction(mnemonic: Token, cursor: TokenCursor, pass: Pass): void {
  const end = cursor.all().at(-1)?.position ?? mnemonic.position
  const operands = cursor.operands()
  const expansion = expandPseudo(mnemonic, operands, end)
  if (expansion !== undefined) {
    for (const { mnemonic: name, cursor: rest } of expansion)
      pass.emitInstruction(encodeInstruction(name, rest.operands(), pass), name.position)
    return
  }
  const words = encodeSequence(mnemonic, operands, pass) ?? [encodeOne(mnemonic, operands, pass)]
  for (const word of words) pass.emitInstruction(word, mnemonic.position)
}

/** A name that is only a pseudo-instruction gets here with the wrong number of operands. */
function encodeOne(mnemonic: Token, operands: readonly TokenCursor[], pass: Pass): number {
  const name = mnemonic.text
  const counts = [...pseudoOperandCounts(name), ...(SEQUENCE_OPERANDS.has(name) ? [SEQUENCE_OPERANDS.get(name)] : [])]
  if (counts.length > 0 && !INSTRUCTION_BY_MNEMONIC.has(name))
    throw pass.refuse('OPERANDS', mnemonic.position, `${mnemonic.text} takes ${counts.join(' or ')} operands; found ${operands.length}`)
  return encodeInstruction(mnemonic, operands, pass)
}
