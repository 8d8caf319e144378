/** What a stream of messages is folded by, and what it becomes. */
import type { Digest } from '../../model/ids.js'
import type { ListedScenario } from './listed-scenario.js'
import type { ComparisonRule } from './scenario-verdict.js'

/**
 * What becomes of a stream that does not reach the end of its run. `required`: it is refused. `reported`: what is missing is no pass, and
 * a failure of the run says so.
 */
export type EndRule = 'required' | 'reported'

export interface FoldRules {
  readonly comparisons: ComparisonRule
  readonly end: EndRule
}

export interface FoldedStream {
  readonly file: string
  /** `cucumber-js 12.9.0, protocol 32.3.1`; empty: the stream names none. */
  readonly producer: string
  /** In the order of the stream, each once. */
  readonly scenarios: readonly Readonly<ListedScenario>[]
  readonly features: ReadonlyMap<string, Digest>
  /** What failed outside any scenario: a hook of the whole run, a file that could not be parsed, the runner itself. */
  readonly runFailures: readonly string[]
}
