/**
 * The flows of a system as an SVG picture: a column for each partition, a row for each object, a dot where a partition causes and an
 * arrowhead where one notices. Rows never cross, so thirty partitions read like three. Pixels; equal inputs give equal bytes.
 */
import type { Configuration } from '../configuration.js'
import type { PolicySource } from '../source/system-source.js'
import { type PictureRow, pictureRows } from './picture-rows.js'
import { PICTURE_STYLE } from './picture-style.js'
import { element, text } from './svg.js'

/** More columns than this are no picture any more. */
export const MOST_DRAWN = 64

const ROW = 24
/** Columns stand closer where there are many. */
const columnWidth = (count: number): number => (count > 12 ? 34 : 52)
const MARGIN = 16
/** Average width of a character at 12 pixels, and of one that stands slanted in the head. */
const CHARACTER = 7
const SLANTED = 5
const LEGEND = 76
const LEAST_WIDTH = 560

interface Frame {
  readonly names: readonly string[]
  readonly rows: readonly PictureRow[]
  /** Where the first column and the first row begin. */
  readonly left: number
  readonly top: number
  readonly column: number
  readonly width: number
  readonly height: number
}

export function flowPicture(configuration: Configuration, policy: Pick<PolicySource, 'mustPass' | 'never'>): string {
  const frame = frameOf(
    configuration.partitions.map(({ name }) => name),
    pictureRows(configuration, policy),
  )
  const id = `flows-${configuration.name}`
  const title = `Information flows of ${configuration.name}`
  const parts = [
    element('title', { id: `${id}-title` }, text(title)),
    element('desc', { id: `${id}-desc` }, text(described(frame))),
    element('style', {}, PICTURE_STYLE),
    element('rect', { class: 'ground', width: frame.width, height: frame.height }),
    element('text', { class: 'title', x: MARGIN, y: MARGIN + 12 }, text(title)),
    ...frame.rows.map((row, i) => stripe(frame, row, i)),
    ...frame.names.map((name, i) => column(frame, name, i)),
    ...frame.rows.map((row, i) => rowLine(frame, row, i)),
    ...legend(frame),
  ]
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'bulkhead-flows',
    viewBox: `0 0 ${frame.width} ${frame.height}`,
    width: frame.width,
    height: frame.height,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-desc`,
  }
  return `${element('svg', attributes, `\n${parts.join('\n')}\n`)}\n`
}

function frameOf(names: readonly string[], rows: readonly PictureRow[]): Frame {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length))
  const slant = longest(names) * SLANTED
  const left = MARGIN + longest(rows.map(({ label }) => label)) * CHARACTER + 2 * MARGIN
  const top = MARGIN + 24 + slant
  const column = columnWidth(names.length)
  const width = Math.max(LEAST_WIDTH, left + names.length * column + slant + MARGIN)
  return { names, rows, left, top, column, width, height: top + rows.length * ROW + LEGEND }
}

const columnX = ({ left, column }: Frame, id: number): number => left + id * column
const rowY = ({ top }: Frame, row: number): number => top + row * ROW + ROW / 2

function column(frame: Frame, name: string, id: number): string {
  const x = columnX(frame, id)
  const y = frame.top - 8
  return element(
    'g',
    {},
    element('line', { class: 'lane', x1: x, y1: frame.top - 4, x2: x, y2: frame.top + frame.rows.length * ROW }),
    element('text', { class: 'name', x, y, transform: `rotate(-45 ${x} ${y})` }, text(name)),
  )
}

const stripe = (frame: Frame, row: PictureRow, index: number): string =>
  element('rect', {
    class: index % 2 === 0 ? `stripe ${row.nature}` : `plain ${row.nature}`,
    x: MARGIN / 2,
    y: rowY(frame, index) - ROW / 2,
    width: frame.width - MARGIN,
    height: ROW,
  })

function rowLine(frame: Frame, row: PictureRow, index: number): string {
  const y = rowY(frame, index)
  const users = [...row.sources, ...row.sinks]
  const from = columnX(frame, Math.min(...users))
  const to = columnX(frame, Math.max(...users))
  return element(
    'g',
    { class: `flow ${row.nature}` },
    element('title', {}, text(sentence(frame, row))),
    element('text', { class: 'label', x: MARGIN, y: y + 4 }, text(row.label)),
    element('line', { x1: from, y1: y, x2: to, y2: y }),
    ...row.sources.map((id) => element('circle', { cx: columnX(frame, id), cy: y, r: 4 })),
    ...row.sinks.flatMap((id) => heads(frame, row, id, y)),
    ...(row.via === undefined ? [] : [diamond(columnX(frame, row.via), y)]),
  )
}

/** A cross for what must not be reached, else an arrowhead from each side on which somebody causes; it ends beside the dot where the partition causes as well. */
function heads(frame: Frame, { sources, nature }: PictureRow, id: number, y: number): readonly string[] {
  if (nature === 'never') return [cross(columnX(frame, id), y)]
  const others = sources.filter((source) => source !== id)
  const gap = sources.includes(id) ? 5 : 1
  const x = columnX(frame, id)
  const head = (side: -1 | 1): string => {
    const tip = x + side * gap
    return element('path', { d: `M${tip} ${y}L${tip + side * 9} ${y - 5}L${tip + side * 9} ${y + 5}Z` })
  }
  const left = others.some((source) => source < id)
  const right = others.some((source) => source > id)
  return [...(left ? [head(-1)] : []), ...(right ? [head(1)] : [])]
}

const cross = (x: number, y: number): string =>
  element('path', { class: 'cross', d: `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x - 5} ${y + 5}L${x + 5} ${y - 5}` })

const diamond = (x: number, y: number): string =>
  element('path', { class: 'via', d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z` })

function legend(frame: Frame): readonly string[] {
  const y = frame.top + frame.rows.length * ROW + 26
  const entry = (row: number, nature: string, words: string) =>
    element(
      'g',
      { class: `flow ${nature}` },
      element('line', { x1: MARGIN, y1: y + row * 16 - 4, x2: MARGIN + 36, y2: y + row * 16 - 4 }),
      element('text', { class: 'legend', x: MARGIN + 46, y: y + row * 16 }, text(words)),
    )
  return [
    entry(0, 'data', 'made to carry data; a dot causes, an arrowhead notices'),
    entry(1, 'side', 'told on the side: authority, fill of queues, audit, alarms'),
    ...(frame.rows.some(({ nature }) => nature === 'rule' || nature === 'never')
      ? [entry(2, 'rule', 'demanded by the policy: a diamond must be passed, a cross never reached')]
      : []),
  ]
}

function described(frame: Frame): string {
  const count = `${frame.names.length} partitions: ${frame.names.join(', ')}.`
  return [count, ...frame.rows.map((row) => `${sentence(frame, row)}.`)].join(' ')
}

function sentence({ names }: Frame, { label, sources, sinks, via }: PictureRow): string {
  const list = (ids: readonly number[]) => ids.map((id) => names[id] ?? String(id)).join(', ')
  return `${label}: from ${list(sources)} to ${list(sinks)}${via === undefined ? '' : ` via ${list([via])}`}`
}
