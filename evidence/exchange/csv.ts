/**
 * CSV after RFC 4180: CRLF line ends, quotes where needed. A cell that a spreadsheet would run as a formula gets an apostrophe in front,
 * so that text from a feature file stays text; a control character, or one that reorders what a reader sees, stands as its number.
 */
import { characterNumber } from '../model/character-number.js'

const formulaStart = /^[=+\-@\t\r]/

/** Begins with a letter or digit and holds nothing that needs quotes: most cells. */
const plain = /^[A-Za-z0-9](?:[\w .:;/()#-]*[\w.:;/()#-])?$/
/** Unicode, general category Cc without tab and line ends, and "Bidi_Control". */
const unseen = /[\p{Bidi_Control}\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/gu

export function csvCell(value: string): string {
  if (plain.test(value)) return value
  const seen = value.replace(unseen, characterNumber)
  const safe = formulaStart.test(seen) ? `'${seen}` : seen
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

export function csvTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map(csvLine).join('')
}
