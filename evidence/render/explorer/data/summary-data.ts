/** What the overview shows: counts, gates, sources and the tables its charts are drawn from. Counted here, so that the page decides nothing. */
import { scenarioVerdicts } from '../../../model/verdict.js'
import { compareText } from '../../../model/text-order.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { TracedSet } from '../../../items/traced-set.js'
import { toneOf } from '../../status-tone.js'
import type { ChartData, ChartRow, SummaryData } from '../format/data-shape.js'
import { requirementVerdicts, requirementVerdictWords } from '../format/verdict-words.js'
import { metricsOf, type Usage } from './usage-data.js'

/** Rows of a chart; the rest is one row `others`, with its number. */
const CHART_ROWS = 12
const WORST_DEFECTS = 12

export function summaryData(set: TracedSet, interfaces: Usage, modules: Usage, flows: number): SummaryData {
  const byVerdict = countBy(set.requirements, ({ verdict }) => verdict)
  const byTestVerdict = countBy(set.tests, ({ item }) => item.verdict)
  return {
    title: set.title,
    passed: set.passed,
    gates: set.gates,
    referenceRule: set.referenceRule,
    sources: set.sources,
    counts: {
      requirements: set.requirements.length,
      tests: set.tests.length,
      interfaces: interfaces.names.length,
      modules: modules.names.length,
      defects: set.defects.length,
      findings: set.findings.length,
      flows,
    },
    requirementVerdicts: requirementVerdicts.map((verdict) => ({ verdict, count: byVerdict.get(verdict) ?? 0 })),
    testVerdicts: scenarioVerdicts.map((verdict) => ({ verdict, count: byTestVerdict.get(verdict) ?? 0 })),
    coverage:
      set.coverage === null ? null : { format: set.coverage.format, metric: set.coverage.metric, totals: metricsOf(set.coverage.totals) },
    charts: [
      ...verdictsBy(set, { id: 'kind', of: 'Kind', several: 'kinds' }, ({ kind }) => kind),
      ...verdictsBy(set, { id: 'source', of: 'Source', several: 'sources' }, ({ place }) => place.file),
      testsPerRequirement(set),
      ...modulesByLines(set),
    ],
    worst: set.defects.slice(0, WORST_DEFECTS),
  }
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** One row for each value of `keyOf`, the largest first; a single row would only repeat the totals. */
function verdictsBy(
  { requirements }: TracedSet,
  words: { readonly id: string; readonly of: string; readonly several: string },
  keyOf: (item: RequirementItem) => string,
): readonly ChartData[] {
  const rows = new Map<string, number[]>()
  for (const { item, verdict } of requirements) {
    const key = keyOf(item)
    const counts = rows.get(key) ?? requirementVerdicts.map(() => 0)
    rows.set(key, counts)
    const column = requirementVerdicts.indexOf(verdict)
    counts[column] = (counts[column] ?? 0) + 1
  }
  if (rows.size < 2) return []
  const sorted = [...rows]
    .map(([name, counts]) => ({ name: name === '' ? 'none' : name, counts }))
    .sort((one, other) => sum(other.counts) - sum(one.counts) || compareText(one.name, other.name))
  const whole = sorted.filter(({ counts }) => sum(counts) === sum(counts.slice(requirementVerdicts.indexOf('passed')))).length
  return [
    {
      id: `verdicts-by-${words.id}`,
      title: `Requirements by ${words.id} and verdict`,
      summary: `In ${whole} of ${rows.size} ${words.several} every requirement that wants a test passed.`,
      of: words.of,
      series: requirementVerdicts.map((verdict) => ({ name: requirementVerdictWords[verdict].name, tone: toneOf(verdict) })),
      rows: foldRest(sorted),
      form: 'bar',
    },
  ]
}

function foldRest(rows: readonly ChartRow[]): readonly ChartRow[] {
  if (rows.length <= CHART_ROWS) return rows
  const rest = rows.slice(CHART_ROWS - 1)
  const counts = (rest[0]?.counts ?? []).map((_, column) => sum(rest.map((row) => row.counts[column] ?? 0)))
  return [...rows.slice(0, CHART_ROWS - 1), { name: `${rest.length} others`, counts }]
}

/** Upper ends of the ranges; the last is open. */
const TEST_RANGES = [0, 1, 2, 3, 5, 10, 20] as const

function testsPerRequirement({ requirements }: TracedSet): ChartData {
  const wanted = requirements.filter(({ verdict }) => verdict !== 'not-required')
  const counts = [...TEST_RANGES.map(() => 0), 0]
  for (const { tests } of wanted) {
    const range = TEST_RANGES.findIndex((end) => tests.length <= end)
    const column = range === -1 ? TEST_RANGES.length : range
    counts[column] = (counts[column] ?? 0) + 1
  }
  return {
    id: 'tests-per-requirement',
    title: 'Tests per requirement',
    summary: `${counts[0] ?? 0} of ${wanted.length} requirements that want a test have none.`,
    of: 'Tests',
    series: [{ name: 'requirements', tone: 'accent' }],
    rows: counts.map((count, index) => ({ name: rangeName(index), counts: [count] })),
    form: 'histogram',
  }
}

function rangeName(index: number): string {
  const end = TEST_RANGES[index]
  const begin = index === 0 ? 0 : (TEST_RANGES[index - 1] ?? 0) + 1
  if (end === undefined) return `${begin} +`
  return begin === end ? String(end) : `${begin}–${end}`
}

function modulesByLines({ coverage }: TracedSet): readonly ChartData[] {
  const measured = (coverage?.modules ?? []).flatMap(({ lines }) => (lines === null || lines.total === 0 ? [] : [lines]))
  if (measured.length === 0) return []
  const counts = Array.from({ length: 11 }, () => 0)
  for (const { covered, total } of measured) {
    const column = covered === total ? 10 : Math.floor((10 * covered) / total)
    counts[column] = (counts[column] ?? 0) + 1
  }
  return [
    {
      id: 'modules-by-lines',
      title: 'Modules by share of lines covered',
      summary: `In ${counts[10] ?? 0} of ${measured.length} measured modules every line was covered.`,
      of: 'Lines covered',
      series: [{ name: 'modules', tone: 'accent' }],
      rows: counts.map((count, index) => ({ name: index === 10 ? '100 %' : `${10 * index} %`, counts: [count] })),
      form: 'histogram',
    },
  ]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
