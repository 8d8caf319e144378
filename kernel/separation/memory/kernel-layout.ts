/**
 * Where each kernel record lies: a pure function of the configuration, so the kernel object holds no address it could not
 * compute again. Physical addresses in bytes. That all of it fits is checked with the vector, config/layout-check.ts.
 */
import { AUDIT_MAC_OFFSET, AUDIT_RECORD_BYTES } from '../../abi/audit.js'
import { HEALTH_ERRORS } from '../../abi/health.js'
import { PAGE_BYTES } from '../../common/units.js'
import type { Configuration, PortConfiguration } from '../config/configuration.js'
import {
  AlarmCounter,
  CONTEXT_BYTES,
  ControlRecord,
  EscalationRecord,
  PartitionRecord,
  QueueRecord,
  QueueSlot,
  SamplingRecord,
  SemaphoreRecord,
  ThreadRecord,
} from './kernel-records.js'

/** Page-table pages of one partition: root, middle, and one leaf table each for private memory and for shared memory and devices. */
export interface PartitionTables {
  readonly root: number
  readonly middle: number
  readonly privateLeaves: number
  readonly sharedLeaves: number
}

/** Saved registers of a thread, and its record. */
export interface ThreadPlace {
  readonly context: number
  readonly record: number
}

export interface KernelLayout {
  /** A page of its own: it keeps its content over a reset. */
  readonly crash: number
  readonly control: number
  readonly partitions: readonly number[]
  /** By partition and number of the thread. */
  readonly threads: readonly (readonly ThreadPlace[])[]
  readonly semaphores: readonly (readonly number[])[]
  readonly idleContext: number
  /** By partition and index of the error; 0: that error does not escalate. */
  readonly escalations: readonly (readonly number[])[]
  readonly ports: readonly number[]
  /** One per rule and partition, rule by rule. */
  readonly alarmCounters: number
  readonly auditRing: number
  /** MAC of the record written last, then of the record before the oldest one kept. */
  readonly auditChain: number
  readonly kernelMiddle: number
  readonly kernelLeaves: number
  readonly tables: readonly PartitionTables[]
  readonly end: number
}

export function portBytes(port: PortConfiguration): number {
  const message = Math.ceil(port.messageBytes / 8) * 8
  return port.kind === 'sampling' ? SamplingRecord.bytes + message : QueueRecord.bytes + port.depth * (QueueSlot.bytes + message)
}

export function kernelLayout(configuration: Configuration): KernelLayout {
  let next = configuration.kernelData.address
  const take = (bytes: number, alignment = 8): number => {
    const address = Math.ceil(next / alignment) * alignment
    next = address + bytes
    return address
  }
  const page = (): number => take(PAGE_BYTES, PAGE_BYTES)
  const { partitions, ports, audit } = configuration
  const layout = {
    crash: page(),
    control: take(ControlRecord.bytes, 64),
    partitions: partitions.map(() => take(PartitionRecord.bytes)),
    threads: partitions.map(({ threads }) =>
      [undefined, ...threads].map(() => ({ context: take(CONTEXT_BYTES, 64), record: take(ThreadRecord.bytes) })),
    ),
    semaphores: partitions.map(({ semaphores }) => semaphores.map(() => take(SemaphoreRecord.bytes))),
    idleContext: take(CONTEXT_BYTES, 64),
    escalations: partitions.map(({ health }) =>
      HEALTH_ERRORS.map((error) => {
        const { escalation } = health[error]
        return escalation === undefined ? 0 : take(EscalationRecord.bytes + 8 * (escalation.count - 1))
      }),
    ),
    ports: ports.map((port) => take(portBytes(port))),
    alarmCounters: take(AlarmCounter.bytes * audit.alarms.length * partitions.length),
    auditChain: take(2 * (AUDIT_RECORD_BYTES - AUDIT_MAC_OFFSET)),
    auditRing: take(audit.capacity * AUDIT_RECORD_BYTES, AUDIT_RECORD_BYTES),
    kernelMiddle: page(),
    kernelLeaves: page(),
    tables: partitions.map(() => ({ root: page(), middle: page(), privateLeaves: page(), sharedLeaves: page() })),
  }
  return { ...layout, end: next }
}
