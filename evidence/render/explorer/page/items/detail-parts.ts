/** Parts that the pages of items share: heading, facts, sections, and lists of links that stay short until more is asked for. */
import { button, element, type Child } from '../parts/element.js'
import type { RequirementList } from '../lists/requirement-list.js'
import { requirementVerdictMark, testVerdictMark } from '../parts/status-mark.js'
import type { TestList } from '../lists/test-list.js'

const SHOWN = 25
const MORE = 200
const MOST_PRINTED = 4000

export function heading(id: string, title: string | null, mark: HTMLElement): HTMLElement {
  return element(
    'header',
    { class: 'item-head' },
    element('h2', { tabindex: -1 }, element('span', { class: 'id' }, id)),
    mark,
    title === null || title === '' ? null : element('p', { class: 'item-title' }, title),
  )
}

/** Facts without a value are left out; what must be said even then comes with a value that says it. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  const list = element('dl', { class: 'facts' })
  for (const [name, value] of rows) {
    if (value !== null && value !== '') list.append(element('dt', {}, name), element('dd', {}, value))
  }
  return list
}

export function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', {}, element('h3', {}, title), ...children)
}

export function none(text: string): HTMLElement {
  return element('p', { class: 'none' }, text)
}

export function code(text: string): HTMLElement {
  return element('code', {}, text)
}

export function paragraphs(text: string): HTMLElement {
  return element('p', { class: 'text' }, text)
}

/** Many rows would make the page slow and nobody reads them at once: a button shows the next. */
export function growingList(items: readonly number[], row: (item: number) => HTMLElement, noun: string): HTMLElement {
  const list = element('ul', { class: 'links' })
  const root = element('div', {}, list)
  let shown = 0
  const more = button('', () => grow(MORE), { class: 'more' })
  const grow = (count: number): void => {
    const next = items.slice(shown, shown + count)
    list.append(...next.map(row))
    const first = list.children[shown]
    const grown = shown > 0
    shown += next.length
    if (shown >= items.length) more.remove()
    else more.textContent = `${shown} of ${items.length} ${noun} shown: show ${Math.min(MORE, items.length - shown)} more`
    if (grown) first?.querySelector('a')?.focus()
  }
  root.append(more)
  grow(SHOWN)
  return root
}

/** For paper: what a reader would ask for piece by piece, up to some thousands of rows; a button that is left says how many are not shown. */
export function growWhole(root: HTMLElement): void {
  for (const more of root.querySelectorAll<HTMLButtonElement>('button.more'))
    for (let pieces = 0; more.isConnected && pieces < MOST_PRINTED / MORE; pieces += 1) more.click()
}

export function requirementLinks(list: RequirementList, indices: readonly number[]): HTMLElement {
  const row = (index: number): HTMLElement =>
    element(
      'li',
      {},
      requirementVerdictMark(list.verdict(index)),
      element('a', { class: 'id', href: list.address(index) }, list.id(index)),
      element('span', { class: 'label' }, list.title(index)),
    )
  return growingList(indices, row, 'requirements')
}

export function testLinks(list: TestList, indices: readonly number[]): HTMLElement {
  const row = (index: number): HTMLElement =>
    element(
      'li',
      {},
      testVerdictMark(list.verdict(index)),
      element('a', { href: list.address(index) }, list.name(index)),
      element('span', { class: 'label' }, list.suite(index)),
    )
  return growingList(indices, row, 'tests')
}

/** `line` 0: not stated. */
export function placeText(file: string, line: number): HTMLElement {
  return code(line === 0 ? file : `${file}:${line}`)
}
