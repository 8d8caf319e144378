/**
 * Where a JUnit report names requirements: properties of a case or of its suite, and tags in names. The names of the properties and the
 * pattern of the tags can be set by a map: `{"references": {"properties": ["polarion-id"], "names": "\\[(REQ-\\d+)\\]"}}`.
 */
import type { ReaderOptions } from '../../../items/reader.js'
import type { TestReference } from '../../../items/test-item.js'
import { EvidenceError } from '../../../model/errors.js'
import { isJsonRecord, member } from '../../json/json-fields.js'

/** In small letters, without `-`, `_`, `.` and blanks. */
const knownProperties = [
  'requirement',
  'requirements',
  'requirementid',
  'requirementids',
  'req',
  'reqs',
  'reqid',
  'reqids',
  'verifies',
  'verify',
  'fullyverifies',
  'partiallyverifies',
  'covers',
  'satisfies',
  'validates',
  'tracesto',
  'testrequirement',
]

/** A tag sign before a word that holds a digit: `@comment` in a name is no id. */
const tagInName = /(?:^|[\s([{,;])(@[A-Za-z][\w.:~/-]*\d[\w.:~/-]*)/g

export interface ReferenceRule {
  readonly properties: ReadonlySet<string>
  readonly names: RegExp
}

/** @throws EvidenceError `malformed-map` */
export function referenceRule({ map }: ReaderOptions): ReferenceRule {
  const references = map === null ? undefined : member(map, 'references')
  if (references === undefined) return { properties: new Set(knownProperties), names: tagInName }
  if (!isJsonRecord(references)) throw malformed('is no object')
  const properties = member(references, 'properties')
  const names = member(references, 'names')
  if (properties !== undefined && !(Array.isArray(properties) && properties.every((name) => typeof name === 'string')))
    throw malformed('.properties is no list of names')
  if (names !== undefined && typeof names !== 'string') throw malformed('.names is no pattern')
  return {
    properties: new Set(properties === undefined ? knownProperties : properties.map(plain)),
    names: names === undefined ? tagInName : pattern(names),
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 'gu')
  } catch (cause) {
    throw malformed('.names is no regular expression', cause)
  }
}

function malformed(what: string, cause?: unknown): EvidenceError {
  const remedy = 'write {"references": {"properties": ["requirement"], "names": "\\\\[(REQ-[0-9]+)\\\\]"}}'
  return new EvidenceError('malformed-map', { file: 'map' }, `references${what}`, remedy, { cause })
}

/** A value may list several ids, with commas, semicolons or blanks between them. */
export function referencesOfProperty(rule: ReferenceRule, name: string, value: string, line: number): TestReference[] {
  const known = plain(name)
  if (!rule.properties.has(known)) return []
  const extent = known.startsWith('partial') ? 'partial' : 'full'
  return value
    .split(/[,;\s]+/)
    .filter((id) => id !== '')
    .map((text) => ({ text, via: 'property', extent, line }))
}

/** The first group of the pattern, or the whole match where it has none. */
export function referencesOfName(rule: ReferenceRule, name: string, line: number): TestReference[] {
  return [...name.matchAll(rule.names)]
    .map((match) => match[1] ?? match[0])
    .filter((text) => text !== '')
    .map((text) => ({ text, via: 'name', extent: 'full', line }))
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '')
}
