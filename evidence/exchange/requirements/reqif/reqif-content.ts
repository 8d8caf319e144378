/** The parts of a ReqIF exchange document as its text spells them, references unresolved. ReqIF 1.2 (OMG), "Exchange Document Content". */
import type { SourcePlace } from '../../../model/errors.js'

/** `STRING`, `XHTML`, `ENUMERATION`, `INTEGER`, `REAL`, `BOOLEAN`, `DATE`. */
export type ReqifKind = string

export interface ReqifValue {
  readonly kind: ReqifKind
  /** Id of the attribute definition; empty: none given. */
  definition: string
  /** `THE-VALUE` of a simple value; plain text of XHTML. */
  text: string
  /** Markup of an XHTML value, names as spelled. */
  xhtml: string
  /** Markup that the tool could not show (`THE-ORIGINAL-VALUE`); empty: none. */
  original: string
  /** Ids of enumeration values. */
  readonly choices: string[]
  readonly place: SourcePlace
}

/** What every identifiable part has; `attributes` are those of its XML element. */
export interface ReqifPart {
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  readonly place: SourcePlace
}

export interface ReqifEnumValue extends ReqifPart {
  embedded: Readonly<Record<string, string>>
}

export interface ReqifDatatype extends ReqifPart {
  readonly kind: ReqifKind
  readonly values: ReqifEnumValue[]
}

export interface ReqifDefinition extends ReqifPart {
  readonly kind: ReqifKind
  datatype: string
  fallback: ReqifValue | null
}

export interface ReqifType extends ReqifPart {
  /** `SPEC-OBJECT-TYPE`, `SPECIFICATION-TYPE`, `SPEC-RELATION-TYPE`, `RELATION-GROUP-TYPE`. */
  readonly element: string
  readonly definitions: ReqifDefinition[]
}

export interface ReqifElement extends ReqifPart {
  /** Id of its type; empty: none given. */
  type: string
  alternativeId: string
  readonly values: ReqifValue[]
}

export interface ReqifRelation extends ReqifElement {
  source: string
  target: string
}

export interface ReqifNode extends ReqifPart {
  object: string
  readonly children: ReqifNode[]
}

export interface ReqifSpecification extends ReqifElement {
  readonly children: ReqifNode[]
}

export interface ReqifGroup extends ReqifElement {
  readonly relations: string[]
}

export interface ReqifContent {
  readonly file: string
  readonly header: Record<string, string>
  /** Markup of the tool extensions; empty: none. */
  extensions: string
  readonly datatypes: ReqifDatatype[]
  readonly types: ReqifType[]
  readonly objects: ReqifElement[]
  readonly relations: ReqifRelation[]
  readonly specifications: ReqifSpecification[]
  readonly groups: ReqifGroup[]
}
