/** The first page: the verdict and what it hangs on, gates, counts, what is wrong, and charts. */
import type { SummaryData } from '../format/data-shape.js'
import { requirementVerdictWords } from '../format/verdict-words.js'
import type { RequirementVerdict } from '../../../items/traced-set.js'
import { verdictText, type ScenarioVerdict } from '../../../model/verdict.js'
import { toneOf } from '../../status-tone.js'
import { chartFigure } from './chart-figure.js'
import { coverageBar } from './coverage-bar.js'
import { none } from './detail-parts.js'
import { element, shape } from './element.js'
import { formatRoute, itemAddress, type Page } from './route.js'
import { statusMark } from './status-mark.js'

export function overviewPage(summary: SummaryData): HTMLElement {
  return element(
    'div',
    { class: 'document' },
    verdict(summary),
    element('div', { class: 'columns' }, requirements(summary), tests(summary), coverage(summary), gates(summary)),
    defects(summary),
    flows(summary),
    element('section', { class: 'charts', 'aria-label': 'Charts' }, ...summary.charts.map(chartFigure)),
  )
}

/** What did not meet a gate stands in the first sentence: nobody should have to look for it. */
function verdict({ passed, gates, counts, title }: SummaryData): HTMLElement {
  const missed = gates.filter(({ met }) => !met)
  const words = passed ? 'passed' : 'not passed'
  const why =
    gates.length === 0
      ? 'No gate was set: nothing was asked of this set.'
      : missed.length === 0
        ? `All ${gates.length} gates are met.`
        : `${missed.length} of ${gates.length} gates ${missed.length === 1 ? 'is' : 'are'} not met: ${missed.map(({ name }) => name).join(', ')}.`
  const tone = passed ? 'good' : 'bad'
  return element(
    'header',
    { class: `verdict ${tone}` },
    shape(tone),
    element(
      'div',
      {},
      element('h1', { tabindex: -1 }, `Verdict: ${words}`),
      element('p', {}, why),
      element(
        'p',
        { class: 'label' },
        title === '' ? null : `${title}. `,
        `${number(counts.defects)} defects, ${number(counts.findings)} findings of the sources.`,
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

function block(title: string, page: Page, rows: readonly HTMLElement[], count: number, empty: string): HTMLElement {
  const heading = element('h2', {}, element('a', { href: `#/${page}` }, title))
  const heads = ['Verdict', 'Number', 'Share'].map((name) => element('th', { scope: 'col' }, name))
  const table = element(
    'table',
    { class: 'plain counts' },
    element('thead', { class: 'unseen' }, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  )
  return element('section', {}, heading, count === 0 ? none(empty) : table)
}

function countRow(page: Page, verdict: string, name: string, tone: string, count: number, total: number, meaning: string): HTMLElement {
  const address = formatRoute({ page, item: null, query: new Map([['verdict', verdict]]) })
  const share = total === 0 ? 0 : count / total
  const fill = element('span', { class: `fill ${tone}` })
  fill.style.width = `${100 * share}%`
  return element(
    'tr',
    { class: count === 0 ? 'empty' : null },
    element('th', { scope: 'row' }, element('a', { href: address, title: meaning === '' ? null : meaning }, statusMark(name, tone))),
    element('td', { class: 'number' }, number(count)),
    element(
      'td',
      { class: 'share-cell' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
      element('span', { class: 'percent' }, percent(count, total)),
    ),
  )
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
  const rows = (['statements', 'branches', 'functions', 'lines'] as const).map((name) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, coverageBar(found.totals[name]))),
  )
  const heads = ['Metric', 'Covered'].map((name) => element('th', { scope: 'col' }, name))
  const table = element(
    'table',
    { class: 'plain counts' },
    element('thead', { class: 'unseen' }, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  )
  return element('section', {}, heading, table, element('p', { class: 'label' }, `${found.format}: ${found.metric}`))
}

function gates({ gates: found }: SummaryData): HTMLElement {
  const rows = found.map(({ name, wanted, found: value, met }) =>
    element(
      'tr',
      {},
      element('td', {}, statusMark(met ? 'met' : 'not met', met ? 'good' : 'bad')),
      element('th', { scope: 'row' }, name),
      element('td', {}, wanted),
      element('td', {}, value),
    ),
  )
  const heads = ['Met', 'Gate', 'Wanted', 'Found'].map((name) => element('th', { scope: 'col' }, name))
  const table = element('table', { class: 'plain gates' }, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows))
  return element(
    'section',
    { class: 'gate-section' },
    element('h2', {}, `${found.length} gates`),
    found.length === 0 ? none('The policy sets none.') : table,
  )
}

function defects({ worst, counts }: SummaryData): HTMLElement {
  const rows = worst.map(({ kind, id, text, place }, index) =>
    element(
      'tr',
      {},
      element('td', {}, statusMark(kind, toneOf(kind))),
      element(
        'th',
        { scope: 'row' },
        element('a', { class: 'id', href: itemAddress('defects', String(index + 1)) }, id === '' ? 'the run' : id),
      ),
      element('td', {}, text),
      element('td', { class: 'place' }, place),
    ),
  )
  const heads = ['Kind', 'Of', 'What', 'Where'].map((name) => element('th', { scope: 'col' }, name))
  const table = element(
    'table',
    { class: 'plain defects' },
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  )
  const rest = counts.defects - worst.length
  return element(
    'section',
    {},
    element(
      'h2',
      {},
      element('a', { href: '#/defects' }, `${number(counts.defects)} defects`),
      rest > 0 ? element('span', { class: 'label' }, ` the worst ${worst.length}`) : null,
    ),
    worst.length === 0 ? none('None was found.') : table,
  )
}

/** An image cannot run what stands in it. */
function flows({ flows: picture }: SummaryData): HTMLElement | null {
  if (picture === null) return null
  return element(
    'section',
    {},
    element('h2', {}, picture.title),
    element(
      'figure',
      { class: 'flows' },
      element('img', { src: picture.file, alt: picture.text }),
      element('figcaption', {}, picture.text),
    ),
  )
}

function number(value: number): string {
  return value.toLocaleString('en-GB')
}
