/**
 * XML as events, for files of strangers: strict XML 1.0 and 1.1 by saxes, names with their prefixes as spelled. Nothing is fetched and
 * no entity but the five of XML itself is known: a document that declares entities is refused, so none can expand. Lines are 1-based.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { EvidenceError, type EvidenceErrorCode } from '../../model/errors.js'

export type XmlAttributes = Readonly<Record<string, string>>

/** What a reader of a format does at each event; character data comes in order and may come in several pieces. */
export interface XmlHandler {
  /** `line`: where the tag begins. */
  open?(name: string, attributes: XmlAttributes, line: number): void
  text?(text: string, line: number): void
  close?(name: string, line: number): void
}

export interface XmlLimits {
  /** Elements inside one another. */
  readonly depth: number
  /** Characters without a tag, comment or other piece of markup coming to its end. */
  readonly token: number
}

/** No format nests deeper than some dozens; 16 Mi characters hold an attached picture in base64. */
export const xmlLimits: XmlLimits = { depth: 1000, token: 16 * 1024 * 1024 }

/** Small, so that a piece of markup over the limit is noticed before much of it is held. */
const SLICE = 64 * 1024

export class XmlParser {
  private readonly parser = new SaxesParser({ xmlns: false, position: true })
  private depth = 0
  private tagLine = 1
  /** Characters since the last event. */
  private unfinished = 0
  private ending = false

  constructor(
    private readonly file: string,
    private readonly handler: XmlHandler,
    private readonly limits: XmlLimits = xmlLimits,
  ) {
    const { parser } = this
    parser.on('error', (error) => this.fail(error))
    parser.on('doctype', (text) => this.doctype(text))
    parser.on('opentagstart', () => {
      // The event comes after the character that ends the name, which may be the line feed.
      this.tagLine = parser.column === 0 ? parser.line - 1 : parser.line
      this.unfinished = 0
    })
    parser.on('opentag', (tag) => this.open(tag))
    parser.on('closetag', ({ name }) => this.close(name))
    parser.on('text', (text) => this.text(text))
    parser.on('cdata', (text) => this.text(text))
    for (const event of ['comment', 'processinginstruction', 'attribute'] as const) parser.on(event, () => (this.unfinished = 0))
  }

  /** @throws EvidenceError `malformed-xml`, `forbidden-entity`, `too-deep`, `too-large` */
  write(text: string): void {
    for (let at = 0; at < text.length; at += SLICE) {
      const slice = text.length <= SLICE ? text : text.slice(at, at + SLICE)
      this.unfinished += slice.length
      this.parser.write(slice)
      if (this.unfinished > this.limits.token + SLICE)
        this.refuse('too-large', `a piece of text or markup of more than ${this.limits.token} characters`, 'split it')
    }
  }

  /** @throws EvidenceError `truncated-stream` when elements are open */
  end(): void {
    this.ending = true
    this.parser.close()
  }

  private open({ name, attributes }: SaxesTagPlain): void {
    this.unfinished = 0
    this.depth += 1
    if (this.depth > this.limits.depth)
      this.refuse('too-deep', `elements nested more than ${this.limits.depth} deep`, 'give a file that a tool for requirements wrote')
    this.handler.open?.(name, attributes, this.tagLine)
  }

  private close(name: string): void {
    this.unfinished = 0
    this.depth -= 1
    this.handler.close?.(name, this.parser.line)
  }

  private text(text: string): void {
    this.unfinished = 0
    if (text !== '') this.handler.text?.(text, this.parser.line)
  }

  /** An external subset is only named, as Cobertura does, and never fetched; an internal one could declare entities. */
  private doctype(text: string): void {
    this.unfinished = 0
    if (text.includes('[') || /<!\s*ENTITY/iu.test(text))
      this.refuse('forbidden-entity', 'a DOCTYPE with declarations of its own', 'remove the DOCTYPE; entities are not expanded')
  }

  private fail(error: Error): never {
    const what = error.message.replace(/^\d+:\d+: /u, '').replace(/\.$/u, '')
    if (this.ending && this.depth > 0)
      this.refuse('truncated-stream', `the file ends inside of its elements (${what})`, 'give the whole file')
    if (what.includes('undefined entity'))
      this.refuse('forbidden-entity', 'an entity that XML itself does not define', 'write the character in place of the entity')
    this.refuse('malformed-xml', `not well-formed XML: ${what}`, 'give the file as the tool wrote it')
  }

  private refuse(code: EvidenceErrorCode, what: string, remedy: string): never {
    throw new EvidenceError(code, { file: this.file, line: this.parser.line }, what, remedy)
  }
}
