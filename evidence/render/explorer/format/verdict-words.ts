/** Words of verdicts and states for a reader, and their order, worst first. What each means is said where it stands. */
import type { RequirementVerdict, TraceState } from '../../../items/traced-set.js'

export const requirementVerdicts = ['failed', 'uncovered', 'stale', 'partial', 'justified', 'passed', 'not-required'] as const

interface Words {
  readonly name: string
  readonly meaning: string
}

export const requirementVerdictWords: Readonly<Record<RequirementVerdict, Words>> = {
  failed: { name: 'failed', meaning: 'A test, analysis or inspection of it did not pass.' },
  uncovered: { name: 'uncovered', meaning: 'Nothing verifies it.' },
  stale: { name: 'stale', meaning: 'Its evidence belongs to other bytes than the present ones, or to days that are over.' },
  partial: { name: 'partial', meaning: 'Some of what it needs passed, and something is missing.' },
  justified: { name: 'justified', meaning: 'Not shown; a current justification says why.' },
  passed: { name: 'passed', meaning: 'Everything that verifies it passed, and nothing it needs is missing.' },
  'not-required': { name: 'not required', meaning: 'The policy wants no test of this kind of item.' },
}

export const stateWords: Readonly<Record<TraceState, Words>> = {
  covered: { name: 'covered', meaning: 'Everything it needs links to it.' },
  uncovered: { name: 'uncovered', meaning: 'Something it needs does not link to it.' },
  orphaned: { name: 'orphaned', meaning: 'It refers to an item that does not exist.' },
  outdated: { name: 'outdated', meaning: 'It refers to an older revision than the item now has.' },
  predated: { name: 'predated', meaning: 'It refers to a newer revision than the item has.' },
  ambiguous: { name: 'ambiguous', meaning: 'A reference could mean several items.' },
  duplicate: { name: 'duplicate', meaning: 'Another item has the same id and revision.' },
  unwanted: { name: 'unwanted', meaning: 'It covers an item that asks for no cover of this kind.' },
  partial: { name: 'partial', meaning: 'Covered only in part.' },
  justified: { name: 'justified', meaning: 'A written reason stands in place of evidence.' },
  stale: { name: 'stale', meaning: 'The result belongs to other bytes than the present ones.' },
}

export const deepWords: Readonly<Record<string, string>> = {
  covered: 'It and everything below it is covered.',
  partial: 'Something below it is covered only in part.',
  uncovered: 'It or something below it is not covered.',
  justified: 'Covered where it is not justified.',
  'not-required': 'Nothing below it wants a cover.',
}

export const methodVerdictWords: Readonly<Record<string, string>> = {
  failed: 'failed',
  none: 'none',
  'not-run': 'not run',
  stale: 'stale',
  partial: 'partial',
  passed: 'passed',
}
