/**
 * Bytes of an XML document as text. UTF-8, with or without a byte-order mark, and UTF-16 with one (XML 1.0, "Character Encoding in
 * Entities"). Bytes that are no text in that encoding are refused, never replaced by U+FFFD.
 */
import { TextDecoder } from 'node:util'
import { EvidenceError } from '../../model/errors.js'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Encodings that agree with UTF-8 in ASCII: a file that declares one and holds only ASCII is the same text in both. */
const ASCII_SUPERSETS = /^(?:us-ascii|ascii|iso-8859-\d+|windows-125\d|latin1)$/u
const DECLARATION = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/u
const BEYOND_ASCII = /[^\p{ASCII}]/u

export class XmlDecoder {
  private readonly decoder: TextDecoder
  private readonly encoding: Encoding
  private started = false
  private asciiOnly = false

  /** `head`: the first bytes of the document. */
  constructor(
    private readonly file: string,
    head: Uint8Array,
  ) {
    this.encoding = encodingOf(head)
    this.decoder = new TextDecoder(this.encoding, { fatal: true })
  }

  /** @throws EvidenceError `wrong-encoding` */
  decode(bytes: Uint8Array, last: boolean): string {
    const text = this.decodeStrictly(bytes, last)
    if (!this.started) this.checkDeclaration(text)
    this.started = true
    if (this.asciiOnly && BEYOND_ASCII.test(text)) throw this.wrong('characters beyond ASCII in an encoding that is not UTF-8')
    return text
  }

  private decodeStrictly(bytes: Uint8Array, last: boolean): string {
    try {
      return this.decoder.decode(bytes, { stream: !last })
    } catch (cause) {
      throw this.wrong(`bytes that are not ${this.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'}`, cause)
    }
  }

  private checkDeclaration(text: string): void {
    if (text.startsWith('\0') || text.startsWith('<\0')) throw this.wrong('UTF-16 without a byte-order mark')
    const declared = DECLARATION.exec(text.slice(0, 200))?.[1]?.toLowerCase() ?? 'utf-8'
    const wide = this.encoding !== 'utf-8'
    this.asciiOnly = !wide && ASCII_SUPERSETS.test(declared)
    if (!this.asciiOnly && /^utf-?16/u.test(declared) !== wide && (wide || declared !== 'utf-8'))
      throw this.wrong(`declared as ${JSON.stringify(declared)}, written as ${wide ? 'UTF-16' : 'something else'}`)
    if (!this.asciiOnly && !/^utf-?(?:8|16(?:le|be)?)$/u.test(declared)) throw this.wrong(`encoding ${JSON.stringify(declared)}`)
  }

  private wrong(what: string, cause?: unknown): EvidenceError {
    return new EvidenceError('wrong-encoding', { file: this.file }, what, 'save the file as UTF-8', { cause })
  }
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
