/**
 * The map of a JSON source, given with `--map`: `items` names the lists of items by their path (`reqs`, `data.requirements`), `fields` says
 * which member holds what. Without a map the words of column-roles.ts are looked for.
 */
import { EvidenceError } from '../../../model/errors.js'
import { isJsonRecord, type JsonRecord } from '../../json/json-fields.js'
import { columnRoles, type ColumnRole } from '../table/column-roles.js'

export interface JsonMap {
  /** Undefined: every list of objects at the top. */
  readonly items: readonly string[] | undefined
  readonly fields: ReadonlyMap<string, { readonly role: ColumnRole; readonly linkRole: string }>
  readonly kind: string | undefined
}

/** @throws EvidenceError `malformed-map` */
export function readJsonMap(map: JsonRecord): JsonMap {
  for (const name of Object.keys(map))
    if (!['format', 'items', 'fields', 'kind'].includes(name))
      throw refuse(`unknown member ${JSON.stringify(name)}`, 'use items, fields, kind')
  const { items, fields, kind } = map
  if (kind !== undefined && typeof kind !== 'string') throw refuse('kind is no text', 'name one kind')
  return { items: items === undefined ? undefined : readItems(items), fields: readFields(fields), kind }
}

function readItems(items: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(items) ? items : [items]
  return list.map((path) => (typeof path === 'string' ? path : fail('items is no path', 'name the list, as in data.requirements')))
}

function readFields(fields: unknown): JsonMap['fields'] {
  if (!isJsonRecord(fields)) throw refuse('fields is missing', 'write fields: {id: ..., text: ...}')
  const read = new Map<string, { readonly role: ColumnRole; readonly linkRole: string }>()
  for (const [name, value] of Object.entries(fields)) {
    const role =
      columnRoles.find((known) => known === name) ?? fail(`unknown field ${JSON.stringify(name)}`, `use ${columnRoles.join(', ')}`)
    const linked = role === 'links' && isJsonRecord(value) ? Object.entries(value) : [['refines', value] as const]
    for (const [linkRole, column] of linked)
      read.set(typeof column === 'string' ? column : fail(`fields.${name} is no member name`, 'name the member'), { role, linkRole })
  }
  if (![...read.values()].some(({ role }) => role === 'id')) throw refuse('fields names no id', 'say which member holds the id')
  return read
}

function fail(what: string, remedy: string): never {
  throw refuse(what, remedy)
}

function refuse(what: string, remedy: string): EvidenceError {
  return new EvidenceError('malformed-map', { file: '--map' }, what, remedy)
}
