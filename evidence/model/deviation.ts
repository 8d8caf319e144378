/** A deviation from a requirement or a plan, and a justification of a coverage gap: both signed for by people and dated. */
import type { AssuranceId, ComponentId, ModulePath } from './ids.js'

export interface Deviation {
  readonly id: string
  /** Catalogue elements or derived requirements it concerns. */
  readonly concerns: readonly string[]
  readonly text: string
  readonly reason: string
  readonly author: string
  /** `none`: nobody has reviewed it; the report says so. */
  readonly reviewer: string
  /** ISO 8601 days. */
  readonly date: string
  readonly expires: string
}

/** Why a part of a module is not covered. Exactly one of `lines` and `function` says which part. */
export interface CoverageJustification {
  readonly id: string
  readonly module: ModulePath
  readonly lines: { readonly first: number; readonly last: number } | null
  readonly function: string | null
  readonly reason: string
  readonly author: string
  readonly date: string
}

/** An artefact of a method other than test; it counts while `digest` is that of the file's present bytes. */
export interface MethodArtefact {
  readonly id: string
  readonly element: string
  readonly method: 'analysis' | 'inspection'
  readonly title: string
  readonly file: string
  readonly digest: string
  readonly author: string
  readonly reviewer: string
  readonly date: string
  readonly result: 'passed' | 'failed'
}

/** What the evidence does not show. */
export interface Caveat {
  readonly id: string
  readonly title: string
  readonly text: string
}

/** For one catalogue component: what the evidence from the modelled machine shows for silicon as well, and what it cannot show. */
export interface CarryOver {
  readonly component: ComponentId
  readonly carriesOver: string
  readonly doesNotCarryOver: string
}

/** What this project offers for an assurance component; components without an entry read `not provided`. */
export interface AssuranceArtefact {
  readonly assurance: AssuranceId
  readonly state: 'provided' | 'partly-provided'
  readonly artefact: string
  /** What is still missing; `none` only for `provided`. */
  readonly missing: string
}
