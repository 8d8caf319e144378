/**
 * Coverage against justifications: which gaps have a reason, which justifications are no longer needed, and whether the gates hold.
 * Gates: every function covered or justified; lines covered, of those not justified, at least 95 in 100.
 */
import type { CoverageJustification } from '../model/deviation.js'
import type { LineRange, ModuleCoverage, UncoveredFunction } from '../model/module-coverage.js'
import { rangesOf } from './istanbul.js'

export const lineGatePercent = 95

export interface JudgedModule {
  readonly coverage: ModuleCoverage
  readonly openFunctions: readonly UncoveredFunction[]
  readonly openLines: readonly LineRange[]
  readonly justifiedFunctions: number
  readonly justifiedLines: number
}

export interface JudgedCoverage {
  readonly modules: readonly JudgedModule[]
  readonly needed: readonly CoverageJustification[]
  /** Their part is covered by now, or no longer exists. */
  readonly stale: readonly CoverageJustification[]
  readonly functions: { readonly covered: number; readonly total: number; readonly justified: number; readonly met: boolean }
  readonly lines: { readonly covered: number; readonly total: number; readonly justified: number; readonly met: boolean }
}

export function judgeCoverage(modules: readonly ModuleCoverage[], justifications: readonly CoverageJustification[]): JudgedCoverage {
  const byModule = new Map<string, CoverageJustification[]>()
  for (const justification of justifications)
    byModule.set(justification.module, [...(byModule.get(justification.module) ?? []), justification])
  const needed = new Set<CoverageJustification>()
  const judged = modules.map((coverage) => judgeModule(coverage, byModule.get(coverage.module) ?? [], needed))
  const sum = (count: (module: JudgedModule) => number): number => judged.reduce((total, module) => total + count(module), 0)
  const functions = {
    covered: sum(({ coverage }) => coverage.functions.covered),
    total: sum(({ coverage }) => coverage.functions.total),
    justified: sum(({ justifiedFunctions }) => justifiedFunctions),
  }
  const lines = {
    covered: sum(({ coverage }) => coverage.lines.covered),
    total: sum(({ coverage }) => coverage.lines.total),
    justified: sum(({ justifiedLines }) => justifiedLines),
  }
  return {
    modules: judged,
    needed: justifications.filter((justification) => needed.has(justification)),
    stale: justifications.filter((justification) => !needed.has(justification)),
    functions: { ...functions, met: functions.covered + functions.justified === functions.total },
    lines: { ...lines, met: lines.covered * 100 >= (lines.total - lines.justified) * lineGatePercent },
  }
}

function judgeModule(
  coverage: ModuleCoverage,
  justifications: readonly CoverageJustification[],
  needed: Set<CoverageJustification>,
): JudgedModule {
  const reasons = justifications.map((justification) => ({ justification, parts: partsOf(justification, coverage) }))
  const isOpen = (first: number, last: number): boolean => {
    const found = reasons.filter(({ parts }) => parts.some((part) => part.first <= first && last <= part.last))
    for (const { justification } of found) needed.add(justification)
    return found.length === 0
  }
  const openFunctions = coverage.uncoveredFunctions.filter(({ line, lastLine }) => isOpen(line, lastLine))
  const uncovered = coverage.uncoveredLines.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
  const openLines = uncovered.filter((line) => isOpen(line, line))
  return {
    coverage,
    openFunctions,
    openLines: rangesOf(openLines),
    justifiedFunctions: coverage.uncoveredFunctions.length - openFunctions.length,
    justifiedLines: uncovered.length - openLines.length,
  }
}

/** A range of lines as given; a function from its first line to its last, wherever it stands now, while it is not covered. */
function partsOf({ lines, function: name }: CoverageJustification, { uncoveredFunctions }: ModuleCoverage): LineRange[] {
  if (lines !== null) return [lines]
  return uncoveredFunctions.filter((uncovered) => uncovered.name === name).map(({ line, lastLine }) => ({ first: line, last: lastLine }))
}
