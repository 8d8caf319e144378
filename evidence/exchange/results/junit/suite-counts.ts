/** What a suite states about its cases against what it lists. Counts of the format's attributes: `tests`, `failures`, `errors`, `skipped`. */
import type { ScenarioVerdict } from '../../../model/verdict.js'
import type { XmlAttributes } from '../../xml/read-xml.js'

export interface StatedCounts {
  /** Null: not stated, or no number. */
  readonly tests: number | null
  readonly failed: number | null
  readonly skipped: number | null
}

export interface ListedCounts {
  tests: number
  failed: number
  skipped: number
}

export function statedCounts(attributes: XmlAttributes): StatedCounts {
  return {
    tests: sum(attributes['tests'] ?? attributes['total']),
    failed: sum(attributes['failures'] ?? attributes['failed'], attributes['errors']),
    skipped: sum(attributes['skipped'] ?? attributes['skips'] ?? attributes['ignored'], attributes['disabled']),
  }
}

/** In words; undefined: nothing stated disagrees. Writers differ in whether skipped cases are counted as tests. */
export function disagreement(stated: StatedCounts, listed: ListedCounts): string | undefined {
  const { tests, failed, skipped } = stated
  if (tests !== null && tests !== listed.tests && tests !== listed.tests - listed.skipped)
    return `states ${tests} tests and lists ${listed.tests}`
  if (failed !== null && failed !== listed.failed) return `states ${failed} failures and errors and lists ${listed.failed} such cases`
  // All its cases are listed, and one it skipped would read as a pass.
  if (skipped !== null && skipped > listed.skipped && tests === listed.tests)
    return `states ${skipped} skipped and lists ${listed.skipped} such cases`
  return undefined
}

/** Verdicts of a suite that counts its cases and lists none: failures first. */
export function verdictsOf({ tests, failed, skipped }: StatedCounts): ScenarioVerdict[] {
  const total = tests ?? 0
  const failures = Math.min(failed ?? 0, total)
  const skips = Math.min(skipped ?? 0, total - failures)
  const of = (length: number, verdict: ScenarioVerdict): ScenarioVerdict[] => Array.from({ length }, () => verdict)
  return [...of(failures, 'failed'), ...of(skips, 'skipped'), ...of(total - failures - skips, 'passed')]
}

function sum(...texts: readonly (string | undefined)[]): number | null {
  const numbers = texts.filter((text) => text !== undefined && /^\s*\d+\s*$/.test(text)).map(Number)
  return numbers.length === 0 ? null : numbers.reduce((total, each) => total + each, 0)
}
