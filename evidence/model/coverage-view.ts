/** Structural coverage as a reader sees it: the metric named for what it is, gaps apart from justified gaps. */
import type { Ratio } from './view-parts.js'

export interface CoverageView {
  /** What was measured and what it is not. */
  readonly metric: string
  /** Which modules the gates of the summary apply to. */
  readonly gateScope: string
  /** All measured modules, justified gaps counted as not covered. */
  readonly functions: Ratio
  readonly lines: Ratio
  readonly rows: readonly CoverageRow[]
  readonly justified: readonly JustifiedGap[]
  /** Justifications of gaps that are no longer there. */
  readonly stale: readonly JustifiedGap[]
}

export interface CoverageRow {
  readonly module: string
  readonly anchor: string
  /** `inside`, `outside`, `environment`, or `not stated` by the security target. */
  readonly zone: string
  readonly functions: Ratio
  readonly lines: Ratio
  /** `name, line 12`; unjustified only. */
  readonly uncoveredFunctions: readonly string[]
  /** `12-15`; unjustified only. */
  readonly uncoveredLines: readonly string[]
  readonly justifiedGaps: number
  readonly state: 'covered' | 'gaps' | 'justified'
}

export interface JustifiedGap {
  readonly id: string
  readonly module: string
  readonly part: string
  readonly reason: string
  readonly author: string
  readonly date: string
}
