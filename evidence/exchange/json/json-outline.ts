/**
 * What one pass over a text that is JSON already tells beside its values: where the entries of the two outer levels begin, how many
 * members there are, and numbers whose spelling a JavaScript number would lose (`1.960`, 20 digits). Offsets in UTF-16 code units.
 */
import { EvidenceError } from '../../model/errors.js'
import { LineCounter } from '../text/line-counter.js'
import { stringEnd } from './string-end.js'

export interface JsonEntry {
  /** Name of the member; empty for an entry of a list. */
  readonly name: string
  readonly line: number
}

/** Deeper than any format nests; recursion elsewhere stays far from the end of the stack. */
export const maxJsonDepth = 1000

const [QUOTE, COMMA, MINUS, ZERO, NINE, COLON] = [34, 44, 45, 48, 57, 58]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]

export class JsonOutline {
  /** Of all objects. */
  members = 0
  /** Start and end of each number that a JavaScript number would change, alternating. */
  readonly unfaithful: number[] = []
  /** Where the entries of the value begin, with their names. */
  private readonly outer: number[] = []
  /** The same of each of these entries. */
  private readonly inner: number[][] = []
  private isObject = false

  /** @param from where the value begins, space before it included. @throws EvidenceError `too-deep` */
  constructor(
    private readonly file: string,
    private readonly text: string,
    from = 0,
  ) {
    this.scan(from)
  }

  /** Entries of the list or object at `path`, in the order of the text; none when there is no such place. A member given twice appears twice. */
  entries(path: readonly string[]): readonly JsonEntry[] {
    const [name, ...below] = path
    if (name === undefined) return this.located(this.outer, this.isObject)
    const at = this.isObject ? this.outer.findLastIndex((start) => this.nameAt(start) === name) : -1
    const start = this.outer[at]
    if (start === undefined) return []
    const value = this.valueOf(start)
    if (below.length > 0) return new JsonOutline(this.file, this.text, value).entries(below)
    return this.located(this.inner[at] ?? [], this.text.charCodeAt(value) === OPEN_OBJECT)
  }

  private located(starts: readonly number[], named: boolean): readonly JsonEntry[] {
    const lines = new LineCounter(this.text)
    return starts.map((start) => ({ name: named ? this.nameAt(start) : '', line: lines.lineAt(start) }))
  }

  private nameAt(start: number): string {
    return String(JSON.parse(this.text.slice(start, stringEnd(this.text, start) + 1)))
  }

  private valueOf(start: number): number {
    const { text } = this
    let at = stringEnd(text, start) + 1
    while (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === COLON) at += 1
    return at
  }

  private scan(from: number): void {
    const { text } = this
    let depth = 0
    // True where an entry begins with the next sign that is no space.
    let due = false
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code <= 32) continue
      if (due && code !== CLOSE_LIST && code !== CLOSE_OBJECT) this.begin(at, depth)
      due = false
      if (code === QUOTE) at = stringEnd(text, at)
      else if (code === COMMA) due = depth <= 2
      else if (code === COLON) this.members += 1
      else if (code === OPEN_OBJECT || code === OPEN_LIST) {
        depth += 1
        if (depth > maxJsonDepth) throw tooDeep(this.file)
        if (depth === 1) this.isObject = code === OPEN_OBJECT
        due = depth <= 2
      } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1
      else if (code === MINUS || (code >= ZERO && code <= NINE)) at = this.number(at) - 1
      if (depth === 0) return
    }
  }

  private begin(at: number, depth: number): void {
    if (depth === 2) this.inner.at(-1)?.push(at)
    else {
      this.outer.push(at)
      this.inner.push([])
    }
  }

  /** Answers where it ends. Few digits and nothing else are always faithful, and most numbers. */
  private number(start: number): number {
    const { text } = this
    let end = start
    for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) end += 1
    if (end > start && end - start < 16 && !isNumberPart(text.charCodeAt(end))) return end
    while (isNumberPart(text.charCodeAt(end))) end += 1
    const token = text.slice(start, end)
    if (String(Number(token)) !== token) this.unfaithful.push(start, end)
    return end
  }
}

/** A digit, a sign, a point or an exponent. */
function isNumberPart(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === 46 || code === 43 || code === MINUS || code === 69 || code === 101
}

function tooDeep(file: string): EvidenceError {
  return new EvidenceError('too-deep', { file }, `nested deeper than ${maxJsonDepth}`, 'give the file as the tool wrote it')
}
