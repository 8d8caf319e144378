/**
 * Collects one Cobertura report. A class lists its lines, and its methods list them again: the lines of the class count, those of the
 * methods only where the class has none. coverage-04.dtd and the dialects of coverage.py, coverlet and istanbul.
 */
import type { CoverageCount } from '../../../items/coverage-report.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import type { XmlAttributes, XmlHandler } from '../../xml/read-xml.js'
import { modulePath } from '../report/coverage-totals.js'

export interface CoberturaLine {
  readonly number: number
  readonly hits: number
  readonly branches: CoverageCount | null
}

export interface CoberturaMethod {
  readonly name: string
  readonly lines: CoberturaLine[]
  /** Stated by istanbul's writer; null: by its lines. */
  readonly hits: number | null
}

export interface CoberturaClass {
  readonly path: string
  readonly lines: CoberturaLine[]
  readonly methods: CoberturaMethod[]
}

export class CoberturaEvents implements XmlHandler {
  readonly classes: CoberturaClass[] = []
  stated: { readonly lines: CoverageCount | null; readonly branches: CoverageCount | null } = { lines: null, branches: null }
  private class_: CoberturaClass | undefined
  private method: CoberturaMethod | undefined
  private depth = 0

  constructor(private readonly file: string) {}

  open(name: string, attributes: XmlAttributes, line: number): void {
    const place = { file: this.file, line }
    this.depth += 1
    if (this.depth === 1) this.begin(name, attributes, place)
    else if (name === 'class') {
      this.class_ = { path: modulePath(required(attributes, 'filename', place)), lines: [], methods: [] }
      this.classes.push(this.class_)
    } else if (name === 'method' && this.class_ !== undefined) {
      const signature = /^\(.*\)$/.test(attributes['signature'] ?? '') ? (attributes['signature'] ?? '') : ''
      this.method = {
        name: `${attributes['name'] ?? '(anonymous)'}${signature === '()V' ? '' : signature}`,
        lines: [],
        hits: numberIn(attributes, 'hits'),
      }
      this.class_.methods.push(this.method)
    } else if (name === 'line' && this.class_ !== undefined) (this.method ?? this.class_).lines.push(readLine(attributes, place))
  }

  close(name: string): void {
    this.depth -= 1
    if (name === 'method') this.method = undefined
    if (name === 'class') this.class_ = undefined
  }

  private begin(name: string, attributes: XmlAttributes, place: SourcePlace): void {
    if (name !== 'coverage') throw refused(`<${name}> is no root of a Cobertura report`, place)
    this.stated = {
      lines: countIn(attributes, 'lines-covered', 'lines-valid'),
      branches: countIn(attributes, 'branches-covered', 'branches-valid'),
    }
  }
}

function readLine(attributes: XmlAttributes, place: SourcePlace): CoberturaLine {
  const number = Number(required(attributes, 'number', place))
  const hits = Number(required(attributes, 'hits', place))
  if (!Number.isSafeInteger(number) || number < 0 || !Number.isFinite(hits)) throw refused('a line without number and hits', place)
  return { number, hits: Math.max(0, hits), branches: branchesOf(attributes) }
}

/** `condition-coverage="50% (1/2)"`. A line that is said to branch and counts no arms tells nothing. */
function branchesOf(attributes: XmlAttributes): CoverageCount | null {
  if (!/^true$/i.test(attributes['branch'] ?? '')) return null
  const [, covered = '', total = ''] = /\((\d+)\s*\/\s*(\d+)\)/.exec(attributes['condition-coverage'] ?? '') ?? []
  return total === '' ? null : { covered: Math.min(Number(covered), Number(total)), total: Number(total) }
}

function countIn(attributes: XmlAttributes, coveredName: string, totalName: string): CoverageCount | null {
  const [covered, total] = [numberIn(attributes, coveredName), numberIn(attributes, totalName)]
  return covered === null || total === null ? null : { covered, total }
}

function numberIn(attributes: XmlAttributes, name: string): number | null {
  const text = attributes[name]?.trim() ?? ''
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null
}

function required(attributes: XmlAttributes, name: string, place: SourcePlace): string {
  return attributes[name] ?? refuse(`no ${name}`, place)
}

function refuse(what: string, place: SourcePlace): never {
  throw refused(what, place)
}

function refused(what: string, place: SourcePlace): EvidenceError {
  return new EvidenceError('schema-violation', place, what, 'give the report as the tool wrote it')
}
