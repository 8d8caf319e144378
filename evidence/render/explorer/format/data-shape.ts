/**
 * Shapes of the explorer's data files: what the writer puts in and the page takes out. Lists are columns (format/column.ts); details
 * stand in chunks (format/pack.ts) that are loaded when one of their items is opened.
 */
import type { CodedColumn } from './column.js'

/** Items per file. */
export const REQUIREMENTS_PER_CHUNK = 400
export const TESTS_PER_CHUNK = 300
export const MODULES_PER_CHUNK = 40
export const INTERFACES_PER_CHUNK = 100
export const TEXTS_PER_BLOCK = 4096

export interface ChartRow {
  readonly name: string
  /** Counts in the order of `ChartData.series`. */
  readonly counts: readonly number[]
}

export interface ChartData {
  readonly id: string
  readonly title: string
  /** What the chart says, in one sentence: its text alternative. */
  readonly summary: string
  /** Heading of the rows: `Kind`, `Lines covered`. */
  readonly of: string
  readonly series: readonly { readonly name: string; readonly tone: string }[]
  readonly rows: readonly ChartRow[]
  /** `bar`: rows are names. `histogram`: rows are neighbouring ranges. */
  readonly form: 'bar' | 'histogram'
}

export interface Count {
  readonly covered: number
  readonly total: number
}

export interface Metrics {
  readonly statements: Count | null
  readonly branches: Count | null
  readonly functions: Count | null
  readonly lines: Count | null
}

export interface SummaryData {
  readonly title: string
  readonly passed: boolean
  readonly gates: readonly { readonly name: string; readonly wanted: string; readonly found: string; readonly met: boolean }[]
  readonly referenceRule: string
  readonly sources: readonly {
    readonly role: string
    readonly format: string
    readonly files: readonly string[]
    readonly digest: string
  }[]
  readonly counts: {
    readonly requirements: number
    readonly tests: number
    readonly interfaces: number
    readonly modules: number
    readonly defects: number
    readonly findings: number
    /** Systems whose flows can be drawn. */
    readonly flows: number
  }
  /** Requirements by verdict, worst first, and tests by verdict, worst first. */
  readonly requirementVerdicts: readonly { readonly verdict: string; readonly count: number }[]
  readonly testVerdicts: readonly { readonly verdict: string; readonly count: number }[]
  readonly coverage: { readonly format: string; readonly metric: string; readonly totals: Metrics } | null
  readonly charts: readonly ChartData[]
  /** The first defects, worst first: enough for the overview. */
  readonly worst: readonly DefectRow[]
}

export interface DefectRow {
  readonly kind: string
  readonly id: string
  readonly text: string
  readonly place: string
}

export interface RequirementListData {
  readonly count: number
  readonly ids: string
  /** Empty: the sources number no revisions. */
  readonly revisions: string
  /** Title, or the first line of the text where there is none (`untitled`). */
  readonly titles: string
  /** `1` where the title is the first line of the text. */
  readonly untitled: string
  /** `1` where the source marks the item as not confirmed against the text it comes from. */
  readonly unconfirmed: string
  readonly verdicts: CodedColumn
  /** Names are sums of bits: bit n is state n of the table of states. */
  readonly states: CodedColumn
  readonly kinds: CodedColumn
  readonly inclusions: CodedColumn
  readonly sources: CodedColumn
  /** Number of tests that verify it directly. */
  readonly tests: string
}

export interface TestListData {
  readonly count: number
  readonly keys: string
  readonly names: string
  readonly suites: CodedColumn
  readonly verdicts: CodedColumn
  readonly states: CodedColumn
  readonly sources: CodedColumn
  readonly requirements: string
}

export interface UsageListData {
  readonly count: number
  readonly names: string
  readonly tests: readonly number[]
  readonly requirements: readonly number[]
}

export interface ModuleListData extends UsageListData {
  /** Flat pairs, covered and total; total -1: not measured. */
  readonly lines: readonly number[]
  readonly functions: readonly number[]
  readonly branches: readonly number[]
}

export interface DefectListData {
  readonly count: number
  readonly kinds: CodedColumn
  readonly ids: string
  readonly texts: string
  readonly places: string
}

export interface UsageDetail {
  readonly tests: readonly number[]
  readonly requirements: readonly number[]
}

export interface ModuleDetail extends UsageDetail {
  readonly metrics: Metrics | null
  /** Flat triples: first line, last line, hits; lines between the ranges hold no code. */
  readonly hits: readonly number[]
  readonly uncoveredFunctions: readonly { readonly name: string; readonly line: number | null }[]
  /** Text of the module; absent: not given to the writer. */
  readonly source?: string
}
