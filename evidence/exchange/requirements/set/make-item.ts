/** Items with every field in one order, so that a hundred thousand of them share one hidden class; what a format lacks is blank. */
import type { LinkExtent, ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { SourcePlace } from '../../../model/errors.js'
import { noAttributes } from './attributes.js'

const none: readonly never[] = Object.freeze([])

export type ItemParts = Partial<RequirementItem> & Pick<RequirementItem, 'id' | 'kind' | 'place'>

export function makeItem(parts: ItemParts): RequirementItem {
  return {
    id: parts.id,
    revision: parts.revision ?? null,
    kind: parts.kind,
    title: parts.title ?? '',
    text: parts.text ?? '',
    rationale: parts.rationale ?? '',
    inclusion: parts.inclusion ?? 'unstated',
    status: parts.status ?? '',
    methods: parts.methods ?? none,
    ccVersion: parts.ccVersion ?? null,
    parent: parts.parent ?? null,
    links: parts.links ?? none,
    needs: parts.needs ?? none,
    operations: parts.operations ?? none,
    activities: parts.activities ?? none,
    attributes: parts.attributes ?? noAttributes,
    place: parts.place,
  }
}

export function makeLink(
  role: string,
  target: string,
  place: SourcePlace,
  revision: string | null = null,
  extent: LinkExtent = 'full',
): ItemLink {
  return { role, target, revision, extent, place }
}
