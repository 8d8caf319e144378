/**
 * Tokens of one source line in GNU syntax: names, numbers, references to numeric labels, strings, character constants, punctuation.
 * GNU as, "Comments", "Symbols", "Constants". Comments are `#`, `//` and, over several lines, slash-star.
 */
import { AssemblyError, type AssemblyErrorCode, type Position } from './assembly-error.js'

export type Token = { readonly position: Position; readonly text: string } & (
  | { readonly kind: 'name' }
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'local'; readonly label: string; readonly direction: 'b' | 'f' }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'punctuation' }
)

const BLANK = /[ \t\r\f\v]+/y
const NAME = /[A-Za-z_.$][\w.$]*/y
const LOCAL = /(\d{1,9})([bf])(?![\w.$])/y
const NUMBER = /(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)(?![\w.$])/y
const CHARACTER = /'(\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3}|\\.|[^\\])'?/uy
const STRING = /"((?:[^"\\]|\\.)*)"/uy
const ESCAPE = /\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/gsu
const PUNCTUATION = /<<|>>|[-+*/%&|^~(),:;=@]/y
const COMMENT_END = '*/'
const LONGEST_NUMBER = 80 // characters; 64 binary digits and their prefix need 66

const LONGEST_QUOTE = 40

const LETTER_ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, '\\': 92, '"': 34, "'": 39 }

/** Reads lines in order, because a block comment may run over several. */
export class Tokenizer {
  private comment: Position | undefined

  constructor(private readonly file: string) {}

  /** @throws AssemblyError where a character starts no token. */
  tokens(text: string, line: number): Token[] {
    const tokens: Token[] = []
    let index = 0
    const at = (column = index): Position => ({ file: this.file, line, column: column + 1 })
    const match = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = index
      return pattern.exec(text)
    }
    const refuse = (code: AssemblyErrorCode, message: string): AssemblyError => new AssemblyError(code, at(), message)
    while (index < text.length) {
      if (this.comment !== undefined || text.startsWith('/*', index)) {
        const end = text.indexOf(COMMENT_END, this.comment === undefined ? index + 2 : index)
        this.comment = end < 0 ? (this.comment ?? at()) : undefined
        index = end < 0 ? text.length : end + 2
        continue
      }
      if (text[index] === '#' || text.startsWith('//', index)) break
      const blank = match(BLANK)
      if (blank !== null) {
        index += blank[0].length
        continue
      }
      const token = this.token(match, at(), refuse)
      tokens.push(token)
      index += token.text.length
    }
    return tokens
  }

  /** @throws AssemblyError when the source ends inside a block comment. */
  finish(): void {
    if (this.comment !== undefined) throw new AssemblyError('SYNTAX', this.comment, 'this comment never ends; close it with */')
  }

  private token(
    match: (pattern: RegExp) => RegExpExecArray | null,
    position: Position,
    refuse: (code: AssemblyErrorCode, message: string) => AssemblyError,
  ): Token {
    const local = match(LOCAL)
    if (local !== null) {
      const [text, label = '', direction] = local
      return { kind: 'local', text, position, label: String(Number(label)), direction: direction === 'b' ? 'b' : 'f' }
    }
    const number = match(NUMBER)
    if (number !== null) return { kind: 'number', text: number[0], position, value: numberValue(number[0], refuse) }
    const name = match(NAME)
    if (name !== null) return { kind: 'name', text: name[0], position }
    const string = match(STRING)
    if (string !== null) return { kind: 'string', text: string[0], position, bytes: unescape(string[1] ?? '', refuse) }
    const character = match(CHARACTER)
    if (character !== null) return { kind: 'number', text: character[0], position, value: characterValue(character[1] ?? '', refuse) }
    const punctuation = match(PUNCTUATION)
    if (punctuation !== null) return { kind: 'punctuation', text: punctuation[0], position }
    throw refuse('SYNTAX', describe(match(/[\w.$]+|"|[^]/uy)?.[0] ?? ''))
  }
}

function describe(text: string): string {
  if (text === '"') return 'this string never ends; close it with "'
  if (/^\d/.test(text)) return `malformed number ${quote(text)}; numbers are 12, 0x0c, 0b1100 and 014`
  return `unexpected character ${quote(text)}`
}

/** Source text inside a message: printable and short. */
export function quote(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text
  return `'${short.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)}'`
}

type Refuse = (code: AssemblyErrorCode, message: string) => AssemblyError

function numberValue(text: string, refuse: Refuse): bigint {
  const tooLarge = (): AssemblyError => refuse('RANGE', `number ${quote(text)} does not fit in 64 bits`)
  if (text.length > LONGEST_NUMBER) throw tooLarge()
  const octal = /^0\d/.test(text)
  if (octal && /[89]/.test(text)) throw refuse('SYNTAX', `malformed number ${quote(text)}; a leading 0 makes it octal`)
  const value = BigInt(octal ? `0o${text.slice(1)}` : text)
  if (value >= 1n << 64n) throw tooLarge()
  return value
}

function characterValue(text: string, refuse: Refuse): bigint {
  const bytes = unescape(text, refuse)
  const [byte] = bytes
  if (byte === undefined || bytes.length !== 1) throw refuse('RANGE', 'a character constant is one byte; use .ascii for longer text')
  return BigInt(byte)
}

/** Bytes of a string: UTF-8 for what stands in the source, one byte per escape. */
function unescape(text: string, refuse: Refuse): Uint8Array {
  const parts: Uint8Array[] = []
  const encoder = new TextEncoder()
  let index = 0
  for (const match of text.matchAll(ESCAPE)) {
    const [whole, escape = ''] = match
    parts.push(encoder.encode(text.slice(index, match.index)), Uint8Array.of(escapeByte(escape, refuse)))
    index = match.index + whole.length
  }
  parts.push(encoder.encode(text.slice(index)))
  return concatenate(parts)
}

function escapeByte(escape: string, refuse: Refuse): number {
  const byte = /^x./.test(escape) ? parseInt(escape.slice(1), 16) : /^[0-7]/.test(escape) ? parseInt(escape, 8) : LETTER_ESCAPES[escape]
  if (byte === undefined || byte > 255)
    throw refuse('SYNTAX', `unknown escape ${quote(`\\${escape}`)}; known are \\n \\t \\r \\b \\f \\\\ \\" \\ooo \\xhh`)
  return byte
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
