/**
 * Results and coverage of several formats as one. Runs are joined as they are: a test that two files of one format report was merged by
 * its reader. Coverage is summed over files; a file that two reports measure is refused, since their counts cannot be added.
 */
import { EvidenceError } from '../../model/errors.js'
import type { CoverageCount, CoverageReport, FileCoverage } from '../../items/coverage-report.js'
import type { SourceFinding } from '../../items/requirement-set.js'
import type { TestItem } from '../../items/test-item.js'
import type { TestRun } from '../../items/test-run.js'

export function mergeRuns(runs: readonly TestRun[]): TestRun {
  const [first, ...others] = runs
  if (first !== undefined && others.length === 0) return first
  const tests = runs.flatMap((run) => run.tests)
  return {
    format: new Set(runs.map(({ format }) => format)).size === 1 && first !== undefined ? first.format : 'mixed',
    files: runs.flatMap(({ files }) => files),
    producers: [...new Set(runs.flatMap(({ producers }) => producers))],
    tests,
    runFailures: runs.flatMap(({ runFailures }) => runFailures),
    findings: [...runs.flatMap(({ findings }) => findings), ...repeated(tests)],
  }
}

/** One test in two formats is reported twice and judged twice: said, and left to the reader of the report. */
function repeated(tests: readonly TestItem[]): SourceFinding[] {
  const seen = new Set<string>()
  return tests.flatMap(({ key, name, place }): SourceFinding[] => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [{ kind: 'duplicate', id: name, text: 'the results of two formats hold this test', place }]
  })
}

type Metric = keyof CoverageReport['totals']

export function mergeCoverage(reports: readonly CoverageReport[]): CoverageReport | null {
  const [first, ...others] = reports
  if (first === undefined) return null
  if (others.length === 0) return first
  const modules = reports.flatMap((report) => report.modules)
  refuseTwice(modules, reports)
  const total = (metric: Metric): CoverageCount | null => sum(reports.map(({ totals }) => totals[metric]))
  return {
    format: [...new Set(reports.map(({ format }) => format))].join(', '),
    files: reports.flatMap(({ files }) => files),
    metric: [...new Set(reports.map(({ metric }) => metric))].join('; '),
    modules,
    totals: { statements: total('statements'), branches: total('branches'), functions: total('functions'), lines: total('lines') },
    notes: reports.flatMap(({ notes = [] }) => notes),
    lost: reports.flatMap(({ lost = [] }) => lost),
  }
}

function refuseTwice(modules: readonly FileCoverage[], reports: readonly CoverageReport[]): void {
  const seen = new Set<string>()
  for (const { path } of modules) {
    if (seen.has(path))
      throw new EvidenceError(
        'contradicting-verdicts',
        { file: reports.at(-1)?.files[0] ?? path },
        `${path} is measured by two reports`,
        'give one report of it, or merge them with the tool that wrote them',
      )
    seen.add(path)
  }
}

/** What one report does not measure is not known of all. */
function sum(counts: readonly (CoverageCount | null)[]): CoverageCount | null {
  let [covered, total] = [0, 0]
  for (const count of counts) {
    if (count === null) return null
    covered += count.covered
    total += count.total
  }
  return { covered, total }
}
