/**
 * The grammar of JSON over bytes, in place: what is passed over is checked as what is read, so that a text that is cut or damaged
 * anywhere is refused. RFC 8259, "JSON Grammar". The bytes are UTF-8, which whoever hands them over has checked.
 */
import { EvidenceError, type SourcePlace } from '../../model/errors.js'
import {
  BACKSLASH,
  CLOSING,
  COLON,
  COMMA,
  isDigit,
  isHexDigit,
  MINUS,
  NEWLINE,
  NINE,
  OPEN_LIST,
  OPEN_OBJECT,
  plainInText,
  POINT,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
  ZERO,
} from './json-bytes.js'
import { mostDigits } from './message-id.js'

/** Deeper values are refused; the parsers of the runners stop far earlier. */
const maxDepth = 1000

export class JsonScanner {
  protected bytes: Buffer = Buffer.alloc(0)
  protected at = 0
  /** Of the string scanned last: without its quotes. */
  protected textStart = 0
  protected textEnd = 0
  protected escaped = false
  protected wide = false
  /** Behind the digits looked at last. */
  protected digitsEnd = 0
  private line = 0
  /** Of the first byte, in the stream. */
  private offset = 0
  /** What closes each value that is open while one is passed over. */
  private readonly open = new Uint8Array(maxDepth)

  constructor(private readonly file: string) {}

  /**
   * `bytes` from `start` hold UTF-8 and a line end after the text: the scanner never looks for another end.
   * @param offset where the bytes begin in the stream
   */
  start(bytes: Buffer, start: number, line: number, offset = 0): void {
    this.bytes = bytes
    this.at = start
    this.line = line
    this.offset = offset
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

  /** Where the present value begins in the stream, after the space before it. */
  get position(): number {
    this.peek()
    return this.offset + this.at
  }

  /** Passes over one value. A loop and no recursion: nothing is done more often while messages are read. */
  skip(): void {
    const { open } = this
    let depth = 0
    do {
      const byte = this.peek()
      if (byte !== OPEN_OBJECT && byte !== OPEN_LIST) this.scanScalar(byte)
      else if (this.peekBehind() === byte + CLOSING) this.at += 1
      else {
        if (depth === maxDepth) this.malformed()
        open[depth] = byte + CLOSING
        depth += 1
        if (byte === OPEN_OBJECT) this.scanName()
        continue
      }
      depth = this.closeValues(depth)
    } while (depth > 0)
  }

  /** Behind a value within `depth` open ones; answers how many are open at the begin of the next value. */
  private closeValues(depth: number): number {
    const { open } = this
    for (let rest = depth; rest > 0; rest -= 1) {
      const byte = this.peek()
      const close = open[rest - 1]
      if (byte === COMMA) {
        this.at += 1
        if (close === OPEN_OBJECT + CLOSING) this.scanName()
        return rest
      }
      if (byte !== close) this.malformed()
      this.at += 1
    }
    return 0
  }

  /** First byte of what comes next; white space is passed over. */
  protected peek(): number {
    const { bytes } = this
    const byte = bytes[this.at] ?? NEWLINE
    return byte > SPACE ? byte : this.peekFar()
  }

  protected peekBehind(): number {
    this.at += 1
    return this.peek()
  }

  private peekFar(): number {
    const { bytes } = this
    let at = this.at
    let byte = bytes[at]
    while (byte === SPACE || byte === TAB || byte === RETURN) byte = bytes[(at += 1)]
    this.at = at
    return byte ?? NEWLINE
  }

  /** A member up to its value. Leaves the range of its name as that of a text. */
  protected scanName(): void {
    if (this.peek() !== QUOTE) this.malformed()
    this.scanString()
    if (this.peek() !== COLON) this.malformed()
    this.at += 1
  }

  /** At a quote. Leaves the range of the text and whether it holds escapes or more than ASCII. */
  protected scanString(): void {
    const { bytes } = this
    const start = this.at + 1
    let at = start
    let wide = false
    let escaped = false
    for (;;) {
      while (plainInText[bytes[at] ?? NEWLINE] === 1) at += 1
      const byte = bytes[at] ?? NEWLINE
      if (byte === QUOTE) break
      if (byte < SPACE) this.malformed()
      if (byte === BACKSLASH) {
        escaped = true
        at += this.escapeLength(at)
      } else {
        wide = true
        at += 1
      }
    }
    this.textStart = start
    this.textEnd = at
    this.escaped = escaped
    this.wide = wide
    this.at = at + 1
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

  /** At `byte`, which opens no list and no object. */
  private scanScalar(byte: number): void {
    if (byte === QUOTE) this.scanString()
    else if (byte === 0x74) this.scanWord('true')
    else if (byte === 0x66) this.scanWord('false')
    else if (byte === 0x6e) this.scanWord('null')
    else this.scanNumber()
  }

  protected scanWord(word: string): void {
    for (let i = 0; i < word.length; i += 1) if (this.bytes[this.at + i] !== word.charCodeAt(i)) this.malformed()
    this.at += word.length
  }

  protected scanNumber(): void {
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

  /** The number whose digits begin at `start`, up to `digitsEnd`; -1: there is none, or it begins with a zero too many. */
  protected fewDigits(start: number): number {
    const { bytes } = this
    let at = start
    let value = 0
    for (let byte = bytes[at] ?? NEWLINE; byte >= ZERO && byte <= NINE && at < start + mostDigits; byte = bytes[at] ?? NEWLINE) {
      value = value * 10 + byte - ZERO
      at += 1
    }
    this.digitsEnd = at
    return at === start || (bytes[start] === ZERO && at > start + 1) ? -1 : value
  }

  private scanDigits(): void {
    const { bytes } = this
    if (!isDigit(bytes[this.at])) this.malformed()
    let at = this.at + 1
    while (isDigit(bytes[at])) at += 1
    this.at = at
  }

  protected malformed(): never {
    throw new EvidenceError('malformed-json', this.place, 'message is not JSON', 'give the file as the tool wrote it, uncut')
  }
}
