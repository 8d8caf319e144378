/**
 * Istanbul's coverage-final.json, as `c8 report --reporter=json` writes it from V8's block counts, folded to functions and lines of each
 * module. Lines follow istanbul's rule: a line has the highest count of the statements that start on it; c8 makes one statement of
 * every source line, so its "statements" are lines, and its one-armed "branches" are ignored here.
 */
import { JsonObject } from '../collect/json/json-shape.js'
import { EvidenceError } from '../model/errors.js'
import type { ModulePath } from '../model/ids.js'
import type { LineRange, ModuleCoverage, UncoveredFunction } from '../model/module-coverage.js'
import { compareText } from '../model/text-order.js'

/**
 * `root`: folder that keys are made relative to. Modules come sorted by path.
 * @throws EvidenceError `empty-coverage` when nothing was measured; `malformed-json`, `schema-violation`
 */
export function readIstanbulCoverage(file: string, text: string, root: string): ModuleCoverage[] {
  const report = JsonObject.parse(text, { file }, 'coverage report')
  const modules = report.names().map((key) => readModule(relativeTo(root, key), report.object(key)))
  if (modules.every(({ lines, functions }) => lines.covered + functions.covered === 0))
    throw new EvidenceError(
      'empty-coverage',
      { file },
      `nothing is covered in the coverage report (${modules.length} modules)`,
      'run the scenarios under coverage before this step',
    )
  const sorted = modules.sort((a, b) => compareText(a.module, b.module))
  sorted.forEach(({ module }, i) => {
    if (sorted[i - 1]?.module === module)
      throw new EvidenceError('duplicate-id', { file }, `module ${module} stands twice`, 'merge the reports first')
  })
  return sorted
}

function readModule(module: ModulePath, entry: JsonObject): ModuleCoverage {
  const lineCounts = countLines(entry)
  const functions = entry.object('fnMap')
  const counts = entry.object('f')
  const uncoveredFunctions = functions
    .names()
    .filter((id) => counts.count(id) === 0)
    .map((id) => describeFunction(functions.object(id)))
  const uncovered = [...lineCounts].filter(([, count]) => count === 0).map(([line]) => line)
  const total = functions.names().length
  return {
    module,
    functions: { covered: total - uncoveredFunctions.length, total },
    lines: { covered: lineCounts.size - uncovered.length, total: lineCounts.size },
    uncoveredFunctions: uncoveredFunctions.sort((a, b) => a.line - b.line || compareText(a.name, b.name)),
    uncoveredLines: rangesOf(uncovered),
  }
}

function countLines(entry: JsonObject): Map<number, number> {
  const statements = entry.object('statementMap')
  const counts = entry.object('s')
  const lines = new Map<number, number>()
  for (const id of statements.names()) {
    const line = statements.object(id).object('start').count('line')
    lines.set(line, Math.max(lines.get(line) ?? 0, counts.count(id)))
  }
  return lines
}

function describeFunction(entry: JsonObject): UncoveredFunction {
  const body = entry.object('loc')
  const line = (entry.objectOr('decl') ?? body).object('start').count('line')
  return { name: entry.stringOr('name', '(anonymous)'), line, lastLine: Math.max(line, body.object('end').count('line')) }
}

/** Consecutive numbers as ranges; any order in. */
export function rangesOf(lines: readonly number[]): LineRange[] {
  const ranges: { first: number; last: number }[] = []
  for (const line of [...lines].sort((a, b) => a - b)) {
    const open = ranges.at(-1)
    if (open !== undefined && line <= open.last + 1) open.last = line
    else ranges.push({ first: line, last: line })
  }
  return ranges
}

function relativeTo(root: string, key: string): ModulePath {
  const path = key.replaceAll('\\', '/')
  const prefix = root === '' || root.endsWith('/') ? root : `${root.replaceAll('\\', '/')}/`
  return (path.startsWith(prefix) ? path.slice(prefix.length) : path) as ModulePath
}
