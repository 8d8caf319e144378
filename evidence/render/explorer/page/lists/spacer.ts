/** Stands in a table for rows that are not in view. */
import { element } from '../parts/element.js'

export class Spacer {
  private readonly cell = element('td')
  readonly root = element('tbody', { class: 'spacer', 'aria-hidden': 'true' }, element('tr', {}, this.cell))

  /** Pixels. */
  setHeight(height: number): void {
    this.cell.style.height = `${height}px`
    this.root.hidden = height === 0
  }
}
