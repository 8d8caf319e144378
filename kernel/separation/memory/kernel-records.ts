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
  /** The schedule of the present frame, and of the next one. */
  schedule: 'u32',
  nextSchedule: 'u32',
  /** Of the thread that became ready last: threads of one priority run in this order. */
  order: 'time',
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
  restarts: 'u32',
  pending: 'u64',
})

/** How far one subject has come in one alarm rule, in the frame in which it last did. */
export const AlarmCounter = record({ progress: 'u32', frame: 'time' })

/** What a waiting thread waits for. */
export const WAIT_REASONS = ['notification', 'semaphore', 'release'] as const
export type WaitReason = (typeof WAIT_REASONS)[number]

export const ThreadRecord = record({
  /** Index of THREAD_STATES. */
  state: 'u32',
  suspended: 'u32',
  /** 1: gave up the rest of the present window. */
  yielded: 'u32',
  basePriority: 'u32',
  order: 'time',
  /** Index of WAIT_REASONS, the semaphore, the notification bits, and the absolute end of the wait. */
  waitReason: 'u32',
  waitObject: 'u32',
  waitMask: 'u64',
  waitEnd: 'u64',
  /** Of a periodic or sporadic thread: when it was released last. */
  released: 'time',
  /** Absolute; 0: none is running. */
  deadline: 'u64',
  /** Of an error handler: where it starts; 0: it has not been set up. */
  entry: 'u64',
  stack: 'u64',
})

/** `holder`: number of the thread, and 1; 0: nobody. */
export const SemaphoreRecord = record({ units: 'u32', holder: 'u32' })

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
