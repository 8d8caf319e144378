/** A report from its modules: sorted, summed, and refused when nothing was measured, since nothing of nothing reads as complete. */
import type { CoverageCount, CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError, oneLine } from '../../../model/errors.js'
import { compareText } from '../../../model/text-order.js'

export type Measure = 'statements' | 'branches' | 'functions' | 'lines'
export const measures: readonly Measure[] = ['statements', 'branches', 'functions', 'lines']

export interface MeasuredFiles {
  readonly format: string
  readonly metric: string
  readonly files: readonly InputFile[]
  readonly modules: readonly FileCoverage[]
  readonly notes: readonly string[]
}

/** @throws EvidenceError `empty-coverage` */
export function reportOf({ format, metric, files, modules, notes }: MeasuredFiles): CoverageReport {
  const totals = {
    statements: sumOf(modules, 'statements'),
    branches: sumOf(modules, 'branches'),
    functions: sumOf(modules, 'functions'),
    lines: sumOf(modules, 'lines'),
  }
  if (measures.every((measure) => (totals[measure]?.total ?? 0) === 0))
    throw new EvidenceError(
      'empty-coverage',
      { file: files[0]?.name ?? 'coverage' },
      `nothing was measured (${modules.length} modules)`,
      'run the tests under coverage, then give the report',
    )
  return {
    format,
    files: files.map(({ name }) => name),
    metric,
    modules: [...modules].sort((a, b) => compareText(a.path, b.path)),
    totals,
    notes: [...new Set(notes.map(oneLine))].sort(compareText),
  }
}

function sumOf(modules: readonly FileCoverage[], measure: Measure): CoverageCount | null {
  let sum: { covered: number; total: number } | null = null
  for (const { [measure]: count } of modules) {
    if (count === null) continue
    sum ??= { covered: 0, total: 0 }
    sum.covered += count.covered
    sum.total += count.total
  }
  return sum
}

/** Values that are hits: how many are above zero, of how many. */
export function countHits(hits: Iterable<number>): CoverageCount {
  let covered = 0
  let total = 0
  for (const each of hits) {
    total += 1
    if (each > 0) covered += 1
  }
  return { covered, total }
}

/** One spelling of a path in every format; a module that two files name is one module. */
export function modulePath(text: string): string {
  return oneLine(
    text
      .trim()
      .replaceAll('\\', '/')
      .replace(/^file:\/\//, '')
      .replace(/^\.\//, ''),
  )
}

/** In words, where a stated count differs; undefined: it agrees, or nothing was stated. */
export function differs(what: string, stated: CoverageCount | null, found: CoverageCount | null): string | undefined {
  if (stated === null || found === null || (stated.covered === found.covered && stated.total === found.total)) return undefined
  return `${what}: stated ${stated.covered} of ${stated.total}, found ${found.covered} of ${found.total}`
}

/** In words, where a report states more than its figures have here: it was cut, or filtered after its totals were made. */
export function losesSome(what: string, stated: CoverageCount | null, counted: CoverageCount | null): readonly string[] {
  if (stated === null || counted === null || stated.total <= counted.total) return []
  return [`the report states ${stated.covered} of ${stated.total} ${what} and lists ${counted.covered} of ${counted.total}`]
}

/**
 * The stated count where it holds everything that is listed, what was not covered above all; else the listed one. Writers list less than
 * they count: two functions on one line, branches of lines without a statement.
 */
export function holding(stated: CoverageCount | null, listed: CoverageCount | null): CoverageCount | null {
  if (stated === null || listed === null) return listed
  const holds = stated.covered >= listed.covered && stated.total - stated.covered >= listed.total - listed.covered
  return holds ? stated : listed
}
