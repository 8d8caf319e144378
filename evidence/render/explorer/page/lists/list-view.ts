/**
 * A list with the page of one item beside it: search, filters, order and the open item all stand in the address, so that a view can be
 * sent as a link and the back button returns to it.
 */
import { announce } from '../parts/announcer.js'
import { element } from '../parts/element.js'
import { FilterBar, type FilterState } from './filter-bar.js'
import type { ListModel } from './list-model.js'
import { printWhole } from './list-printing.js'
import { filterState, queryOf, sortOrder } from './list-query.js'
import { formatRoute, type Route } from '../../browse/route.js'
import { exactFirst, orderItems, selectItems } from '../../browse/selection.js'
import { VirtualTable } from './virtual-table.js'

const DETAIL_DELAY = 90
/** Below this width list and item take turns; the style sheet knows it too. */
const WIDE = '(min-width: 62rem)'

export class ListView {
  readonly root: HTMLElement
  private readonly filters: FilterBar
  private readonly table: VirtualTable
  private readonly summary = element('p', { class: 'found' })
  private readonly detail: HTMLElement
  private readonly ranks = new Map<string, Float64Array>()
  private route: Route
  private shownQuery = ''
  /** Undefined: nothing was shown yet. */
  private shownItem: string | null | undefined
  private textShare = 0
  private delayed: number | undefined

  constructor(
    private readonly model: ListModel,
    /** Makes the route the present one; `keep`: the back button skips it. */
    private readonly go: (route: Route, keep: boolean) => void,
  ) {
    this.route = { page: model.page, item: null, query: new Map() }
    this.filters = new FilterBar(model, (state) => this.go({ ...this.route, query: this.queryOf(state) }, false))
    this.table = new VirtualTable({
      caption: `${model.title}: verdict and place of each`,
      columns: model.columns,
      head: model.head,
      address: (index) => formatRoute({ ...this.route, item: model.idOf(index) }),
      sorted: (column) => this.sort(column),
      current: (index) => this.follow(index),
    })
    const heading = element('h1', { class: 'unseen', tabindex: -1 }, model.title)
    const list = element(
      'section',
      { class: 'pane list-pane', 'aria-label': model.title },
      this.filters.root,
      printWhole(
        model,
        this.table,
        () => this.route,
        () => this.root.isConnected,
      ),
      this.summary,
      this.table.root,
    )
    this.detail = element('section', { class: 'pane detail-pane', 'aria-label': 'Open item', tabindex: -1 })
    this.root = element('div', { class: 'list-view' }, heading, list, this.detail)
    this.table.root.setAttribute('tabindex', '-1')
    if (model.loadTexts === null) this.textShare = 1
  }

  attached(): void {
    this.table.attached()
  }

  show(route: Route): void {
    this.route = route
    this.root.classList.toggle('with-item', route.item !== null)
    const query = formatRoute({ ...route, item: null })
    const index = route.item === null ? -1 : this.model.find(route.item)
    if (query !== this.shownQuery) {
      this.shownQuery = query
      this.select(index === -1 ? null : index)
    } else if (index !== -1) this.table.select(index)
    this.refreshAddresses()
    if (route.item !== this.shownItem) void this.open(route.item, index)
  }

  /** More texts can be searched, so the result may grow: it is shown at each quarter, not for every file that comes. */
  textsLoaded(share: number): void {
    const quarter = Math.floor(4 * share) > Math.floor(4 * this.textShare)
    this.textShare = share
    if (quarter && this.filterState().search !== '') this.select(this.table.currentItem ?? null)
  }

  /** True: the key had a meaning here. */
  key(event: KeyboardEvent): boolean {
    const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    const inList = this.table.root.contains(document.activeElement)
    switch (event.key) {
      case 'j':
      case 'k':
        if (inField) return false
        this.table.move(event.key === 'j' ? 1 : -1, true)
        return true
      case 'ArrowDown':
      case 'ArrowUp':
        if (event.target === this.filters.input && event.key === 'ArrowDown') this.table.focusCurrent()
        else if (inList) this.table.move(event.key === 'ArrowDown' ? 1 : -1, true)
        else return false
        return true
      case 'PageDown':
      case 'PageUp':
        if (!inList) return false
        this.table.move(event.key === 'PageDown' ? this.table.pageRows : -this.table.pageRows, true)
        return true
      case 'Home':
      case 'End':
        if (!inList) return false
        this.table.move(event.key === 'End' ? this.model.count : -this.model.count, true)
        return true
      case 'Enter':
        if (event.target !== this.filters.input) return false
        this.openCurrent()
        return true
      case 'Escape':
        return this.leave(event.target)
      default:
        return false
    }
  }

  focusSearch(): void {
    if (this.route.item !== null && !window.matchMedia(WIDE).matches) this.go({ ...this.route, item: null }, true)
    this.filters.input.focus()
    this.filters.input.select()
  }

  /** As soon as the open item is there. */
  focusDetailSoon(): void {
    void this.opening.then(() => this.detail.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true }))
  }

  private openCurrent(): void {
    const index = this.table.currentItem
    if (index === undefined || this.model.detail === null) return
    this.go({ ...this.route, item: this.model.idOf(index) }, true)
    this.focusDetailSoon()
  }

  private opening: Promise<void> = Promise.resolve()

  /** From the item to the list, from the list with an open item to the list alone, from a search to no search. */
  private leave(target: EventTarget | null): boolean {
    if (target === this.filters.input) {
      if (this.filters.input.value === '') this.table.focusCurrent()
      else this.go({ ...this.route, query: this.queryOf({ ...this.filterState(), search: '' }) }, false)
      return true
    }
    const inDetail = this.detail.contains(document.activeElement)
    if (this.route.item === null) return false
    if (!inDetail || !window.matchMedia(WIDE).matches) this.go({ ...this.route, item: null }, true)
    this.table.focusCurrent()
    return true
  }

  /** The list moved on: an item that is open beside it follows. */
  private follow(index: number): void {
    window.clearTimeout(this.delayed)
    if (!window.matchMedia(WIDE).matches || this.route.item === null) return
    this.delayed = window.setTimeout(() => this.go({ ...this.route, item: this.model.idOf(index) }, false), DETAIL_DELAY)
  }

  private sort(column: string): void {
    const present = this.route.query.get('sort') ?? ''
    const next = present === column ? `-${column}` : present === `-${column}` ? '' : column
    this.go({ ...this.route, query: new Map([...this.route.query, ['sort', next]]) }, false)
  }

  private select(current: number | null): void {
    const state = this.filterState()
    this.filters.show(state)
    const { items, counts } = selectItems(this.model.count, this.model.facets, state.chosen, this.model.search.find(state.search))
    this.filters.showCounts(counts)
    const order = sortOrder(this.route, this.model)
    const ordered = order === null ? items : orderItems(items, this.rankOf(order.column), order.descending)
    this.table.show(exactFirst(ordered, this.model.find(state.search.trim()), order !== null), current)
    this.table.showOrder(order?.column ?? null, order?.descending ?? false)
    this.tell(items.length, state.search)
  }

  private tell(found: number, search: string): void {
    const { count, noun } = this.model
    const number = (value: number): string => value.toLocaleString('en-GB')
    const loading = this.textShare < 1 && search !== '' ? `; texts searched: ${Math.floor(100 * this.textShare)} %` : ''
    const text = found === count ? `${number(count)} ${noun}` : `${number(found)} of ${number(count)} ${noun}${loading}`
    this.summary.textContent = text
    this.summary.classList.toggle('nothing', found === 0)
    if (found === 0 && count > 0) this.summary.textContent = `None of ${number(count)} ${noun} is like that${loading}.`
    announce(this.summary.textContent)
  }

  private rankOf(column: string): Float64Array {
    const known = this.ranks.get(column) ?? this.model.ranks(column)
    this.ranks.set(column, known)
    return known
  }

  /** Rows keep search and filters in their links. */
  private refreshAddresses(): void {
    this.table.readdress()
  }

  private async open(item: string | null, index: number): Promise<void> {
    this.shownItem = item
    const { detail } = this.model
    if (item === null) this.detail.replaceChildren()
    else if (index === -1 || detail === null) this.detail.replaceChildren(this.notFound(item))
    else {
      this.opening = this.fill(item, detail(index))
      await this.opening
    }
  }

  private async fill(item: string, page: Promise<HTMLElement>): Promise<void> {
    const content = await page.catch((error: unknown) =>
      element('p', { class: 'note', role: 'alert' }, error instanceof Error ? error.message : 'The item cannot be read.'),
    )
    if (this.shownItem !== item) return
    this.detail.replaceChildren(this.back(), content)
    this.detail.scrollTop = 0
  }

  private back(): HTMLElement {
    return element('p', { class: 'back' }, element('a', { href: formatRoute({ ...this.route, item: null }) }, `All ${this.model.noun}`))
  }

  private notFound(item: string): HTMLElement {
    return element(
      'div',
      {},
      this.back(),
      element('h2', { tabindex: -1 }, 'Not in this set'),
      element('p', {}, `No item of these ${this.model.noun} has the id `, element('code', {}, item), '.'),
    )
  }

  private filterState(): FilterState {
    return filterState(this.route, this.model.facets)
  }

  private queryOf(state: FilterState): ReadonlyMap<string, string> {
    return queryOf(state, this.model.facets, this.route.query.get('sort') ?? '')
  }
}
