/**
 * `trace.json`: the whole traced set for other tools, schema `bulkhead.trace/1` (evidence/trace/items/schema/trace.schema.json). One
 * requirement and one test to a line; what is empty or null is left out. Numbers in links are positions in the lists of the file.
 */
import { printPlace } from '../../model/errors.js'
import type { FileCoverage } from '../../items/coverage-report.js'
import type { FolderWriter, PieceWriter } from '../../items/folder-writer.js'
import type { TraceSummary } from '../../items/trace-summary.js'
import type { TracedRequirement, TracedSet, TracedTest } from '../../items/traced-set.js'

export const traceSchema = 'bulkhead.trace/1'
export const traceFile = 'trace.json'

export function writeTraceJson(set: TracedSet, summary: TraceSummary, folder: FolderWriter): void {
  const file = folder.open(traceFile)
  const { requirements, scenarios, steps, coverage, states } = summary
  const head: readonly (readonly [string, unknown])[] = [
    ['schema', traceSchema],
    ['title', set.title],
    ['passed', set.passed],
    ['referenceRule', set.referenceRule],
    ['summary', { requirements, scenarios, steps, coverage, states }],
    ['sources', set.sources],
    ['gates', set.gates],
  ]
  file.add('{')
  for (const [name, value] of head) file.add(`"${name}":${JSON.stringify(value)},\n`)
  list(file, 'defects', set.defects, (defect) => JSON.stringify(defect))
  file.add(',\n')
  list(file, 'requirements', set.requirements, requirementLine)
  file.add(',\n')
  list(file, 'tests', set.tests, testLine)
  file.add(',\n"coverage":')
  if (set.coverage === null) file.add('null')
  else {
    const { format, metric, totals, modules } = set.coverage
    file.add(`{"format":${JSON.stringify(format)},"metric":${JSON.stringify(metric)},"totals":${JSON.stringify(totals)},`)
    list(file, 'modules', modules, moduleLine)
    file.add('}')
  }
  file.add('}\n')
  file.end()
}

function list<Item>(file: PieceWriter, name: string, items: readonly Item[], line: (item: Item) => string): void {
  file.add(`"${name}":[`)
  let separator = '\n'
  for (const item of items) {
    file.add(separator + line(item))
    separator = ',\n'
  }
  file.add(']')
}

/** Joined by hand: a record that is built only to be printed costs more than the printing. */
function requirementLine(traced: TracedRequirement): string {
  const { item, verdict, byTest, deep, states, tests, above, below, missing, justification, methods } = traced
  const { id, revision, kind, title, text, status, ccVersion, place } = item
  let line = `{"id":${quoted(id)}`
  if (revision !== null) line += `,"revision":${JSON.stringify(revision)}`
  line += `,"kind":${quoted(kind)}`
  if (title !== '') line += `,"title":${quoted(title)}`
  if (text !== '') line += `,"text":${quoted(text)}`
  if (status !== '') line += `,"status":${JSON.stringify(status)}`
  if (ccVersion !== null) line += `,"ccVersion":${JSON.stringify(ccVersion)}`
  line += `,"place":${quoted(printPlace(place))},"verdict":"${verdict}","byTest":"${byTest}","deep":"${deep}"`
  line += words('states', states) + numbers('tests', tests) + numbers('above', above) + numbers('below', below)
  if (missing.length > 0) line += `,"missing":${JSON.stringify(missing)}`
  if (justification !== null) {
    const { concerns, reason, author, reviewer, date, expires, state } = justification
    line += `,"justification":${JSON.stringify({ concerns, reason, author, reviewer, date, expires, state })}`
  }
  if (methods.length > 0) line += `,"methods":${JSON.stringify(methods)}`
  return `${line}}`
}

function testLine({ item, states, requirements, dangling }: TracedTest): string {
  const { key, suite, name, example, place, verdict, attempts, sourceDigest, configurationDigest, interfaces, modules } = item
  let line = `{"key":${quoted(key)},"suite":${quoted(suite)},"name":${quoted(name)}`
  if (example.length > 0) line += `,"example":${JSON.stringify(example)}`
  line += `,"place":${quoted(printPlace(place))},"verdict":"${verdict}"`
  if (attempts !== 1) line += `,"attempts":${attempts}`
  line += words('states', states) + numbers('requirements', requirements)
  if (dangling.length > 0) line += `,"dangling":${JSON.stringify(dangling)}`
  if (sourceDigest !== null) line += `,"sourceDigest":"${sourceDigest}"`
  if (configurationDigest !== null) line += `,"configurationDigest":"${configurationDigest}"`
  if (interfaces.length > 0) line += `,"interfaces":${JSON.stringify(interfaces)}`
  if (modules.length > 0) line += `,"modules":${JSON.stringify(modules)}`
  return `${line}}`
}

function moduleLine({ path, statements, branches, functions, lines, uncoveredFunctions }: FileCoverage): string {
  return JSON.stringify({ path, statements, branches, functions, lines, uncoveredFunctions })
}

function numbers(name: string, values: readonly number[]): string {
  return values.length === 0 ? '' : `,"${name}":[${values.length === 1 ? values[0] : values.join(',')}]`
}

/** Words of our own tables: they need no escape. */
function words(name: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `,"${name}":["${values.length === 1 ? values[0] : values.join('","')}"]`
}

/** Printable ASCII without quote and backslash: JSON writes it as it is (RFC 8259, "Strings"). */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text)
}
