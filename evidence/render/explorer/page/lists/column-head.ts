/** A column of a list, and its head: a button that orders the rows, or the title alone. */
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
