/**
 * One file of an istanbul report: places with their hits. Two runs of one file are added up place by place, as istanbul-lib-coverage does:
 * a file that one run did not load (`all`) gives way to the run that did.
 */
import type { FileCoverage } from '../../../items/coverage-report.js'
import { EvidenceError, oneLine, type SourcePlace } from '../../../model/errors.js'
import { isJsonRecord, jsonRecord, member, textMember, type JsonRecord } from '../../json/json-fields.js'
import { countHits, modulePath } from '../report/coverage-totals.js'

interface Place {
  /** Start and end in one text: places are the same when their texts are. */
  readonly range: string
  readonly line: number
}

export interface MeasuredPlace extends Place {
  hits: number
}

export interface MeasuredFunction extends MeasuredPlace {
  readonly name: string
}

export interface MeasuredBranch extends Place {
  readonly type: string
  hits: number[]
}

export interface IstanbulFile {
  readonly path: string
  /** Not loaded by the run: every count is zero. */
  readonly untouched: boolean
  /** Counts are about generated code: the report carries the map back and did not follow it. */
  readonly unmapped: boolean
  readonly statements: readonly MeasuredPlace[]
  readonly functions: readonly MeasuredFunction[]
  readonly branches: readonly MeasuredBranch[]
}

/** `key`: name of the entry, for a file that does not say its own path. @throws EvidenceError `schema-violation` */
export function readIstanbulFile(key: string, value: unknown, place: SourcePlace): IstanbulFile {
  const entry = jsonRecord(value, oneLine(key), place)
  const nested = member(entry, 'data')
  const data = isJsonRecord(nested) ? nested : entry
  const section = (name: string): JsonRecord => jsonRecord(member(data, name), `${oneLine(key)}.${name}`, place)
  const [statementMap, fnMap, branchMap] = [section('statementMap'), section('fnMap'), section('branchMap')]
  const [s, f, b] = [section('s'), section('f'), section('b')]
  return {
    path: modulePath(textMember(data, 'path', place) || key),
    untouched: member(data, 'all') === true,
    unmapped: isJsonRecord(member(data, 'inputSourceMap')),
    statements: Object.keys(statementMap).map((id) => ({ ...placeOf(member(statementMap, id), place), hits: hitsAt(s, id, place) })),
    functions: Object.keys(fnMap).map((id) => {
      const entry = jsonRecord(member(fnMap, id), 'function', place)
      const where = placeOf(member(entry, 'loc') ?? member(entry, 'decl'), place)
      const start = isJsonRecord(member(entry, 'decl')) ? placeOf(member(entry, 'decl'), place).line : where.line
      return { ...where, line: start, name: oneLine(textMember(entry, 'name', place) || '(anonymous)'), hits: hitsAt(f, id, place) }
    }),
    branches: Object.keys(branchMap).map((id) => {
      const entry = jsonRecord(member(branchMap, id), 'branch', place)
      const hits = member(b, id)
      if (!Array.isArray(hits)) throw refused('branch counts', 'a list', place)
      const where = placeOf(member(entry, 'loc'), place)
      return { ...where, type: textMember(entry, 'type', place), hits: hits.map((each) => hitsOf(each, place)) }
    }),
  }
}

export function mergeIstanbulFiles(a: IstanbulFile, b: IstanbulFile): IstanbulFile {
  if (b.untouched) return a
  if (a.untouched) return b
  return {
    ...a,
    unmapped: a.unmapped || b.unmapped,
    statements: mergePlaces(a.statements, b.statements, ({ range }) => range, addHits),
    functions: mergePlaces(a.functions, b.functions, ({ name, range }) => `${name} ${range}`, addHits),
    branches: mergePlaces(a.branches, b.branches, ({ type, range, hits }) => `${type} ${range} ${hits.length}`, addArms),
  }
}

/** Lines by istanbul's rule: a line has the highest count of the statements that start on it. */
export function moduleOf({ path, statements, functions, branches }: IstanbulFile): FileCoverage {
  const lineHits = new Map<number, number>()
  for (const { line, hits } of statements) lineHits.set(line, Math.max(lineHits.get(line) ?? 0, hits))
  return {
    path,
    statements: countHits(statements.map(({ hits }) => hits)),
    branches: countHits(branches.flatMap(({ hits }) => hits)),
    functions: countHits(functions.map(({ hits }) => hits)),
    lines: countHits(lineHits.values()),
    lineHits,
    uncoveredFunctions: functions.filter(({ hits }) => hits === 0).map(({ name, line }) => ({ name, line })),
  }
}

function mergePlaces<Kind>(a: readonly Kind[], b: readonly Kind[], keyOf: (each: Kind) => string, add: (a: Kind, b: Kind) => Kind): Kind[] {
  const merged = new Map<string, Kind>()
  for (const each of [...a, ...b]) {
    const known = merged.get(keyOf(each))
    merged.set(keyOf(each), known === undefined ? each : add(known, each))
  }
  return [...merged.values()]
}

function addHits<Kind extends { readonly hits: number }>(a: Kind, b: Kind): Kind {
  return { ...a, hits: a.hits + b.hits }
}

function addArms(a: MeasuredBranch, b: MeasuredBranch): MeasuredBranch {
  return { ...a, hits: a.hits.map((hits, i) => hits + (b.hits[i] ?? 0)) }
}

/** Ends may be null: istanbul writes the end of an open line so. */
function placeOf(value: unknown, place: SourcePlace): Place {
  if (!isJsonRecord(value)) return { range: '', line: 0 }
  const point = (name: string): { readonly text: string; readonly line: number } => {
    const at = member(value, name)
    if (!isJsonRecord(at)) return { text: '?', line: 0 }
    return { text: `${textMember(at, 'line', place)}:${textMember(at, 'column', place)}`, line: Number(textMember(at, 'line', place)) || 0 }
  }
  const [start, end] = [point('start'), point('end')]
  return { range: `${start.text}-${end.text}`, line: start.line }
}

function hitsAt(counts: JsonRecord, id: string, place: SourcePlace): number {
  return hitsOf(member(counts, id), place)
}

/** Null: a count that was no number when the report was written; not covered, as istanbul counts it. */
function hitsOf(value: unknown, place: SourcePlace): number {
  if (value === null) return 0
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  throw refused('a count of hits', 'a number, zero or more', place)
}

function refused(what: string, expected: string, place: SourcePlace): EvidenceError {
  return new EvidenceError('schema-violation', place, `${what} is not ${expected}`, 'give the file as the tool wrote it')
}
