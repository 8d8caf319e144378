/** One source file of Cobertura reports: the lines and methods of all classes in it. */
import type { CoverageCount, FileCoverage } from '../../../items/coverage-report.js'
import { oneLine } from '../../../model/errors.js'
import { countHits } from '../report/coverage-totals.js'
import type { CoberturaClass, CoberturaLine, CoberturaMethod } from './cobertura-events.js'

interface FoundMethod {
  readonly name: string
  readonly line: number | null
  ran: boolean
}

export class CoberturaModule {
  private readonly lines = new Map<number, number>()
  private readonly branches = new Map<number, CoverageCount>()
  private readonly methods = new Map<string, FoundMethod>()

  constructor(readonly path: string) {}

  get hasMethods(): boolean {
    return this.methods.size > 0
  }

  get hasBranches(): boolean {
    return this.branches.size > 0
  }

  /** What two reports, or two classes, say about one line is the higher of both: which arms each took is not stated. */
  add({ lines, methods }: CoberturaClass): void {
    for (const line of lines.length > 0 ? lines : methods.flatMap((method) => method.lines)) this.addLine(line)
    const seen = new Map<string, number>()
    for (const method of methods) {
      const line = method.lines[0]?.number ?? null
      const nth = seen.get(method.name) ?? 0
      seen.set(method.name, nth + 1)
      const key = `${method.name} ${line ?? ''} ${nth}`
      const known = this.methods.get(key)
      if (known === undefined) this.methods.set(key, { name: method.name, line, ran: ranOnce(method) })
      else known.ran ||= ranOnce(method)
    }
  }

  private addLine({ number, hits, branches }: CoberturaLine): void {
    this.lines.set(number, Math.max(this.lines.get(number) ?? 0, hits))
    if (branches === null) return
    const known = this.branches.get(number) ?? branches
    this.branches.set(number, { covered: Math.max(known.covered, branches.covered), total: Math.max(known.total, branches.total) })
  }

  coverage(): FileCoverage {
    const methods = [...this.methods.values()]
    const branches = [...this.branches.values()]
    return {
      path: this.path,
      statements: null,
      branches: {
        covered: branches.reduce((sum, { covered }) => sum + covered, 0),
        total: branches.reduce((sum, { total }) => sum + total, 0),
      },
      functions: countHits(methods.map(({ ran }) => (ran ? 1 : 0))),
      lines: countHits(this.lines.values()),
      lineHits: this.lines,
      uncoveredFunctions: methods.filter(({ ran }) => !ran).map(({ name, line }) => ({ name: oneLine(name), line })),
    }
  }
}

/** A method without lines has a rate of 1 in some reports: nothing of nothing, which shows no run. */
function ranOnce({ hits, lines }: CoberturaMethod): boolean {
  return hits === null ? lines.some((line) => line.hits > 0) : hits > 0
}
