/**
 * The verdict of one scenario. A pass needs a step, every step and hook passed, every comparison held, on the first attempt,
 * and, where the suite promises comparisons, at least one of them.
 */
import { scenarioVerdicts, type ScenarioVerdict } from '../../model/verdict.js'
import type { Attempt, StepResult, StepStatus } from '../../model/scenario-result.js'

/** `required`: a scenario without a comparison has no verdict (our own suite). `reported`: it is marked (a foreign suite). */
export type ComparisonRule = 'required' | 'reported'

/** What of a step a verdict rests on. */
export type JudgedStep = Pick<StepResult, 'kind' | 'status' | 'comparisons'>

/** Verdict of one step alone. */
export const verdictOfStatus: Readonly<Record<StepStatus, ScenarioVerdict>> = {
  PASSED: 'passed',
  FAILED: 'failed',
  AMBIGUOUS: 'ambiguous',
  UNDEFINED: 'undefined',
  PENDING: 'pending',
  SKIPPED: 'skipped',
  UNKNOWN: 'unknown',
}

/** One attempt; hooks count as steps do, but do not make a scenario that has no step. */
export function judgeAttempt(steps: readonly JudgedStep[], rule: ComparisonRule): ScenarioVerdict {
  const worst = worstOf(steps.map(({ status }) => verdictOfStatus[status]))
  if (worst !== 'passed') return worst
  if (steps.some(({ comparisons }) => comparisons.some(({ holds }) => !holds))) return 'failed'
  if (!steps.some(({ kind }) => kind === 'step')) return 'no-verdict'
  return rule === 'required' && comparesNothing(steps) ? 'no-verdict' : 'passed'
}

/** Attempts in order; at least one. */
export function judgeScenario(attempts: readonly Attempt[]): ScenarioVerdict {
  const last = attempts.at(-1)?.verdict ?? 'not-run'
  return last === 'passed' && attempts.some(({ verdict }) => verdict !== 'passed') ? 'retried' : last
}

export function comparesNothing(steps: readonly Pick<JudgedStep, 'comparisons'>[]): boolean {
  return steps.every(({ comparisons }) => comparisons.length === 0)
}

/** Of none: passed. */
export function worstOf(verdicts: readonly ScenarioVerdict[]): ScenarioVerdict {
  return scenarioVerdicts.find((verdict) => verdicts.includes(verdict)) ?? 'passed'
}
