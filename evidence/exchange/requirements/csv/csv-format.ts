/** CSV among the formats: recognised by its name, or by a header row that names an id. */
import type { RequirementReader } from '../../../items/reader.js'
import { guessColumns } from '../table/column-roles.js'
import { csvDialect } from './csv-dialect.js'

export const csvFormat: RequirementReader = {
  format: 'csv',
  title: 'comma-, semicolon- or tab-separated values, one requirement a row; columns by header or by --map',
  extensions: ['.csv', '.tsv'],
  recognises: (head, name) => /\.(csv|tsv)$/i.test(name) || (!/^\s*[<{[#|]/.test(head) && hasIdColumn(head)),
  read: async (files, options) => (await import('./read-csv.js')).readCsv(files, options),
}

function hasIdColumn(head: string): boolean {
  const end = head.search(/[\r\n]/)
  const header = (end < 0 ? head : head.slice(0, end)).slice(0, 4096)
  const cells = header.split(csvDialect(header).delimiter).map((cell) => cell.replace(/^"|"$/g, ''))
  return cells.length > 1 && guessColumns(cells) !== undefined
}
