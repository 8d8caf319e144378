/**
 * A table of any number of rows of equal height that holds only the rows in view. It stays a table to a screen reader: `aria-rowcount`
 * tells all its rows, `aria-rowindex` the place of each. One row is current; it alone is in the tab order.
 */
import { element } from '../parts/element.js'
import { columnHead, type Column } from './column-head.js'
import { Spacer } from './spacer.js'

export interface TableSettings {
  readonly caption: string
  readonly columns: readonly Column[]
  /** Column that heads the row and links to the item. */
  readonly head: string
  address(index: number): string
  /** The reader asked for another order of rows. */
  sorted(column: string): void
  /** Another row became current. `open`: the reader wants to read it, not only to pass by. */
  current(index: number): void
}

/** Beyond this a browser no longer places elements exactly; pixels. */
const MOST_PIXELS = 8_000_000
const ROWS_AROUND = 12

export class VirtualTable {
  readonly root: HTMLElement
  private readonly body = element('tbody')
  private readonly above = new Spacer()
  private readonly below = new Spacer()
  private readonly table: HTMLTableElement
  private readonly heads = new Map<string, HTMLElement>()
  private readonly rows = new Map<number, HTMLTableRowElement>()
  private items: Int32Array = new Int32Array(0)
  private position = 0
  private rowHeight = 30
  private scrolled = 0
  private scheduled = false
  /** All rows are in the table, whatever is in view. */
  private onPaper = false

  constructor(private readonly settings: TableSettings) {
    const headRow = element('tr', { 'aria-rowindex': 1 })
    for (const column of settings.columns) {
      const head = columnHead(column, () => settings.sorted(column.key))
      this.heads.set(column.key, head)
      headRow.append(head)
    }
    this.table = element(
      'table',
      { class: 'list' },
      element('caption', { class: 'unseen' }, settings.caption),
      element('thead', {}, headRow),
    )
    this.table.append(this.above.root, this.body, this.below.root)
    this.root = element('div', { class: 'viewport' }, this.table)
    this.root.addEventListener('scroll', () => this.schedule(), { passive: true })
    new ResizeObserver(() => this.measure()).observe(this.root)
  }

  /** Shows other items; the current row becomes the one of `current`, or the first. */
  show(items: Int32Array, current: number | null): void {
    this.items = items
    this.table.setAttribute('aria-rowcount', String(items.length + 1))
    for (const row of this.rows.values()) row.remove()
    this.rows.clear()
    const place = current === null ? -1 : items.indexOf(current)
    this.position = Math.max(0, place)
    this.root.scrollTop = 0
    this.render()
    this.measure()
    if (place > 0) this.reveal()
  }

  /** The links of the rows hold search and filters: they follow the address. */
  readdress(): void {
    for (const [place, row] of this.rows) row.querySelector('a')?.setAttribute('href', this.settings.address(this.items[place] ?? 0))
  }

  showOrder(column: string | null, descending: boolean): void {
    for (const [key, head] of this.heads) {
      if (key === column) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
  }

  get rowCount(): number {
    return this.items.length
  }

  get currentItem(): number | undefined {
    return this.items[this.position]
  }

  /** Makes the item current when it is shown. */
  select(item: number): void {
    const place = this.items.indexOf(item)
    if (place >= 0 && place !== this.position) this.go(place, false)
    else this.markCurrent()
  }

  /** Moves by rows; `focus`: the keyboard goes along. */
  move(rows: number, focus: boolean): void {
    if (this.items.length === 0) return
    const place = Math.min(this.items.length - 1, Math.max(0, this.position + rows))
    this.go(place, focus)
    const item = this.items[place]
    if (item !== undefined) this.settings.current(item)
  }

  focusCurrent(): void {
    this.reveal()
    this.link(this.position)?.focus({ preventScroll: true })
  }

  get pageRows(): number {
    return Math.max(1, Math.floor((this.root.clientHeight - this.headHeight()) / this.rowHeight) - 1)
  }

  /** The table may have been out of the page, where it has no height and forgets where it was scrolled. */
  attached(): void {
    this.root.scrollTop = this.scrolled
    this.measure()
  }

  /** For paper, where nothing scrolls: the rows from the first on, up to `most`. */
  renderFirst(most: number): void {
    this.onPaper = true
    this.place(0, Math.min(most, this.items.length))
  }

  private go(place: number, focus: boolean): void {
    this.position = place
    this.reveal()
    this.markCurrent()
    if (focus) this.link(place)?.focus({ preventScroll: true })
  }

  private link(place: number): HTMLElement | null {
    return this.rows.get(place)?.querySelector('a') ?? null
  }

  private markCurrent(): void {
    for (const [place, row] of this.rows) this.markRow(place, row)
  }

  private markRow(place: number, row: HTMLTableRowElement): void {
    const here = place === this.position
    row.classList.toggle('current', here)
    const link = row.querySelector('a')
    link?.setAttribute('tabindex', here ? '0' : '-1')
    if (here) link?.setAttribute('aria-current', 'true')
    else link?.removeAttribute('aria-current')
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    requestAnimationFrame(() => {
      this.scheduled = false
      if (this.root.isConnected) this.scrolled = this.root.scrollTop
      this.render()
    })
  }

  /** Text size and width decide the height of a row: it is measured, not assumed. */
  private measure(): void {
    const height = [...this.rows.values()][0]?.getBoundingClientRect().height ?? 0
    if (height > 0 && Math.abs(height - this.rowHeight) > 0.1) this.rowHeight = height
    if (this.root.isConnected) this.render()
  }

  private headHeight(): number {
    return this.table.tHead?.getBoundingClientRect().height ?? 0
  }

  /** One pixel of scrolling is one pixel of rows, until there are more rows than pixels. */
  private scale(): number {
    return Math.max(1, (this.items.length * this.rowHeight) / MOST_PIXELS)
  }

  /** From paper back to the screen. */
  renderView(): void {
    this.onPaper = false
    this.measure()
  }

  private render(): void {
    if (this.onPaper) return
    const seen = Math.ceil(this.root.clientHeight / this.rowHeight)
    const top = this.root.scrollTop
    const first = Math.floor(top / this.rowHeight + (top / this.rowHeight) * (this.scale() - 1))
    this.place(Math.max(0, first - ROWS_AROUND), Math.min(this.items.length, first + seen + ROWS_AROUND))
  }

  /** Rows [from, to) are in the table, the spacers stand for the others. */
  private place(from: number, to: number): void {
    const begin = Math.min(from, Math.max(0, to))
    for (const [place, row] of this.rows) {
      if (place >= begin && place < to) continue
      if (row.contains(document.activeElement)) this.root.focus({ preventScroll: true })
      row.remove()
      this.rows.delete(place)
    }
    let next: Node | null = null
    for (let place = to - 1; place >= begin; place -= 1) {
      const row = this.rows.get(place) ?? this.newRow(place)
      if (row.nextSibling !== next || row.parentNode !== this.body) this.body.insertBefore(row, next)
      next = row
    }
    const scale = this.scale()
    const total = this.items.length * this.rowHeight
    const shown = (to - begin) * this.rowHeight
    const before = scale === 1 ? begin * this.rowHeight : Math.max(0, this.root.scrollTop - Math.min(ROWS_AROUND, begin) * this.rowHeight)
    this.above.setHeight(before)
    this.below.setHeight(Math.max(0, total / scale - before - shown))
  }

  private newRow(place: number): HTMLTableRowElement {
    const item = this.items[place] ?? 0
    const row = element('tr', { 'aria-rowindex': place + 2 })
    for (const column of this.settings.columns) {
      const content = column.cell(item)
      if (column.key !== this.settings.head) row.append(element('td', { class: column.name }, content))
      else row.append(element('th', { scope: 'row', class: column.name }, element('a', { href: this.settings.address(item) }, content)))
    }
    this.markRow(place, row)
    this.rows.set(place, row)
    return row
  }

  /** Scrolls the current row into view, away from the head of the table. */
  private reveal(): void {
    const height = this.root.clientHeight - this.headHeight()
    const scale = this.scale()
    const top = (this.position * this.rowHeight) / scale
    const from = this.root.scrollTop
    if (top < from || top + this.rowHeight > from + height) {
      this.root.scrollTop = top < from ? top : top + this.rowHeight - height
      this.scrolled = this.root.scrollTop
    }
    this.render()
  }
}
