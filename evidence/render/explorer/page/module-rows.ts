/** Modules with their coverage, as rows of a table inside the page of another item. */
import { coverageBar } from './coverage-bar.js'
import { element } from './element.js'
import type { ModuleList } from './usage-list.js'

const SHOWN = 40

export function moduleRows(list: ModuleList, modules: readonly number[]): HTMLElement {
  const rows = (from: number, to: number): readonly HTMLElement[] =>
    modules
      .slice(from, to)
      .map((module) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, element('a', { class: 'id', href: list.address(module) }, list.name(module))),
          element('td', {}, coverageBar(list.lines(module))),
          element('td', {}, coverageBar(list.functions(module))),
        ),
      )
  const body = element('tbody', {}, ...rows(0, SHOWN))
  const heads = ['Module', 'Lines', 'Functions'].map((title) => element('th', { scope: 'col' }, title))
  const table = element('table', { class: 'plain modules' }, element('thead', {}, element('tr', {}, ...heads)), body)
  if (modules.length <= SHOWN) return table
  const more = element('button', { type: 'button', class: 'more' }, `Show all ${modules.length} modules`)
  more.addEventListener('click', () => {
    body.append(...rows(SHOWN, modules.length))
    more.remove()
  })
  return element('div', {}, table, more)
}
