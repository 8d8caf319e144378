/**
 * Analysis and inspection of requirements, as a trace judged them: a register names the artefacts, and one counts only while its file
 * has the bytes that were reviewed and its days hold.
 */
import type { Method, MethodVerdict } from '../model/verdict.js'

export type OtherMethod = Exclude<Method, 'test'>

/**
 * `current`: it counts. `stale`: made for other bytes than the present ones. `expired`: its last day is over. `not-judged`: its days
 * were not judged, or it is not in force yet. `missing`: its file is not there.
 */
export const artefactStates = ['current', 'stale', 'expired', 'not-judged', 'missing'] as const
export type ArtefactState = (typeof artefactStates)[number]

export interface WrittenArtefact {
  readonly id: string
  /** Ids of requirements, with `~` and the revision where that matters. */
  readonly concerns: readonly string[]
  readonly method: OtherMethod
  readonly title: string
  /** As messages print it. */
  readonly file: string
  /** Where it lies. */
  readonly path: string
  /** SHA-256 of the file as it was reviewed. */
  readonly digest: string
  /** SHA-256 of the system it was made for; null: not stated. */
  readonly system: string | null
  readonly author: string
  readonly reviewer: string
  /** ISO 8601 days; null: it has no last day. */
  readonly date: string
  readonly expires: string | null
  readonly result: 'passed' | 'failed'
  readonly place: string
}

export interface TracedArtefact extends Omit<WrittenArtefact, 'path'> {
  readonly state: ArtefactState
  /** Why it does not count; empty: it does. */
  readonly reason: string
}

/** One method of one requirement, test apart. */
export interface TracedMethod {
  readonly method: OtherMethod
  /** Whether the requirement names it. */
  readonly required: boolean
  readonly state: Exclude<MethodVerdict, 'not-run'>
  /** What stands behind the state, in words. */
  readonly detail: string
  readonly artefacts: readonly TracedArtefact[]
}
