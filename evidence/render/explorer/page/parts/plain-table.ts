/**
 * A table of a page. Where the room is narrow its rows stand as blocks, each cell with the heading of its column; the roles are stated,
 * so that it stays a table to a screen reader then too.
 */
import { element, type Child } from './element.js'

export interface PlainColumn {
  readonly title: string
  /** Style of its cells; absent: none of its own. */
  readonly name?: string
}

export interface PlainTable {
  readonly name: string
  readonly columns: readonly PlainColumn[]
  readonly rows: readonly (readonly Child[])[]
  /** Position of the cell that heads its row. */
  readonly rowHead: number
  /** True: the headings are read, not seen. */
  readonly quiet?: boolean
}

export function plainTable({ name, columns, rows, rowHead, quiet = false }: PlainTable): HTMLTableElement {
  const heads = columns.map((column) => element('th', { scope: 'col', role: 'columnheader', class: column.name ?? null }, column.title))
  return element(
    'table',
    { class: `plain ${name}`, role: 'table' },
    element('thead', { role: 'rowgroup', class: quiet ? 'unseen' : null }, element('tr', { role: 'row' }, ...heads)),
    element('tbody', { role: 'rowgroup' }, ...rows.map((cells) => plainRow(columns, cells, rowHead))),
  )
}

export function plainRow(columns: readonly PlainColumn[], cells: readonly Child[], rowHead: number): HTMLTableRowElement {
  const made = cells.map((cell, place) => {
    const { title = '', name = null } = columns[place] ?? {}
    return place === rowHead
      ? element('th', { scope: 'row', role: 'rowheader', class: name }, cell)
      : element('td', { role: 'cell', class: name, 'data-label': title }, cell)
  })
  return element('tr', { role: 'row' }, ...made)
}

/** Room of its own to scroll sideways in, reachable by keyboard. */
export function sideways(label: string, content: HTMLElement): HTMLElement {
  return element('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': label }, content)
}
