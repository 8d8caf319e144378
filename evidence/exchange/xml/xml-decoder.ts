/**
 * Bytes of an XML document as text. UTF-8, with or without a byte-order mark, and UTF-16 with one (XML 1.0, "Character Encoding in
 * Entities"), and the one-byte encodings of ISO 8859 and Windows where the document declares one. Bytes that are no text in that encoding
 * are refused, never replaced by U+FFFD.
 */
import { TextDecoder } from 'node:util'
import { EvidenceError } from '../../model/errors.js'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Of one byte, and equal to UTF-8 in ASCII. */
const ONE_BYTE = /^(?:us-ascii|ascii|iso-8859-\d+|windows-125\d|latin1)$/u
const DECLARATION = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/u

export class XmlDecoder {
  private readonly decoder: TextDecoder
  private readonly encoding: Encoding
  private started = false
  /** Of the encoding that is declared; undefined: it is one of those above. */
  private readonly oneByte: TextDecoder | undefined
  private bytesBeyondAscii = false
  private isAlsoUtf8 = true

  /** `head`: the first bytes of the document. */
  constructor(
    private readonly file: string,
    head: Uint8Array,
  ) {
    this.encoding = encodingOf(head)
    this.decoder = new TextDecoder(this.encoding, { fatal: true })
    this.oneByte = this.encoding === 'utf-8' ? oneByteDecoder(head) : undefined
  }

  /** @throws EvidenceError `wrong-encoding` */
  decode(bytes: Uint8Array, last: boolean): string {
    if (this.oneByte !== undefined) return this.decodeOneByte(this.oneByte, bytes, last)
    const text = this.decodeStrictly(bytes, last)
    if (!this.started) this.checkDeclaration(text)
    this.started = true
    return text
  }

  /** Bytes beyond ASCII that make sense as UTF-8 throughout are UTF-8 whatever the declaration says: which one is wrong is not guessed. */
  private decodeOneByte(decoder: TextDecoder, bytes: Uint8Array, last: boolean): string {
    this.bytesBeyondAscii ||= bytes.some((byte) => byte > 0x7f)
    if (this.isAlsoUtf8) {
      try {
        this.decoder.decode(bytes, { stream: !last })
      } catch {
        this.isAlsoUtf8 = false
      }
    }
    if (last && this.bytesBeyondAscii && this.isAlsoUtf8) throw this.wrong(`declared as ${decoder.encoding}, written as UTF-8`)
    return decoder.decode(bytes, { stream: !last })
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
    if (/^utf-?16/u.test(declared) !== wide && (wide || declared !== 'utf-8'))
      throw this.wrong(`declared as ${JSON.stringify(declared)}, written as ${wide ? 'UTF-16' : 'something else'}`)
    if (!/^utf-?(?:8|16(?:le|be)?)$/u.test(declared)) throw this.wrong(`encoding ${JSON.stringify(declared)}`)
  }

  private wrong(what: string, cause?: unknown): EvidenceError {
    return new EvidenceError('wrong-encoding', { file: this.file }, what, 'save the file as UTF-8', { cause })
  }
}

/** What the label means is settled by the Encoding Standard, where ISO-8859-1 is windows-1252. */
function oneByteDecoder(head: Uint8Array): TextDecoder | undefined {
  const declared = DECLARATION.exec(Buffer.from(head.subarray(0, 200)).toString('latin1'))?.[1]?.toLowerCase() ?? ''
  if (!ONE_BYTE.test(declared)) return undefined
  try {
    return new TextDecoder(declared)
  } catch {
    return undefined
  }
}

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
