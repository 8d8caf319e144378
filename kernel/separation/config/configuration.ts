/**
 * The compiled configuration: every exported resource, who owns it, who may use it how, and when each partition runs.
 * The configuration compiler makes it from YAML; the kernel reads it from the binary vector and never changes it.
 * Addresses physical, in bytes; times in model cycles; ids are indexes into the arrays here. SKPP FMT_MSA_EXP.3, FMT_MCD_EXP.1.
 */
import type { HealthAction, HealthError } from '../../abi/health.js'
import type { ThreadKind } from '../../abi/threads.js'
import type { AuditEvent } from '../../abi/audit.js'

export interface Configuration {
  readonly name: string
  readonly revision: number
  readonly ramBytes: number
  readonly majorFrame: number
  /** Everything the kernel writes: its records, page tables, ports and the audit ring. */
  readonly kernelData: MemoryRange
  readonly partitions: readonly PartitionConfiguration[]
  readonly ports: readonly PortConfiguration[]
  readonly notifications: readonly NotificationConfiguration[]
  /** Memory shared by several partitions, each with its own permission. */
  readonly sharedRegions: readonly SharedRegionConfiguration[]
  /** Schedule 0. */
  readonly windows: readonly WindowConfiguration[]
  /** Schedules 1 and on, of the same major frame. */
  readonly schedules: readonly ScheduleConfiguration[]
  readonly audit: AuditConfiguration
}

export interface MemoryRange {
  readonly address: number
  readonly bytes: number
}

export interface PartitionConfiguration {
  readonly name: string
  /** Read and execute, at CODE. */
  readonly code: MemoryRange
  /** Read and write, at DATA. */
  readonly data: MemoryRange
  /** The pristine image, as many bytes as `code`; every start copies it. Unmapped for everyone, locked by PMP. */
  readonly image: MemoryRange
  readonly capabilities: readonly Capability[]
  readonly health: HealthTable
  /** Beside the main thread, by number from 1. */
  readonly threads: readonly ThreadConfiguration[]
  /** Of this partition alone, by number from 0. */
  readonly semaphores: readonly SemaphoreConfiguration[]
  /** Restarts allowed since boot before a restart becomes IDLE. */
  readonly restartLimit: number
  /** Owns the UART's registers (mapped at DEVICE). */
  readonly console: boolean
  readonly readAudit: boolean
  readonly systemControl: readonly SystemOperation[]
  readonly selectSchedule: boolean
  /** The one kind of partition that runs in maintenance mode. */
  readonly maintenance: boolean
}

export interface ThreadConfiguration {
  readonly name: string
  readonly kind: ThreadKind
  /** Larger runs first. */
  readonly priority: number
  /** Of a periodic thread; the least time between starts of a sporadic one; else 0. */
  readonly period: number
  /** Cycles from its release by which it must be done; 0: none. */
  readonly deadline: number
}

export interface SemaphoreConfiguration {
  readonly name: string
  readonly initial: number
  readonly maximum: number
  /** Priority of its holder at least; undefined: it has no holder. */
  readonly ceiling: number | undefined
}

export type HealthTable = Readonly<Record<HealthError, HealthResponse>>

export interface HealthResponse {
  readonly action: HealthAction
  readonly escalation: HealthEscalation | undefined
}

/** The `count`-th error of its kind within `within` cycles is answered with `action`. */
export interface HealthEscalation {
  readonly count: number
  readonly within: number
  readonly action: HealthAction
}

export const SYSTEM_OPERATIONS = ['halt', 'restart', 'maintenance', 'resume', 'selftest'] as const
export type SystemOperation = (typeof SYSTEM_OPERATIONS)[number]

/** Slot = index in the partition's list. */
export type Capability =
  | { readonly kind: 'port'; readonly object: number; readonly send: boolean; readonly receive: boolean }
  /** Holding it is the right to send; a receiver needs none. */
  | { readonly kind: 'notification'; readonly object: number }
  | { readonly kind: 'partition'; readonly object: number; readonly control: boolean }

export type PortConfiguration = {
  readonly name: string
  readonly messageBytes: number
} & (
  | { readonly kind: 'sampling'; /** A message older than this is not valid. */ readonly refresh: number }
  | { readonly kind: 'queuing'; readonly depth: number }
)

export interface NotificationConfiguration {
  readonly name: string
  readonly receiver: number
  /** Bits that senders may set. */
  readonly mask: bigint
}

export interface SharedRegionConfiguration {
  readonly name: string
  readonly memory: MemoryRange
  /** Where each partition that may use it sees it. */
  readonly maps: readonly { readonly partition: number; readonly at: number; readonly write: boolean }[]
}

export interface WindowConfiguration {
  readonly partition: number
  readonly offset: number
  readonly length: number
}

export interface ScheduleConfiguration {
  readonly name: string
  /** The one to which errors switch. */
  readonly fallback: boolean
  readonly windows: readonly WindowConfiguration[]
}

export interface AuditConfiguration {
  readonly capacity: number
  readonly select: readonly AuditEvent[]
  /** Subjects whose events are recorded. */
  readonly subjects: readonly number[]
  readonly onFull: 'overwrite' | 'lose' | 'halt'
  readonly alarms: readonly AlarmRule[]
}

/** SKPP FAU_SAA.1, FAU_ARP.1: `count` events of one subject, and then each of `then` in this order, within one major frame. */
export interface AlarmRule {
  readonly event: AuditEvent
  readonly count: number
  readonly then: readonly AuditEvent[]
  readonly action:
    | { readonly kind: 'halt' }
    | { readonly kind: 'stop' }
    | { readonly kind: 'notify'; readonly notification: number; readonly bits: bigint }
}
