/**
 * Details of many items as numbers and a table of texts: what repeats (the text of a step, a digest, a file name) is written once for a
 * chunk. Writer and reader name the fields in one order; numbers are whole, from 0.
 */
import { joinTexts, splitTexts } from './column.js'

export interface Pack {
  readonly count: number
  readonly texts: string
  readonly numbers: readonly number[]
}

export class PackWriter {
  private readonly places = new Map<string, number>()
  private readonly texts: string[] = []
  private readonly numbers: number[] = []

  number(value: number): void {
    this.numbers.push(value)
  }

  /** 0: none. */
  line(value: number | null | undefined): void {
    this.numbers.push(value ?? 0)
  }

  text(value: string): void {
    let place = this.places.get(value)
    if (place === undefined) {
      place = this.texts.length
      this.places.set(value, place)
      this.texts.push(value)
    }
    this.numbers.push(place)
  }

  /** Null and the empty text are the same to a reader: nothing is there. */
  optional(value: string | null): void {
    this.text(value ?? '')
  }

  indices(values: readonly number[]): void {
    this.numbers.push(values.length)
    for (const value of values) this.numbers.push(value)
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.numbers.push(items.length)
    for (const item of items) write(item)
  }

  finish(count: number): Pack {
    return { count, texts: joinTexts(this.texts), numbers: this.numbers }
  }
}

export class PackReader {
  private at = 0
  private readonly texts: readonly string[]
  private readonly numbers: readonly number[]
  readonly count: number

  constructor({ count, texts, numbers }: Pack) {
    this.count = count
    this.numbers = numbers
    this.texts = splitTexts(texts, numbers.length)
  }

  number(): number {
    const value = this.numbers[this.at]
    if (value === undefined) throw new RangeError('a chunk of the explorer ends early')
    this.at += 1
    return value
  }

  text(): string {
    return this.texts[this.number()] ?? ''
  }

  indices(): readonly number[] {
    return this.list(() => this.number())
  }

  list<Item>(read: () => Item): readonly Item[] {
    return Array.from({ length: this.number() }, read)
  }
}
