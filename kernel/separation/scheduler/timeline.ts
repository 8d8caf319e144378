/**
 * The major frame as a sequence of slots: every configured window, and the gaps between them that are long enough to idle in.
 * Times in model cycles. ARINC 653 Part 1, "Partition scheduling"; SKPP FRU_PRU_EXP.1.
 */
import type { Configuration } from '../config/configuration.js'
import { MINIMUM_WINDOW } from './charges.js'

/** `partition` undefined: nobody runs. Offsets within the frame. */
export interface Slot {
  readonly partition: number | undefined
  readonly offset: number
  readonly length: number
}

export type Timeline = readonly Slot[]

/** By schedule. */
export const timelines = ({ windows, schedules, majorFrame }: Configuration): readonly Timeline[] =>
  [{ windows }, ...schedules].map((schedule) => timeline({ windows: schedule.windows, majorFrame }))

/** A gap shorter than the shortest window is waited for inside the switch. */
export function timeline({ windows, majorFrame }: Pick<Configuration, 'windows' | 'majorFrame'>): Timeline {
  const slots: Slot[] = []
  let at = 0
  for (const { partition, offset, length } of [...windows].sort((a, b) => a.offset - b.offset)) {
    if (offset - at >= MINIMUM_WINDOW) slots.push({ partition: undefined, offset: at, length: offset - at })
    slots.push({ partition, offset, length })
    at = offset + length
  }
  if (majorFrame - at >= MINIMUM_WINDOW) slots.push({ partition: undefined, offset: at, length: majorFrame - at })
  return slots
}
