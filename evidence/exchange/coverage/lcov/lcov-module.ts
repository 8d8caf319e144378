/** One source file of lcov tracefiles, all its records added up. geninfo(1), "FILES". Lines are 1-based. */
import type { CoverageCount, FileCoverage } from '../../../items/coverage-report.js'
import { oneLine } from '../../../model/errors.js'
import { countHits } from '../report/coverage-totals.js'

interface FoundFunction {
  readonly line: number | null
  readonly name: string
  hits: number
}

export class LcovModule {
  private readonly lines = new Map<number, number>()
  private readonly functions = new Map<string, FoundFunction>()
  private readonly branches = new Map<string, number>()
  private readonly stated = new Map<string, number>()

  constructor(readonly path: string) {}

  addLine(line: number, hits: number): void {
    this.lines.set(line, (this.lines.get(line) ?? 0) + hits)
  }

  /** `-` in the tracefile, a branch whose line was never reached, is zero hits. */
  addBranch(line: number, block: string, branch: string, taken: number): void {
    const key = `${line},${block},${branch}`
    this.branches.set(key, (this.branches.get(key) ?? 0) + taken)
  }

  /** `id`: what tells functions of one name apart. */
  addFunction(id: string, line: number | null, name: string, hits: number): void {
    const known = this.functions.get(id)
    if (known === undefined) this.functions.set(id, { line, name, hits })
    else known.hits += hits
  }

  /** Totals that a record states (LF, LH, FNF ...); those of several records are added, and say less then. */
  state(name: string, value: number): void {
    this.stated.set(name, (this.stated.get(name) ?? 0) + value)
  }

  statedCount(found: string, hit: string): CoverageCount | null {
    const [total, covered] = [this.stated.get(found), this.stated.get(hit)]
    return total === undefined || covered === undefined ? null : { covered, total }
  }

  /** A record that lists no lines and states their number is believed; one that measured no functions or branches has none. */
  coverage(): FileCoverage {
    const functions = [...this.functions.values()]
    return {
      path: this.path,
      statements: null,
      branches: counted(this.branches.values(), this.statedCount('BRF', 'BRH')),
      functions: counted(
        functions.map(({ hits }) => hits),
        this.statedCount('FNF', 'FNH'),
      ),
      lines: counted(this.lines.values(), this.statedCount('LF', 'LH')) ?? { covered: 0, total: 0 },
      lineHits: this.lines,
      uncoveredFunctions: functions.filter(({ hits }) => hits === 0).map(({ name, line }) => ({ name: oneLine(name), line })),
    }
  }
}

function counted(hits: Iterable<number>, stated: CoverageCount | null): CoverageCount | null {
  const found = countHits(hits)
  return found.total === 0 ? stated : found
}
