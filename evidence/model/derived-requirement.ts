/**
 * Derived requirement: what this system shall do so that a catalogue element holds. The revision is part of the identity:
 * when the meaning of the text changes, the revision does, and links made for the old one no longer resolve.
 */
import type { ClaimId, DerivedId, ElementId, InterfaceId } from './ids.js'
import type { Method } from './verdict.js'

export interface DerivedRequirement {
  /** `name~revision`. */
  readonly id: DerivedId
  readonly name: string
  readonly revision: number
  /** One sentence with "shall". */
  readonly text: string
  readonly rationale: string
  /** Catalogue elements it refines; empty for a requirement that only a claim asks for. */
  readonly parents: readonly ElementId[]
  readonly claims: readonly ClaimId[]
  readonly methods: readonly Method[]
  readonly interfaces: readonly InterfaceId[]
  /** Allocation: paths or `folder/**` globs, relative to the project root. */
  readonly modules: readonly string[]
}
