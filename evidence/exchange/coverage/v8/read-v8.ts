/**
 * Raw V8 coverage as coverage of functions. The file holds offsets into scripts and not their text, so there are no lines in it; blocks of
 * several processes cannot be added without the text either. `c8 report --reporter=json` has the lines. Chrome DevTools Protocol,
 * Profiler.takePreciseCoverage.
 */
import type { CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { oneLine, type SourcePlace } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { jsonList, jsonRecord, member, textMember, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { countHits, modulePath, reportOf } from '../report/coverage-totals.js'

const metric = 'V8 function coverage: named functions that were called, of those in loaded scripts; the raw file has no lines'

/** Calls by function; the key is its name and range, the same in every process that loads the script. */
type Functions = Map<string, FoundFunction>

interface FoundFunction {
  readonly name: string
  calls: number
}

/** @throws EvidenceError for what is no V8 coverage, and `empty-coverage` */
export async function readV8(files: readonly InputFile[]): Promise<CoverageReport> {
  const scripts = new Map<string, Functions>()
  let mapped = false
  for (const file of files) {
    const place = { file: file.name }
    const report = jsonRecord(parseJson(file.name, await readSourceText(file)).value, 'V8 coverage', place)
    mapped ||= member(report, 'source-map-cache') !== undefined
    for (const entry of jsonList(member(report, 'result'), 'result', place)) addScript(scripts, jsonRecord(entry, 'script', place), place)
  }
  const modules = [...scripts].map(([path, functions]) => moduleOf(path, functions))
  const notes = mapped ? ['functions are those of the scripts that ran; source maps were not followed'] : []
  return reportOf({ format: 'v8', metric, files, modules, notes })
}

/** Scripts of the project: neither Node's own nor packages. */
function addScript(scripts: Map<string, Functions>, script: JsonRecord, place: SourcePlace): void {
  const url = textMember(script, 'url', place)
  if (!/^file:\/\/|^\/|^[A-Za-z]:[\\/]/.test(url) || url.includes('/node_modules/')) return
  const path = modulePath(decoded(url))
  const functions = scripts.get(path) ?? new Map<string, FoundFunction>()
  scripts.set(path, functions)
  for (const item of jsonList(member(script, 'functions'), 'functions', place)) {
    const entry = jsonRecord(item, 'function', place)
    const name = textMember(entry, 'functionName', place)
    const [first] = jsonList(member(entry, 'ranges'), 'ranges', place)
    const range = jsonRecord(first, 'range', place)
    if (name === '') continue
    const key = `${textMember(range, 'startOffset', place)}-${textMember(range, 'endOffset', place)} ${name}`
    const calls = Number(textMember(range, 'count', place)) || 0
    const known = functions.get(key)
    if (known === undefined) functions.set(key, { name: oneLine(name), calls })
    else known.calls += calls
  }
}

function moduleOf(path: string, functions: Functions): FileCoverage {
  const found = [...functions.values()]
  return {
    path,
    statements: null,
    branches: null,
    functions: countHits(found.map(({ calls }) => calls)),
    lines: null,
    lineHits: new Map(),
    uncoveredFunctions: found.filter(({ calls }) => calls === 0).map(({ name }) => ({ name, line: null })),
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
