/**
 * The contract of an input format: the plug-in interface. A reader recognises its format from the first bytes and the name, and
 * turns the whole source into items. It resolves no reference, judges nothing and repairs nothing.
 */
import type { CoverageReport } from './coverage-report.js'
import type { RequirementSet } from './requirement-set.js'
import type { TestRun } from './test-run.js'

/** One input file. `name` is what messages and reports print: relative to the project, `/` between folders. */
export interface InputFile {
  readonly name: string
  /** Path to open; never printed in a report. */
  readonly path: string
}

export interface Reader<Result> {
  readonly format: string
  /** One line for `--help` and the reference. */
  readonly title: string
  /** File names it takes by extension, with the dot; used when several readers recognise the first bytes. */
  readonly extensions: readonly string[]
  /** `head`: the first 64 KiB as text (UTF-8; a byte-order mark removed), or less. */
  recognises(head: string, name: string): boolean
  /** Several files are one source (a folder of .sdoc, the shards of one run). @throws EvidenceError, one line, for what it refuses. */
  read(files: readonly InputFile[], options: ReaderOptions): Promise<Result>
}

/** Options of the command that formats may need; each is null where it was not given. */
export interface ReaderOptions {
  /** Column map of CSV, tag patterns of source files, reference patterns: parsed from the file named by `--map`. */
  readonly map: Readonly<Record<string, unknown>> | null
}

export type RequirementReader = Reader<RequirementSet>
export type ResultReader = Reader<TestRun>
export type CoverageReader = Reader<CoverageReport>
