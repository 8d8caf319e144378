/**
 * Which pages are left to the interpreter because they are stored to again and again: every store to a page with translations takes
 * the slow path, and one to a translated instruction costs a translation. Places in machine memory. What it decides changes nothing but
 * speed.
 */

/** Costs that a page may cause: of a store that hits a translation, of one beside all of them. */
const HIT = 8
const MISS = 1
const MOST = 64
/** After so many retired instructions all begin anew: a page may hold other code by then. */
const FORGIVEN_AFTER = 2 ** 30

export class CodeStability {
  private readonly costs = new Map<number, number>()
  private executed = 0

  isStable(page: number): boolean {
    return (this.costs.get(page) ?? 0) < MOST
  }

  /** True when the page has just lost its place among the stable ones. */
  stored(page: number, hit: boolean): boolean {
    const before = this.costs.get(page) ?? 0
    const now = before + (hit ? HIT : MISS)
    this.costs.set(page, now)
    return before < MOST && now >= MOST
  }

  retired(instructions: number): void {
    this.executed += instructions
    if (this.executed < FORGIVEN_AFTER) return
    this.executed = 0
    this.costs.clear()
  }
}
