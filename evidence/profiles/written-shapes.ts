/** TypeScript readings of the JSON Schemas: what a file holds once it is checked, before references are resolved. */
import type { AssuranceComponent, Catalogue, ClassList, Component, NotInProfile, Objective, Statement, Threat } from '../model/catalogue.js'
import type { Claim } from '../model/claim.js'
import type { DerivedRequirement } from '../model/derived-requirement.js'
import type { AssuranceArtefact, CarryOver, Caveat, CoverageJustification, Deviation, MethodArtefact } from '../model/deviation.js'
import type { SecurityTarget } from '../model/security-target.js'

/** The schema lets `absent` and `reasoning` out; the model does not. */
export type WrittenClassList = Pick<ClassList, 'present' | 'status' | 'evidence'> & {
  readonly absent?: readonly string[]
  readonly reasoning?: string
}

export interface WrittenIdentification extends Pick<Catalogue, 'profile' | 'notice' | 'statusLegend' | 'sources'> {
  readonly classes: { readonly sfr: WrittenClassList; readonly sar: WrittenClassList }
  readonly parts: readonly string[]
}

export interface WrittenPart {
  readonly components: readonly Component[]
  readonly assurance: readonly AssuranceComponent[]
  readonly threats: readonly Threat[]
  readonly objectives: readonly Objective[]
  readonly assumptions: readonly Statement[]
  readonly policies: readonly Statement[]
  readonly notInProfile: readonly (Omit<NotInProfile, 'evidence'> & { readonly evidence?: readonly string[] })[]
}

/** `id` without the revision. */
export type WrittenRequirement = Omit<DerivedRequirement, 'id' | 'name'> & { readonly id: string }

export type WrittenJustification = Pick<CoverageJustification, 'id' | 'module' | 'reason' | 'author' | 'date'> & {
  /** `12` or `12-15` */
  readonly lines?: string
  readonly function?: string
}

export interface WrittenShapes {
  readonly 'catalogue-profile': WrittenIdentification
  readonly 'catalogue-part': Partial<WrittenPart>
  readonly requirements: { readonly requirements: readonly WrittenRequirement[] }
  readonly claims: { readonly claims: readonly Claim[] }
  readonly 'security-target': SecurityTarget & { readonly profile: string }
  readonly deviations: { readonly deviations: readonly Deviation[] }
  readonly justifications: { readonly justifications: readonly WrittenJustification[] }
  readonly artefacts: { readonly artefacts: readonly MethodArtefact[] }
  readonly 'assurance-artefacts': { readonly artefacts: readonly AssuranceArtefact[] }
  readonly caveats: { readonly caveats: readonly Caveat[]; readonly carryOver: readonly CarryOver[] }
}

export type SchemaName = keyof WrittenShapes
