/**
 * What trace decides from requirement sets, runs and coverage: each item with its states and links both ways. Everything that
 * renders reads this and decides nothing.
 */
import type { MethodVerdict } from '../model/verdict.js'
import type { CoverageReport } from './coverage-report.js'
import type { RequirementItem } from './requirement-item.js'
import type { SourceFinding, SourceMapping } from './requirement-set.js'
import type { TestItem } from './test-item.js'
import type { TracedMethod } from './traced-method.js'

/** Names of states, as users of requirement tools know them (OpenFastTrace, LOBSTER); docs/reference explains each. */
export const traceStates = [
  'covered',
  'uncovered',
  'orphaned',
  'outdated',
  'predated',
  'ambiguous',
  'duplicate',
  'unwanted',
  'partial',
  'justified',
  'stale',
] as const
export type TraceState = (typeof traceStates)[number]

/** Verdict of a requirement: worst of what verifies it; `justified` only by a current justification, and never over a failure. */
export type RequirementVerdict = 'failed' | 'uncovered' | 'stale' | 'partial' | 'justified' | 'passed' | 'not-required'

export interface TracedRequirement {
  readonly item: RequirementItem
  /** Position in `TracedSet.requirements`: what links refer to. */
  readonly index: number
  readonly verdict: RequirementVerdict
  readonly byTest: MethodVerdict
  /** Shallow: this item's own links. Deep: with everything below it. Both sorted as `traceStates`. */
  readonly states: readonly TraceState[]
  readonly deep: 'covered' | 'partial' | 'uncovered' | 'justified' | 'not-required'
  /** Indexes of tests that verify it directly, and of requirements above and below it. */
  readonly tests: readonly number[]
  readonly above: readonly number[]
  readonly below: readonly number[]
  /** What is missing or wrong, in words, worst first; empty: nothing. */
  readonly missing: readonly string[]
  readonly justification: Justification | null
  /** Analysis and inspection, where it names them or an artefact concerns it. */
  readonly methods: readonly TracedMethod[]
}

export interface TracedTest {
  readonly item: TestItem
  readonly index: number
  readonly states: readonly TraceState[]
  readonly requirements: readonly number[]
  /** References that lead to no requirement. */
  readonly dangling: readonly string[]
}

/** A written reason why something is not as the policy wants it; counts only before it expires. */
export interface Justification {
  readonly concerns: string
  readonly reason: string
  readonly author: string
  readonly reviewer: string
  readonly date: string
  readonly expires: string
  readonly state: 'current' | 'expired' | 'not-judged'
}

/** Something a reader must know, worst first: orphans, duplicates, dangling links, failures of the run itself. */
export interface Defect {
  readonly kind: TraceState | 'dangling' | 'unused' | 'unreadable' | 'run-failure' | 'expired' | 'gate'
  readonly id: string
  readonly text: string
  readonly place: string
}

export interface GateResult {
  readonly name: string
  readonly wanted: string
  readonly found: string
  readonly met: boolean
}

export interface TracedSet {
  readonly title: string
  /** Formats and files, for the reader to know what was judged. */
  readonly sources: readonly {
    readonly role: 'requirements' | 'results' | 'coverage' | 'policy' | 'flows'
    readonly format: string
    readonly files: readonly string[]
    readonly digest: string
  }[]
  readonly requirements: readonly TracedRequirement[]
  readonly tests: readonly TracedTest[]
  readonly mappings: readonly SourceMapping[]
  readonly coverage: CoverageReport | null
  readonly findings: readonly SourceFinding[]
  readonly defects: readonly Defect[]
  readonly gates: readonly GateResult[]
  /** How a test was seen to refer to a requirement, in words. */
  readonly referenceRule: string
  readonly passed: boolean
}
