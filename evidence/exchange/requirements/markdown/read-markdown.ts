/** Requirements in tables of Markdown documents, as design documents of flight software have them. */
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { readSourceText } from '../../text/source-text.js'
import { mappedColumns, readCsvMap, type CsvMap } from '../csv/csv-map.js'
import { finding, makeSet } from '../set/make-set.js'
import { mapFor } from '../set/reader-map.js'
import type { TableColumns } from '../table/column-roles.js'
import { tableItem } from '../table/table-item.js'
import { markdownTables } from './markdown-tables.js'
import { requirementColumns } from './requirement-columns.js'

/** @throws EvidenceError `malformed-map`, `no-items` and those of a text file */
export async function readMarkdown(files: readonly InputFile[], options: ReaderOptions): Promise<RequirementSet> {
  const stated = mapFor('markdown', options)
  const map = stated === null ? undefined : readCsvMap(stated)
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  for (const file of files) readDocument(file.name, await readSourceText(file), map, items, findings)
  return makeSet({ format: 'markdown', files: files.map(({ name }) => name), items, findings })
}

function readDocument(file: string, text: string, map: CsvMap | undefined, items: RequirementItem[], findings: SourceFinding[]): void {
  const options = { kind: map?.kind ?? 'requirement', separator: map?.separator }
  for (const { header, rows, heading, isWellFormed } of markdownTables(text)) {
    const columns = columnsOf(header.cells, heading, map)
    if (columns === undefined) continue
    if (!isWellFormed) {
      const what = 'table of requirements whose delimiter row has another number of cells; left out'
      findings.push(finding('unreadable', file, what, { file, line: header.line + 1 }))
      continue
    }
    for (const { cells, line } of rows) {
      const plain = cells.map((cell, i) => (columns.roles[i] === 'id' ? plainId(cell) : cell))
      const item = tableItem(plain, columns, { file, line }, options, findings)
      if (item !== undefined) items.push(item)
    }
  }
}

/** With a map, the tables that have the column of its id. */
function columnsOf(headers: readonly string[], heading: string, map: CsvMap | undefined): TableColumns | undefined {
  if (map === undefined) return requirementColumns(headers, heading)
  const id = map.columns.find(({ role }) => role === 'id')?.column
  return typeof id === 'string' && headers.includes(id) ? mappedColumns(map, headers) : undefined
}

/** An id without the emphasis, code marks or link around it. */
function plainId(cell: string): string {
  const linked = /^\[([^\]]*)\]\([^)]*\)$/.exec(cell)?.[1] ?? cell
  const anchored = linked.replace(/^<a [^>]*>(?:<\/a>)?/, '').replace(/<\/a>$/, '')
  return anchored.replace(/^[*_`]+|[*_`]+$/g, '').trim()
}
