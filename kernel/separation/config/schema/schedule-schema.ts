/** When each partition runs. Model cycles. ARINC 653 Part 1, "Partition Scheduling". */
import { form, listOf, record, type Schema } from './json-schema.js'

export const SCHEDULE: Schema = listOf(
  'Windows of the major frame, in order of time.',
  record('A time in which one partition, and nothing else, runs.', ['partition', 'at', 'length'], {
    partition: form('name', 'The partition that runs.'),
    at: form('cycles', 'Start, in cycles from the start of the frame.'),
    length: form('cycles', 'Duration; its end belongs to the kernel for the switch.'),
  }),
)
