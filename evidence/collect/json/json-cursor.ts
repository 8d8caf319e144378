/**
 * Reads one JSON text in place, from bytes, and makes strings only of what is asked for. What is passed over is checked by the same
 * grammar as what is read: a text that is cut or damaged anywhere is refused. RFC 8259, "JSON Grammar"; a member that stands twice
 * counts as often as it stands; members with the value null read as absent.
 */
import { EvidenceError, oneLine, type SourcePlace } from '../../model/errors.js'

const TAB = 0x09
const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Deeper values are refused; the parsers of the runners stop far earlier. */
const maxDepth = 1000

/** Longer strings differ too often. */
const longestRemembered = 64

export class JsonCursor {
  private readonly memory: string[] = new Array<string>(4096).fill('')
  private bytes: Buffer = Buffer.alloc(0)
  private at = 0
  private line = 0
  /** True right after `{` or `[`: no comma is due. */
  private fresh = false
  private keyStart = 0
  private keyEnd = 0
  /** The present name, where it is spelled with escapes. */
  private escapedKey: string | undefined
  /** Of the string scanned last: without its quotes. */
  private textStart = 0
  private textEnd = 0
  private escaped = false
  private wide = false

  constructor(private readonly file: string) {}

  /** `bytes` from `start` hold UTF-8 and a line end after the text: the cursor never looks for another end. */
  start(bytes: Buffer, start: number, line: number): void {
    this.bytes = bytes
    this.at = start
    this.line = line
    this.fresh = false
  }

  get place(): SourcePlace {
    return { file: this.file, line: this.line }
  }

  isBlankLine(): boolean {
    return this.peek() === NEWLINE
  }

  /** Position of the line end behind the text. @throws EvidenceError `malformed-json` when something else follows. */
  finishLine(): number {
    return this.peek() === NEWLINE ? this.at : this.malformed()
  }

  /** True: within an object now. False: the value is null. */
  enterObject(): boolean {
    return this.enter(OPEN_OBJECT, 'an object')
  }

  enterList(): boolean {
    return this.enter(OPEN_LIST, 'a list')
  }

  /** Moves to the value of the next member; false: the object has ended. */
  nextMember(): boolean {
    if (!this.nextItemBefore(CLOSE_OBJECT)) return false
    if (this.peek() !== QUOTE) this.malformed()
    this.scanString()
    this.keyStart = this.textStart
    this.keyEnd = this.textEnd
    this.escapedKey = this.escaped ? this.scanned() : undefined
    if (this.peek() !== COLON) this.malformed()
    this.at += 1
    return true
  }

  /** Moves to the next item; false: the list has ended. */
  nextItem(): boolean {
    return this.nextItemBefore(CLOSE_LIST)
  }

  isMember(name: string): boolean {
    const { bytes, keyStart } = this
    if (this.escapedKey !== undefined) return this.escapedKey === name
    if (this.keyEnd - keyStart !== name.length) return false
    for (let i = 0; i < name.length; i += 1) if (bytes[keyStart + i] !== name.charCodeAt(i)) return false
    return true
  }

  get member(): string {
    return this.escapedKey ?? this.bytes.toString('utf8', this.keyStart, this.keyEnd)
  }

  /** `guess`: what it probably is; right, it is answered itself, and no string is made. */
  text(guess = ''): string {
    if (this.peek() !== QUOTE) return this.refuse('a text')
    if (guess !== '' && this.passesText(guess)) return guess
    this.scanString()
    return this.scanned()
  }

  /** A text that nobody has met before: an id where it is given away. */
  newText(): string {
    if (this.peek() !== QUOTE) return this.refuse('a text')
    this.scanString()
    return this.escaped || this.wide ? this.scanned() : this.bytes.toString('latin1', this.textStart, this.textEnd)
  }

  /** Null reads as `otherwise`. */
  textOr(otherwise: string, guess = ''): string {
    return this.isNull() ? otherwise : this.text(guess)
  }

  /** A non-negative safe integer. */
  count(): number {
    const start = this.peek() === MINUS ? this.refuse('a non-negative integer') : this.at
    if (!isDigit(this.bytes[start])) return this.refuse('a non-negative integer')
    this.scanNumber()
    const value = Number(this.bytes.toString('latin1', start, this.at))
    return Number.isSafeInteger(value) ? value : this.refuse('a non-negative integer')
  }

  /** Null reads as `otherwise`. */
  countOr(otherwise: number): number {
    return this.isNull() ? otherwise : this.count()
  }

  boolean(): boolean {
    const first = this.peek()
    if (first === 0x74) this.scanWord('true')
    else if (first === 0x66) this.scanWord('false')
    else this.refuse('true or false')
    return first === 0x74
  }

  /** Null reads as false. */
  booleanOr(): boolean {
    return this.isNull() ? false : this.boolean()
  }

  /** The first of the values is the likely one. */
  oneOf<Value extends string>(values: readonly Value[]): Value {
    const text = this.text(values[0])
    return values.find((known) => known === text) ?? this.refuse(`one of ${values.join(', ')}`)
  }

  texts(): string[] {
    const found: string[] = []
    if (this.enterList()) while (this.nextItem()) found.push(this.text())
    return found
  }

  /** The value as any JSON reader sees it, for what is rare. */
  value(): unknown {
    this.peek()
    const start = this.at
    this.skip()
    return JSON.parse(this.bytes.toString('utf8', start, this.at))
  }

  skip(): void {
    this.skipWithin(0)
  }

  /** The value with a line end behind it, apart from the bytes it stands in; `read` moves behind it. */
  copyValue(read: () => void): { readonly bytes: Buffer; readonly line: number } {
    this.peek()
    const start = this.at
    read()
    const bytes = Buffer.allocUnsafeSlow(this.at - start + 1)
    this.bytes.copy(bytes, 0, start, this.at)
    bytes[bytes.length - 1] = NEWLINE
    return { bytes, line: this.line }
  }

  /** Refuses the present value. */
  refuse(expected: string): never {
    if (this.bytes[this.at] === NEWLINE) this.malformed()
    throw new EvidenceError(
      'schema-violation',
      this.place,
      `${oneLine(this.member)} is not ${expected}`,
      'give the file as the tool wrote it',
    )
  }

  /** Refuses the message for a member that it must have. */
  lacks(path: string): never {
    throw new EvidenceError('schema-violation', this.place, `message has no ${path}`, 'give the file as the tool wrote it')
  }

  private enter(bracket: number, expected: string): boolean {
    if (this.peek() !== bracket) return this.isNull() ? false : this.refuse(expected)
    this.at += 1
    this.fresh = true
    return true
  }

  private nextItemBefore(close: number): boolean {
    let byte = this.peek()
    if (byte === close) {
      this.at += 1
      this.fresh = false
      return false
    }
    if (!this.fresh) {
      if (byte !== COMMA) this.malformed()
      this.at += 1
      byte = this.peek()
      if (byte === close) this.malformed()
    }
    this.fresh = false
    return true
  }

  private isNull(): boolean {
    if (this.peek() !== 0x6e) return false
    this.scanWord('null')
    return true
  }

  /** First byte of what comes next; white space is passed over. */
  private peek(): number {
    const { bytes } = this
    let at = this.at
    let byte = bytes[at]
    while (byte === SPACE || byte === TAB || byte === RETURN) byte = bytes[(at += 1)]
    this.at = at
    return byte ?? NEWLINE
  }

  /** At a quote. Leaves the range of the text and whether it holds escapes or more than ASCII. */
  private scanString(): void {
    const { bytes } = this
    const start = this.at + 1
    let at = start
    let seen = 0
    let escaped = false
    for (;;) {
      const byte = bytes[at] ?? NEWLINE
      if (byte === QUOTE) break
      if (byte < SPACE) this.malformed()
      if (byte === BACKSLASH) {
        escaped = true
        at += this.escapeLength(at)
      } else {
        seen |= byte
        at += 1
      }
    }
    this.textStart = start
    this.textEnd = at
    this.escaped = escaped
    this.wide = seen > 0x7f
    this.at = at + 1
  }

  /** At a quote. Goes on behind the text where it is `plain`, spelled in ASCII and without escapes. */
  private passesText(plain: string): boolean {
    const { bytes } = this
    const start = this.at + 1
    for (let i = 0; i < plain.length; i += 1) {
      const code = plain.charCodeAt(i)
      if (bytes[start + i] !== code || code < SPACE || code > 0x7e || code === QUOTE || code === BACKSLASH) return false
    }
    if (bytes[start + plain.length] !== QUOTE) return false
    this.at = start + plain.length + 1
    return true
  }

  private escapeLength(at: number): number {
    const { bytes } = this
    switch (bytes[at + 1]) {
      case QUOTE:
      case BACKSLASH:
      case 0x2f: // / b f n r t
      case 0x62:
      case 0x66:
      case 0x6e:
      case 0x72:
      case 0x74:
        return 2
      case 0x75: // uXXXX
        for (let i = at + 2; i < at + 6; i += 1) if (!isHexDigit(bytes[i])) this.malformed()
        return 6
      default:
        return this.malformed()
    }
  }

  private scanned(): string {
    const { bytes, textStart: start, textEnd: end } = this
    if (this.escaped) return JSON.parse(bytes.toString('utf8', start - 1, end + 1)) as string
    if (this.wide) return bytes.toString('utf8', start, end)
    if (end - start > longestRemembered) return bytes.toString('latin1', start, end)
    return this.remembered(start, end)
  }

  /** Names, ids and texts come again and again: one string serves all, where it was met not long ago. */
  private remembered(start: number, end: number): string {
    const { bytes, memory } = this
    const length = end - start
    let slot = length
    for (let i = Math.max(start, end - 8); i < end; i += 1) slot = (Math.imul(slot, 31) + (bytes[i] ?? 0)) | 0
    slot = (slot ^ (slot >>> 12)) & (memory.length - 1)
    const known = memory[slot] ?? ''
    if (known.length === length) {
      let i = 0
      while (i < length && known.charCodeAt(i) === bytes[start + i]) i += 1
      if (i === length) return known
    }
    return (memory[slot] = bytes.toString('latin1', start, end))
  }

  private skipWithin(depth: number): void {
    if (depth > maxDepth) this.malformed()
    const byte = this.peek()
    if (byte === QUOTE) this.scanString()
    else if (byte === OPEN_OBJECT) {
      this.enterObject()
      while (this.nextMember()) this.skipWithin(depth + 1)
    } else if (byte === OPEN_LIST) {
      this.enterList()
      while (this.nextItem()) this.skipWithin(depth + 1)
    } else if (byte === 0x74) this.scanWord('true')
    else if (byte === 0x66) this.scanWord('false')
    else if (byte === 0x6e) this.scanWord('null')
    else this.scanNumber()
  }

  private scanWord(word: string): void {
    for (let i = 0; i < word.length; i += 1) if (this.bytes[this.at + i] !== word.charCodeAt(i)) this.malformed()
    this.at += word.length
  }

  private scanNumber(): void {
    const { bytes } = this
    if (bytes[this.at] === MINUS) this.at += 1
    if (bytes[this.at] === ZERO) this.at += 1
    else this.scanDigits()
    if (bytes[this.at] === POINT) {
      this.at += 1
      this.scanDigits()
    }
    if (bytes[this.at] === 0x65 || bytes[this.at] === 0x45) {
      this.at += 1
      if (bytes[this.at] === MINUS || bytes[this.at] === 0x2b) this.at += 1
      this.scanDigits()
    }
  }

  private scanDigits(): void {
    const { bytes } = this
    if (!isDigit(bytes[this.at])) this.malformed()
    let at = this.at + 1
    while (isDigit(bytes[at])) at += 1
    this.at = at
  }

  private malformed(): never {
    throw new EvidenceError('malformed-json', this.place, 'message is not JSON', 'give the file as the tool wrote it, uncut')
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}

function isHexDigit(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
}
