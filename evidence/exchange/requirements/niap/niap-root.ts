/** What a document of the NIAP schema is known by: its root element and the namespaces in use, of which there have been two. */
import { localName } from '../../xml/local-name.js'
import type { XmlElement } from '../../xml/xml-tree.js'

const NAMESPACES = ['https://niap-ccevs.org/cc/v1', 'http://common-criteria.rhcloud.com/ns/cc']
const ROOTS = ['PP', 'Module', 'Package', 'CPP']

/** Whether the root element of a document, or the beginning of its text, is one of the schema. */
export function isNiapRoot({ name, attributes }: Pick<XmlElement, 'name' | 'attributes'>): boolean {
  return ROOTS.includes(localName(name)) && Object.values(attributes).some((value) => NAMESPACES.includes(value))
}

export function looksLikeNiap(head: string): boolean {
  const root = /<(?:[\w.-]+:)?(?:PP|Module|Package|CPP|technical-decisions)(?=[\s>])[^<]*/u.exec(
    head.replace(/<!--[^]*?(?:-->|$)/gu, ''),
  )?.[0]
  return root !== undefined && NAMESPACES.some((namespace) => root.includes(namespace))
}
