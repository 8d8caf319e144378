/**
 * Checks the coverage tool itself before its figures are used: a module whose covered and uncovered lines are known is run and
 * measured the way the kernel is. Source maps, V8 or c8 gone wrong would show here and nowhere else.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../../project.js'
import { reportCoverage } from './coverage-report.js'
import { RunError } from '../run/run-error.js'

const PROBE = 'probe/measured-module'

interface ProbeCoverage {
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>
  readonly s: Readonly<Record<string, number>>
  readonly fnMap: Readonly<Record<string, { readonly name: string }>>
  readonly f: Readonly<Record<string, number>>
}

/** @throws RunError `coverage-tool-wrong` with what was expected and what was found. */
export async function probeCoverageTool(work: string): Promise<void> {
  const [raw, report] = [join(work, 'raw'), join(work, 'report')]
  mkdirSync(raw, { recursive: true })
  const here = dirname(fileURLToPath(import.meta.url))
  const { status } = spawnSync(process.execPath, [join(here, `${PROBE}.js`)], { env: { ...process.env, NODE_V8_COVERAGE: raw } })
  const folder = relative(projectRoot, join(here, 'probe')).split(sep).join('/')
  const file = await reportCoverage({ raw, work: report, root: projectRoot, include: [folder] })
  const source = `bin/assurance/coverage/${PROBE}.ts`
  const measured = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, ProbeCoverage>)[source]
  const marks = readFileSync(join(projectRoot, source), 'utf8').split('\n').map(markOf)
  const found = measured === undefined ? 'nothing' : describe(measured, marks)
  const expected = describe(idealCoverage(marks), marks)
  if (status === 0 && found === expected) return
  throw new RunError('coverage-tool-wrong', `the coverage of a known module is ${found} where it must be ${expected}`, 'run "npm ci"')
}

type Mark = 'covered' | 'not covered' | 'unmarked'

function markOf(line: string): Mark {
  if (line.endsWith('// not covered')) return 'not covered'
  return line.endsWith('// covered') ? 'covered' : 'unmarked'
}

/** What a tool without a fault reports. */
function idealCoverage(marks: readonly Mark[]): ProbeCoverage {
  return {
    statementMap: Object.fromEntries(marks.map((_, index) => [index, { start: { line: index + 1 } }])),
    s: Object.fromEntries(marks.map((mark, index) => [index, mark === 'covered' ? 1 : 0])),
    fnMap: { 0: { name: 'called' }, 1: { name: 'neverCalled' } },
    f: { 0: 1, 1: 0 },
  }
}

function describe({ statementMap, s, fnMap, f }: ProbeCoverage, marks: readonly Mark[]): string {
  const marked = Object.entries(statementMap).filter(([, { start }]) => marks[start.line - 1] !== 'unmarked')
  const lines = (covered: boolean) => marked.flatMap(([id, { start }]) => ((s[id] ?? 0) > 0 === covered ? [start.line] : [])).join(' ')
  const functions = (covered: boolean) =>
    Object.entries(fnMap)
      .flatMap(([id, { name }]) => ((f[id] ?? 0) > 0 === covered ? [name] : []))
      .join(' ')
  return `${functions(true)}, lines ${lines(true)} covered and ${functions(false)}, lines ${lines(false)} not`
}
