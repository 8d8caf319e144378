/** Structural coverage as a reader sees it. Gates apply to the modules inside the boundary of the security target; the rest is shown. */
import type { JudgedCoverage, JudgedModule } from '../coverage/coverage-gate.js'
import type { CoverageJustification } from '../model/deviation.js'
import type { CoverageRow, CoverageView, JustifiedGap } from '../model/coverage-view.js'
import type { ModulePath } from '../model/ids.js'
import type { LineRange } from '../model/module-coverage.js'
import { anchorOf } from './anchor.js'
import { ratio } from './ratio.js'

const metric =
  'V8 block coverage, folded to functions and lines. A line is every line of the source file, comments included. ' +
  'It says which code ran; it says nothing about the outcomes of single conditions, and a line that ran is not a requirement that was tested.'

export function coverageView(judged: JudgedCoverage, zoneOf: (module: ModulePath) => string, gateScope: string): CoverageView {
  return {
    metric,
    gateScope,
    functions: ratio(judged.functions.covered, judged.functions.total),
    lines: ratio(judged.lines.covered, judged.lines.total),
    rows: judged.modules.map((module) => rowOf(module, zoneOf)),
    justified: judged.needed.map(gapOf),
    stale: judged.stale.map(gapOf),
  }
}

export function notMeasured(): CoverageView {
  const nothing = ratio(0, 0)
  return {
    metric: 'No coverage report was given.',
    gateScope: 'none',
    functions: nothing,
    lines: nothing,
    rows: [],
    justified: [],
    stale: [],
  }
}

function rowOf(
  { coverage, openFunctions, openLines, justifiedFunctions, justifiedLines }: JudgedModule,
  zoneOf: (module: ModulePath) => string,
): CoverageRow {
  const justifiedGaps = justifiedFunctions + justifiedLines
  const open = openFunctions.length + openLines.length
  return {
    module: coverage.module,
    anchor: anchorOf('module', coverage.module),
    zone: zoneOf(coverage.module),
    functions: ratio(coverage.functions.covered, coverage.functions.total),
    lines: ratio(coverage.lines.covered, coverage.lines.total),
    uncoveredFunctions: openFunctions.map(({ name, line }) => `${name}, line ${line}`),
    uncoveredLines: openLines.map(rangeText),
    justifiedGaps,
    state: open > 0 ? 'gaps' : justifiedGaps > 0 ? 'justified' : 'covered',
  }
}

function gapOf({ id, module, lines, function: name, reason, author, date }: CoverageJustification): JustifiedGap {
  return { id, module, part: lines === null ? `function ${name ?? 'none'}` : `lines ${rangeText(lines)}`, reason, author, date }
}

export function rangeText({ first, last }: LineRange): string {
  return first === last ? first.toString() : `${first}-${last}`
}
