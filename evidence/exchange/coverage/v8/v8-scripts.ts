/**
 * Scripts of the project in raw V8 coverage files, checked: neither Node's own nor packages. Offsets are UTF-16 code units of the script.
 * Chrome DevTools Protocol, Profiler.takePreciseCoverage; `source-map-cache` is Node's addition (NODE_V8_COVERAGE).
 */
import type { Profiler } from 'node:inspector'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { isJsonRecord, jsonList, jsonRecord, member, textMember, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'

export interface V8Process {
  readonly scripts: readonly Profiler.ScriptCoverage[]
  /** By the address of a script: its source map, and the lengths of its lines where Node ran another text than lies on disk. */
  readonly maps: ReadonlyMap<string, JsonRecord>
}

/** @throws EvidenceError for what is no V8 coverage */
export async function readV8Process(file: InputFile): Promise<V8Process> {
  const place = { file: file.name }
  const report = jsonRecord(parseJson(file.name, await readSourceText(file)).value, 'V8 coverage', place)
  const cache = member(report, 'source-map-cache')
  const maps = isJsonRecord(cache) ? Object.entries(cache).filter((entry): entry is [string, JsonRecord] => isJsonRecord(entry[1])) : []
  const scripts = jsonList(member(report, 'result'), 'result', place).flatMap((entry) => {
    const script = scriptOf(jsonRecord(entry, 'script', place), place)
    return isOfProject(script.url) ? [script] : []
  })
  return { scripts, maps: new Map(maps) }
}

function isOfProject(url: string): boolean {
  return /^file:\/\/|^\/|^[A-Za-z]:[\\/]/.test(url) && !url.includes('/node_modules/')
}

function scriptOf(script: JsonRecord, place: SourcePlace): Profiler.ScriptCoverage {
  return {
    scriptId: textMember(script, 'scriptId', place),
    url: textMember(script, 'url', place),
    functions: jsonList(member(script, 'functions'), 'functions', place).map((entry) =>
      functionOf(jsonRecord(entry, 'function', place), place),
    ),
  }
}

function functionOf(entry: JsonRecord, place: SourcePlace): Profiler.FunctionCoverage {
  const ranges = jsonList(member(entry, 'ranges'), 'ranges', place).map((item) => {
    const range = jsonRecord(item, 'range', place)
    return {
      startOffset: offsetOf(range, 'startOffset', place),
      endOffset: offsetOf(range, 'endOffset', place),
      count: offsetOf(range, 'count', place),
    }
  })
  if (ranges.length === 0) throw refused('a function without a range', place)
  return { functionName: textMember(entry, 'functionName', place), ranges, isBlockCoverage: member(entry, 'isBlockCoverage') === true }
}

function offsetOf(range: JsonRecord, name: string, place: SourcePlace): number {
  const value = member(range, name)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw refused(`${name} is no whole number`, place)
}

function refused(what: string, place: SourcePlace): EvidenceError {
  return new EvidenceError('schema-violation', place, what, 'give the file as Node wrote it')
}
