/**
 * Which artefacts of analysis and inspection count, and for which requirement. Nothing that cannot be shown to be current does: another
 * digest, another system, another revision, a last day that is over or was not judged.
 */
import type { ArtefactState, TracedArtefact, WrittenArtefact } from '../../items/traced-method.js'
import type { Defect } from '../../items/traced-set.js'
import type { RequirementIndex } from './requirement-index.js'

export interface ArtefactFacts {
  /** By path; a path that is missing here has no file. SHA-256. */
  readonly digests: ReadonlyMap<string, string>
  /** Of the baseline; null: not judged. */
  readonly system: string | null
  /** ISO 8601; null: days are not judged. */
  readonly asOf: string | null
}

export interface JudgedArtefacts {
  /** By position of the requirement. */
  readonly byRequirement: ReadonlyMap<number, readonly TracedArtefact[]>
  readonly defects: readonly Defect[]
}

export function judgeArtefacts(written: readonly WrittenArtefact[], facts: ArtefactFacts, index: RequirementIndex): JudgedArtefacts {
  const byRequirement = new Map<number, TracedArtefact[]>()
  const defects: Defect[] = []
  for (const artefact of written) {
    const own = traced(artefact, stateOf(artefact, facts))
    const defect = defectOf(own)
    if (defect !== null) defects.push(defect)
    for (const id of artefact.concerns) {
      const match = index.find(id)
      const judged = match === null || typeof match === 'number' ? own : ofAnotherRevision(own, match.kind, id)
      if (match === null || typeof match !== 'number') defects.push(unlinked(own, id, match === null ? 'orphaned' : match.kind))
      for (const at of match === null ? [] : typeof match === 'number' ? [match] : match.at)
        byRequirement.set(at, [...(byRequirement.get(at) ?? []), judged])
    }
  }
  return { byRequirement, defects }
}

interface State {
  readonly state: ArtefactState
  readonly reason: string
}

function stateOf({ path, digest, system, date, expires }: WrittenArtefact, facts: ArtefactFacts): State {
  const present = facts.digests.get(path)
  if (present === undefined) return { state: 'missing', reason: 'its file is not there' }
  if (present !== digest) return { state: 'stale', reason: 'its file has changed since' }
  if (facts.system !== null && system !== facts.system)
    return { state: 'stale', reason: system === null ? 'it does not state its system' : 'made for another system' }
  if (facts.asOf === null) return expires === null ? current : { state: 'not-judged', reason: 'its last day is judged with --as-of alone' }
  if (expires !== null && facts.asOf > expires) return { state: 'expired', reason: `it was in force until ${expires}` }
  return facts.asOf < date ? { state: 'not-judged', reason: `it counts from ${date}` } : current
}

const current: State = { state: 'current', reason: '' }

/** Where a file lies is for reading it alone: equal inputs give equal reports wherever they lie. */
function traced(artefact: WrittenArtefact, state: State): TracedArtefact {
  const { id, concerns, method, title, file, digest, system, author, reviewer, date, expires, result, place } = artefact
  return { id, concerns, method, title, file, digest, system, author, reviewer, date, expires, result, place, ...state }
}

const linkText = {
  orphaned: 'no item has the id',
  outdated: 'made for an older revision than the item has',
  predated: 'made for a revision that the item does not have yet',
  ambiguous: 'several items have the id',
}

function ofAnotherRevision(artefact: TracedArtefact, kind: keyof typeof linkText, id: string): TracedArtefact {
  return { ...artefact, state: 'stale', reason: `${id}: ${linkText[kind]}` }
}

const defectKinds: Readonly<Record<ArtefactState, Defect['kind'] | null>> = {
  current: null,
  stale: 'stale',
  expired: 'expired',
  'not-judged': 'unused',
  missing: 'dangling',
}

function defectOf({ id, method, file, state, reason, place }: TracedArtefact): Defect | null {
  const kind = defectKinds[state]
  return kind === null ? null : { kind, id, text: `${method} ${file}: ${reason}`, place }
}

function unlinked({ id, method, place }: TracedArtefact, concerns: string, kind: keyof typeof linkText): Defect {
  return { kind, id, text: `${method} of ${concerns}: ${linkText[kind]}`, place }
}
