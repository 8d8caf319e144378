/**
 * The requirement catalogue: a protection profile as data. Functional components with elements, assurance components,
 * threats, objectives, assumptions, policies. Texts are paraphrases; every entry says what confirms it.
 */
import type { AssuranceId, ComponentId, ElementId, ObjectiveId, ThreatId } from './ids.js'
import type { Method } from './verdict.js'

export interface Profile {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly date: string
  /** Component ids mean different things in 2.3 and 3.1; every id printed carries this version. */
  readonly ccVersion: string
  readonly sunset: string
  readonly status: string
  readonly evidence: readonly string[]
  readonly pages: number
}

export interface Element {
  readonly id: ElementId
  readonly paraphrase: string
}

export interface Component {
  readonly id: ComponentId
  readonly title: string
  readonly class: string
  readonly extended: boolean
  readonly elements: readonly Element[]
  readonly verification: readonly Method[]
  /** `verified` or `unconfirmed`, as the legend of the catalogue defines them. */
  readonly status: string
  readonly inclusionConfidence: string
  readonly classStatus: string
  readonly classEvidence: readonly string[]
  readonly capabilityEvidence: readonly string[]
  readonly cc23Base: string | null
  readonly cc23BaseTextStatus: string | null
  readonly elementNumbering: string
  readonly modernEquivalent: string | null
  readonly note: string | null
}

export interface AssuranceComponent {
  readonly id: AssuranceId
  readonly title: string
  readonly class: string
  readonly extended: boolean
  readonly paraphrase: string
  readonly verification: readonly Method[]
  readonly status: string
  readonly inclusionConfidence: string
  readonly classStatus: string
  readonly classEvidence: readonly string[]
  readonly titleStatus: string
  readonly note: string | null
}

export interface Threat {
  readonly id: ThreatId
  readonly paraphrase: string
  readonly status: string
  readonly confidence: string
}

export interface Objective {
  readonly id: ObjectiveId
  readonly paraphrase: string
  readonly sfrs: readonly ComponentId[]
  readonly sars: readonly AssuranceId[]
  readonly status: string
  readonly confidence: string
  /** `inferred`: the mapping is ours, not the profile's rationale. */
  readonly mappingStatus: string
}

/** Assumption or organisational policy. */
export interface Statement {
  readonly id: string
  readonly paraphrase: string
  readonly status: string
  readonly confidence: string
}

export interface NotInProfile {
  readonly id: string
  readonly status: string
  readonly evidence: readonly string[]
  readonly note: string
}

export interface ClassList {
  readonly present: readonly string[]
  readonly absent: readonly string[]
  readonly status: string
  readonly evidence: readonly string[]
  readonly reasoning: string | null
}

export interface Catalogue {
  readonly profile: Profile
  readonly notice: string
  readonly statusLegend: Readonly<Record<string, string>>
  readonly sources: Readonly<Record<string, string>>
  readonly classes: { readonly sfr: ClassList; readonly sar: ClassList }
  readonly components: readonly Component[]
  readonly assurance: readonly AssuranceComponent[]
  readonly threats: readonly Threat[]
  readonly objectives: readonly Objective[]
  readonly assumptions: readonly Statement[]
  readonly policies: readonly Statement[]
  readonly notInProfile: readonly NotInProfile[]
}
