/** Attributes of items: what a source says beyond the fields of the model, kept with the spelling of the source. */
import type { AttributeValue } from '../../../items/requirement-item.js'

export type AttributeRecord = Record<string, AttributeValue>

export const noAttributes: Readonly<AttributeRecord> = Object.freeze({})

/** `__proto__` as a name must become a member like any other, and not the prototype. */
export function setAttribute(record: AttributeRecord, name: string, value: AttributeValue): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true })
  else record[name] = value
}

/** A parsed JSON or YAML value. The parsers bound the depth. */
export function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(attributeOf)
  if (typeof value !== 'object' || value === null) return String(value)
  const record: AttributeRecord = {}
  for (const [name, member] of Object.entries(value)) setAttribute(record, name, attributeOf(member))
  return record
}
