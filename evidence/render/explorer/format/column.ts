/**
 * Columns of a list of up to some hundred thousand items, each one string: a browser reads one long string literal far faster than
 * as many small ones. Texts are joined by a separator; small numbers and references to a table are one character each.
 */

/** DELETE: JSON writes it as one byte, and no text of ours needs it. A text that has it shows U+FFFD instead. */
export const SEPARATOR = '\u007f'

export const FIRST_CODE = 0x30
/** Codes of one character end before the surrogates; greater values take two characters. */
export const BASE = 0xd000

/** Values drawn from a table: `codes` holds one character per item, `high` a second one where the table is longer than a character can say. */
export interface CodedColumn {
  readonly names: readonly string[]
  readonly codes: string
  readonly high: string
}

export function joinTexts(texts: readonly string[]): string {
  const joined = texts.join(SEPARATOR)
  // One scan in the usual case: a text with a separator of its own would show as more separators than there are gaps.
  if (countSeparators(joined) === Math.max(0, texts.length - 1)) return joined
  return texts.map((text) => text.replaceAll(SEPARATOR, '\ufffd')).join(SEPARATOR)
}

function countSeparators(text: string): number {
  let count = 0
  for (let at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) count += 1
  return count
}

/** `count` tells a list of one empty text from an empty list. */
export function splitTexts(joined: string, count: number): readonly string[] {
  return count === 0 ? [] : joined.split(SEPARATOR)
}

export function numberAt(codes: string, index: number): number {
  return codes.charCodeAt(index) - FIRST_CODE
}

/** Position in `names`. */
export function codeAt(column: CodedColumn, index: number): number {
  const low = column.codes.charCodeAt(index) - FIRST_CODE
  return column.high === '' ? low : low + BASE * (column.high.charCodeAt(index) - FIRST_CODE)
}

export function nameAt(column: CodedColumn, index: number): string {
  return column.names[codeAt(column, index)] ?? ''
}
