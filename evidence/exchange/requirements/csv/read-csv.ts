/** Requirements in comma-separated values: one row an item. RFC 4180 and its usual dialects; the column map may be given or recognised. */
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { EvidenceError } from '../../../model/errors.js'
import { readSourceText } from '../../text/source-text.js'
import { finding, makeSet } from '../set/make-set.js'
import { mapFor } from '../set/reader-map.js'
import { guessColumns, type TableColumns } from '../table/column-roles.js'
import { tableItem } from '../table/table-item.js'
import { csvDialect } from './csv-dialect.js'
import { mappedColumns, readCsvMap, type CsvMap } from './csv-map.js'
import { readCsvRows } from './csv-rows.js'

/** @throws EvidenceError `malformed-csv`, `malformed-map`, `no-items` and those of a text file */
export async function readCsv(files: readonly InputFile[], options: ReaderOptions): Promise<RequirementSet> {
  const stated = mapFor('csv', options)
  const map = stated === null ? undefined : readCsvMap(stated)
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  for (const file of files) readCsvText(file.name, await readSourceText(file), map, items, findings)
  return makeSet({ format: 'csv', files: files.map(({ name }) => name), items, findings })
}

function readCsvText(file: string, text: string, map: CsvMap | undefined, items: RequirementItem[], findings: SourceFinding[]): void {
  const dialect = csvDialect(text)
  const lineOffset = dialect.preamble === 0 ? 0 : 1
  const rows = readCsvRows(file, text.slice(dialect.preamble), map?.delimiter ?? dialect.delimiter)
  const [first, ...rest] = rows
  if (first === undefined) {
    findings.push(finding('unreadable', file, 'the file is empty', { file }))
    return
  }
  const columns = columnsOf(file, first.cells, map)
  const table = { kind: map?.kind ?? 'requirement', separator: map?.separator }
  for (const { cells, line } of map?.header === false ? rows : rest) {
    const item = tableItem(cells, columns, { file, line: line + lineOffset }, table, findings)
    if (item !== undefined) items.push(item)
  }
}

function columnsOf(file: string, header: readonly string[], map: CsvMap | undefined): TableColumns {
  if (map !== undefined) return mappedColumns(map, map.header ? header : header.map((_, i) => `column ${i + 1}`))
  const guessed = guessColumns(header)
  if (guessed !== undefined) return guessed
  throw new EvidenceError(
    'malformed-csv',
    { file, line: 1 },
    'no column of the header row is known as an id',
    'say with --map FILE which column holds what',
  )
}
