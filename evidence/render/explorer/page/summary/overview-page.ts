/** The first page: the verdict and what it hangs on, gates, counts, what is wrong, and charts. */
import type { SummaryData } from '../../format/data-shape.js'
import { requirementVerdictWords } from '../../format/verdict-words.js'
import type { RequirementVerdict } from '../../../../items/traced-set.js'
import { verdictText, type ScenarioVerdict } from '../../../../model/verdict.js'
import { toneOf } from '../../../status-tone.js'
import { chartFigure } from './chart-figure.js'
import { coverageBar } from '../items/coverage-bar.js'
import { none } from '../items/detail-parts.js'
import { element, shape, type Child } from '../parts/element.js'
import { plainTable } from '../parts/plain-table.js'
import { formatRoute, itemAddress, type Page } from '../../browse/route.js'
import { statusMark } from '../parts/status-mark.js'

export function overviewPage(summary: SummaryData): HTMLElement {
  return element(
    'div',
    { class: 'document' },
    element('div', { class: 'top' }, verdict(summary), gates(summary)),
    element('div', { class: 'columns' }, requirements(summary), tests(summary), coverage(summary)),
    defects(summary),
    element('section', { class: 'charts', 'aria-label': 'Charts' }, ...summary.charts.map(chartFigure)),
  )
}

const OPEN: readonly string[] = ['failed', 'uncovered', 'stale', 'partial']

/** What did not meet a gate stands in the first sentence: nobody should have to look for it. */
function verdict({ passed, gates, counts, title, requirementVerdicts }: SummaryData): HTMLElement {
  const missed = gates.filter(({ met }) => !met)
  const open = requirementVerdicts.filter(({ verdict, count }) => count > 0 && OPEN.includes(verdict))
  // Gates may ask for less than everything: that they are met does not say that every requirement passed.
  const words = passed ? (open.length === 0 ? 'Passed' : 'Gates met, requirements open') : 'Not passed'
  const left = open.map(({ verdict, count }) => `${number(count)} ${requirementVerdictWords[verdict as RequirementVerdict].name}`)
  const why =
    gates.length === 0
      ? 'No gate was set: nothing was asked of this set.'
      : missed.length === 0
        ? `All ${gates.length} gates are met.`
        : `${missed.length} of ${gates.length} gates ${missed.length === 1 ? 'is' : 'are'} not met: ${missed.map(({ name }) => name).join(', ')}.`
  const tone = !passed ? 'bad' : open.length === 0 ? 'good' : 'partly'
  return element(
    'header',
    { class: `verdict ${tone}` },
    shape(tone),
    element(
      'div',
      {},
      element('h1', { tabindex: -1 }, words),
      element('p', {}, why),
      left.length === 0 ? null : element('p', {}, `Requirements that are open: ${left.join(', ')}.`),
      element(
        'p',
        { class: 'label' },
        title === '' ? null : `${title}. `,
        `${number(counts.defects)} defects; findings of the sources: ${number(counts.findings)}.`,
      ),
    ),
  )
}

function requirements({ requirementVerdicts, counts }: SummaryData): HTMLElement {
  const rows = requirementVerdicts.map(({ verdict, count }) => {
    const { name, meaning } = requirementVerdictWords[verdict as RequirementVerdict]
    return countRow('requirements', verdict, name, toneOf(verdict), count, counts.requirements, meaning)
  })
  return block(`${number(counts.requirements)} requirements`, 'requirements', rows, counts.requirements, 'The sources hold no requirement.')
}

function tests({ testVerdicts, counts }: SummaryData): HTMLElement {
  const rows = testVerdicts
    .filter(({ verdict, count }) => count > 0 || ['failed', 'not-run', 'passed'].includes(verdict))
    .map(({ verdict, count }) =>
      countRow('tests', verdict, verdictText[verdict as ScenarioVerdict], toneOf(verdict), count, counts.tests, ''),
    )
  return block(`${number(counts.tests)} tests`, 'tests', rows, counts.tests, 'The results hold no test.')
}

function block(title: string, page: Page, rows: readonly (readonly Child[])[], count: number, empty: string): HTMLElement {
  const heading = element('h2', {}, element('a', { href: `#/${page}` }, title))
  const columns = [{ title: 'Verdict' }, { title: 'Number', name: 'number' }, { title: 'Share', name: 'share-cell' }]
  return element('section', {}, heading, count === 0 ? none(empty) : plainTable({ name: 'counts', columns, rows, rowHead: 0, quiet: true }))
}

function countRow(
  page: Page,
  verdict: string,
  name: string,
  tone: string,
  count: number,
  total: number,
  meaning: string,
): readonly Child[] {
  const address = formatRoute({ page, item: null, query: new Map([['verdict', verdict]]) })
  const fill = element('span', { class: `fill ${tone}` })
  fill.style.width = `${total === 0 ? 0 : (100 * count) / total}%`
  const quiet = count === 0 ? 'empty' : null
  return [
    element('a', { href: address, title: meaning === '' ? null : meaning, class: quiet }, statusMark(name, tone)),
    element('span', { class: quiet }, number(count)),
    element(
      'span',
      {},
      element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
      element('span', { class: 'percent' }, percent(count, total)),
    ),
  ]
}

/** A whole is printed for a whole alone, and nothing for nothing alone. */
function percent(count: number, total: number): string {
  if (count === 0) return '0 %'
  const tenths = (1000 * count) / total
  if (tenths < 1) return '< 0.1 %'
  return count === total ? '100 %' : `${(Math.min(999, Math.floor(tenths)) / 10).toFixed(1)} %`
}

function coverage({ coverage: found, counts }: SummaryData): HTMLElement {
  const heading = element(
    'h2',
    {},
    counts.modules === 0 ? 'Code coverage' : element('a', { href: '#/modules' }, `Code coverage of ${number(counts.modules)} modules`),
  )
  if (found === null) return element('section', {}, heading, none('No coverage was given.'))
  const rows = (['statements', 'branches', 'functions', 'lines'] as const).map((name): readonly Child[] => [
    name,
    coverageBar(found.totals[name]),
  ])
  const table = plainTable({ name: 'counts', columns: [{ title: 'Metric' }, { title: 'Covered' }], rows, rowHead: 0, quiet: true })
  return element('section', {}, heading, table, element('p', { class: 'label' }, `${found.format}: ${found.metric}`))
}

function gates({ gates: found }: SummaryData): HTMLElement {
  const rows = found.map(({ name, wanted, found: value, met }): readonly Child[] => [
    statusMark(met ? 'met' : 'not met', met ? 'good' : 'bad'),
    name,
    wanted,
    value,
  ])
  const columns = ['Met', 'Gate', 'Wanted', 'Found'].map((title) => ({ title }))
  const table = plainTable({ name: 'stacking gates', columns, rows, rowHead: 1 })
  const title = `${found.length} ${found.length === 1 ? 'gate' : 'gates'}`
  return element('section', { class: 'gate-section' }, element('h2', {}, title), found.length === 0 ? none('The policy sets none.') : table)
}

function defects({ worst, counts }: SummaryData): HTMLElement {
  const rows = worst.map(({ kind, id, text, place }, index): readonly Child[] => [
    statusMark(kind, toneOf(kind)),
    element('a', { class: 'id', href: itemAddress('defects', String(index + 1)) }, id === '' ? 'the run' : id),
    text,
    place,
  ])
  const columns = [{ title: 'Kind' }, { title: 'Of' }, { title: 'What' }, { title: 'Where', name: 'place' }]
  const title = `${number(counts.defects)} ${counts.defects === 1 ? 'defect' : 'defects'}`
  const shown = worst.length < counts.defects ? element('span', { class: 'label' }, ` the worst ${worst.length}`) : null
  return element(
    'section',
    {},
    element('h2', {}, element('a', { href: '#/defects' }, title), shown),
    worst.length === 0 ? none('None was found.') : plainTable({ name: 'stacking defects', columns, rows, rowHead: 1 }),
  )
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
