/**
 * The history of runs, `history.ndjson`, outside every pack: one line per run, each with the digest of the line before, and beside it
 * the digest of the last line, so that a line that was changed, taken out or cut off at the end is noticed. It shows that the record is
 * whole as long as someone else keeps a digest of it; who can write both files can write both anew.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { EvidenceError } from '../model/errors.js'
import type { Digest } from '../model/ids.js'
import { sha256 } from './sha256.js'

export const historyName = 'history.ndjson'
const historySchema = 'bulkhead.history/1'
/** What the first entry names as its predecessor. */
const beginning = '0'.repeat(64)

export interface HistoryEntry {
  readonly schema: typeof historySchema
  /** 1 for the first. */
  readonly number: number
  readonly previous: string
  readonly command: string
  readonly commit: string
  readonly pack: Digest
  readonly passed: boolean
  /** Present only when a time was passed in. */
  readonly time?: string
}

export type NewEntry = Omit<HistoryEntry, 'schema' | 'number' | 'previous'>

export interface HistoryProblem {
  /** 1-based; 0: the history as a whole. */
  readonly line: number
  readonly what: string
}

export interface History {
  readonly entries: readonly HistoryEntry[]
  readonly problems: readonly HistoryProblem[]
}

/** @throws EvidenceError `broken-history` when what is there is not whole: a new entry would hide that. The file grows by whole lines only. */
export function appendHistory(file: string, entry: NewEntry): void {
  const lock = `${file}.lock`
  const handle = take(lock)
  try {
    const entries = requireWholeHistory(file)
    const last = entries.at(-1)
    const previous = last === undefined ? beginning : sha256(printEntry(last))
    const line = printEntry({ schema: historySchema, number: entries.length + 1, previous, ...entry })
    append(file, `${line}\n`)
    writeFileSync(`${headOf(file)}.new`, `${sha256(line)} ${entries.length + 1}\n`)
    renameSync(`${headOf(file)}.new`, headOf(file))
  } finally {
    closeSync(handle)
    rmSync(lock)
  }
}

/** @throws EvidenceError `broken-history` at the first break. */
export function requireWholeHistory(file: string): readonly HistoryEntry[] {
  const { entries, problems } = readHistory(file)
  const [problem] = problems
  if (problem === undefined) return entries
  throw new EvidenceError('broken-history', placeOf(file, problem), problem.what, 'find out who changed it, and put the history aside')
}

/** Reads and checks the whole chain; every break is reported. */
export function readHistory(file: string): History {
  if (!existsSync(file))
    return { entries: [], problems: existsSync(headOf(file)) ? [{ line: 0, what: 'is missing, its head is there' }] : [] }
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  const problems: HistoryProblem[] = []
  if (lines.pop() !== '') problems.push({ line: lines.length + 1, what: 'the last line is cut off' })
  const entries: HistoryEntry[] = []
  let previous = beginning
  for (const [index, line] of lines.entries()) {
    const entry = parseEntry(line)
    if (entry === null) problems.push({ line: index + 1, what: `is no entry of ${historySchema}` })
    else {
      if (entry.previous !== previous) problems.push({ line: index + 1, what: 'does not follow from the line before' })
      if (entry.number !== index + 1) problems.push({ line: index + 1, what: `is numbered ${entry.number}` })
      entries.push(entry)
    }
    previous = sha256(line)
  }
  const head = existsSync(headOf(file)) ? readFileSync(headOf(file), 'utf8') : null
  if (head === null) problems.push({ line: 0, what: 'its head is missing' })
  else if (head !== `${previous} ${lines.length}\n`) problems.push({ line: 0, what: 'its end is not the one that its head names' })
  return { entries, problems }
}

function headOf(file: string): string {
  return file.replace(/\.ndjson$/, '.head')
}

function placeOf(file: string, { line }: HistoryProblem): { readonly file: string; readonly line?: number } {
  return line === 0 ? { file: basename(file) } : { file: basename(file), line }
}

/** Keys in one order, so that what is digested is what is read back. */
function printEntry({ schema, number, previous, command, commit, pack, passed, time }: HistoryEntry): string {
  return JSON.stringify({ schema, number, previous, command, commit, pack, passed, ...(time === undefined ? {} : { time }) })
}

function parseEntry(line: string): HistoryEntry | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const entry = value as Partial<Record<keyof HistoryEntry, unknown>>
  const texts = [entry.previous, entry.command, entry.commit, entry.pack].every((text) => typeof text === 'string')
  const whole = entry.schema === historySchema && typeof entry.number === 'number' && typeof entry.passed === 'boolean' && texts
  if (!whole || (entry.time !== undefined && typeof entry.time !== 'string')) return null
  const read = value as HistoryEntry
  return printEntry(read) === line ? read : null
}

/** One write at the end of the file, on disk before the head says so. */
function append(file: string, line: string): void {
  const handle = openSync(file, 'a')
  try {
    writeSync(handle, line)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function take(lock: string): number {
  try {
    return openSync(lock, 'wx')
  } catch (cause) {
    throw new EvidenceError(
      'broken-history',
      { file: basename(lock) },
      'another run writes the history',
      'wait for it, or remove the file',
      {
        cause,
      },
    )
  }
}
