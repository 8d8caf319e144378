/**
 * Which fields of a need are links. The schema in needs.json says so where there is one; else a list of texts is a link field when the
 * file has its `_back` counterpart, when it bears a name that sphinx-needs or S-CORE gives to links, or when it names a need.
 */
import { isJsonRecord, member, type JsonRecord } from '../../json/json-fields.js'

const known = new Set([
  'links',
  'satisfies',
  'fulfils',
  'fulfills',
  'implements',
  'verifies',
  'covers',
  'refines',
  'derives',
  'derived_from',
  'tests',
  'traces',
  'complies',
  'mitigates',
  'mitigated_by',
  'fully_verifies',
  'partially_verifies',
])

/** Lists that every need may have and that hold no ids. */
const otherLists = new Set(['tags', 'sections', 'constraints', 'parent_needs'])

export function linkFields(version: JsonRecord, needs: JsonRecord): ReadonlySet<string> {
  return schemaFields(version) ?? guessFields(needs)
}

function schemaFields(version: JsonRecord): ReadonlySet<string> | undefined {
  const schema = member(version, 'needs_schema')
  const properties = isJsonRecord(schema) ? member(schema, 'properties') : undefined
  if (!isJsonRecord(properties)) return undefined
  const names = Object.entries(properties).flatMap(([name, property]) =>
    isJsonRecord(property) && property['field_type'] === 'links' && name !== 'parent_needs' ? [name] : [],
  )
  return new Set(names)
}

function guessFields(needs: JsonRecord): ReadonlySet<string> {
  const names = new Set<string>()
  const lists = new Set<string>()
  const fields = new Set<string>()
  for (const need of Object.values(needs)) {
    if (!isJsonRecord(need)) continue
    for (const name of Object.keys(need)) {
      fields.add(name)
      const value = need[name]
      if (!Array.isArray(value) || otherLists.has(name) || name.endsWith('_back')) continue
      lists.add(name)
      if (!names.has(name) && value.some((entry) => typeof entry === 'string' && Object.hasOwn(needs, targetId(entry)))) names.add(name)
    }
  }
  for (const name of lists) if (known.has(name) || fields.has(`${name}_back`)) names.add(name)
  return names
}

/** `REQ_1[version==1]` names REQ_1. */
export function targetId(entry: string): string {
  const bracket = entry.indexOf('[')
  return (bracket < 0 ? entry : entry.slice(0, bracket)).trim()
}
