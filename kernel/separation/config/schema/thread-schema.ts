/** Threads and semaphores of a partition. Model cycles. ARINC 653 Part 1, "Process Management", "Semaphore", "Mutex". */
import { HIGHEST_PRIORITY, THREAD_KINDS } from '../../../abi/threads.js'
import { MOST_UNITS } from '../limits.js'
import { form, listOf, oneOf, record, type Schema } from './json-schema.js'

const priority = (description: string): Schema => ({ type: 'integer', minimum: 0, maximum: HIGHEST_PRIORITY, description })
const units = (description: string): Schema => ({ type: 'integer', minimum: 0, maximum: MOST_UNITS, description, default: 1 })

export const THREADS: Schema = listOf(
  'Threads beside the main one, by number from 1. The partition starts them by thr_ctl.',
  record('A thread of control with registers of its own, in the memory of the partition.', ['name', 'priority'], {
    name: form('name', 'Its name, which no other object of the system has.'),
    kind: oneOf(
      'aperiodic runs until it stops; periodic is released every period; sporadic starts at most once per period; handler runs at errors.',
      THREAD_KINDS,
      'aperiodic',
    ),
    priority: priority('Larger runs first; the main thread has 0.'),
    period: form('cycles', 'Of a periodic thread; of a sporadic one the least time between two starts.'),
    deadline: form('cycles', 'Time from its release by which it must have ended its work; none where absent.'),
  }),
)

export const SEMAPHORES: Schema = listOf(
  'Semaphores of the threads of this partition, by number from 0.',
  record('Units that threads take and give back.', ['name'], {
    name: form('name', 'Its name, which no other object of the system has.'),
    initial: units('Units at the start of the partition.'),
    maximum: units('Most units it holds.'),
    ceiling: priority('Who holds it runs at this priority at least; then it has one unit and a holder.'),
  }),
)
