/** Where in the schedule the hart is: the slot that the control record names, in absolute time. Times in model cycles. */
import { controlOf, held, type Kernel } from '../kernel.js'
import { requireIntact } from '../memory/kernel-memory.js'
import type { Timeline } from './timeline.js'

/** A slot of one particular frame, in absolute time. */
export interface PresentSlot {
  readonly partition: number | undefined
  readonly start: number
  readonly end: number
}

export function presentSlot(kernel: Kernel): PresentSlot {
  const control = controlOf(kernel)
  const { partition, offset, length } = held(presentTimeline(kernel), control.get('slot'), 'slot')
  const frameStart = control.get('frameStart')
  requireIntact(frameStart % kernel.configuration.majorFrame === 0, 'a frame that does not begin where frames do')
  const start = frameStart + offset
  return { partition, start, end: start + length }
}

const presentTimeline = (kernel: Kernel): Timeline => held(kernel.timelines, controlOf(kernel).get('schedule'), 'schedule')

/** Advances to the next slot; true when it is the first one of a new frame, which runs the schedule that was selected for it. */
export function advanceSlot(kernel: Kernel): boolean {
  const control = controlOf(kernel)
  const next = control.get('slot') + 1
  if (next < presentTimeline(kernel).length) {
    control.set({ slot: next })
    return false
  }
  control.set({
    slot: 0,
    schedule: control.get('nextSchedule'),
    frameStart: control.get('frameStart') + kernel.configuration.majorFrame,
    frame: control.get('frame') + 1,
  })
  return true
}
