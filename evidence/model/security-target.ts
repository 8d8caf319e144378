/** The security target as data: what is evaluated, where its boundary runs, in which configurations, with which assignments. */
import type { Digest, ElementId } from './ids.js'

export interface EvaluatedConfiguration {
  readonly name: string
  readonly file: string
  /** `computed at run`: the run states the digest. A literal digest must equal the run's. */
  readonly digest: Digest | 'computed at run'
}

export const boundaryZones = ['inside', 'outside', 'environment'] as const
/** `inside` the security boundary; `outside` it, yet part of the product; `environment`: what the product runs on or is tested with. */
export type BoundaryZone = (typeof boundaryZones)[number]

export interface BoundaryPart {
  readonly zone: BoundaryZone
  /** Path or `folder/**` glob relative to the project root. */
  readonly modules: string
  readonly why: string
}

export interface SecurityTarget {
  readonly reference: string
  readonly version: string
  readonly system: { readonly name: string; readonly version: string; readonly reference: string }
  /** Paragraphs. */
  readonly overview: readonly string[]
  readonly boundary: readonly BoundaryPart[]
  readonly platform: { readonly title: string; readonly description: string; readonly parts: readonly string[] }
  readonly configurations: readonly EvaluatedConfiguration[]
  readonly assignments: readonly { readonly element: ElementId; readonly text: string }[]
  /** The only wording reports may use about the relation to the profile. */
  readonly conformance: string
  /** Of a claim or assumption the reader must know first. */
  readonly limits: readonly string[]
}
