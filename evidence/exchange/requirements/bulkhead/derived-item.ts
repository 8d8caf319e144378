/** A derived requirement as an item: it refines the elements it names. Claims, interfaces and modules are kept as attributes. */
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { SourcePlace } from '../../../model/errors.js'
import type { WrittenRequirement } from '../../../profiles/written-shapes.js'
import { makeItem, makeLink } from '../set/make-item.js'

export function derivedItem(id: string, requirement: Omit<WrittenRequirement, 'id'>, place: SourcePlace): RequirementItem {
  const { revision, text, rationale, parents, claims, methods, interfaces, modules } = requirement
  return makeItem({
    id,
    revision: String(revision),
    kind: 'derived-requirement',
    text,
    rationale,
    methods,
    links: parents.map((parent) => makeLink('refines', parent, place)),
    attributes: { claims, interfaces, modules },
    place,
  })
}
