/** The operations that an element leaves to the security target, and those that the profile has made. CC 3.1 Part 1, "Operations". */
import type { ItemOperation } from '../../../items/requirement-item.js'
import { localName } from '../../xml/local-name.js'
import { elementsBelow, type XmlElement } from '../../xml/xml-tree.js'
import { childrenNamed } from './niap-document.js'
import type { NiapText } from './niap-text.js'

/** A choice that the source has given an id: what a security target names. */
export interface NiapChoice {
  /** Id of the element. */
  readonly item: string
  readonly operation: string
  readonly text: string
}

/** Ids are those of the source where it gives some, else the place in the element: `FCS_COP.1.1/Hash selection 2`. */
export function operationsOf(title: XmlElement, owner: string, text: NiapText, choices: Map<string, NiapChoice>): readonly ItemOperation[] {
  const operations: ItemOperation[] = []
  const counts = { selection: 0, assignment: 0, refinement: 0 }
  const add = (kind: keyof typeof counts, element: XmlElement, texts: readonly string[], decided: string | null): string => {
    counts[kind] += 1
    const id = element.attributes['id'] ?? `${owner} ${kind} ${counts[kind]}`
    operations.push({ kind, id, choices: texts, decided })
    return id
  }
  const addSelection = (element: XmlElement) => {
    const selectables = childrenNamed(element, 'selectable')
    const texts = selectables.map((choice) => text.choice(choice))
    const operation = add('selection', element, texts, null)
    selectables.forEach(({ attributes: { id } }, at) => {
      if (id !== undefined) choices.set(id, { item: owner, operation, text: texts[at] ?? '' })
    })
  }
  for (const element of elementsBelow(title)) {
    const name = localName(element.name)
    if (name === 'selectables') addSelection(element)
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
