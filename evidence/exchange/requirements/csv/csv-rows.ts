/**
 * Rows of comma-separated values: RFC 4180, with any one-character delimiter and any line end. A quoted cell may hold delimiters and
 * newlines, a doubled quote stands for one. A quote inside a cell that does not begin with one is an ordinary character.
 */
import { EvidenceError } from '../../../model/errors.js'

const QUOTE = 34
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

export interface CsvRow {
  readonly cells: readonly string[]
  /** 1-based line on which the row begins. */
  readonly line: number
}

/** Rows without any character are left out. @throws EvidenceError `malformed-csv` for a quoted cell that is not closed as it should be. */
export function readCsvRows(file: string, text: string, delimiter: string): CsvRow[] {
  const scanner = new CsvScanner(file, text, delimiter.charCodeAt(0))
  const rows: CsvRow[] = []
  while (!scanner.done) {
    const line = scanner.line
    const cells = scanner.row()
    if (cells.length > 1 || cells[0] !== '') rows.push({ cells, line })
  }
  return rows
}

class CsvScanner {
  line = 1
  private at = 0

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly delimiter: number,
  ) {}

  get done(): boolean {
    return this.at >= this.text.length
  }

  row(): string[] {
    const cells: string[] = []
    for (;;) {
      cells.push(this.text.charCodeAt(this.at) === QUOTE ? this.quotedCell() : this.plainCell())
      if (this.done) return cells
      if (this.text.charCodeAt(this.at) !== this.delimiter) break
      this.at += 1
    }
    this.lineEnd()
    return cells
  }

  private plainCell(): string {
    const start = this.at
    const { text, delimiter } = this
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break
    }
    this.at = at
    return text.slice(start, at)
  }

  private quotedCell(): string {
    const opened = this.line
    const { text } = this
    let start = this.at + 1
    let cell = ''
    for (;;) {
      const end = text.indexOf('"', start)
      if (end < 0) throw this.refuse(opened, 'a quoted cell that does not end')
      cell += text.slice(start, end)
      this.at = end + 1
      if (text.charCodeAt(this.at) !== QUOTE) break
      cell += '"'
      start = end + 2
    }
    this.line += newlines(cell)
    if (!this.done && !this.endsCell(text.charCodeAt(this.at))) throw this.refuse(this.line, 'text after the closing quote of a cell')
    return cell
  }

  private endsCell(code: number): boolean {
    return code === this.delimiter || code === LINE_FEED || code === CARRIAGE_RETURN
  }

  private lineEnd(): void {
    if (this.text.charCodeAt(this.at) === CARRIAGE_RETURN && this.text.charCodeAt(this.at + 1) === LINE_FEED) this.at += 1
    this.at += 1
    this.line += 1
  }

  private refuse(line: number, what: string): EvidenceError {
    return new EvidenceError('malformed-csv', { file: this.file, line }, what, 'double each quote inside a quoted cell')
  }
}

/** `\r\n`, `\n` and a lone `\r` each count once. */
function newlines(cell: string): number {
  let count = 0
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1
  for (let at = cell.indexOf('\r'); at >= 0; at = cell.indexOf('\r', at + 1)) if (cell.charCodeAt(at + 1) !== LINE_FEED) count += 1
  return count
}
