/** A trace as its `trace.json` keeps it: enough to compare two, to follow a change, and to draw a sample. */
import type { ScenarioVerdict } from '../model/verdict.js'
import type { CoverageReport } from './coverage-report.js'
import type { RequirementVerdict } from './traced-set.js'

export interface RecordedRequirement {
  readonly id: string
  readonly revision: string | null
  readonly kind: string
  readonly title: string
  readonly text: string
  /** `file:line` */
  readonly place: string
  readonly verdict: RequirementVerdict
  /** Positions in the lists of the record. */
  readonly tests: readonly number[]
  readonly above: readonly number[]
  readonly below: readonly number[]
}

export interface RecordedTest {
  readonly key: string
  readonly name: string
  readonly suite: string
  readonly example: readonly string[]
  readonly place: string
  readonly verdict: ScenarioVerdict
  readonly requirements: readonly number[]
  readonly sourceDigest: string | null
  readonly interfaces: readonly string[]
  readonly modules: readonly string[]
}

export interface RecordedModule extends Readonly<CoverageReport['totals']> {
  readonly path: string
}

export interface TracedRecord {
  readonly title: string
  readonly passed: boolean
  readonly requirements: readonly RecordedRequirement[]
  readonly tests: readonly RecordedTest[]
  readonly modules: readonly RecordedModule[]
  readonly totals: CoverageReport['totals']
}
