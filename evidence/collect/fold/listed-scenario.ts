/** A scenario of one stream: its pickle, and what has become of it so far. */
import type { Attempt, ScenarioResult } from '../../model/scenario-result.js'
import type { KeyedPickle } from '../messages/pickle.js'

export interface ListedScenario {
  readonly pickle: KeyedPickle
  /** Attempts that a retry was announced after. */
  attempts: readonly Attempt[]
  /** Null: not executed, or not to its end. */
  result: ScenarioResult | null
}
