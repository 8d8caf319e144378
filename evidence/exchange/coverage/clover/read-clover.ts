/**
 * Clover reports as coverage. Statements, conditionals and methods are stated by file in `metrics`; `line` elements give the hits by line.
 * How a conditional counts (two outcomes or all arms) is the writer's choice, so its stated figures are taken.
 */
import type { CoverageCount, CoverageReport, FileCoverage } from '../../../items/coverage-report.js'
import type { InputFile } from '../../../items/reader.js'
import { EvidenceError } from '../../../model/errors.js'
import { readXmlFile, type XmlAttributes, type XmlHandler } from '../../xml/read-xml.js'
import { countHits, differs, losesSome, modulePath, reportOf } from '../report/coverage-totals.js'

const metric =
  'Clover: statements, conditionals as the writer counts them, methods, lines that hold a statement; neither decision coverage nor MC/DC'

interface OpenFile {
  readonly path: string
  readonly lineHits: Map<number, number>
  readonly uncovered: { name: string; line: number }[]
  metrics: XmlAttributes
}

/** @throws EvidenceError for what is no report, `duplicate-id`, `empty-coverage` */
export async function readClover(files: readonly InputFile[]): Promise<CoverageReport> {
  const modules = new Map<string, FileCoverage>()
  const notes: string[] = []
  const lost: string[] = []
  for (const file of files) {
    const events = new CloverEvents(file.name)
    await readXmlFile(file, events)
    for (const module of events.modules) {
      if (modules.has(module.path))
        throw new EvidenceError('duplicate-id', { file: file.name }, `file ${module.path} stands twice`, 'merge the reports first')
      modules.set(module.path, module)
    }
    if (files.length > 1 || events.modules.length === 0) continue
    const { totals } = reportOf({ format: '', metric, files, modules: events.modules, notes: [] })
    for (const [name, stated, found] of [
      ['statements', countIn(events.project, 'statements'), totals.statements],
      ['branches', countIn(events.project, 'conditionals'), totals.branches],
      ['functions', countIn(events.project, 'methods'), totals.functions],
    ] as const) {
      lost.push(...losesSome(name, stated, found))
      notes.push(...(differs(`project ${name}`, stated, found) ?? '').split('\n').filter((note) => note !== ''))
    }
  }
  return { ...reportOf({ format: 'clover', metric, files, modules: [...modules.values()], notes }), lost }
}

class CloverEvents implements XmlHandler {
  readonly modules: FileCoverage[] = []
  project: XmlAttributes = {}
  private readonly path: string[] = []
  private file_: OpenFile | undefined

  constructor(private readonly file: string) {}

  open(name: string, attributes: XmlAttributes, line: number): void {
    if (this.path.length === 0 && name !== 'coverage')
      throw new EvidenceError(
        'schema-violation',
        { file: this.file, line },
        `<${name}> is no root of a Clover report`,
        'give a Clover report',
      )
    const parent = this.path.at(-1)
    this.path.push(name)
    if (name === 'file')
      this.file_ = { path: modulePath(attributes['path'] ?? attributes['name'] ?? ''), lineHits: new Map(), uncovered: [], metrics: {} }
    else if (name === 'metrics' && parent === 'file' && this.file_ !== undefined) this.file_.metrics = attributes
    else if (name === 'metrics' && parent === 'project') this.project = attributes
    else if (name === 'line' && this.file_ !== undefined) this.addLine(this.file_, attributes, line)
  }

  close(name: string): void {
    this.path.pop()
    if (name !== 'file' || this.file_ === undefined) return
    const { path, lineHits, uncovered, metrics } = this.file_
    this.modules.push({
      path,
      statements: countIn(metrics, 'statements'),
      branches: countIn(metrics, 'conditionals'),
      functions: countIn(metrics, 'methods'),
      lines: countHits(lineHits.values()),
      lineHits,
      uncoveredFunctions: uncovered,
    })
    this.file_ = undefined
  }

  private addLine({ lineHits, uncovered }: OpenFile, attributes: XmlAttributes, line: number): void {
    const [number, hits] = [Number(attributes['num']), Number(attributes['count'] ?? 0)]
    if (!Number.isSafeInteger(number) || !Number.isFinite(hits))
      throw new EvidenceError(
        'schema-violation',
        { file: this.file, line },
        'a line without num and count',
        'give the report as the tool wrote it',
      )
    if (attributes['type'] !== 'method') lineHits.set(number, Math.max(lineHits.get(number) ?? 0, hits))
    else if (hits === 0) uncovered.push({ name: attributes['name'] ?? attributes['signature'] ?? '(method)', line: number })
  }
}

/** `statements` and `coveredstatements`, and so on. */
function countIn(metrics: XmlAttributes, name: string): CoverageCount | null {
  const [total, covered] = [metrics[name], metrics[`covered${name}`]]
  if (!/^\d+$/.test(total ?? '') || !/^\d+$/.test(covered ?? '')) return null
  return { covered: Math.min(Number(covered), Number(total)), total: Number(total) }
}
