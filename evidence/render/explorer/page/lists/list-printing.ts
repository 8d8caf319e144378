/**
 * A list on paper: nothing scrolls there, so all its rows are put into the table before the browser prints; what the screen shows in
 * fields and buttons is said in words. Beyond a bound the paper says that it ends.
 */
import type { Route } from '../../browse/route.js'
import { element } from '../parts/element.js'
import type { ListModel } from './list-model.js'
import { filterState, sortOrder } from './list-query.js'

/** Some 600 pages; more rows than this a browser does not lay out in bearable time. */
const mostPrinted = 20_000

/** What of the table printing needs. */
export interface PrintedTable {
  readonly rowCount: number
  renderFirst(most: number): void
  renderView(): void
}

/** Returns the words for the paper, hidden on a screen. `shown`: whether the list is what the reader sees. */
export function printWhole(model: ListModel, table: PrintedTable, route: () => Route, shown: () => boolean): HTMLElement {
  const words = element('p', { class: 'paper' })
  window.addEventListener('beforeprint', () => {
    if (!shown()) return
    table.renderFirst(mostPrinted)
    words.textContent = [model.title, ...conditions(model, route()), ...bound(table.rowCount)].join('. ')
  })
  window.addEventListener('afterprint', () => {
    if (shown()) table.renderView()
  })
  return words
}

function conditions(model: ListModel, route: Route): readonly string[] {
  const { search, chosen } = filterState(route, model.facets)
  const order = sortOrder(route, model)
  const column = model.columns.find(({ key }) => key === order?.column)
  return [
    ...(search === '' ? [] : [`Search: ${search}`]),
    ...model.facets.flatMap(({ key, title, values }) => {
      const names = (chosen.get(key) ?? []).map((value) => values[value]?.name ?? '')
      return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`]
    }),
    ...(order === null || column === undefined ? [] : [`Ordered by ${column.title}${order.descending ? ', descending' : ''}`]),
  ]
}

function bound(rows: number): readonly string[] {
  if (rows <= mostPrinted) return []
  const number = (value: number): string => value.toLocaleString('en-GB')
  return [`Printed are the first ${number(mostPrinted)} of ${number(rows)} rows; narrow the list for others, or take the CSV of the pack`]
}
