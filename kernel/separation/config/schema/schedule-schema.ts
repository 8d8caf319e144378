/** When each partition runs. Model cycles. ARINC 653 Part 1, "Partition Scheduling". */
import { flag, form, listOf, record, type Schema } from './json-schema.js'

const windows = (description: string): Schema =>
  listOf(
    description,
    record('A time in which one partition, and nothing else, runs.', ['partition', 'at', 'length'], {
      partition: form('name', 'The partition that runs.'),
      at: form('cycles', 'Start, in cycles from the start of the frame.'),
      length: form('cycles', 'Duration; its end belongs to the kernel for the switch.'),
    }),
  )

export const SCHEDULE: Schema = windows('Windows of the major frame, in order of time: schedule 0, which runs from the start.')

export const SCHEDULES: Schema = listOf(
  'Further schedules of the same major frame, by number from 1. An authorised partition or an error switches between them at the end of a frame.',
  record('Another division of the frame.', ['name', 'windows'], {
    name: form('name', 'Its name, which no other object of the system has.'),
    fallback: flag('It is the one to which the action SWITCH_SCHEDULE of a health table leads.'),
    windows: windows('Windows of the major frame, in order of time.'),
  }),
)
