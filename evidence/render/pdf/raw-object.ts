/**
 * PDF objects as text. PDFKit keeps every object it is handed until the file ends; what a document of thousands of pages has by the
 * hundred thousand (structure elements, links, destinations) is written at once and only its number is kept.
 * ISO 32000-1, "Syntax", "Objects".
 */

/** Stands in a PDFKit dictionary for what is already written out: PDFKit prints what is no plain object by its `toString`. */
export class RawObject {
  readonly [Symbol.toStringTag] = 'RawObject'

  constructor(private readonly text: string) {}

  toString(): string {
    return this.text
  }
}

/** A text string object: as it is when ASCII says it, else UTF-16 big endian with its byte-order mark, in hexadecimal. */
export function textString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return byteString(text)
  let out = '<FEFF'
  for (let index = 0; index < text.length; index++) out += text.charCodeAt(index).toString(16).padStart(4, '0')
  return `${out}>`
}

/** A byte string of printable ASCII. */
export function byteString(text: string): string {
  return `(${text.replace(/[\\()]/g, '\\$&')})`
}

/** A number as PDF has it: hundredths of a point are finer than any printer. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function reference(id: number): string {
  return `${id} 0 R`
}
