/** Time left of work whose size is known: what was done since it began tells how long the rest takes. Seconds; shares from 0 to 1. */

interface Mark {
  readonly at: number
  readonly done: number
}

export class TimeLeft {
  private begun: Mark | undefined
  private last = 0

  /**
   * Seconds left at this moment; undefined as long as nothing was done since the first mark, and when all is.
   * A share that falls back begins other work.
   */
  after(at: number, done: number): number | undefined {
    if (this.begun === undefined || done < this.last) this.begun = { at, done }
    this.last = done
    const gained = done - this.begun.done
    if (gained <= 0 || done >= 1) return undefined
    return ((at - this.begun.at) * (1 - done)) / gained
  }
}
