/**
 * One entry of a requirement source, whatever its format: requirement, component, element, objective, threat, derived requirement.
 * Nothing a source said is dropped: what has no field of its own is kept under `attributes`, spelled as the source spells it.
 */
import type { SourcePlace } from '../model/errors.js'
import type { Method } from '../model/verdict.js'

/** Strings, and lists and records of them; numbers and truth values keep the spelling of the source. */
export type AttributeValue = string | readonly AttributeValue[] | { readonly [name: string]: AttributeValue }

/** Whether a security target must take it up (NIAP); `unstated` where the format knows no such thing. */
export type InclusionStatus = 'mandatory' | 'optional' | 'objective' | 'selection-based' | 'implementation-based' | 'unstated'

/** Verification wanted by a link: the whole of the target or a part of it. */
export type LinkExtent = 'full' | 'partial'

/** `refines`: this item details the target. `contains`: target is a part of this item. `covers`: OpenFastTrace. Others as the source names them. */
export interface ItemLink {
  readonly role: string
  /** Id as the source spells it; whether it exists is judged by trace. */
  readonly target: string
  /** Revision the link was made for; null: the source names none. */
  readonly revision: string | null
  readonly extent: LinkExtent
  readonly place: SourcePlace
}

/** A decision the source leaves to the security target, or has made. */
export interface ItemOperation {
  readonly kind: 'selection' | 'assignment' | 'refinement' | 'iteration'
  readonly id: string
  /** Choices of a selection; empty for the others. */
  readonly choices: readonly string[]
  /** Null: not decided. */
  readonly decided: string | null
}

/** An evaluation activity: what the evaluator must do for one item. */
export interface ItemActivity {
  readonly kind: 'TSS' | 'Guidance' | 'KMD' | 'Tests' | 'other'
  readonly text: string
  /** True: the source says that there is none for this kind. */
  readonly explicitNone: boolean
}

export interface RequirementItem {
  /** Spelled as the source spells it, iteration included (`FCS_COP.1/Hash`). */
  readonly id: string
  /** Null: the source numbers no revisions. */
  readonly revision: string | null
  /** Type of the entry in its format: `element`, `component`, `objective`, `req`, `dsn`, `SOFTWARE_REQUIREMENT` ... */
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly rationale: string
  readonly inclusion: InclusionStatus
  /** Lifecycle word of the source (`approved`, `draft`); empty: none. */
  readonly status: string
  /** Empty: the source names no verification method. */
  readonly methods: readonly Method[]
  /** `2.3`, `3.1`, `CC:2022`; null: not a Common Criteria item or not stated. */
  readonly ccVersion: string | null
  /** Id of the item that contains it (the component of an element, the heading of a requirement); null: none. */
  readonly parent: string | null
  readonly links: readonly ItemLink[]
  /** Kinds of item that must cover this one (OpenFastTrace `Needs`); empty: the policy decides. */
  readonly needs: readonly string[]
  readonly operations: readonly ItemOperation[]
  readonly activities: readonly ItemActivity[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly place: SourcePlace
}
