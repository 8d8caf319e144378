/**
 * Five tones for every state of the assurance case. A tone decides shape and colour together; the word stands beside them, so that
 * no reader depends on colour. One table, so that HTML and PDF cannot disagree.
 */
import { RenderError } from './render-error.js'

export const statusTones = ['good', 'bad', 'partly', 'open', 'note'] as const
/** `good` check, `bad` cross, `partly` half disc, `open` ring (nothing there), `note` triangle (someone must look). */
export type StatusTone = (typeof statusTones)[number]

const tones: Readonly<Record<string, StatusTone>> = {
  passed: 'good',
  met: 'good',
  holds: 'good',
  exercised: 'good',
  covered: 'good',
  provided: 'good',
  closed: 'good',
  current: 'good',
  failed: 'bad',
  ambiguous: 'bad',
  undefined: 'bad',
  pending: 'bad',
  unknown: 'bad',
  retried: 'bad',
  'not-met': 'bad',
  'does not hold': 'bad',
  'unlisted-outcome': 'bad',
  'unlisted-entry': 'bad',
  unlisted: 'bad',
  expired: 'bad',
  duplicate: 'bad',
  unwanted: 'bad',
  dangling: 'bad',
  missing: 'bad',
  unreadable: 'bad',
  'run-failure': 'bad',
  gate: 'bad',
  partial: 'partly',
  'partly-exercised': 'partly',
  'partly-provided': 'partly',
  gaps: 'partly',
  none: 'open',
  'not-run': 'open',
  'not-exercised': 'open',
  'not-provided': 'open',
  skipped: 'open',
  open: 'open',
  uncovered: 'open',
  'not-required': 'open',
  'no-verdict': 'note',
  stale: 'note',
  justified: 'note',
  orphaned: 'note',
  outdated: 'note',
  predated: 'note',
  unused: 'note',
  'not-judged': 'note',
}

/** @throws RenderError `unknown-state`: a state without a tone would print without a shape. */
export function toneOf(state: string): StatusTone {
  const tone = Object.hasOwn(tones, state) ? tones[state] : undefined
  if (tone === undefined) throw new RenderError('unknown-state', 'status', `state "${state}" has no tone`, 'add it to the table of tones')
  return tone
}
