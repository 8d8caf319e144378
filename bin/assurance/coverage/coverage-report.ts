/**
 * From raw V8 coverage to istanbul's coverage-final.json, by c8 and its source maps: keys are TypeScript sources relative to the
 * project root. V8 counts blocks; c8 tells functions and lines from them. That is neither decision coverage nor MC/DC.
 */
import { Report } from 'c8'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { RunError } from '../run/run-error.js'

export interface CoverageReportOptions {
  /** Raw V8 coverage, one JSON file per process. */
  readonly raw: string
  /** Scratch folder for c8. */
  readonly work: string
  /** The project root, with dist/ in it. */
  readonly root: string
  /** Folders of compiled modules, relative to the root: `dist/kernel`. */
  readonly include: readonly string[]
}

/** @throws RunError when there is no raw coverage, or when a file of it cannot be read: c8 would pass over it in silence. */
export async function reportCoverage({ raw, work, root, include }: CoverageReportOptions): Promise<string> {
  requireCoverage(raw)
  mkdirSync(work, { recursive: true })
  await inFolder(root, () => newReport({ raw, work, root, include }).run())
  return portableReport(join(work, 'coverage-final.json'), root)
}

function newReport({ raw, work, root, include }: CoverageReportOptions): Report {
  return new Report({
    tempDirectory: raw,
    reportsDirectory: work,
    reporter: ['json'],
    resolve: root,
    src: [root],
    include: include.map((folder) => `${folder}/**/*.js`),
    exclude: ['**/*.spec.js', ...include.flatMap((folder) => modulesWithoutCode(root, folder))],
    extension: ['.js'],
    excludeNodeModules: true,
    // A module that no scenario loaded counts as a whole: it may not be missing from the sum.
    all: true,
  })
}

function requireCoverage(raw: string): void {
  const scripts = readdirSync(raw).map((file) => countScripts(join(raw, file), file))
  if (scripts.reduce((sum, count) => sum + count, 0) > 0) return
  throw new RunError('no-coverage', 'the scenarios left no coverage', 'step-definitions/coverage.ts takes it; it must be loaded first')
}

function countScripts(path: string, file: string): number {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof content === 'object' && content !== null && 'result' in content && Array.isArray(content.result))
      return content.result.length
  } catch {
    // Refused below, as is every other content.
  }
  throw new RunError('no-coverage', `${file}: not V8 coverage`, 'run again; a killed process leaves such a file')
}

/** Modules of types alone: there is nothing in them that could run, and c8 would count an empty function as not covered. */
function modulesWithoutCode(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && isWithoutCode(readFileSync(join(root, folder, name), 'utf8')))
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
}

function isWithoutCode(javascript: string): boolean {
  const code = javascript.replace(/\/\*[^]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '')
  return code.replace(/export \{\};?/u, '').trim() === ''
}

/** c8 resolves its globs against the working folder, and takes note of it when it is made. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return await work()
  } finally {
    process.chdir(before)
  }
}

interface CoverageEntry {
  readonly statementMap: Readonly<Record<string, unknown>>
  readonly s: Readonly<Record<string, number>>
  readonly fnMap: Readonly<Record<string, unknown>>
  readonly f: Readonly<Record<string, number>>
}

/**
 * What ran, as 0 or 1, under paths of the project: how often a function ran depends on how the scenarios were split into shards, and
 * absolute paths would tie the evidence to one machine. c8's one-armed "branches" are left out: they are no decisions.
 */
function portableReport(file: string, root: string): string {
  const absolute = JSON.parse(readFileSync(file, 'utf8')) as Record<string, CoverageEntry>
  const entries = Object.entries(absolute).map(([key, { statementMap, s, fnMap, f }]) => {
    const path = relative(root, key).split(sep).join('/')
    return [path, { path, statementMap, s: reached(s), fnMap, f: reached(f), branchMap: {}, b: {} }] as const
  })
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries))}\n`)
  return file
}

const reached = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).map(([id, count]) => [id, count > 0 ? 1 : 0]))
