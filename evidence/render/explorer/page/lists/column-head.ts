/** A column of a list, its head (a button that orders the rows, or the title alone), and the columns and cells that several lists have. */
import { element } from '../parts/element.js'

export interface Column {
  readonly key: string
  readonly title: string
  /** Style of the column, and its place where the list is narrow. */
  readonly name: string
  readonly sortable: boolean
  /** Content of the cell of item `index`. */
  cell(index: number): Node
}

export function columnHead({ title, name, sortable }: Column, sort: () => void): HTMLElement {
  // A browser repeats the head on each page of paper, but no buttons in it: the style sheet prints the title.
  const head = element('th', { scope: 'col', class: name, 'data-title': sortable ? title : null })
  if (!sortable) head.append(title)
  else {
    const button = element('button', { type: 'button', class: 'sort' }, title)
    button.addEventListener('click', sort)
    head.append(button)
  }
  return head
}

export function verdictColumn(cell: (index: number) => Node): Column {
  return { key: 'verdict', title: 'Verdict', name: 'c-verdict', sortable: true, cell }
}

/** None reads as a sign of its own: an empty cell could mean that nobody looked. */
export function countCell(count: number): Node {
  return count === 0 ? element('span', { class: 'none' }, 'none') : document.createTextNode(count.toLocaleString('en-GB'))
}
