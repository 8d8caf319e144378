/** Members of one parsed JSON object, read with the types that a format promises; a member of another type is refused with its line. */
import { EvidenceError, type SourcePlace } from '../../model/errors.js'

export type JsonRecord = Readonly<Record<string, unknown>>

export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @throws EvidenceError `schema-violation` */
export function jsonRecord(value: unknown, what: string, place: SourcePlace): JsonRecord {
  return isJsonRecord(value) ? value : refuse(what, 'an object', place)
}

/** @throws EvidenceError `schema-violation` */
export function jsonList(value: unknown, what: string, place: SourcePlace): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : refuse(what, 'a list', place)
}

/** Own member only: `constructor` is no name of a field. */
export function member(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** Absent and null read as empty; numbers and truth values as spelled. @throws EvidenceError `schema-violation` for a list or an object. */
export function textMember(record: JsonRecord, name: string, place: SourcePlace): string {
  const value = member(record, name)
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : refuse(name, 'a text', place)
}

/** Absent and null read as empty. @throws EvidenceError `schema-violation` */
export function textsMember(record: JsonRecord, name: string, place: SourcePlace): readonly string[] {
  const value = member(record, name)
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return refuse(name, 'a list of texts', place)
  return value.map((entry: unknown) => (typeof entry === 'string' ? entry : refuse(name, 'a list of texts', place)))
}

function refuse(what: string, expected: string, place: SourcePlace): never {
  throw new EvidenceError('schema-violation', place, `${what} is not ${expected}`, 'give the file as the tool wrote it')
}
