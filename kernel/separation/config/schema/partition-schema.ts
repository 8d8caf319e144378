/** A partition: its memory, what its errors lead to, and what it has authority over. ARINC 653 Part 1, "Partition Management". */
import { SYSTEM_OPERATIONS } from '../configuration.js'
import { HEALTH_TABLE } from './health-schema.js'
import { SEMAPHORES, THREADS } from './thread-schema.js'
import { flag, form, record, type Schema } from './json-schema.js'

const AUTHORITY = record('What it may do beyond its own memory, ports and notifications.', [], {
  readAudit: flag('It may read the audit trail.'),
  system: {
    type: 'array',
    maxItems: SYSTEM_OPERATIONS.length,
    uniqueItems: true,
    description: 'Operations on the whole module that it may call for.',
    items: { type: 'string', enum: SYSTEM_OPERATIONS },
  },
  selectSchedule: flag('It may select the schedule that runs from the end of the frame on.'),
  control: form('names', 'Partitions it may stop, restart and observe.'),
  observe: form('names', 'Partitions whose mode and restarts it may read.'),
})

export const PARTITION: Schema = record('A partition. Its number is its index in the file.', ['name', 'code', 'data'], {
  name: form('name', 'Its name, which no other object of the system has.'),
  code: form('size', 'Read and execute. The image is as large.'),
  data: form('size', 'Read and write, zero at every start but a warm one.'),
  health: HEALTH_TABLE,
  threads: THREADS,
  semaphores: SEMAPHORES,
  restartLimit: { ...form('count', 'Restarts since boot before a restart becomes IDLE.'), default: 0 },
  console: flag('It owns the UART.'),
  maintenance: flag('It is the one partition that runs in maintenance mode.'),
  idle: flag('It deliberately has no window.'),
  authority: AUTHORITY,
})
