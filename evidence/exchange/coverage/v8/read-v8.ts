/**
 * Raw V8 coverage. The files hold offsets into scripts and not their text: with the scripts at hand the blocks are lines, as c8 reports
 * them; without, named functions are all that can be counted, and the metric says which of the two it is.
 */
import { mergeProcessCovs } from '@bcoe/v8-coverage'
import type { Profiler } from 'node:inspector'
import type { CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { oneLine } from '../../../model/errors.js'
import { countHits, modulePath, reportOf } from '../report/coverage-totals.js'
import { modulesByLine } from './v8-lines.js'
import { readV8Process } from './v8-scripts.js'

const lineMetric =
  'V8 block coverage, blocks folded to lines as c8 does: a statement is a source line, a branch one block; of loaded scripts; not decision coverage'
const functionMetric = 'V8 function coverage: named functions that were called, of those in loaded scripts; the raw file has no lines'

/** @throws EvidenceError for what is no V8 coverage, and `empty-coverage` */
export async function readV8(files: readonly InputFile[]): Promise<CoverageReport> {
  const processes = await Promise.all(files.map(readV8Process))
  const maps = new Map(processes.flatMap((process) => [...process.maps]))
  const functions = functionModules(processes.flatMap(({ scripts }) => scripts))
  const merged = mergeProcessCovs(processes.map(({ scripts }) => ({ result: structuredClone(scripts) as Profiler.ScriptCoverage[] })))
  const lines = await modulesByLine(merged.result, maps)
  if (typeof lines !== 'string') return reportOf({ format: 'v8', metric: lineMetric, files, modules: lines, notes: [] })
  const notes = [
    `functions alone, no lines: ${lines}; report where the scripts lie, or with c8 report --reporter=json`,
    ...(maps.size > 0 ? ['functions are those of the scripts that ran; source maps were not followed'] : []),
  ]
  return reportOf({ format: 'v8', metric: functionMetric, files, modules: functions, notes })
}

interface CalledFunction {
  readonly name: string
  calls: number
}

/** Calls by function; its name and range are the same in every process that loads the script. */
function functionModules(scripts: readonly Profiler.ScriptCoverage[]): readonly FileCoverage[] {
  const modules = new Map<string, Map<string, CalledFunction>>()
  for (const { url, functions } of scripts) {
    const path = modulePath(decoded(url))
    const known = modules.get(path) ?? new Map<string, CalledFunction>()
    modules.set(path, known)
    for (const { functionName, ranges } of functions) {
      const [first] = ranges
      if (functionName === '' || first === undefined) continue
      const key = `${first.startOffset}-${first.endOffset} ${functionName}`
      const found = known.get(key)
      if (found === undefined) known.set(key, { name: oneLine(functionName), calls: first.count })
      else found.calls += first.count
    }
  }
  return [...modules].map(([path, functions]) => moduleOfFunctions(path, [...functions.values()]))
}

function moduleOfFunctions(path: string, functions: readonly CalledFunction[]): FileCoverage {
  return {
    path,
    statements: null,
    branches: null,
    functions: countHits(functions.map(({ calls }) => calls)),
    lines: null,
    lineHits: new Map(),
    uncoveredFunctions: functions.filter(({ calls }) => calls === 0).map(({ name }) => ({ name, line: null })),
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
