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

export const PartitionRecord = record({
  /** Indexes of PARTITION_MODES: the present mode, and the one in which the present life began. */
  mode: 'u32',
  startMode: 'u32',
  /** Index of START_CONDITIONS. */
  startCondition: 'u32',
  waiting: 'u32',
  /** 1: gave up the rest of the present window. */
  yielded: 'u32',
  restarts: 'u32',
  waitMask: 'u64',
  waitDeadline: 'u64',
  pending: 'u64',
})

/**
 * When an error of one kind last happened to one partition: a ring of as many times as make an escalation, less one; before them this.
 * A time is kept as the cycle after it, so that 0 means never.
 */
export const EscalationRecord = record({ next: 'u32' })

/** pc in slot 0, x1 to x31 in their own slots: the layout the trap stub saves and restores. */
export const CONTEXT_BYTES = 32 * 8

export const SamplingRecord = record({ writtenAt: 'time', length: 'u32', written: 'u32' })

export const QueueRecord = record({ head: 'u32', count: 'u32', overflows: 'u32' })

/** Before each message of a queuing port. */
export const QueueSlot = record({ writtenAt: 'time', length: 'u32' })
