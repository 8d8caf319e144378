/**
 * The one way by which any part of the kernel reports an event: it is recorded if selected, then judged by the alarm rules.
 * SKPP FAU_SAA.1 (accumulation and sequence of events of one subject within one major frame), FAU_ARP.1.
 */
import { AUDIT_EVENTS, type AuditEvent } from '../../abi/audit.js'
import { unreachable } from '../../common/errors.js'
import type { AlarmRule } from '../config/configuration.js'
import { controlOf, element, partitionRecord, setPartitionMode, type Kernel } from '../kernel.js'
import { halt } from '../recovery/halt.js'
import { AlarmCounter } from '../memory/kernel-records.js'
import { appendRecord, type AuditEntry } from './audit-trail.js'

export function reportEvent(kernel: Kernel, entry: AuditEntry): void {
  keep(kernel, entry)
  const { subject } = entry
  if (subject === undefined) return
  kernel.configuration.audit.alarms.forEach((rule, index) => {
    if (advances(kernel, index, rule, entry.event, subject)) raiseAlarm(kernel, rule, subject)
  })
}

function keep(kernel: Kernel, entry: AuditEntry): void {
  if (appendRecord(kernel, entry) === 'full') halt(kernel, 'audit-full')
}

/**
 * Counts the event if it is the one that the rule waits for of this subject. True when it was the last of them. What was counted in another
 * frame counts for nothing: nobody has to clear it, whose time would grow with the partitions.
 */
function advances(kernel: Kernel, index: number, rule: AlarmRule, event: AuditEvent, subject: number): boolean {
  const counter = AlarmCounter.at(kernel.memory, counterAddress(kernel, index, subject))
  const frame = controlOf(kernel).get('frame')
  const progress = counter.get('frame') === frame ? counter.get('progress') : 0
  const awaited = progress < rule.count ? rule.event : rule.then[progress - rule.count]
  if (event !== awaited) return false
  counter.set({ frame, progress: progress + 1 })
  return progress + 1 === rule.count + rule.then.length
}

const counterAddress = (kernel: Kernel, rule: number, subject: number): number =>
  kernel.layout.alarmCounters + AlarmCounter.bytes * (rule * kernel.configuration.partitions.length + subject)

function raiseAlarm(kernel: Kernel, { event, action }: AlarmRule, subject: number): void {
  keep(kernel, { event: 'ALARM', subject, detail: BigInt(AUDIT_EVENTS.indexOf(event)) })
  switch (action.kind) {
    case 'halt':
      halt(kernel, 'alarm')
      break
    case 'stop':
      setPartitionMode(kernel, subject, 'idle')
      keep(kernel, { event: 'PARTITION_STOP', subject })
      break
    case 'notify': {
      const record = partitionRecord(kernel, element(kernel.configuration.notifications, action.notification).receiver)
      record.set({ pending: record.get('pending') | action.bits })
      break
    }
    default:
      unreachable(action)
  }
}
