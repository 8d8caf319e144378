/** A scenario as a reader sees it: test procedure (steps), expected and observed values, verdict, and where it leads. */
import type { Link } from './view-parts.js'
import type { ScenarioVerdict } from './verdict.js'

export interface ScenarioView {
  readonly key: string
  readonly anchor: string
  readonly uri: string
  readonly featureDigest: string
  readonly feature: string
  readonly rule: string
  readonly name: string
  /** Name and example row in one line. */
  readonly title: string
  readonly example: readonly string[]
  readonly tags: readonly string[]
  readonly state: ScenarioVerdict
  readonly verdict: string
  /** `1 attempt`, or each attempt with its verdict. */
  readonly attempts: string
  readonly retried: boolean
  /** `compares nothing` for a foreign pass without comparisons, otherwise `12 comparisons`. */
  readonly strength: string
  readonly steps: readonly StepView[]
  /** All comparisons of all steps in order, each with the step it belongs to. */
  readonly comparisons: readonly ComparisonView[]
  /** Empty: the scenario traces to no requirement (orphan). */
  readonly requirements: readonly Link[]
  readonly elements: readonly Link[]
  readonly derived: readonly Link[]
  readonly claims: readonly Link[]
  readonly interfacesDeclared: readonly Link[]
  readonly interfacesObserved: readonly (Link & { readonly outcome: string })[]
  readonly modules: readonly Link[]
  readonly system: string
  readonly configurationDigest: string
  readonly instructions: string
  readonly cycles: string
}

export interface StepView {
  /** `1`, `2` ... */
  readonly number: string
  readonly kind: 'step' | 'hook'
  readonly keyword: string
  readonly text: string
  readonly hasDocString: boolean
  readonly docString: string
  readonly table: readonly (readonly string[])[]
  readonly state: string
  readonly verdict: string
  readonly message: string
  readonly comparisons: readonly ComparisonView[]
}

export interface ComparisonView {
  readonly step: string
  readonly what: string
  readonly expected: string
  readonly observed: string
  readonly comparison: string
  readonly source: string
  readonly holds: boolean
  readonly verdict: 'holds' | 'does not hold'
}
