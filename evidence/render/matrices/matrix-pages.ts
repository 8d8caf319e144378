/**
 * A table over as many pages as it needs: plain HTML without a script, readable in fifty years. Rows are joined as text; a row knows
 * the page of any other by its number, so links lead both ways.
 */
import type { FolderWriter } from '../../items/folder-writer.js'
import { htmlText } from './html-text.js'
import { pageEnd, pageStart } from './plain-page.js'

export const rowsPerPage = 1000

export interface MatrixTable {
  /** Of the files: `requirements-1.html`, `requirements-2.html` ... */
  readonly name: string
  readonly title: string
  readonly caption: string
  readonly columns: readonly string[]
  /** What a table without rows says. */
  readonly empty: string
}

/** Address of a row from another page of the same folder. */
export function rowAddress(name: string, letter: string, index: number): string {
  return `${pageName(name, Math.floor(index / rowsPerPage) + 1)}#${letter}${index}`
}

export function pageName(name: string, page: number): string {
  return `${name}-${page}.html`
}

export function pageCount(rows: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerPage))
}

/** @param row the cells of a row, from its number; it opens with `<tr`. */
export function writePages(folder: FolderWriter, table: MatrixTable, rows: number, title: string, row: (index: number) => string): void {
  const pages = pageCount(rows)
  for (let page = 1; page <= pages; page++) {
    const file = folder.open(`matrices/${pageName(table.name, page)}`)
    file.add(matrixHead(`${table.title}: ${title}`))
    file.add(`<h1>${htmlText(table.title)}</h1>\n${steps(table.name, page, pages)}\n`)
    const end = Math.min(rows, page * rowsPerPage)
    if (rows === 0) file.add(`<p>${htmlText(table.empty)}</p>\n`)
    else {
      const heads = table.columns.map((column) => `<th scope=col>${htmlText(column)}`).join('')
      file.add(`<table>\n<caption>${htmlText(table.caption)}</caption>\n<thead><tr>${heads}</thead>\n<tbody>\n`)
      for (let index = (page - 1) * rowsPerPage; index < end; index++) file.add(row(index))
      file.add(`</tbody>\n</table>\n${steps(table.name, page, pages)}\n`)
    }
    file.add(pageEnd)
    file.end()
  }
}

const parts = `<a class="skip" href="#main">Skip to the content</a>
<nav aria-label="Parts"><a href="index.html">Summary</a> <a href="requirements-1.html">Requirements</a> <a href="tests-1.html">Tests</a> <a href="requirement-by-interface-1.html">Interfaces</a> <a href="requirement-by-module-1.html">Modules</a></nav>
`

/** Of a page among the matrices. */
export function matrixHead(title: string): string {
  return pageStart(title, 'matrices.css', parts)
}

/** The first, the last, and those beside: a list of a thousand pages helps nobody. */
function steps(name: string, page: number, pages: number): string {
  if (pages === 1) return ''
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((at) => at >= 1 && at <= pages).sort((a, b) => a - b)
  const links = near.map((at) => (at === page ? `<b aria-current="page">${at}</b>` : `<a href="${pageName(name, at)}">${at}</a>`))
  return `<nav class="steps" aria-label="Pages">Page ${links.join(' ')} of ${pages}</nav>`
}
