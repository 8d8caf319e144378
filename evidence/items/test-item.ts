/**
 * One test of a run, whatever ran it: scenario, example row, JUnit test case. `verdict` follows the rules of the model: only
 * `passed` is a pass, and a retried pass is none.
 */
import type { Comparison } from '../model/comparison.js'
import type { SourcePlace } from '../model/errors.js'
import type { Digest } from '../model/ids.js'
import type { StepStatus } from '../model/scenario-result.js'
import type { ScenarioVerdict } from '../model/verdict.js'
import type { LinkExtent } from './requirement-item.js'

/** Where a test names a requirement, in words of its own format: `tag`, `property`, `name`, `source`. */
export interface TestReference {
  /** The text that stands there, tag sign and prefix included: `@SKPP:FDP_IFF.1.2`, `req-000001`, `REQ-1~2`. */
  readonly text: string
  readonly via: 'tag' | 'property' | 'name' | 'source'
  readonly extent: LinkExtent
  readonly line: number | null
}

export interface TestStep {
  readonly kind: 'step' | 'hook'
  readonly keyword: string
  readonly text: string
  readonly status: StepStatus
  /** First line of the failure message; empty: none. */
  readonly message: string
  readonly comparisons: readonly Comparison[]
}

export interface TestItem {
  /** Stable over runs: from names and places, never from random ids. Equal keys in two streams are shards of one run. */
  readonly key: string
  /** Feature or test suite. */
  readonly suite: string
  readonly name: string
  /** Cells of the example row, `header=value`. */
  readonly example: readonly string[]
  readonly place: SourcePlace
  readonly references: readonly TestReference[]
  readonly verdict: ScenarioVerdict
  /** Number of attempts; 0: not run. */
  readonly attempts: number
  readonly steps: readonly TestStep[]
  /** Digest of the feature text that was run; null: not carried. */
  readonly sourceDigest: Digest | null
  /** Digest of the configuration it ran with; null: not stated. */
  readonly configurationDigest: Digest | null
  /** Interface entries and modules that the run says the test exercised; empty: not recorded. */
  readonly interfaces: readonly string[]
  readonly modules: readonly string[]
}
