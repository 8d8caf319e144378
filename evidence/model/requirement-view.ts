/** Catalogue components with their elements, and derived requirements, each with verdicts per method and all links down. */
import type { ScenarioView } from './scenario-view.js'
import type { Link, ScenarioLink } from './view-parts.js'
import type { Method, MethodVerdict } from './verdict.js'

export interface RequirementView {
  readonly id: string
  readonly anchor: string
  readonly title: string
  readonly class: string
  /** `extended component` or `Common Criteria 2.3 component`. */
  readonly kind: string
  readonly methods: readonly Method[]
  readonly status: string
  readonly confidence: string
  readonly classStatus: string
  readonly classSources: readonly string[]
  readonly capabilitySources: readonly string[]
  readonly base: string
  readonly baseStatus: string
  readonly numbering: string
  readonly modernEquivalent: string
  readonly note: string
  /** What the evidence shows for silicon as well, and what it cannot show; `not stated` where nobody has said. */
  readonly carriesOver: string
  readonly doesNotCarryOver: string
  readonly objectives: readonly Link[]
  readonly elements: readonly ElementView[]
}

export interface ElementView {
  readonly id: string
  readonly anchor: string
  readonly paraphrase: string
  readonly status: string
  /** Completed assignment of the security target, or `none`. */
  readonly assignment: string
  /** Methods the catalogue names, in the order test, analysis, inspection; plus `test` where scenarios exist although it is not named. */
  readonly verdicts: readonly MethodView[]
  /** `test: passed; analysis: none`. */
  readonly verdict: string
  /** State of the test method; `none` where nothing is linked. */
  readonly state: MethodVerdict
  /** What the mark beside the verdict may say: a passed test of what names further methods without an artefact is `partial`. */
  readonly mark: MethodVerdict
  /** Every method the catalogue names has a current, passing artefact. */
  readonly closed: boolean
  readonly closure: string
  readonly derived: readonly Link[]
  readonly scenarios: readonly ScenarioLink[]
  /** Scenarios printed in full here: this element is the first, in catalogue order, that they verify. */
  readonly procedures: readonly ScenarioView[]
  /** Scenarios that also verify this element and are printed in full at another. */
  readonly seeAlso: readonly ScenarioLink[]
  readonly interfaces: readonly Link[]
  readonly modules: readonly Link[]
  readonly deviations: readonly Link[]
}

export interface MethodView {
  readonly method: Method
  /** False: the catalogue does not name the method for this element. */
  readonly required: boolean
  readonly state: MethodVerdict
  /** `test: passed`. */
  readonly text: string
  /** `7 of 7 scenarios passed`, `no artefact`, the title of the artefact ... */
  readonly detail: string
}

export interface DerivedView {
  /** `flow.deny-by-default~1`. */
  readonly id: string
  readonly anchor: string
  readonly text: string
  readonly rationale: string
  readonly parents: readonly Link[]
  readonly claims: readonly Link[]
  readonly verdicts: readonly MethodView[]
  readonly verdict: string
  readonly state: MethodVerdict
  /** What the mark beside the verdict may say: a passed test of what names further methods without an artefact is `partial`. */
  readonly mark: MethodVerdict
  readonly scenarios: readonly ScenarioLink[]
  readonly interfaces: readonly Link[]
  /** Modules the requirement is allocated to. */
  readonly allocated: readonly Link[]
  /** Modules in which functions ran during its scenarios. */
  readonly exercised: readonly Link[]
  readonly deviations: readonly Link[]
}
