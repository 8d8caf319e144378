/** The answer of a trace in words. Gates may ask for less than everything: that they are met does not say that every requirement passed. */
import type { TraceSummary } from './trace-summary.js'

const OPEN = ['failed', 'uncovered', 'stale', 'partial'] as const

export function answerWords(passed: boolean, requirements: TraceSummary['requirements']): string {
  if (!passed) return 'Not passed: a gate is not met.'
  const open = OPEN.filter((name) => requirements[name] > 0).map((name) => `${requirements[name]} ${name}`)
  return open.length === 0
    ? 'Passed: every gate is met.'
    : `Every gate is met; of ${requirements.total} requirements are open: ${open.join(', ')}.`
}
