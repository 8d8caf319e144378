/**
 * Verdicts. A scenario has one verdict; an element has one verdict per verification method and closes only when every method
 * it names has a current artefact. Only `passed` is a pass.
 */
export const scenarioVerdicts = [
  'failed',
  'ambiguous',
  'undefined',
  'pending',
  'unknown',
  'retried',
  'no-verdict',
  'skipped',
  'not-run',
  'passed',
] as const

/**
 * Worst first. `retried`: an attempt did not pass and a later one did; on a deterministic system that is a finding, never a pass. `no-verdict`: every step passed, but nothing was compared, so nothing was shown. `not-run`: the pickle is listed
 * and no test case of it finished. The others are Cucumber's statuses.
 */
export type ScenarioVerdict = (typeof scenarioVerdicts)[number]

export const methods = ['test', 'analysis', 'inspection'] as const
/** Verification methods as the catalogue names them. */
export type Method = (typeof methods)[number]

/**
 * `partial`: some linked scenarios passed, and something that is needed is missing (a scenario not run, a derived requirement without
 * a passing scenario). `stale`: an artefact exists, for other bytes than the present ones. `none`: no scenario or artefact is linked.
 */
export type MethodVerdict = 'failed' | 'none' | 'not-run' | 'stale' | 'partial' | 'passed'

/** True for verdicts that say the system, or its test, is wrong; the rest that are not `passed` say that evidence is missing. */
export function isFailure(verdict: ScenarioVerdict): boolean {
  return ['failed', 'ambiguous', 'undefined', 'pending', 'unknown', 'retried'].includes(verdict)
}

/** Words for a reader. */
export const verdictText: Readonly<Record<ScenarioVerdict, string>> = {
  failed: 'failed',
  ambiguous: 'ambiguous step',
  undefined: 'undefined step',
  pending: 'pending step',
  unknown: 'unknown status',
  retried: 'passed only when retried',
  'no-verdict': 'no verdict: nothing compared',
  skipped: 'skipped',
  'not-run': 'not run',
  passed: 'passed',
}
