/**
 * On what the inclusion of a component depends: a selection in an element, another component, a feature or a use case. Only what leads
 * to a component or an element of the same document becomes a link; what a dependency says is kept in the findings or attributes.
 */
import type { ItemLink } from '../../../items/requirement-item.js'
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { childNamed, childrenNamed, type NiapDocument, type PlacedElement } from './niap-document.js'
import { componentId, elementId } from './niap-ids.js'

/** `depends` names XML ids in any of its attributes; `selection-depends` of the older schema an element in `req` and choices in `ids`. */
export function dependencyIds(depends: XmlElement): readonly string[] {
  if (childNamed(depends, 'external-doc') !== undefined) return []
  if (localName(depends.name) === 'selection-depends')
    return (depends.attributes['ids'] ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean)
  return idsIn(Object.values(depends.attributes))
}

/** Ids are separated by commas or white space. */
export function idsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((ids) => ids.split(/[\s,]+/u)).filter((id) => id !== '')
}

export function dependenciesOf(component: XmlElement, { document }: { readonly document: NiapDocument }): readonly ItemLink[] {
  const links = new Map<string, ItemLink>()
  for (const depends of childrenNamed(component, 'depends', 'selection-depends')) {
    const place = document.placeOf(depends)
    for (const target of targetsOf(depends, document)) links.set(target, { role: 'depends', target, revision: null, extent: 'full', place })
  }
  return [...links.values()]
}

function targetsOf(depends: XmlElement, document: NiapDocument): readonly string[] {
  const requirement = depends.attributes['req']
  if (localName(depends.name) === 'selection-depends' && requirement !== undefined) return [requirement.toUpperCase()]
  return dependencyIds(depends)
    .flatMap((id) => document.byId.get(id) ?? [])
    .map((placed) => ownerOf(placed))
    .filter((id) => id !== undefined)
}

/** The element or component that an XML element stands in, or is. */
export function ownerOf({ element, ancestors }: PlacedElement): string | undefined {
  const path = [...ancestors, element]
  const component = path.find(({ name }) => /^[fa]-component$/u.test(localName(name)))
  const part = path.find(({ name }) => /^[fa]-element$/u.test(localName(name)))
  if (component === undefined) return undefined
  return part === undefined ? componentId(component) : elementId(component, part)
}
