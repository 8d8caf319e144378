/**
 * Ids of components and elements as they are published: upper case, elements numbered by their place in the component, the iteration
 * last (`FCS_COP.1.1/Hash`); an assurance element has the letter of its type (`ADV_FSP.1.2C`). CC 3.1 Part 2, "Functional component structure"; CC 3.1
 * Part 3, "Assurance element structure".
 */
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { elementsNamedBelow } from './niap-document.js'

/** Undefined: the source gives it no id. */
export function componentId(component: XmlElement): string | undefined {
  const { 'cc-id': ccId, id, iteration } = component.attributes
  if (ccId === undefined) return id?.toUpperCase()
  return withIteration(ccId.toUpperCase(), iteration)
}

/** `position`: of all elements of the component, 1-based; for assurance elements among those of its type. */
export function elementId(component: XmlElement, element: XmlElement): string | undefined {
  const { 'cc-id': ccId, iteration } = component.attributes
  if (ccId === undefined) return element.attributes['id']?.toUpperCase()
  const name = localName(element.name)
  const type = name === 'a-element' ? element.attributes['type'] : undefined
  const siblings = elementsNamedBelow(component, name).filter((other) => other.attributes['type'] === type || type === undefined)
  return withIteration(`${ccId.toUpperCase()}.${siblings.indexOf(element) + 1}${type ?? ''}`, iteration)
}

function withIteration(id: string, iteration: string | undefined): string {
  return iteration === undefined || iteration === '' ? id : `${id}/${iteration}`
}

/** `FCS_COP.1/Hash` and `FCS_COP.1(2)` are iterations of `FCS_COP.1`. */
export function withoutIteration(id: string): string {
  return id.replace(/(?:\/.*|\(.*\))$/u, '')
}
