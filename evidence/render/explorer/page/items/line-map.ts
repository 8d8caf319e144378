/** Coverage by line: a map of the whole module at a glance, and the ranges as a table, or the text itself with the hits beside it. */
import { element, svgElement } from '../parts/element.js'
import { none } from './detail-parts.js'
import { statusMark } from '../parts/status-mark.js'

interface Range {
  readonly first: number
  readonly last: number
  readonly hits: number
}

const HEIGHT = 22

function rangesOf(flat: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  for (let at = 0; at + 2 < flat.length; at += 3) ranges.push({ first: flat[at] ?? 0, last: flat[at + 1] ?? 0, hits: flat[at + 2] ?? 0 })
  return ranges
}

/** One unit of width per line; the table or listing below says the same in words. */
export function lineMap(flat: readonly number[]): HTMLElement {
  const ranges = rangesOf(flat)
  const lines = ranges.at(-1)?.last ?? 1
  const missed = ranges.filter(({ hits }) => hits === 0)
  const count = missed.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const label = count === 0 ? `Every measured line of ${lines} ran.` : `${count} measured lines did not run, of a module of ${lines} lines.`
  const bars = ranges.map(({ first, last, hits }) =>
    svgElement('rect', { x: first - 1, width: last - first + 1, y: 0, height: HEIGHT, class: hits === 0 ? 'missed' : 'ran' }),
  )
  const map = svgElement(
    'svg',
    { class: 'line-map', viewBox: `0 0 ${lines} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    ...bars,
  )
  return element('figure', {}, map, element('figcaption', {}, label))
}

export function rangeTable(flat: readonly number[]): HTMLElement {
  const missed = rangesOf(flat).filter(({ hits }) => hits === 0)
  if (missed.length === 0) return none('No measured line was left out.')
  const rows = missed.map(({ first, last }) =>
    element('li', {}, statusMark('never ran', 'bad'), first === last ? `line ${first}` : `lines ${first} to ${last}`),
  )
  return element(
    'details',
    { open: missed.length <= 40 },
    element('summary', {}, `Lines that never ran (${missed.length} ranges)`),
    element('ul', { class: 'links' }, ...rows),
  )
}

export function sourceListing(source: string, flat: readonly number[]): HTMLElement {
  const hits = new Map<number, number>()
  for (const { first, last, hits: count } of rangesOf(flat)) for (let line = first; line <= last; line += 1) hits.set(line, count)
  const rows = source.split(/\r\n|\r|\n/).map((text, place) => {
    const count = hits.get(place + 1)
    const state = count === undefined ? '' : count === 0 ? 'missed' : 'ran'
    return element(
      'tr',
      { class: state, id: null },
      element('td', { class: 'number' }, String(place + 1)),
      element('td', { class: 'hits' }, count === undefined ? '' : count === 0 ? 'never' : `${count.toLocaleString('en-GB')}×`),
      element('td', { class: 'line' }, text),
    )
  })
  const heads = ['Line', 'Ran', 'Text'].map((title) => element('th', { scope: 'col' }, title))
  return element(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Text of the module with hits' },
    element(
      'table',
      { class: 'listing' },
      element('thead', { class: 'unseen' }, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows),
    ),
  )
}
