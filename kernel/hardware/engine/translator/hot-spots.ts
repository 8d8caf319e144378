/**
 * Which code is worth translating: code at which translated code often ended, and code in which the interpreter was often found when
 * it was stopped at regular distances. Places in machine memory. What it decides changes nothing but speed.
 */

export interface Hotness {
  /** So many arrivals of translated code at an address without a translation. */
  readonly arrivals: number
  /** So many times found by the interpreter's stops. */
  readonly samples: number
  /** Instructions between two stops of the interpreter. */
  readonly stride: number
}

/** A translation costs about as much as 100,000 instructions of the interpreter. */
export const HOT: Hotness = { arrivals: 24, samples: 6, stride: 2000 }
/** Nearly everything: for tests of what is translated. */
export const EAGER: Hotness = { arrivals: 1, samples: 1, stride: 40 }

/** Samples count together for stretches of so many bytes. */
const STRETCH_SHIFT = 6
/** Then all is counted anew: what is rare must not add up. */
const MOST_PLACES = 20_000
const NEVER = -Infinity

export class HotSpots {
  private readonly arrivals = new Map<number, number>()
  private readonly samples = new Map<number, number>()

  constructor(private readonly enough: Hotness) {}

  /** True when the code at `place` has become worth it. */
  arrived(place: number): boolean {
    return count(this.arrivals, place, this.enough.arrivals)
  }

  sampled(place: number): boolean {
    return this.arrivals.get(place) !== NEVER && count(this.samples, place >>> STRETCH_SHIFT, this.enough.samples)
  }

  /** The code at `place` cannot be translated, or not for long. */
  giveUp(place: number): void {
    this.arrivals.set(place, NEVER)
  }
}

function count(counts: Map<number, number>, key: number, enough: number): boolean {
  const now = (counts.get(key) ?? 0) + 1
  if (counts.size >= MOST_PLACES) counts.clear()
  counts.set(key, now >= enough ? 0 : now)
  return now >= enough
}
