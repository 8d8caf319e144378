/**
 * Requirement by interface and requirement by module as CSV: a line for each pair that a test joins, with the tests that do. Sparse:
 * a dense table of thousands of columns opens in no spreadsheet.
 */
import type { FolderWriter } from '../../items/folder-writer.js'
import type { TracedSet } from '../../items/traced-set.js'
import { usagePairs } from '../../items/usage.js'
import { csvCell, csvLine } from '../csv.js'

export function writeUsageCsv(set: TracedSet, folder: FolderWriter): void {
  write(set, folder, 'requirement-by-interface.csv', 'Interface', 'interfaces')
  write(set, folder, 'requirement-by-module.csv', 'Module', 'modules')
}

function write(set: TracedSet, folder: FolderWriter, name: string, heading: string, part: 'interfaces' | 'modules'): void {
  const file = folder.open(name)
  file.add(csvLine(['Requirement', 'Verdict', heading, 'Tests', 'Tests passed']))
  for (const requirement of set.requirements) {
    const pairs = usagePairs(set, requirement, part)
    if (pairs.size === 0 && requirement.verdict === 'not-required') continue
    const start = `${csvCell(requirement.item.id)},${requirement.verdict}`
    for (const [used, { tests, passed }] of pairs) file.add(`${start},${csvCell(used)},${tests},${passed}\r\n`)
    if (pairs.size === 0) file.add(`${start},none,0,0\r\n`)
  }
  file.end()
}
