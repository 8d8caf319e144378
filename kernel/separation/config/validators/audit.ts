/** The audit trail and its alarms. SKPP FAU_GEN.1, FAU_SEL.1, FAU_SAA.1, FAU_ARP.1. */
import { FEWEST_AUDIT_RECORDS, MOST_AUDIT_RECORDS } from '../limits.js'
import { hex } from '../source/quantity.js'
import { partitionNames, repeated, unknownPartitions } from './known-names.js'
import type { SourceValidator } from './validator.js'

export const auditCapacity: SourceValidator = {
  name: 'audit-capacity',
  enforced: 'compiler',
  states: `The audit ring holds ${FEWEST_AUDIT_RECORDS} to ${MOST_AUDIT_RECORDS} records.`,
  remedy: 'choose a number of records within the bounds',
  *check({ audit }) {
    if (audit.records < FEWEST_AUDIT_RECORDS || audit.records > MOST_AUDIT_RECORDS)
      yield { path: ['audit', 'records'], what: `the audit ring holds ${audit.records} records` }
  },
}

export const auditBoot: SourceValidator = {
  name: 'audit-boot',
  enforced: 'compiler',
  states: 'Where a full audit ring halts the module, it holds what the start of the system records before anyone can read it.',
  remedy: 'raise records',
  *check({ audit, partitions }) {
    const needed = BOOT_RECORDS + partitions.length
    if (audit.onFull === 'halt' && audit.records < needed)
      yield { path: ['audit', 'records'], what: `the start records up to ${needed} events and the ring holds ${audit.records}` }
  },
}

/** AUDIT_START, SELFTEST and SECURE_STATE; every partition adds its PARTITION_START. */
const BOOT_RECORDS = 3

export const auditSubjects: SourceValidator = {
  name: 'audit-subjects',
  enforced: 'boot',
  states: 'Audited subjects are partitions of this system.',
  remedy: 'name a partition of this system, or write all',
  *check(system) {
    const known = partitionNames(system)
    yield* unknownPartitions(known, system.audit.subjects, ['audit', 'subjects'], 'the audit')
  },
}

export const auditReader: SourceValidator = {
  name: 'audit-reader',
  enforced: 'compiler',
  states: 'Where a full audit ring halts the module, a partition that runs may read the ring.',
  remedy: 'give a partition readAudit: true, or use overwrite or lose',
  *check({ audit, partitions }) {
    if (audit.onFull === 'halt' && !partitions.some(({ authority, idle }) => authority.readAudit && !idle))
      yield { path: ['audit', 'onFull'], what: 'a full audit ring halts the module and nobody reads it' }
  },
}

export const auditReadable: SourceValidator = {
  name: 'audit-readable',
  enforced: 'compiler',
  states: 'A partition may read the audit only where something is recorded.',
  remedy: 'select events to record, or remove readAudit',
  *check({ audit, partitions }) {
    for (const [i, { name, authority }] of partitions.entries())
      if (authority.readAudit && audit.select.length === 0)
        yield { path: ['partitions', i, 'authority', 'readAudit'], what: `${name} may read an audit that records nothing` }
  },
}

export const alarmEvent: SourceValidator = {
  name: 'alarm-event',
  enforced: 'compiler',
  states: 'An alarm counts an event that is recorded: the trail shows why it was raised.',
  remedy: 'add the event to select',
  *check({ audit }) {
    for (const [i, { event }] of audit.alarms.entries())
      if (!audit.select.includes(event))
        yield { path: ['audit', 'alarms', i, 'event'], what: `an alarm counts ${event}, which is not recorded` }
  },
}

/** What the kernel does about others, or at boot. */
const KERNEL_EVENTS: readonly string[] = [
  'AUDIT_START',
  'SECURE_STATE',
  'INTEGRITY_FAILURE',
  'ALARM',
  'HALT',
  'SCHEDULE_SWITCH',
  'LAST_HALT',
  'ESCALATION',
]

export const alarmCause: SourceValidator = {
  name: 'alarm-cause',
  enforced: 'compiler',
  states: 'An alarm counts events that a partition causes, not what the kernel does about them or at boot.',
  remedy: 'count the event that leads to it',
  *check({ audit }) {
    for (const [i, { event }] of audit.alarms.entries())
      if (KERNEL_EVENTS.includes(event))
        yield { path: ['audit', 'alarms', i, 'event'], what: `an alarm counts ${event}, which no partition causes` }
  },
}

export const alarmSequence: SourceValidator = {
  name: 'alarm-sequence',
  enforced: 'compiler',
  states: 'The events that must follow for an alarm are recorded, and a partition causes them.',
  remedy: 'wait for events that a partition causes, and add them to select',
  *check({ audit }) {
    for (const [i, { then }] of audit.alarms.entries())
      for (const [k, event] of then.entries())
        if (KERNEL_EVENTS.includes(event) || !audit.select.includes(event))
          yield {
            path: ['audit', 'alarms', i, 'then', k],
            what: `an alarm waits for ${event}, which no partition causes or nobody records`,
          }
  },
}

export const alarmCount: SourceValidator = {
  name: 'alarm-count',
  enforced: 'compiler',
  states: 'An alarm is raised by at least one event.',
  remedy: 'use a count of 1 or more',
  *check({ audit }) {
    for (const [i, { event, count }] of audit.alarms.entries())
      if (count < 1) yield { path: ['audit', 'alarms', i, 'count'], what: `an alarm is raised by ${count} of ${event}` }
  },
}

export const alarmUnique: SourceValidator = {
  name: 'alarm-unique',
  enforced: 'compiler',
  states: 'No two alarms are raised by the same count of one event.',
  remedy: 'remove one of them',
  *check({ audit }) {
    const triggers = audit.alarms.map(({ event, count }) => `${count} of ${event}`)
    for (const i of repeated(triggers)) yield { path: ['audit', 'alarms', i], what: `two alarms are raised by ${triggers[i] ?? ''}` }
  },
}

export const alarmNotification: SourceValidator = {
  name: 'alarm-notification',
  enforced: 'compiler',
  states: 'An alarm that notifies names a notification and sets some of its bits, and only those.',
  remedy: 'name a notification of this system and bits within its own',
  *check({ audit, notifications }) {
    for (const [i, { action }] of audit.alarms.entries()) {
      if (typeof action === 'string') continue
      const path = ['audit', 'alarms', i, 'action']
      const target = notifications.find(({ name }) => name === action.notify)
      if (target === undefined) yield { path: [...path, 'notify'], what: `an alarm names ${action.notify}, which is no notification` }
      else if (action.bits === 0n || (action.bits & ~target.bits) !== 0n)
        yield { path: [...path, 'bits'], what: `an alarm sets ${hex(action.bits)} and ${target.name} has ${hex(target.bits)}` }
    }
  },
}
