/** The kernel's mutable records. Ids are indexes into the configuration; times in model cycles. */
import { record } from './record.js'

export const SYSTEM_STATES = ['booting', 'running', 'maintenance', 'halted'] as const
export type SystemState = (typeof SYSTEM_STATES)[number]

export const ControlRecord = record({
  state: 'u32',
  haltReason: 'u32',
  /** Index into the schedule's slots, and the absolute start of the present frame. */
  slot: 'u32',
  frameStart: 'time',
  frame: 'time',
  /** Sequence number of the next audit record, of the oldest one kept, and how many were never recorded. */
  auditNext: 'time',
  auditOldest: 'time',
  auditLost: 'time',
})

export const PARTITION_MODES = ['idle', 'cold', 'normal'] as const
export type PartitionMode = (typeof PARTITION_MODES)[number]

export const PartitionRecord = record({
  /** idle: stopped; cold: starts from its image in its next window; normal: runs. */
  mode: 'u32',
  waiting: 'u32',
  /** 1: gave up the rest of the present window. */
  yielded: 'u32',
  restarts: 'u32',
  waitMask: 'u64',
  waitDeadline: 'u64',
  pending: 'u64',
})

/** pc in slot 0, x1 to x31 in their own slots: the layout the trap stub saves and restores. */
export const CONTEXT_BYTES = 32 * 8

export const SamplingRecord = record({ writtenAt: 'time', length: 'u32', written: 'u32' })

export const QueueRecord = record({ head: 'u32', count: 'u32', overflows: 'u32' })

/** Before each message of a queuing port. */
export const QueueSlot = record({ writtenAt: 'time', length: 'u32' })
