/** The counts of a traced set, by the rules of TraceSummary. One pass over requirements, tests and steps. */
import type { StepStatus } from '../../model/scenario-result.js'
import type { ScenarioVerdict } from '../../model/verdict.js'
import type { TestCounts, TraceSummary } from '../../items/trace-summary.js'
import { traceStates, type TracedRequirement, type TracedSet, type TracedTest, type TraceState } from '../../items/traced-set.js'

type Bucket = Exclude<keyof TestCounts, 'total'>

const bucketOfVerdict: Readonly<Record<ScenarioVerdict, Bucket>> = {
  passed: 'passed',
  failed: 'failed',
  ambiguous: 'ambiguous',
  undefined: 'undefined',
  pending: 'pending',
  skipped: 'skipped',
  retried: 'retried',
  unknown: 'notRun',
  'no-verdict': 'notRun',
  'not-run': 'notRun',
}

const bucketOfStep: Readonly<Record<StepStatus, Bucket>> = {
  PASSED: 'passed',
  FAILED: 'failed',
  AMBIGUOUS: 'ambiguous',
  UNDEFINED: 'undefined',
  PENDING: 'pending',
  SKIPPED: 'skipped',
  UNKNOWN: 'notRun',
}

type Writable<Counts> = { -readonly [Key in keyof Counts]: Counts[Key] }

const noTests = (): Writable<TestCounts> => ({
  total: 0,
  passed: 0,
  failed: 0,
  skipped: 0,
  undefined: 0,
  pending: 0,
  ambiguous: 0,
  notRun: 0,
  retried: 0,
})

export function summarise({
  requirements,
  tests,
  coverage,
  defects,
}: Pick<TracedSet, 'requirements' | 'tests' | 'coverage' | 'defects'>): TraceSummary {
  const totals = coverage?.totals
  return {
    requirements: countRequirements(requirements),
    scenarios: countTests(tests),
    steps: countSteps(tests),
    coverage: {
      statements: totals?.statements ?? null,
      branches: totals?.branches ?? null,
      functions: totals?.functions ?? null,
      lines: totals?.lines ?? null,
    },
    states: countStates(requirements, tests),
    defects,
  }
}

function countRequirements(requirements: readonly TracedRequirement[]): TraceSummary['requirements'] {
  const counts = { total: 0, passed: 0, failed: 0, partial: 0, uncovered: 0, stale: 0, justified: 0 }
  for (const { verdict } of requirements) {
    if (verdict === 'not-required') continue
    counts.total++
    counts[verdict]++
  }
  return counts
}

function countTests(tests: readonly TracedTest[]): TestCounts {
  const counts = noTests()
  for (const { item } of tests) {
    counts.total++
    counts[bucketOfVerdict[item.verdict]]++
  }
  return counts
}

/** Hooks are no steps. */
function countSteps(tests: readonly TracedTest[]): TestCounts {
  const counts = noTests()
  for (const { item } of tests)
    for (const { kind, status } of item.steps) {
      if (kind !== 'step') continue
      counts.total++
      counts[bucketOfStep[status]]++
    }
  return counts
}

function countStates(requirements: readonly TracedRequirement[], tests: readonly TracedTest[]): Record<TraceState, number> {
  const counts = new Map<TraceState, number>(traceStates.map((state) => [state, 0]))
  for (const items of [requirements, tests])
    for (const { states } of items) for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  return Object.fromEntries(counts) as Record<TraceState, number>
}
