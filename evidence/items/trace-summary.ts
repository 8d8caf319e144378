/**
 * The counts of a trace, as `trace --json` prints them. Every measure a policy can set a gate on is named by its path in here:
 * `requirements.passed`, `scenarios.failed`, `coverage.lines`, `states.orphaned`.
 */
import type { CoverageCount } from './coverage-report.js'
import type { Defect, TraceState } from './traced-set.js'

/**
 * Requirements that want a test: those the policy calls testable and that hold no element of their own. A component is counted
 * through its elements, a requirement that others detail through those, unless a test names it directly.
 */
export interface RequirementCounts {
  readonly total: number
  readonly passed: number
  readonly failed: number
  readonly partial: number
  readonly uncovered: number
  readonly stale: number
  readonly justified: number
}

/** `notRun`: listed and never finished, of unknown status, or without any comparison. `retried`: passed only when repeated. */
export interface TestCounts {
  readonly total: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly undefined: number
  readonly pending: number
  readonly ambiguous: number
  readonly notRun: number
  readonly retried: number
}

export interface TraceSummary {
  readonly requirements: RequirementCounts
  readonly scenarios: TestCounts
  readonly steps: TestCounts
  readonly coverage: {
    readonly statements: CoverageCount | null
    readonly branches: CoverageCount | null
    readonly functions: CoverageCount | null
    readonly lines: CoverageCount | null
  }
  /** Items, requirements and tests alike, that have the state. */
  readonly states: Readonly<Record<TraceState, number>>
  readonly defects: readonly Defect[]
}
