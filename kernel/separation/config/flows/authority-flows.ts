/**
 * Flows through authority: what a partition does to others, and what it learns of them. Status and audit records tell their reader
 * what others did; a restart of the module or its maintenance mode reaches everyone. A halt reaches nobody: no partition runs then.
 */
import type { Configuration } from '../configuration.js'
import { type Flow, flowsBetween } from './flow.js'

/** Operations that partitions other than the caller can notice. */
const NOTICED = ['restart', 'maintenance', 'resume'] as const

export function authorityFlows(configuration: Configuration): readonly Flow[] {
  return [...partitionFlows(configuration), ...moduleFlows(configuration), ...auditFlows(configuration), ...alarmFlows(configuration)]
}

function partitionFlows({ partitions }: Configuration): readonly Flow[] {
  return partitions.flatMap(({ name, capabilities }, holder) =>
    capabilities.flatMap((capability): readonly Flow[] => {
      if (capability.kind !== 'partition') return []
      const { object: reached, control } = capability
      const status = flowsBetween([reached], [holder], { kind: 'observation', object: holder, label: `status read by ${name}` })
      if (!control) return status
      return [...status, ...flowsBetween([holder], [reached], { kind: 'control', object: holder, label: `control by ${name}` })]
    }),
  )
}

function moduleFlows({ partitions }: Configuration): readonly Flow[] {
  const everyone = partitions.map((_, id) => id)
  return partitions.flatMap(({ name, systemControl, selectSchedule }, holder) => {
    const flow = (kind: 'system-control' | 'schedule-choice', label: string) =>
      flowsBetween([holder], everyone, { kind, object: holder, label })
    return [
      ...(NOTICED.some((operation) => systemControl.includes(operation)) ? flow('system-control', `system control by ${name}`) : []),
      ...(selectSchedule ? flow('schedule-choice', `schedule selected by ${name}`) : []),
    ]
  })
}

/**
 * A reader learns of audited subjects, and of whoever makes the kernel itself report. Reading releases records, which every other
 * reader then misses.
 */
function auditFlows({ partitions, audit }: Configuration): readonly Flow[] {
  const audited = new Set(audit.subjects)
  const reported = partitions.flatMap(({ systemControl }, id) => (audited.has(id) || systemControl.length > 0 ? [id] : []))
  const readers = partitions.flatMap(({ readAudit }, id) => (readAudit ? [id] : []))
  return readers.flatMap((reader) => {
    const name = partitions[reader]?.name ?? String(reader)
    return [
      ...flowsBetween(reported, [reader], { kind: 'audit-reading', object: reader, label: `audit trail read by ${name}` }),
      ...flowsBetween([reader], readers, { kind: 'audit-release', object: reader, label: `audit records released by ${name}` }),
    ]
  })
}

/** An alarm counts events of every partition, whether or not they are recorded. */
function alarmFlows({ partitions, notifications, audit }: Configuration): readonly Flow[] {
  const everyone = partitions.map((_, id) => id)
  return audit.alarms.flatMap(({ event, action }, object) => {
    const notification = action.kind === 'notify' ? notifications[action.notification] : undefined
    if (notification === undefined) return []
    const label = `alarm on ${event} through notification ${notification.name}`
    return flowsBetween(everyone, [notification.receiver], { kind: 'alarm', object, label })
  })
}
