/**
 * Columns while they are written, item by item: a list of many columns is filled in one walk over its items. What column.ts says of their
 * form holds.
 */
import { BASE, FIRST_CODE, joinTexts, type CodedColumn } from './column.js'

export class TextColumn {
  private readonly texts: string[] = []

  add(text: string): void {
    this.texts.push(text)
  }

  finish(): string {
    return joinTexts(this.texts)
  }
}

/** One sign of two for each item: yes or no. */
export class FlagColumn {
  private readonly codes: number[] = []

  add(flag: boolean): void {
    this.codes.push(flag ? 0x31 : 0x30)
  }

  finish(): string {
    return signsOf(this.codes)
  }
}

/** Numbers from 0; what is beyond a character (53,247) counts as that: for display in a list, never for a verdict. */
export class NumberColumn {
  private readonly codes: number[] = []

  add(value: number): void {
    this.codes.push(FIRST_CODE + Math.min(value, BASE - 1))
  }

  finish(): string {
    return signsOf(this.codes)
  }
}

/** Values drawn from a table, which begins with the names of `order`. */
export class NameColumn {
  private readonly numbers: Map<string, number>
  private readonly indices: number[] = []
  private last = ''
  private lastNumber: number | undefined

  constructor(order: readonly string[] = []) {
    this.numbers = new Map(order.map((name, index) => [name, index]))
    this.lastNumber = this.numbers.get('')
  }

  /** Neighbours are often equal: kinds, sources and suites come in runs. */
  add(name: string): void {
    if (name !== this.last || this.lastNumber === undefined) {
      const { numbers } = this
      const number = numbers.get(name) ?? numbers.size
      if (number === numbers.size) numbers.set(name, number)
      this.last = name
      this.lastNumber = number
    }
    this.indices.push(this.lastNumber)
  }

  finish(): CodedColumn {
    const { numbers, indices } = this
    const wide = numbers.size > BASE
    return {
      names: [...numbers.keys()],
      codes: signsOf(indices.map((index) => FIRST_CODE + (index % BASE))),
      high: wide ? signsOf(indices.map((index) => FIRST_CODE + Math.floor(index / BASE))) : '',
    }
  }
}

/** The text of these UTF-16 code units; made at once, since adding each to a text would leave a tree of as many pieces. */
function signsOf(codes: readonly number[]): string {
  if (codes.every((code) => code < 0x80)) return Buffer.from(codes).toString('latin1')
  const units = Uint16Array.from(codes)
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units)
}
