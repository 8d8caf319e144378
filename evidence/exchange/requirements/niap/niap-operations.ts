/** The operations that an element leaves to the security target, and those that the profile has made. CC Part 1, "Operations". */
import type { ItemOperation } from '../../../items/requirement-item.js'
import { elementsBelow, localName, type XmlElement } from '../../xml/xml-tree.js'
import { childrenNamed } from './niap-document.js'
import type { NiapText } from './niap-text.js'

/** Ids are those of the source where it gives some, else the place in the element: `FCS_COP.1.1/Hash selection 2`. */
export function operationsOf(title: XmlElement, owner: string, text: NiapText): readonly ItemOperation[] {
  const operations: ItemOperation[] = []
  const counts = { selection: 0, assignment: 0, refinement: 0 }
  const add = (kind: keyof typeof counts, element: XmlElement, choices: readonly string[], decided: string | null) => {
    counts[kind] += 1
    operations.push({ kind, id: element.attributes['id'] ?? `${owner} ${kind} ${counts[kind]}`, choices, decided })
  }
  for (const element of elementsBelow(title)) {
    const name = localName(element.name)
    if (name === 'selectables')
      add(
        'selection',
        element,
        childrenNamed(element, 'selectable').map((choice) => text.choice(choice)),
        null,
      )
    else if (name === 'assignable') add('assignment', element, [], null)
    else if (name === 'refinement') add('refinement', element, [], text.of(element))
  }
  return operations
}

/** Choices that the source has given an id, so that rules, dependencies and a security target can name them. */
export function selectableIds(title: XmlElement, text: NiapText): Readonly<Record<string, string>> {
  const named = [...elementsBelow(title)].filter(
    ({ name, attributes }) => localName(name) === 'selectable' && attributes['id'] !== undefined,
  )
  return Object.fromEntries(named.map((element) => [element.attributes['id'] ?? '', text.choice(element)]))
}
