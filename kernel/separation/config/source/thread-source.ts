/** Threads and semaphores of a partition as its integrator writes them, with every default filled in. Model cycles. */
import type { SemaphoreConfiguration, ThreadConfiguration } from '../configuration.js'

export type WrittenThread = Partial<ThreadConfiguration> & Pick<ThreadConfiguration, 'name' | 'priority'>

export type WrittenSemaphore = Pick<SemaphoreConfiguration, 'name'> & {
  readonly initial?: number
  readonly maximum?: number
  readonly ceiling?: number
}

export const thread = (written: WrittenThread): ThreadConfiguration => ({ kind: 'aperiodic', period: 0, deadline: 0, ...written })

/** One with a ceiling has one unit, which is there at the start: its holder is one thread. */
export const semaphore = ({ name, initial = 1, maximum = 1, ceiling }: WrittenSemaphore): SemaphoreConfiguration => ({
  name,
  initial,
  maximum,
  ceiling,
})
