/** Tables of Markdown: header, delimiter row, rows up to a blank line. GitHub Flavored Markdown, "Tables (extension)". */
import { LineCursor } from '../../text/line-cursor.js'

export interface MarkdownRow {
  readonly cells: readonly string[]
  readonly line: number
}

export interface MarkdownTable {
  readonly header: MarkdownRow
  readonly rows: readonly MarkdownRow[]
  /** Text of the section heading above it; empty: none. */
  readonly heading: string
  /** False: the delimiter row has another number of cells, so Markdown shows no table here. */
  readonly isWellFormed: boolean
}

const delimiterCell = /^:?-+:?$/

export function markdownTables(text: string): MarkdownTable[] {
  const cursor = new LineCursor(text)
  const tables: MarkdownTable[] = []
  let fence = ''
  let heading = ''
  while (cursor.next()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(cursor.line)?.[1] ?? ''
    if (fence === '') fence = mark
    else if (mark.startsWith(fence)) fence = ''
    if (fence === '' && cursor.line.startsWith('#')) heading = cursor.line
    if (fence !== '' || mark !== '' || !cursor.line.includes('|') || cursor.following === undefined) continue
    const delimiters = delimiterRow(cursor.following)
    if (delimiters > 0) tables.push(readTable(cursor, delimiters, heading))
  }
  return tables
}

/** Number of its cells; 0: the line is no delimiter row. A single column has a bar somewhere. */
function delimiterRow(line: string): number {
  if (!line.includes('-') || !line.includes('|')) return 0
  const cells = tableCells(line)
  return cells.every((cell) => delimiterCell.test(cell)) ? cells.length : 0
}

function readTable(cursor: LineCursor, delimiters: number, heading: string): MarkdownTable {
  const header = { cells: tableCells(cursor.line), line: cursor.number }
  const rows: MarkdownRow[] = []
  cursor.next()
  while (cursor.following !== undefined && !endsTable(cursor.following)) {
    cursor.next()
    rows.push({ cells: tableCells(cursor.line), line: cursor.number })
  }
  return { header, rows, heading, isWellFormed: header.cells.length === delimiters }
}

/** A blank line or the beginning of another block. */
function endsTable(line: string): boolean {
  return line.trim() === '' || /^ {0,3}(#{1,6}\s|>|`{3}|~{3}|<[a-zA-Z!/])/.test(line)
}

/** `\|` is a bar inside a cell; bars at both ends enclose the row. */
function tableCells(line: string): string[] {
  const trimmed = line.trim()
  const cells: string[] = []
  let cell = ''
  for (let at = trimmed.startsWith('|') ? 1 : 0; at < trimmed.length; at++) {
    const char = trimmed.charAt(at)
    if (char === '\\' && trimmed.charAt(at + 1) === '|') {
      cell += '|'
      at += 1
    } else if (char === '|') {
      cells.push(cell.trim())
      cell = ''
      if (at === trimmed.length - 1) return cells
    } else cell += char
  }
  cells.push(cell.trim())
  return cells
}
