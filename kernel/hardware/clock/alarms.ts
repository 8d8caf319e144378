/**
 * When devices want to be called, by model time: a run stops there and goes on when they have been. With one hart that is the exact
 * cycle, with several the next grid point (interleaving.ts). Times in cycles.
 */
import type { Alarm } from '../../common/device-port.js'

interface Entry {
  readonly ring: () => void
  time: number
}

export class Alarms {
  private readonly entries: Entry[] = []
  /** The earliest time that is set; Infinity: none. */
  next = Infinity

  /** `changed` hears that `next` may have come nearer. */
  constructor(private readonly changed: () => void) {}

  create(ring: () => void): Alarm {
    const entry: Entry = { ring, time: Infinity }
    this.entries.push(entry)
    return {
      set: (time = Infinity) => {
        if (time === entry.time) return
        entry.time = time
        this.update()
        this.changed()
      },
    }
  }

  /** Rings what is due, in the order of its time, then of its creation. A bell that is rung may set alarms. */
  ring(now: number): void {
    for (;;) {
      const time = this.next
      if (time > now) return
      const due = this.entries.find((entry) => entry.time === time)
      if (due === undefined) return
      due.time = Infinity
      this.update()
      due.ring()
    }
  }

  private update(): void {
    this.next = Math.min(Infinity, ...this.entries.map(({ time }) => time))
  }
}
