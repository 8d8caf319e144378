/** SVG 1.1 elements as text. Every text and attribute is escaped here, whoever wrote it; numbers have at most one decimal. */

export type Attributes = Readonly<Record<string, string | number>>

/** An element; `children` are elements already, or come from `text`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? number(value) : value)}"`,
  )
  return children.length === 0 ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${children.join('')}</${name}>`
}

export const text = (content: string): string => escaped(content)

const number = (value: number): string => String(Math.round(value * 10) / 10)

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Control characters are not allowed in XML at all. */
function escaped(value: string): string {
  return value.replace(/[&<>"']/gu, (c) => ENTITIES[c] ?? c).replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')
}
