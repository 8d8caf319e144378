/** Derived requirements and claims. A requirement refines elements or serves claims: one that does neither has no reason to be. */
import type { Claim } from '../model/claim.js'
import type { DerivedRequirement } from '../model/derived-requirement.js'
import { EvidenceError } from '../model/errors.js'
import type { DerivedId } from '../model/ids.js'
import type { Loaded } from './loaded.js'
import type { WrittenRequirement, WrittenShapes } from './written-shapes.js'

/** @throws EvidenceError `duplicate-id`, `dangling-reference`, `schema-violation` */
export function loadRequirements(loaded: Loaded<WrittenShapes['requirements']>): DerivedRequirement[] {
  const { requirements } = loaded.value
  const names = new Map<string, number>()
  loaded.each(['requirements'], requirements, (written, at) => {
    loaded.ids.define('derived requirement', idOf(written), at(['id']))
    const other = names.get(written.id)
    if (other !== undefined)
      throw new EvidenceError(
        'duplicate-id',
        at(['id']),
        `${written.id} stands here in revision ${written.revision} and ${other}`,
        'keep the present one',
      )
    names.set(written.id, written.revision)
    written.parents.forEach((parent, k) => loaded.ids.refer(['element'], parent, at(['parents', k])))
    written.claims.forEach((claim, k) => loaded.ids.refer(['claim'], claim, at(['claims', k])))
    if (written.parents.length + written.claims.length === 0)
      throw new EvidenceError(
        'schema-violation',
        at(['parents']),
        `${written.id} has neither parent nor claim`,
        'name an element or a claim',
      )
  })
  return requirements.map((written) => ({ ...written, id: idOf(written), name: written.id }))
}

export function loadClaims(loaded: Loaded<WrittenShapes['claims']>): readonly Claim[] {
  loaded.each(['claims'], loaded.value.claims, ({ id }, at) => loaded.ids.define('claim', id, at(['id'])))
  return loaded.value.claims
}

function idOf({ id, revision }: WrittenRequirement): DerivedId {
  return `${id}~${revision}` as DerivedId
}
