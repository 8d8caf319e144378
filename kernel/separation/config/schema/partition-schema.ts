/** A partition: its memory, what its errors lead to, and what it has authority over. ARINC 653 Part 1, "Partition Management". */
import { HEALTH_ACTIONS, HEALTH_ERRORS, type HealthError } from '../../../abi/health.js'
import { SYSTEM_OPERATIONS } from '../configuration.js'
import { flag, form, record, type Schema } from './json-schema.js'

const HEALTH_MEANING: Readonly<Record<HealthError, string>> = {
  MEMORY_VIOLATION: 'A load, store or fetch outside what the partition may reach. Default STOP.',
  ILLEGAL_INSTRUCTION: 'An instruction the partition may not execute. Default STOP.',
  ILLEGAL_REQUEST: 'A call the kernel refuses for lack of authority. Default LOG.',
  APPLICATION_ERROR: 'What the partition reports of itself by hm_raise. Default LOG.',
}

const AUTHORITY = record('What it may do beyond its own memory, ports and notifications.', [], {
  readAudit: flag('It may read the audit trail.'),
  system: {
    type: 'array',
    maxItems: SYSTEM_OPERATIONS.length,
    uniqueItems: true,
    description: 'Operations on the whole module that it may call for.',
    items: { type: 'string', enum: SYSTEM_OPERATIONS },
  },
  control: form('names', 'Partitions it may stop, restart and observe.'),
  observe: form('names', 'Partitions whose mode and restarts it may read.'),
})

export const PARTITION: Schema = record('A partition. Its number is its index in the file.', ['name', 'code', 'data'], {
  name: form('name', 'Its name, which no other object of the system has.'),
  code: form('size', 'Read and execute. The image is as large.'),
  data: form('size', 'Read and write, zero at every start.'),
  health: record(
    'What an error of this partition leads to.',
    [],
    Object.fromEntries(HEALTH_ERRORS.map((error) => [error, form('healthAction', HEALTH_MEANING[error])])),
  ),
  restartLimit: { ...form('count', 'Restarts since boot before RESTART becomes STOP.'), default: 0 },
  console: flag('It owns the UART.'),
  maintenance: flag('It is the one partition that runs in maintenance mode.'),
  idle: flag('It deliberately has no window.'),
  authority: AUTHORITY,
})

export const HEALTH_ACTION: Schema = {
  enum: HEALTH_ACTIONS,
  description: 'LOG goes on where that is possible; STOP and RESTART reach the partition alone; HALT ends the module.',
}
