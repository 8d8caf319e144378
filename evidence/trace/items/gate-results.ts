/**
 * Gates of the policy over the counts of a trace. A share is compared as whole numbers, so that 94.99 % never rounds up to 95 %; what
 * was not measured meets no gate.
 */
import type { TraceSummary } from '../../items/trace-summary.js'
import { traceStates, type Defect, type GateResult } from '../../items/traced-set.js'
import type { Gate, Policy } from './policy.js'

interface Measured {
  readonly value: number
  /** What a share is a share of. */
  readonly total: number
}

export type GateCounts = Omit<TraceSummary, 'defects'>

export const requirementMeasures = ['closed', 'passed', 'failed', 'partial', 'uncovered', 'stale', 'justified', 'total'] as const
export const testMeasures = ['passed', 'failed', 'skipped', 'undefined', 'pending', 'ambiguous', 'notRun', 'retried', 'total'] as const
export const coverageMeasures = ['statements', 'branches', 'functions', 'lines'] as const

/** Every measure a gate can name. */
export const measures: readonly string[] = [
  ...requirementMeasures.map((name) => `requirements.${name}`),
  ...testMeasures.flatMap((name) => [`scenarios.${name}`, `steps.${name}`]),
  ...coverageMeasures.map((name) => `coverage.${name}`),
  ...traceStates.map((name) => `states.${name}`),
]

export function gateResults(
  counts: GateCounts,
  defects: readonly Defect[],
  policy: Policy,
  uncoveredFunctions: readonly string[],
): GateResult[] {
  return [...policy.gates.map((gate) => gateResult(gate, measure(gate.measure, counts), uncoveredFunctions)), defectGate(defects, policy)]
}

function gateResult(gate: Gate, measured: Measured | null, uncoveredFunctions: readonly string[]): GateResult {
  const { value, percent } = gate.bound
  const wanted = `${gate.relation === 'at-least' ? 'at least' : 'at most'} ${value}${percent ? ' %' : ''}`
  if (measured === null) return { name: gate.measure, wanted, found: 'not measured', met: false }
  const met = holds(gate, measured)
  const share = percent ? ` (${percentOf(measured)})` : ''
  const named = !met && gate.measure === 'coverage.functions' ? `; not covered: ${shorten(uncoveredFunctions)}` : ''
  return { name: gate.measure, wanted, found: `${measured.value} of ${measured.total}${share}${named}`, met }
}

/** Thousandths of a per cent, as whole numbers. A share of nothing is none: it is neither reached nor exceeded. */
function holds({ relation, bound }: Gate, { value, total }: Measured): boolean {
  if (bound.percent && total === 0) return false
  const [left, right] = bound.percent
    ? [BigInt(value) * 100_000n, BigInt(Math.round(bound.value * 1000)) * BigInt(total)]
    : [BigInt(value), BigInt(bound.value)]
  return relation === 'at-least' ? left >= right : left <= right
}

/** Cut, not rounded: 99.99 % of a million is not 100 %. */
function percentOf({ value, total }: Measured): string {
  return total === 0 ? 'of nothing' : `${(Math.floor((value * 10_000) / total) / 100).toFixed(2)} %`
}

function measure(name: string, counts: GateCounts): Measured | null {
  const [group = '', key = ''] = name.split('.')
  switch (group) {
    case 'requirements': {
      const { requirements } = counts
      const total = requirements.total
      if (key === 'closed') return { value: requirements.passed + requirements.justified, total }
      return { value: numberOf(requirements, key), total }
    }
    case 'scenarios':
      return { value: numberOf(counts.scenarios, key), total: counts.scenarios.total }
    case 'steps':
      return { value: numberOf(counts.steps, key), total: counts.steps.total }
    case 'states':
      return { value: numberOf(counts.states, key), total: counts.requirements.total }
    default:
      return coverageOf(counts.coverage, key)
  }
}

function coverageOf(coverage: TraceSummary['coverage'], key: string): Measured | null {
  const count = Object.entries(coverage).find(([name]) => name === key)?.[1]
  return count === null || count === undefined ? null : { value: count.covered, total: count.total }
}

function numberOf(counts: object, key: string): number {
  const value: unknown = Object.entries(counts).find(([name]) => name === key)?.[1]
  if (typeof value !== 'number') throw new RangeError(`no count ${key}`)
  return value
}

function defectGate(defects: readonly Defect[], { severities }: Policy): GateResult {
  const errors = new Map<string, number>()
  for (const { kind } of defects) if (severities[kind] === 'error') errors.set(kind, (errors.get(kind) ?? 0) + 1)
  const found = [...errors].map(([kind, count]) => `${count} ${kind}`).join(', ')
  return { name: 'defects', wanted: 'none that the policy calls an error', found: found === '' ? 'none' : found, met: errors.size === 0 }
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ')
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown
}
