/**
 * Canonical result of one scenario (one pickle): what `collect` writes and everything later reads. No random ids, no host
 * metadata, no host time: cycles and instructions of the modelled machine instead. Schema `bulkhead.results/1`.
 */
import type { Comparison } from './comparison.js'
import type { Digest, InterfaceId, ModulePath, ScenarioKey } from './ids.js'
import type { ScenarioVerdict } from './verdict.js'

export const resultsSchema = 'bulkhead.results/1'

export const stepStatuses = ['PASSED', 'FAILED', 'AMBIGUOUS', 'UNDEFINED', 'PENDING', 'SKIPPED', 'UNKNOWN'] as const
export type StepStatus = (typeof stepStatuses)[number]

export interface StepResult {
  readonly kind: 'step' | 'hook'
  /** `Given `, `When ` ... trimmed; of a hook: `Before`, `After` or `Hook`. */
  readonly keyword: string
  readonly text: string
  /** Empty string: none. */
  readonly docString: string
  readonly table: readonly (readonly string[])[]
  readonly status: StepStatus
  /** First line of the failure message; empty string: none. */
  readonly message: string
  readonly comparisons: readonly Comparison[]
}

/** One execution of the scenario; more than one when the runner retried. */
export interface Attempt {
  readonly number: number
  readonly verdict: ScenarioVerdict
}

/** What the system under test did during the scenario; absent where the suite does not report it. */
export interface Execution {
  readonly system: string
  readonly configurationDigest: Digest | null
  /** Sorted, each pair once. */
  readonly interfaces: readonly { readonly entry: InterfaceId; readonly outcome: string }[]
  /** Modules in which at least one function ran; sorted. */
  readonly modules: readonly ModulePath[]
  readonly functions: Readonly<Record<ModulePath, readonly string[]>>
  readonly instructions: number
  readonly cycles: number
}

export interface ScenarioResult {
  readonly key: ScenarioKey
  readonly uri: string
  /** SHA-256 of the feature text that was run; null: the messages did not carry it. */
  readonly featureDigest: Digest | null
  readonly feature: string
  /** Empty string: the scenario stands outside a rule. */
  readonly rule: string
  readonly name: string
  /** Cells of the example row, `header=value`; empty for a plain scenario. */
  readonly example: readonly string[]
  /** In document order, with `@`; `place` locates the tag in the feature file. */
  readonly tags: readonly ScenarioTag[]
  readonly verdict: ScenarioVerdict
  /** True: every step passed and no step recorded a comparison. A pass of a foreign suite may carry this mark. */
  readonly comparesNothing: boolean
  readonly attempts: readonly Attempt[]
  /** Steps of the last attempt, hooks included. Of a scenario that was not run: its steps, all UNKNOWN. */
  readonly steps: readonly StepResult[]
  readonly execution: Execution | null
}

export interface ScenarioTag {
  readonly name: string
  readonly line: number
}
