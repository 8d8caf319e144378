/**
 * A chart with its text: one sentence that says what it shows, and the table it is drawn from. Drawn by Observable Plot as SVG, in the
 * colours of the style sheet; every bar has its number, so that nothing depends on colour. The library loads after the page.
 */
import type * as PlotLibrary from '@observablehq/plot'
import type { ChartData } from '../../format/data-shape.js'
import { loadCharts } from '../parts/data.js'
import { element } from '../parts/element.js'
import { memo } from '../parts/memo.js'
import { plainTable, sideways } from '../parts/plain-table.js'

declare global {
  interface Window {
    readonly Plot?: typeof PlotLibrary
  }
}

const ROW_HEIGHT = 26
const HISTOGRAM_HEIGHT = 190

export function chartFigure(chart: ChartData): HTMLElement {
  const height = chart.form === 'bar' ? ROW_HEIGHT * chart.rows.length + 34 : HISTOGRAM_HEIGHT
  const slot = element('div', { class: 'plot' })
  slot.style.minHeight = `${height}px`
  void draw(chart, slot, height)
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('h2', {}, chart.title), element('p', {}, chart.summary), legend(chart)),
    slot,
    element('details', {}, element('summary', {}, 'As a table'), table(chart)),
  )
}

/** Series that occur, in their order; a chart of one series needs no legend. */
function legend({ series, rows }: ChartData): HTMLElement | null {
  if (series.length < 2) return null
  const items = series.flatMap(({ name, tone }, place) => {
    if (!rows.some(({ counts }) => (counts[place] ?? 0) > 0)) return []
    const swatch = element('span', { class: isSecond(series, place) ? `swatch second ${tone}` : `swatch ${tone}` })
    return [element('li', {}, swatch, name)]
  })
  return element('ul', { class: 'legend' }, ...items)
}

function table({ title, of, series, rows }: ChartData): HTMLElement {
  const columns = [{ title: of }, ...series.map(({ name }) => ({ title: name, name: 'number' }))]
  const cells = rows.map(({ name, counts }) => [name, ...counts.map((count) => count.toLocaleString('en-GB'))])
  return sideways(`Table: ${title}`, plainTable({ name: 'of-chart', columns, rows: cells, rowHead: 0 }))
}

/** Waits until the page stands; width follows the figure. */
async function draw(chart: ChartData, slot: HTMLElement, height: number): Promise<void> {
  const plot = await library()
  let width = 0
  new ResizeObserver(() => {
    const room = Math.round(slot.clientWidth)
    if (room === 0 || Math.abs(room - width) < 2) return
    width = room
    const drawing = plot.plot(chart.form === 'bar' ? barOptions(plot, chart, room, height) : histogramOptions(plot, chart, room, height))
    // The rules Plot brings along stand in our own style sheet: the page allows no style element.
    drawing.querySelector('style')?.remove()
    // One image with one name: what is inside needs none of its own.
    for (const part of drawing.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
    drawing.setAttribute('role', 'img')
    drawing.setAttribute('aria-label', `${chart.title}. ${chart.summary} The table below holds the numbers.`)
    slot.replaceChildren(drawing)
  }).observe(slot)
}

interface Bar {
  readonly name: string
  readonly series: string
  readonly count: number
}

function barsOf({ series, rows }: ChartData): readonly Bar[] {
  return rows.flatMap(({ name, counts }) =>
    counts.map((count, column): Bar => ({ name, series: series[column]?.name ?? '', count })).filter(({ count }) => count > 0),
  )
}

/** The second series of a tone is paler than the first: they stand apart, and the legend names them. */
function isSecond(series: ChartData['series'], place: number): boolean {
  return series.findIndex(({ tone }) => tone === series[place]?.tone) !== place
}

function shadeOf(series: ChartData['series'], place: number): string {
  const colour = `var(--${series[place]?.tone ?? 'ink'})`
  return isSecond(series, place) ? `color-mix(in srgb, ${colour} 42%, var(--paper))` : colour
}

function colours({ series }: ChartData): PlotLibrary.ScaleOptions {
  return { type: 'ordinal', domain: series.map(({ name }) => name), range: series.map((_, place) => shadeOf(series, place)) }
}

const style = { fontFamily: 'inherit', fontSize: '0.8125rem', background: 'none', color: 'inherit', overflow: 'visible' } as const

function barOptions(plot: typeof PlotLibrary, chart: ChartData, width: number, height: number): PlotLibrary.PlotOptions {
  const bars = barsOf(chart)
  const longest = Math.max(...chart.rows.map(({ name }) => name.length), 1)
  const totals = chart.rows.map(({ name, counts }) => ({ name, total: counts.reduce((sum, count) => sum + count, 0) }))
  const most = Math.max(...totals.map(({ total }) => total), 1)
  const marginLeft = Math.min(width * 0.4, 16 + 7.2 * Math.min(longest, 26))
  return {
    width,
    height,
    marginLeft,
    marginRight: 64,
    marginTop: 4,
    marginBottom: 28,
    style,
    x: { domain: [0, most], ticks: Math.max(2, Math.floor(width / 130)), tickFormat: ',d', label: null, grid: true, nice: true },
    y: { domain: chart.rows.map(({ name }) => name), label: null, padding: 0.3 },
    color: colours(chart),
    marks: [
      plot.axisY({ tickSize: 0, tickFormat: (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name), label: null }),
      plot.barX(bars, {
        x: 'count',
        y: 'name',
        fill: 'series',
        order: chart.series.map(({ name }) => name),
        insetRight: 1,
        title: (bar: Bar) => `${bar.name}, ${bar.series}: ${bar.count.toLocaleString('en-GB')}`,
      }),
      plot.text(totals, {
        x: 'total',
        y: 'name',
        text: ({ total }: { readonly total: number }) => total.toLocaleString('en-GB'),
        textAnchor: 'start',
        dx: 6,
        fill: 'var(--ink)',
      }),
      plot.ruleX([0], { stroke: 'var(--muted)' }),
    ],
  }
}

function histogramOptions(plot: typeof PlotLibrary, chart: ChartData, width: number, height: number): PlotLibrary.PlotOptions {
  const bars = barsOf(chart)
  return {
    width,
    height,
    marginLeft: 46,
    marginRight: 8,
    marginTop: 22,
    marginBottom: 40,
    style,
    x: {
      type: 'band',
      domain: chart.rows.map(({ name }) => name),
      label: chart.of,
      labelAnchor: 'center',
      labelArrow: 'none',
      padding: 0.12,
    },
    y: { label: null, grid: true, ticks: 4, tickFormat: ',d', nice: true },
    marks: [
      plot.barY(bars, {
        x: 'name',
        y: 'count',
        fill: 'var(--accent)',
        title: (bar: Bar) => `${bar.name}: ${bar.count.toLocaleString('en-GB')}`,
      }),
      plot.text(bars, { x: 'name', y: 'count', text: ({ count }: Bar) => count.toLocaleString('en-GB'), dy: -8, fill: 'var(--ink)' }),
      plot.ruleY([0], { stroke: 'var(--muted)' }),
    ],
  }
}

const library = memo(async (): Promise<typeof PlotLibrary> => {
  await loadCharts()
  if (window.Plot === undefined) throw new Error('charts/plot.js is not the chart library; the folder of the explorer is not complete')
  return window.Plot
})
