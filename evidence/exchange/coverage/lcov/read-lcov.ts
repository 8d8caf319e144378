/** lcov tracefiles as coverage: records of one source file are added up, over tests and files. geninfo(1), "FILES". */
import type { CoverageReport } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError } from '../../../model/errors.js'
import { readSourceText } from '../../text/source-text.js'
import { differs, holding, modulePath, reportOf } from '../report/coverage-totals.js'
import { LcovModule } from './lcov-module.js'
import { LcovRecord, malformed } from './lcov-record.js'

const metric =
  'lcov: lines with code, functions by name, branches as the compiler or instrumenter emits them; object branches are neither decisions nor MC/DC'

/** @throws EvidenceError `malformed-text`, `truncated-stream`, `empty-coverage` */
export async function readLcov(files: readonly InputFile[]): Promise<CoverageReport> {
  const modules = new Map<string, LcovModule>()
  const records = new Map<string, number>()
  for (const file of files)
    readTracefile(file.name, await readSourceText(file), (text) => {
      const path = modulePath(text)
      records.set(path, (records.get(path) ?? 0) + 1)
      const module = modules.get(path) ?? new LcovModule(path)
      modules.set(path, module)
      return module
    })
  const found = [...modules.values()].map((module) => ({ module, coverage: module.coverage() }))
  const notes: string[] = []
  const stated = found.map(({ module, coverage }) => {
    if (records.get(module.path) !== 1) return coverage
    const own = {
      lines: module.statedCount('LF', 'LH'),
      functions: module.statedCount('FNF', 'FNH'),
      branches: module.statedCount('BRF', 'BRH'),
    }
    for (const measure of ['lines', 'functions', 'branches'] as const) {
      const note = differs(`${module.path}: ${measure}`, own[measure], coverage[measure])
      if (note !== undefined) notes.push(note)
    }
    return {
      ...coverage,
      lines: holding(own.lines, coverage.lines),
      functions: holding(own.functions, coverage.functions),
      branches: holding(own.branches, coverage.branches),
    }
  })
  return reportOf({ format: 'lcov', metric, files, modules: stated, notes })
}

function readTracefile(file: string, text: string, moduleOf: (path: string) => LcovModule): void {
  let record: LcovRecord | undefined
  const lines = text.split('\n')
  lines.forEach((raw, i) => {
    const place = { file, line: i + 1 }
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return
    if (line === 'end_of_record') {
      record?.end()
      record = undefined
      return
    }
    const colon = line.indexOf(':')
    const kind = line.slice(0, Math.max(colon, 0))
    if (!/^[A-Z]{2,5}$/.test(kind)) throw malformed(`no entry of a tracefile: ${JSON.stringify(line.slice(0, 60))}`, place)
    const value = line.slice(colon + 1)
    if (kind === 'SF') {
      if (record !== undefined) throw malformed('SF within a record', place)
      record = new LcovRecord(moduleOf(value))
    } else if (record !== undefined) record.add(kind, value, place)
    else if (kind !== 'TN' && kind !== 'VER') throw malformed(`${kind} outside a record`, place)
  })
  if (record !== undefined)
    throw new EvidenceError(
      'truncated-stream',
      { file, line: lines.length },
      'the last record has no end_of_record',
      'give the whole tracefile',
    )
}
