/**
 * The assurance case as every template reads it: judged, sorted, counted and put into words. No field is ever absent; a text that
 * has nothing to say reads `none` (or says what is missing), a list that has nothing is empty and the template prints "none".
 * Anchors are unique in the whole case and safe as HTML ids and PDF destinations (letters, digits, `.`, `_`, `-`).
 */
import type { RequirementView, DerivedView } from './requirement-view.js'
import type { ScenarioView } from './scenario-view.js'
import type { CountedText, GateView, Link, NamedText, NumberedText } from './view-parts.js'
import type { CoverageView } from './coverage-view.js'
import type { InterfaceView, ModuleView } from './interface-view.js'
import type { MatrixView } from './matrix-view.js'

export const caseSchema = 'bulkhead.case/1'

export interface AssuranceCase {
  readonly schema: typeof caseSchema
  readonly cover: CoverView
  readonly identification: IdentificationView
  readonly summary: SummaryView
  /** What is missing or wrong: read first. */
  readonly notCovered: NotCoveredView
  /** Catalogue components in catalogue order, elements within. */
  readonly requirements: readonly RequirementView[]
  readonly derived: readonly DerivedView[]
  readonly claims: readonly ClaimView[]
  readonly assurance: readonly AssuranceView[]
  readonly objectives: readonly ObjectiveView[]
  readonly threats: readonly StatementView[]
  readonly assumptions: readonly StatementView[]
  readonly policies: readonly StatementView[]
  readonly notInProfile: readonly StatementView[]
  /** Every scenario, by uri and document order. The reverse direction: each names its requirements, interfaces and modules. */
  readonly scenarios: readonly ScenarioView[]
  readonly interfaces: readonly InterfaceView[]
  readonly modules: readonly ModuleView[]
  readonly requirementByInterface: MatrixView
  readonly requirementByModule: MatrixView
  readonly coverage: CoverageView
  readonly deviations: readonly DeviationView[]
  readonly caveats: readonly NamedText[]
  readonly provenance: ProvenanceView
  readonly glossary: readonly NamedText[]
}

export interface CoverView {
  readonly title: string
  readonly subtitle: string
  readonly system: string
  readonly version: string
  readonly commit: string
  readonly dirty: boolean
  /** `uncommitted changes` or `no uncommitted changes`. */
  readonly treeState: string
  readonly profile: string
  readonly conformance: string
  /** One sentence: what the run answered. */
  readonly answer: string
  /** Catalogue elements, confirmed against the published text: counted in words, never as a bare percentage. */
  readonly headlines: readonly string[]
  /** The catalogue's notice on its own provenance; must be shown. */
  readonly notice: string
}

export interface IdentificationView {
  readonly securityTarget: string
  readonly system: readonly NamedText[]
  readonly overview: readonly string[]
  readonly platform: { readonly title: string; readonly description: string; readonly parts: readonly string[] }
  readonly boundary: readonly { readonly zone: string; readonly modules: string; readonly why: string; readonly files: string }[]
  readonly configurations: readonly { readonly name: string; readonly file: string; readonly digest: string }[]
  readonly assignments: readonly { readonly element: string; readonly anchor: string; readonly text: string }[]
  readonly tools: readonly NamedText[]
  readonly run: readonly NamedText[]
  readonly commands: readonly string[]
  readonly limits: readonly string[]
}

export interface SummaryView {
  /** Every gate met: the run's answer is yes (exit 0); otherwise no (exit 1). */
  readonly passed: boolean
  readonly gates: readonly GateView[]
  readonly elements: readonly CountedText[]
  readonly derived: readonly CountedText[]
  readonly scenarios: readonly CountedText[]
  readonly steps: readonly CountedText[]
  readonly comparisons: readonly CountedText[]
  readonly interfaces: readonly CountedText[]
  readonly assurance: readonly CountedText[]
  /** Lines for the command to print: what failed, in the order a reader should look at it. */
  readonly failures: readonly string[]
}

export interface NotCoveredView {
  /** Elements with a failed test first, then untested, then partly tested; elements whose tests passed and that miss another method last. */
  readonly elements: readonly NotCoveredItem[]
  readonly derived: readonly NotCoveredItem[]
  readonly claims: readonly NotCoveredItem[]
  readonly interfaces: readonly NotCoveredItem[]
  readonly modules: readonly NotCoveredItem[]
  /** Scenarios that trace to no requirement. */
  readonly orphans: readonly NotCoveredItem[]
  /** Scenarios that are not passes. */
  readonly scenarios: readonly NotCoveredItem[]
  readonly retried: readonly NotCoveredItem[]
}

export interface NotCoveredItem extends Link {
  readonly title: string
  /** What is missing, in words. */
  readonly missing: string
}

export interface ClaimView extends NumberedText {
  readonly anchor: string
  readonly shown: string
  readonly state: string
  readonly verdict: string
  readonly scenarios: readonly Link[]
  readonly derived: readonly Link[]
}

export interface AssuranceView {
  readonly id: string
  readonly anchor: string
  readonly title: string
  readonly paraphrase: string
  readonly methods: readonly string[]
  /** Artefact or `not provided`. */
  readonly artefact: string
  readonly missing: string
  readonly state: 'provided' | 'partly-provided' | 'not-provided'
  readonly status: string
  readonly confidence: string
  readonly titleStatus: string
  readonly sources: readonly string[]
  readonly note: string
}

export interface ObjectiveView {
  readonly id: string
  readonly anchor: string
  readonly paraphrase: string
  readonly status: string
  readonly confidence: string
  /** `inferred`: the mapping is ours. */
  readonly mappingStatus: string
  readonly requirements: readonly Link[]
  readonly assurance: readonly Link[]
}

export interface StatementView {
  readonly id: string
  readonly anchor: string
  readonly text: string
  readonly status: string
  readonly confidence: string
}

export interface DeviationView {
  readonly id: string
  readonly anchor: string
  readonly concerns: readonly Link[]
  readonly text: string
  readonly reason: string
  readonly author: string
  readonly reviewer: string
  readonly date: string
  readonly expires: string
  /** `not-judged`: the run was given no day to judge by. */
  readonly state: 'current' | 'expired' | 'not-judged'
}

export interface ProvenanceView {
  readonly profile: readonly NamedText[]
  readonly notice: string
  readonly legend: readonly NamedText[]
  readonly sources: readonly NamedText[]
  readonly classes: readonly NamedText[]
}

export type { RequirementView, ElementView, DerivedView, MethodView } from './requirement-view.js'
export type { ScenarioView, StepView, ComparisonView } from './scenario-view.js'
export type { CountedText, GateView, Link, NamedText, NumberedText, Ratio, ScenarioLink } from './view-parts.js'
export type { CoverageView, CoverageRow } from './coverage-view.js'
export type { InterfaceView, InterfaceOutcomeView, ModuleView } from './interface-view.js'
export type { MatrixView, MatrixRow, MatrixColumn, MatrixCell, MatrixBand } from './matrix-view.js'
