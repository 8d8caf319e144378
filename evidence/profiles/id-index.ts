/**
 * Every id that a profile defines, by kind, with the place that defines it. Ids are defined once; what is referred to must be
 * defined. Both rules are checked here, so that each refusal names file and line.
 */
import { EvidenceError, printPlace, type SourcePlace } from '../model/errors.js'

export type IdKind =
  | 'source'
  | 'component'
  | 'element'
  | 'assurance component'
  | 'threat'
  | 'objective'
  | 'assumption'
  | 'policy'
  | 'absent component'
  | 'derived requirement'
  | 'claim'
  | 'deviation'
  | 'justification'
  | 'artefact'
  | 'assurance artefact'
  | 'assignment'
  | 'configuration'
  | 'caveat'
  | 'carry-over'

export class IdIndex {
  private readonly kinds = new Map<IdKind, Map<string, SourcePlace>>()

  /** @throws EvidenceError `duplicate-id` */
  define(kind: IdKind, id: string, place: SourcePlace): void {
    const ids = this.of(kind)
    const first = ids.get(id)
    if (first !== undefined)
      throw new EvidenceError('duplicate-id', place, `${kind} ${id} is already defined at ${printPlace(first)}`, 'remove one of the two')
    ids.set(id, place)
  }

  has(kind: IdKind, id: string): boolean {
    return this.of(kind).has(id)
  }

  placeOf(kind: IdKind, id: string): SourcePlace | undefined {
    return this.of(kind).get(id)
  }

  idsOf(kind: IdKind): readonly string[] {
    return [...this.of(kind).keys()]
  }

  /** @throws EvidenceError `dangling-reference` unless one of the kinds defines `id`. */
  refer(kinds: readonly IdKind[], id: string, place: SourcePlace): void {
    if (kinds.some((kind) => this.has(kind, id))) return
    throw new EvidenceError('dangling-reference', place, `no ${kinds.join(' or ')} ${id}`, `name a defined ${kinds.join(' or ')}`)
  }

  private of(kind: IdKind): Map<string, SourcePlace> {
    const known = this.kinds.get(kind)
    if (known !== undefined) return known
    const made = new Map<string, SourcePlace>()
    this.kinds.set(kind, made)
    return made
  }
}
