/**
 * CSV after RFC 4180: CRLF line ends, quotes where needed. A cell that a spreadsheet would run as a formula gets an apostrophe in front,
 * so that text from a feature file stays text.
 */
const formulaStart = /^[=+\-@\t\r]/

export function csvCell(value: string): string {
  const safe = formulaStart.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

export function csvTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map(csvLine).join('')
}
