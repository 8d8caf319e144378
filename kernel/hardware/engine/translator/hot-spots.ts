/**
 * Which code is worth translating: code at which translated code often ended, and code in which the interpreter was often found when
 * it was stopped at regular distances. Places in machine memory. What it decides changes nothing but speed.
 */

/** So many arrivals of translated code at an address without a translation. */
const ARRIVALS = 24
/** So many times found by the interpreter's stops. */
const SAMPLES = 6
/** Samples count together for stretches of so many bytes. */
const STRETCH_SHIFT = 6
/** Then all is counted anew: what is rare must not add up. */
const MOST_PLACES = 20_000
const NEVER = -Infinity

export class HotSpots {
  private readonly arrivals = new Map<number, number>()
  private readonly samples = new Map<number, number>()

  /** True when the code at `place` has become worth it. */
  arrived(place: number): boolean {
    return count(this.arrivals, place, ARRIVALS)
  }

  sampled(place: number): boolean {
    return this.arrivals.get(place) !== NEVER && count(this.samples, place >>> STRETCH_SHIFT, SAMPLES)
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
