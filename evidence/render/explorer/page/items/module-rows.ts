/** Modules with their coverage, as a table inside the page of another item. */
import { coverageBar } from './coverage-bar.js'
import { element, type Child } from '../parts/element.js'
import { plainRow, plainTable } from '../parts/plain-table.js'
import type { ModuleList } from '../lists/usage-list.js'

const SHOWN = 40
const COLUMNS = [{ title: 'Module' }, { title: 'Lines' }, { title: 'Functions' }]

export function moduleRows(list: ModuleList, modules: readonly number[]): HTMLElement {
  const cells = (module: number): readonly Child[] => [
    element('a', { class: 'id', href: list.address(module) }, list.name(module)),
    coverageBar(list.lines(module)),
    coverageBar(list.functions(module)),
  ]
  const table = plainTable({ name: 'stacking modules', columns: COLUMNS, rows: modules.slice(0, SHOWN).map(cells), rowHead: 0 })
  if (modules.length <= SHOWN) return table
  const more = element('button', { type: 'button', class: 'more' }, `Show all ${modules.length} modules`)
  more.addEventListener('click', () => {
    table.tBodies[0]?.append(...modules.slice(SHOWN).map((module) => plainRow(COLUMNS, cells(module), 0)))
    more.remove()
  })
  return element('div', {}, table, more)
}
