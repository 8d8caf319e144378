/**
 * The major frame as a sequence of slots: every configured window, and the gaps between them that are long enough to idle in.
 * Times in model cycles. ARINC 653 Part 1, "Partition scheduling"; SKPP FRU_PRU_EXP.1.
 */
import type { Configuration } from '../config/configuration.js'
import { controlOf, held, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import { MINIMUM_WINDOW } from './charges.js'

/** `partition` undefined: nobody runs. Offsets within the frame. */
export interface Slot {
  readonly partition: number | undefined
  readonly offset: number
  readonly length: number
}

/** A gap shorter than the shortest window is waited for inside the switch. */
export function timeline({ windows, majorFrame }: Pick<Configuration, 'windows' | 'majorFrame'>): readonly Slot[] {
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

/** A slot of one particular frame, in absolute time. */
export interface PresentSlot {
  readonly partition: number | undefined
  readonly start: number
  readonly end: number
}

export function presentSlot(kernel: Kernel): PresentSlot {
  const control = controlOf(kernel)
  const { partition, offset, length } = held(timeline(kernel.configuration), control.get('slot'), 'slot')
  const frameStart = control.get('frameStart')
  requireIntact(frameStart % kernel.configuration.majorFrame === 0, 'a frame that does not begin where frames do')
  const start = frameStart + offset
  return { partition, start, end: start + length }
}

/** Advances to the next slot; true when it is the first one of a new frame. */
export function advanceSlot(kernel: Kernel): boolean {
  const control = controlOf(kernel)
  const next = control.get('slot') + 1
  if (next < timeline(kernel.configuration).length) {
    control.set({ slot: next })
    return false
  }
  control.set({ slot: 0, frameStart: control.get('frameStart') + kernel.configuration.majorFrame, frame: control.get('frame') + 1 })
  return true
}
