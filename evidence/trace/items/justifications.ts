/** Justifications by the day they are judged on: one counts from its date to the day it expires, and not at all where no day is given. */
import type { Justification } from '../../items/traced-set.js'
import type { WrittenJustification } from './policy.js'

export interface JudgedJustification extends Justification {
  readonly place: string
}

/** By what they concern. Days as ISO 8601, so that their order is that of their text. */
export function judgeJustifications(
  written: readonly WrittenJustification[],
  asOf: string | null,
): ReadonlyMap<string, JudgedJustification> {
  return new Map(written.map((justification) => [justification.concerns, { ...justification, state: stateOf(justification, asOf) }]))
}

function stateOf({ date, expires }: WrittenJustification, asOf: string | null): Justification['state'] {
  if (asOf === null) return 'not-judged'
  if (asOf > expires) return 'expired'
  return asOf < date ? 'not-judged' : 'current'
}
