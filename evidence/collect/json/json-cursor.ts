/**
 * Reads one JSON text in place, from bytes, and makes strings only of what is asked for. A member that stands twice counts as often as it
 * stands; members with the value null read as absent.
 */
import { EvidenceError, oneLine } from '../../model/errors.js'
import { BACKSLASH, CLOSING, COMMA, endsCount, isDigit, NEWLINE, OPEN_LIST, OPEN_OBJECT, QUOTE } from './json-bytes.js'
import { JsonScanner } from './json-scanner.js'
import { messageId, type MessageId } from './message-id.js'
import type { ObjectForm } from './object-form.js'
import { RecentTexts } from './recent-texts.js'

/** Longer strings differ too often to be looked for. */
const longestRecent = 64

export class JsonCursor extends JsonScanner {
  private readonly recent = new RecentTexts()
  /** True right after `{` or `[`: no comma is due. */
  private fresh = false
  private name = ''

  /** Name of the present member. */
  get member(): string {
    return this.name
  }

  isMember(name: string): boolean {
    return this.name === name
  }

  /** True: within an object now. False: the value is null. */
  enterObject(): boolean {
    return this.enter(OPEN_OBJECT, 'an object')
  }

  enterList(): boolean {
    return this.enter(OPEN_LIST, 'a list')
  }

  /** Moves to the value of the next member; false: the object has ended. */
  nextMember(form: ObjectForm): boolean {
    const { bytes, fresh } = this
    const byte = bytes[this.at]
    if (fresh || byte === COMMA) {
      const guess = form.guess(fresh)
      if (guess !== undefined) {
        const start = fresh ? this.at : this.at + 1
        const name = guess.bytes
        let i = 0
        while (i < name.length && bytes[start + i] === name[i]) i += 1
        if (i === name.length) {
          this.at = start + i
          this.fresh = false
          this.name = guess.text
          form.confirm(guess, fresh)
          return true
        }
      }
    }
    return this.findMember(form, fresh)
  }

  private findMember(form: ObjectForm, first: boolean): boolean {
    if (!this.nextItemBefore(OPEN_OBJECT + CLOSING)) return false
    this.scanName()
    this.name = form.learn(this.scanned(), first)
    return true
  }

  /** Moves to the next item; false: the list has ended. */
  nextItem(): boolean {
    return this.nextItemBefore(OPEN_LIST + CLOSING)
  }

  /** `guess`: what it probably is; right, it is answered itself, and no string is made. */
  text(guess = ''): string {
    if (this.peek() !== QUOTE) return this.refuse('a text')
    if (guess !== '' && this.passesText(guess)) return guess
    this.scanString()
    return this.scanned()
  }

  /** Null reads as `otherwise`. */
  textOr(otherwise: string, guess = ''): string {
    return this.isNull() ? otherwise : this.text(guess)
  }

  texts(): string[] {
    const found: string[] = []
    if (this.enterList()) while (this.nextItem()) found.push(this.text())
    return found
  }

  id(guess: MessageId = ''): MessageId {
    const number = this.numberedId()
    if (number >= 0) return number
    const text = this.text(typeof guess === 'string' ? guess : '')
    return this.escaped ? messageId(text) : text
  }

  /** An id where it is given away: nobody has met it before. */
  newId(): MessageId {
    const number = this.numberedId()
    if (number >= 0) return number
    if (this.peek() !== QUOTE) return this.refuse('a text')
    this.scanString()
    if (this.escaped || this.wide) return messageId(this.scanned())
    return this.bytes.toString('latin1', this.textStart, this.textEnd)
  }

  /** Null reads as none. */
  idOr(otherwise: MessageId, guess: MessageId = ''): MessageId {
    return this.isNull() ? otherwise : this.id(guess)
  }

  ids(): MessageId[] {
    const found: MessageId[] = []
    if (this.enterList()) while (this.nextItem()) found.push(this.id())
    return found
  }

  /** A non-negative safe integer. */
  count(): number {
    const byte = this.peek()
    const start = this.at
    if (!isDigit(byte)) return this.refuse('a non-negative integer')
    const few = this.fewDigits(start)
    if (few >= 0 && endsCount(this.bytes[this.digitsEnd])) {
      this.at = this.digitsEnd
      return few
    }
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

  /** The value as any JSON reader sees it, for what is rare. */
  value(): unknown {
    this.peek()
    const start = this.at
    this.skip()
    return JSON.parse(this.bytes.toString('utf8', start, this.at))
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
      byte = this.peekBehind()
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

  /** At a quote. Goes on behind the text where it is `plain`, spelled in ASCII and without escapes. */
  private passesText(plain: string): boolean {
    const { bytes } = this
    const start = this.at + 1
    for (let i = 0; i < plain.length; i += 1) {
      const code = plain.charCodeAt(i)
      if (bytes[start + i] !== code || code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return false
    }
    if (bytes[start + plain.length] !== QUOTE) return false
    this.at = start + plain.length + 1
    return true
  }

  /** Goes on behind a text that is a number of few digits, spelled the only way; -1: it is none, and nothing was passed. */
  private numberedId(): number {
    if (this.peek() !== QUOTE) return -1
    const value = this.fewDigits(this.at + 1)
    if (value < 0 || this.bytes[this.digitsEnd] !== QUOTE) return -1
    this.at = this.digitsEnd + 1
    return value
  }

  private scanned(): string {
    const { bytes, textStart: start, textEnd: end } = this
    if (this.escaped) return JSON.parse(bytes.toString('utf8', start - 1, end + 1)) as string
    if (this.wide) return bytes.toString('utf8', start, end)
    return end - start > longestRecent ? bytes.toString('latin1', start, end) : this.recent.read(bytes, start, end)
  }
}
