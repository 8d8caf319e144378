/** Tags of every scenario resolved to the things they name. An id that nothing defines is refused, with what may have been meant. */
import { EvidenceError, type SourcePlace } from '../model/errors.js'
import type { ClaimId, DerivedId, ElementId, InterfaceId } from '../model/ids.js'
import type { ScenarioResult } from '../model/scenario-result.js'
import type { IdIndex } from '../profiles/id-index.js'
import { parseTag, type TagLink } from './tag.js'

export interface ScenarioLinks {
  readonly elements: ReadonlySet<ElementId>
  readonly derived: ReadonlySet<DerivedId>
  readonly claims: ReadonlySet<ClaimId>
  readonly interfaces: ReadonlySet<InterfaceId>
}

/** `interfaces` null: the system under test gave no interface description, and interface tags link to nothing. */
export interface KnownIds {
  readonly ids: IdIndex
  readonly interfaces: ReadonlySet<string> | null
}

/** @throws EvidenceError `malformed-tag`, `unknown-tag` */
export function linksOf(scenario: ScenarioResult, known: KnownIds): ScenarioLinks {
  const elements = new Set<ElementId>()
  const derived = new Set<DerivedId>()
  const claims = new Set<ClaimId>()
  const interfaces = new Set<InterfaceId>()
  for (const { name, line } of scenario.tags) {
    const place = line === 0 ? { file: scenario.uri } : { file: scenario.uri, line }
    const link = parseTag(name, place)
    if (link === undefined) continue
    const problem = problemOf(link, known)
    if (problem !== undefined) throw unknown(name, place, problem)
    if (link.kind === 'element') elements.add(link.id as ElementId)
    else if (link.kind === 'derived') derived.add(link.id as DerivedId)
    else if (link.kind === 'claim') claims.add(link.id as ClaimId)
    else if (known.interfaces !== null) interfaces.add(link.id as InterfaceId)
  }
  return { elements, derived, claims, interfaces }
}

function unknown(tag: string, place: SourcePlace, { what, remedy }: Problem): EvidenceError {
  return new EvidenceError('unknown-tag', place, `tag ${tag}: ${what}`, remedy)
}

interface Problem {
  readonly what: string
  readonly remedy: string
}

function problemOf({ kind, id }: TagLink, { ids, interfaces }: KnownIds): Problem | undefined {
  switch (kind) {
    case 'element':
      return ids.has('element', id) ? undefined : { what: `the catalogue has no element ${id}`, remedy: 'name an element of the catalogue' }
    case 'derived':
      return ids.has('derived requirement', id) ? undefined : derivedProblem(id, ids)
    case 'claim':
      return ids.has('claim', id) ? undefined : { what: `no claim ${id}`, remedy: 'name a claim of claims.yaml' }
    case 'interface':
      return interfaces === null || interfaces.has(id)
        ? undefined
        : { what: `the interface description has no entry ${id}`, remedy: `name one of ${[...interfaces].slice(0, 40).join(', ')}` }
  }
}

function derivedProblem(id: string, ids: IdIndex): Problem {
  const [name = id] = id.split('~')
  const other = ids.idsOf('derived requirement').find((known) => known.startsWith(`${name}~`))
  return other === undefined
    ? { what: `no derived requirement ${name}`, remedy: 'add it to requirements.yaml, or correct the tag' }
    : { what: `the present revision is ${other}`, remedy: `read the changed text, then write @REQ:${other}` }
}
