/**
 * What a PP-Module says about requirements of its Base-PPs: one item for each, with the base it belongs to. `base-modification` where the
 * module gives another wording, `base-unchanged` where it only comments.
 */
import type { AttributeValue, RequirementItem } from '../../../items/requirement-item.js'
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { makeItem } from '../set/make-item.js'
import type { NiapContext } from './niap-components.js'
import { childNamed, elementsNamedBelow } from './niap-document.js'
import { componentId } from './niap-ids.js'

/** The id is the one that the module gave the change; without it base and component name it. */
export function baseModificationsOf({ document, text, ccVersion }: NiapContext): readonly RequirementItem[] {
  return document.all('base-sfr-spec').map(({ element, ancestors }) => {
    const base = ancestors.find(({ name }) => localName(name) === 'base-pp')?.attributes ?? {}
    const baseName = base['short'] ?? base['name'] ?? base['id'] ?? ''
    const component = componentId(element) ?? ''
    const wording = elementsNamedBelow(element, 'f-element')
      .map((part) => childNamed(part, 'title'))
      .filter((title) => title !== undefined)
    const description = childNamed(element, 'description')
    return makeItem({
      id: element.attributes['id'] ?? `${baseName}:${component}`,
      kind: childNamed(element, 'no-change') === undefined ? 'base-modification' : 'base-unchanged',
      title: `${component} ${element.attributes['title'] ?? ''} (Base-PP ${baseName})`.replace(/ +/gu, ' '),
      text: [...(description === undefined ? [] : [text.of(description)]), ...wording.map((title) => text.of(title))].join('\n'),
      rationale: rationaleOf(element, (part) => text.of(part)),
      ccVersion,
      attributes: { component, 'base-pp': base['id'] ?? baseName, change: changeOf(element) },
      place: document.placeOf(element),
    })
  })
}

function rationaleOf(element: XmlElement, words: (part: XmlElement) => string): string {
  const part = childNamed(element, 'consistency-rationale')
  return part === undefined ? '' : words(part)
}

function changeOf(element: XmlElement): AttributeValue {
  return childNamed(element, 'no-change') === undefined ? 'replaced' : 'unchanged'
}
