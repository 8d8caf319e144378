/**
 * Cobertura reports as coverage. A report states totals and lists lines, and writers list less than they count: istanbul drops branches of
 * lines without a statement. Stated totals are taken where they hold everything that is listed, uncovered lines above all; else the listed ones.
 */
import type { CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { readXmlFile } from '../../xml/read-xml.js'
import { differs, holding, losesSome, reportOf } from '../report/coverage-totals.js'
import { CoberturaEvents } from './cobertura-events.js'
import { CoberturaModule } from './cobertura-module.js'

const metric =
  'Cobertura: lines with code; branches as arms of conditions, counted by line; methods of which a line ran; neither decision coverage nor MC/DC'

type StatedCounts = CoberturaEvents['stated']

/** @throws EvidenceError for what is no report, and `empty-coverage` */
export async function readCobertura(files: readonly InputFile[]): Promise<CoverageReport> {
  const modules = new Map<string, CoberturaModule>()
  const stated: StatedCounts[] = []
  for (const file of files) {
    const events = new CoberturaEvents(file.name)
    await readXmlFile(file, events)
    stated.push(events.stated)
    for (const each of events.classes) {
      const module = modules.get(each.path) ?? new CoberturaModule(each.path)
      modules.set(each.path, module)
      module.add(each)
    }
  }
  const report = reportOf({ format: 'cobertura', metric, files, modules: coverageOf([...modules.values()]), notes: [] })
  const [only] = stated
  return stated.length === 1 && only !== undefined ? withStated(report, only) : report
}

/** A writer that lists no method, or no branch, measured none: absent, and not zero of zero. */
function coverageOf(modules: readonly CoberturaModule[]): FileCoverage[] {
  const hasMethods = modules.some((module) => module.hasMethods)
  const hasBranches = modules.some((module) => module.hasBranches)
  return modules.map((module) => {
    const coverage = module.coverage()
    return { ...coverage, branches: hasBranches ? coverage.branches : null, functions: hasMethods ? coverage.functions : null }
  })
}

function withStated(report: CoverageReport, { lines, branches }: StatedCounts): CoverageReport {
  const { totals } = report
  const notes = [differs('lines', lines, totals.lines), differs('branches', branches, totals.branches)].filter((note) => note !== undefined)
  const chosen = { ...totals, lines: holding(lines, totals.lines), branches: holding(branches, totals.branches) }
  const lost = [...losesSome('lines', lines, chosen.lines), ...losesSome('branches', branches, chosen.branches)]
  return { ...report, totals: chosen, notes, lost }
}
