/** The result of a scenario, from its pickle and what the attempts at it gave. */
import type { Digest } from '../../model/ids.js'
import type { Attempt, Execution, ScenarioResult, StepResult } from '../../model/scenario-result.js'
import type { KeyedPickle } from '../messages/pickle.js'
import { comparesNothing, judgeScenario } from './scenario-verdict.js'

/** The result of a pickle; without an attempt it was not run. */
export function resultOf(
  pickle: KeyedPickle,
  featureDigest: Digest | null,
  attempts: readonly Attempt[],
  steps: readonly StepResult[],
  execution: Execution | null,
): ScenarioResult {
  const { key, uri, feature, rule, name, example, tags } = pickle
  const verdict = judgeScenario(attempts)
  const comparing = verdict === 'passed' || verdict === 'no-verdict'
  return {
    key,
    uri,
    featureDigest,
    feature,
    rule,
    name,
    example,
    tags,
    verdict,
    comparesNothing: comparing && comparesNothing(steps),
    attempts,
    steps,
    execution,
  }
}
