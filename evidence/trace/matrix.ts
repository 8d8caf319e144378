/** Matrices of requirements against interface entries and modules. Uncovered rows first; dense bands only while they fit. */
import type { MatrixBand, MatrixCell, MatrixColumn, MatrixRow, MatrixView } from '../model/matrix-view.js'
import { isFailure, type ScenarioVerdict } from '../model/verdict.js'
import { count } from './method-verdict.js'

/** One row before it is marked: per column the verdicts of the scenarios that link the two, and the columns it is only allocated to. */
export interface MatrixSource {
  readonly text: string
  readonly anchor: string
  readonly title: string
  readonly state: string
  readonly verdict: string
  readonly verdicts: ReadonlyMap<string, readonly ScenarioVerdict[]>
  readonly declared: readonly string[]
}

export interface MatrixHead {
  readonly anchor: string
  readonly title: string
  readonly caption: string
  readonly rowHeading: string
  readonly columnHeading: string
  readonly note: string
}

const bandWidth = 16
const denseLimit = 100_000

const legend: MatrixView['legend'] = [
  { mark: 'P', text: 'every linked scenario passed' },
  { mark: 'F', text: 'a linked scenario failed' },
  { mark: 'N', text: 'linked scenarios, none failed, not all passed' },
  { mark: 'A', text: 'allocated or declared, no scenario' },
  { mark: '-', text: 'no link' },
]

export function buildMatrix(
  head: MatrixHead,
  columns: readonly { readonly text: string; readonly anchor: string }[],
  sources: readonly MatrixSource[],
): MatrixView {
  const order = new Map(columns.map(({ text }, i) => [text, i]))
  const all = sources.map((source): MatrixRow => rowOf(source, columns, order))
  const rows = [...all.filter(({ cells }) => !isTested(cells)), ...all.filter(({ cells }) => isTested(cells))]
  const filled = new Map<string, number>()
  for (const { cells } of rows) for (const { column, mark } of cells) if (mark !== 'A') filled.set(column, (filled.get(column) ?? 0) + 1)
  const made = columns.map((column, i): MatrixColumn => ({ ...column, short: `C${i + 1}`, cells: filled.get(column.text) ?? 0 }))
  return {
    ...head,
    legend,
    columns: made,
    rows,
    bands: rows.length * made.length > denseLimit ? [] : bandsOf(made, rows),
    emptyRows: rows.filter(({ cells }) => !isTested(cells)).length,
    emptyColumns: made.filter(({ cells }) => cells === 0).length,
  }
}

function isTested(cells: readonly MatrixCell[]): boolean {
  return cells.some(({ mark }) => mark !== 'A')
}

function rowOf(
  source: MatrixSource,
  columns: readonly { readonly text: string; readonly anchor: string }[],
  order: ReadonlyMap<string, number>,
): MatrixRow {
  const { text, anchor, title, state, verdict, verdicts, declared } = source
  const named = [...new Set([...verdicts.keys(), ...declared])].filter((column) => order.has(column))
  const at = (column: string): number => order.get(column) ?? 0
  const cells = named
    .sort((a, b) => at(a) - at(b))
    .map((column) => cellOf(column, columns[at(column)]?.anchor ?? '', verdicts.get(column) ?? []))
  return { text, anchor, title, state, verdict, cells }
}

function cellOf(column: string, anchor: string, verdicts: readonly ScenarioVerdict[]): MatrixCell {
  const scenarios = verdicts.length
  if (scenarios === 0) return { column, anchor, mark: 'A', text: 'no scenario', scenarios }
  const number = count(scenarios, 'scenario')
  if (verdicts.some(isFailure)) return { column, anchor, mark: 'F', text: `${number}, failed`, scenarios }
  if (verdicts.every((verdict) => verdict === 'passed')) return { column, anchor, mark: 'P', text: `${number}, passed`, scenarios }
  return { column, anchor, mark: 'N', text: `${number}, not all passed`, scenarios }
}

function bandsOf(columns: readonly MatrixColumn[], rows: readonly MatrixRow[]): MatrixBand[] {
  const of = Math.ceil(columns.length / bandWidth)
  const sparse = rows.map(({ cells }) => new Map(cells.map((cell) => [cell.column, cell])))
  return Array.from({ length: of }, (_, i) => {
    const part = columns.slice(i * bandWidth, (i + 1) * bandWidth)
    const dense = rows.map((row, r) => ({ ...row, cells: part.map((column) => sparse[r]?.get(column.text) ?? emptyCell(column)) }))
    return { number: i + 1, of, columns: part, rows: dense }
  })
}

function emptyCell({ text, anchor }: MatrixColumn): MatrixCell {
  return { column: text, anchor, mark: '-', text: 'no link', scenarios: 0 }
}
