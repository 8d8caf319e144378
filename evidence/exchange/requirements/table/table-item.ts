/** One row of a requirement table as an item: the same for CSV and for tables in Markdown. Cells that have no role become attributes. */
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { SourcePlace } from '../../../model/errors.js'
import { noAttributes, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { readReference, splitReferences } from '../set/item-reference.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding } from '../set/make-set.js'
import { readMethods } from '../set/verification-methods.js'
import type { ColumnRole, TableColumns } from './column-roles.js'

export interface TableOptions {
  /** Kind of an item whose row names none. */
  readonly kind: string
  /** Between the ids of one cell; undefined: comma, semicolon, bar or white space. */
  readonly separator: string | undefined
}

/** Undefined: the row was left out, and the last finding says why. */
export function tableItem(
  cells: readonly string[],
  columns: TableColumns,
  place: SourcePlace,
  options: TableOptions,
  findings: SourceFinding[],
): RequirementItem | undefined {
  const cell = (role: ColumnRole): string => (cells[columns.roles.indexOf(role)] ?? '').trim()
  const id = cell('id')
  const wanted = columns.headers.length
  if (id === '') {
    if (cells.some((other) => other.trim() !== '')) findings.push(finding('unreadable', '', 'row without an id; left out', place))
    return undefined
  }
  const count = `row of ${cells.length} cells in a table of ${wanted} columns`
  if (cells.slice(wanted).some((other) => other.trim() !== '')) {
    findings.push(finding('unreadable', id, `${count}; all but the id is read as one text`, place))
    return overfull(id, cells, columns, place, options)
  }
  if (cells.length < wanted) findings.push(finding('unreadable', id, `${count}; the rest is read as empty`, place))
  const read = readMethods(cell('methods'))
  for (const word of read.unknown)
    findings.push(finding('unreadable', id, `verification method ${JSON.stringify(word)} is no test, analysis or inspection`, place))
  const parents = splitReferences(cell('parent'), options.separator)
  const [parent] = parents
  return makeItem({
    id,
    revision: cell('revision') || null,
    kind: cell('kind') || options.kind,
    title: cell('title'),
    text: cell('text'),
    rationale: cell('rationale'),
    status: cell('status'),
    methods: read.methods,
    parent: parents.length === 1 && parent !== undefined ? parent : null,
    links: [
      ...(parents.length > 1 ? parents.map((target) => reference('refines', target, place)) : []),
      ...links(cells, columns, place, options),
    ],
    attributes: attributes(cells, columns),
    place,
  })
}

/** With a bar or a comma too many nobody can tell which cell is which: only the id is taken for what it is. */
function overfull(
  id: string,
  cells: readonly string[],
  columns: TableColumns,
  place: SourcePlace,
  { kind }: TableOptions,
): RequirementItem {
  const rest = cells.filter((_, i) => columns.roles[i] !== 'id').map((cell) => cell.trim())
  return makeItem({ id, kind, text: rest.join(' | '), place })
}

function links(cells: readonly string[], columns: TableColumns, place: SourcePlace, { separator }: TableOptions): ItemLink[] {
  return columns.roles.flatMap((role, i) =>
    role === 'links'
      ? splitReferences(cells[i] ?? '', separator).map((target) => reference(columns.linkRoles[i] ?? 'refines', target, place))
      : [],
  )
}

function reference(role: string, target: string, place: SourcePlace): ItemLink {
  const { id, revision } = readReference(target)
  return makeLink(role, id, place, revision)
}

/** The words of a methods cell are kept too: `Unit Test` says more than `test`. */
function attributes(cells: readonly string[], columns: TableColumns): Readonly<AttributeRecord> {
  let record: AttributeRecord | undefined
  for (let i = 0; i < columns.roles.length; i++) {
    const role = columns.roles[i]
    const cell = cells[i]
    if ((role !== null && role !== 'methods') || cell === undefined || cell === '') continue
    record ??= {}
    setAttribute(record, columns.headers[i]?.trim() || `column ${i + 1}`, cell)
  }
  return record ?? noAttributes
}
