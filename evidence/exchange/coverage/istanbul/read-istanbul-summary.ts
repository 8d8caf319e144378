/** Istanbul's summaries as coverage. Counts cannot be merged without their lines: a file that two summaries name is refused. */
import type { CoverageCount, CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { isJsonRecord, jsonRecord, member, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { differs, measures, modulePath, reportOf } from '../report/coverage-totals.js'

/** @throws EvidenceError for what is no summary, `duplicate-id`, `empty-coverage` */
export async function readIstanbulSummary(files: readonly InputFile[]): Promise<CoverageReport> {
  const modules = new Map<string, FileCoverage>()
  const stated: { readonly file: string; readonly total: FileCoverage; readonly paths: readonly string[] }[] = []
  for (const input of files) {
    const place = { file: input.name }
    const report = jsonRecord(parseJson(input.name, await readSourceText(input)).value, 'coverage summary', place)
    const total = readCounts('total', member(report, 'total'), place)
    const found = Object.keys(report)
      .filter((key) => key !== 'total')
      .map((key) => readCounts(modulePath(key), member(report, key), place))
    for (const module of found.length === 0 ? [{ ...total, path: '(all files)' }] : found) {
      if (modules.has(module.path))
        throw new EvidenceError(
          'duplicate-id',
          place,
          `module ${module.path} stands in two summaries`,
          'give coverage-final.json, which can be merged',
        )
      modules.set(module.path, module)
    }
    stated.push({ file: input.name, total, paths: found.map(({ path }) => path) })
  }
  const notes = stated.flatMap(({ file, total, paths }) => {
    if (paths.length === 0) return [`${file}: totals without files`]
    const own = reportOf({ format: '', metric: '', files, modules: paths.flatMap((path) => modules.get(path) ?? []), notes: [] }).totals
    return measures.flatMap((measure) => differs(`${file}: ${measure}`, total[measure], own[measure]) ?? [])
  })
  const metric = 'istanbul counts by file, as stated: statements, branches, functions, lines; not decision coverage'
  return reportOf({ format: 'istanbul-summary', metric, files, modules: [...modules.values()], notes })
}

function readCounts(path: string, value: unknown, place: SourcePlace): FileCoverage {
  const entry = jsonRecord(value, path, place)
  return {
    path,
    statements: countOf(entry, 'statements'),
    branches: countOf(entry, 'branches'),
    functions: countOf(entry, 'functions'),
    lines: countOf(entry, 'lines'),
    lineHits: new Map(),
    uncoveredFunctions: [],
  }
}

function countOf(entry: JsonRecord, name: string): CoverageCount | null {
  const count = member(entry, name)
  if (!isJsonRecord(count)) return null
  const [covered, total] = [member(count, 'covered'), member(count, 'total')]
  return typeof covered === 'number' && typeof total === 'number' && covered <= total ? { covered, total } : null
}
