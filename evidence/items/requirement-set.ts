/** What one requirement source says: its items and what is wrong with it. Order of the items is the order of the source. */
import type { SourcePlace } from '../model/errors.js'
import type { AttributeValue, RequirementItem } from './requirement-item.js'

/**
 * A fault of the source, reported and never repaired. `dangling`: a link or reference whose target no item has. `duplicate`: an id
 * (with its revision) that two items have. `unused`: an item that something in the format should refer to and nothing does.
 * `unreadable`: an entry that was left out, with the reason.
 */
export interface SourceFinding {
  readonly kind: 'dangling' | 'duplicate' | 'unused' | 'unreadable'
  readonly id: string
  readonly text: string
  readonly place: SourcePlace
}

/** Common Criteria sources state mappings (objective to SFR, threat to objective) apart from the items. */
export interface SourceMapping {
  readonly from: string
  readonly to: string
  readonly rationale: string
  readonly place: SourcePlace
}

export interface RequirementSet {
  /** `niap-xml`, `reqif`, `csv`, `strictdoc`, `openfasttrace`, `lobster`, `sphinx-needs`, `doorstop`, `json`, `bulkhead-yaml`, `source-tags`. */
  readonly format: string
  /** Version of the format, or of the profile, as the source states it; empty: none. */
  readonly version: string
  readonly title: string
  readonly files: readonly string[]
  readonly items: readonly RequirementItem[]
  readonly mappings: readonly SourceMapping[]
  readonly findings: readonly SourceFinding[]
  /** What stands in the source outside its items (header of a ReqIF, metadata of a profile). */
  readonly attributes: Readonly<Record<string, AttributeValue>>
}
