/**
 * The column map of a CSV source, given with `--map`: which column holds what. A column is named by its header or, 1-based, by its
 * number; `links` is one column, or a map from link role to column. What the map does not name stays an attribute.
 */
import { EvidenceError } from '../../../model/errors.js'
import { columnRoles, type ColumnRole, type TableColumns } from '../table/column-roles.js'

const place = { file: '--map' }
const members = ['format', 'columns', 'delimiter', 'header', 'separator', 'kind']

type ColumnName = string | number

export interface CsvMap {
  readonly columns: readonly { readonly role: ColumnRole; readonly linkRole: string; readonly column: ColumnName }[]
  readonly delimiter: string | undefined
  readonly header: boolean
  readonly separator: string | undefined
  readonly kind: string | undefined
}

/** @throws EvidenceError `malformed-map` */
export function readCsvMap(map: Readonly<Record<string, unknown>>): CsvMap {
  for (const name of Object.keys(map))
    if (!members.includes(name)) throw refuse(`unknown member ${JSON.stringify(name)}`, `use ${members.join(', ')}`)
  const { header = true } = map
  if (typeof header !== 'boolean') throw refuse('header is neither true nor false', 'say whether the first row names the columns')
  const delimiter = textMember(map, 'delimiter')
  if (delimiter !== undefined && (delimiter.length !== 1 || delimiter === '"' || delimiter === '\n'))
    throw refuse('delimiter is no single character', "write one character, '\\t' for a tab")
  return {
    columns: readColumns(map['columns']),
    delimiter,
    header,
    separator: textMember(map, 'separator') || undefined,
    kind: textMember(map, 'kind'),
  }
}

function readColumns(columns: unknown): CsvMap['columns'] {
  if (!isRecord(columns)) throw refuse('columns is missing', 'write columns: {id: ..., text: ...}')
  const read = Object.entries(columns).flatMap(([role, value]) => {
    const known = columnRoles.find((name) => name === role)
    if (known === undefined) throw refuse(`unknown column role ${JSON.stringify(role)}`, `use ${columnRoles.join(', ')}`)
    if (known === 'links' && isRecord(value))
      return Object.entries(value).map(([linkRole, column]) => ({ role: known, linkRole, column: columnName(role, column) }))
    return [{ role: known, linkRole: 'refines', column: columnName(role, value) }]
  })
  if (!read.some(({ role }) => role === 'id')) throw refuse('columns names no id', 'say which column holds the id')
  return read
}

function columnName(role: string, value: unknown): ColumnName {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value
  throw refuse(`columns.${role} is no header and no column number`, 'name the column as the header row does, or count from 1')
}

function textMember(map: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = map[name]
  if (value === undefined || typeof value === 'string') return value
  throw refuse(`${name} is no text`, 'write it in quotes')
}

/** @throws EvidenceError `malformed-map` for a column that the file has not. */
export function mappedColumns(map: CsvMap, headers: readonly string[]): TableColumns {
  const roles: (ColumnRole | null)[] = headers.map(() => null)
  const linkRoles = headers.map(() => 'refines')
  for (const { role, linkRole, column } of map.columns) {
    const index = typeof column === 'number' ? column - 1 : headers.findIndex((header) => header.trim() === column.trim())
    if (index < 0 || index >= headers.length)
      throw refuse(`no column ${JSON.stringify(column)}`, `the file has ${headers.map((header) => JSON.stringify(header)).join(', ')}`)
    if (roles[index] !== null) throw refuse(`column ${JSON.stringify(column)} stands for two roles`, 'name each column once')
    roles[index] = role
    linkRoles[index] = linkRole
  }
  return { roles, headers, linkRoles }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(what: string, remedy: string): EvidenceError {
  return new EvidenceError('malformed-map', place, what, remedy)
}
