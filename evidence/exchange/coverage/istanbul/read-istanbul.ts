/**
 * Istanbul reports as coverage. What c8 writes in this form are V8's block counts: its statements are the lines of the source and its
 * branches single blocks; the metric says so.
 */
import type { CoverageReport } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { parseJson } from '../../json/json-document.js'
import { isJsonRecord, jsonRecord, member } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { reportOf } from '../report/coverage-totals.js'
import { mergeIstanbulFiles, moduleOf, readIstanbulFile, type IstanbulFile } from './istanbul-file.js'

/** @throws EvidenceError for what is no report, and `empty-coverage` */
export async function readIstanbul(files: readonly InputFile[]): Promise<CoverageReport> {
  const merged = new Map<string, IstanbulFile>()
  for (const file of files)
    for (const found of filesOf(file.name, await readSourceText(file))) {
      const other = merged.get(found.path)
      merged.set(found.path, other === undefined ? found : mergeIstanbulFiles(other, found))
    }
  const all = [...merged.values()]
  return reportOf({ format: 'istanbul', metric: metricOf(all), files, modules: all.map(moduleOf), notes: all.flatMap(notesOf) })
}

/** Files by path; a report may also be the entry of one file. */
function filesOf(file: string, text: string): IstanbulFile[] {
  const place = { file }
  const report = jsonRecord(parseJson(file, text).value, 'coverage report', place)
  if (isJsonRecord(member(report, 'statementMap'))) return [readIstanbulFile(file, report, place)]
  return Object.keys(report).map((key) => readIstanbulFile(key, member(report, key), place))
}

function metricOf(files: readonly IstanbulFile[]): string {
  const types = new Set(files.flatMap(({ branches }) => branches.map(({ type }) => type)))
  const isV8 = types.size > 0 ? [...types].every((type) => type === 'branch') : files.every(hasWholeLines)
  return isV8
    ? 'V8 block coverage in istanbul form: a statement is a source line, a branch one block; not decision coverage'
    : 'istanbul: statements; arms of if, switch, conditional and logical expressions as branches; functions; lines by the statements that start on them; not decision coverage'
}

/** c8 makes one statement of every line, from its first column. */
function hasWholeLines({ statements }: IstanbulFile): boolean {
  return statements.length > 1 && statements.every(({ range, line }, i) => line === i + 1 && range.startsWith(`${line}:0-`))
}

function notesOf({ path, unmapped }: IstanbulFile): string[] {
  return unmapped ? [`${path}: counts are those of generated code; the map back to the source was not followed`] : []
}
