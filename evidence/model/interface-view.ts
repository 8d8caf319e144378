/** The reverse directions: interface entry to requirements and scenarios, module to requirements and scenarios. */
import type { Link, Ratio, ScenarioLink } from './view-parts.js'

export interface InterfaceView {
  readonly id: string
  readonly anchor: string
  readonly kind: string
  readonly title: string
  readonly contract: string
  readonly outcomes: readonly InterfaceOutcomeView[]
  /** Outcomes a scenario showed and that the description does not list: the description is wrong. */
  readonly unlisted: readonly InterfaceOutcomeView[]
  readonly exercised: Ratio
  readonly state: 'exercised' | 'partly-exercised' | 'not-exercised' | 'unlisted-outcome' | 'unlisted-entry'
  readonly verdict: string
  readonly requirements: readonly Link[]
  readonly scenarios: readonly ScenarioLink[]
  readonly modules: readonly Link[]
}

export interface InterfaceOutcomeView {
  readonly outcome: string
  readonly scenarios: number
  readonly state: 'exercised' | 'not-exercised' | 'unlisted'
  /** `3 scenarios` or `not exercised`. */
  readonly text: string
}

export interface ModuleView {
  readonly path: string
  readonly anchor: string
  /** `inside`, `outside`, `environment`, or `not stated` by the security target. */
  readonly zone: string
  readonly functions: Ratio
  readonly lines: Ratio
  /** Derived requirements allocated to it. */
  readonly allocated: readonly Link[]
  /** Elements and derived requirements whose scenarios ran functions of it that not most scenarios run. */
  readonly requirements: readonly Link[]
  /** Every scenario that ran a function of it. */
  readonly scenarios: readonly ScenarioLink[]
}
