/** Notifications: up to 64 bits that senders, or alarms, set for one receiver. */
import { hex } from '../source/quantity.js'
import { partitionNames, repeated, unknownPartitions } from './known-names.js'
import type { SourceValidator } from './validator.js'

export const notificationPartitions: SourceValidator = {
  name: 'notification-partitions',
  enforced: 'boot',
  states: 'A notification connects partitions of this system.',
  remedy: 'name a partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { name, from, to }] of system.notifications.entries()) {
      if (!known.has(to)) yield { path: ['notifications', i, 'to'], what: `notification ${name} goes to ${to}, which is no partition` }
      yield* unknownPartitions(known, from, ['notifications', i, 'from'], `notification ${name}`)
    }
  },
}

export const notificationSenders: SourceValidator = {
  name: 'notification-senders',
  enforced: 'compiler',
  states: 'A notification names no sender twice, and its receiver is not one of them.',
  remedy: 'list each sender once under from, without the receiver',
  *check({ notifications }) {
    for (const [i, { name, from, to }] of notifications.entries()) {
      for (const k of repeated(from))
        yield { path: ['notifications', i, 'from', k], what: `notification ${name} names ${from[k] ?? ''} twice` }
      if (from.includes(to))
        yield { path: ['notifications', i, 'from', from.indexOf(to)], what: `notification ${name} goes from ${to} to itself` }
    }
  },
}

export const notificationUsed: SourceValidator = {
  name: 'notification-used',
  enforced: 'compiler',
  states: 'Somebody sends every notification: a partition, or an alarm.',
  remedy: 'add a sender or an alarm, or remove the notification',
  *check({ notifications, audit }) {
    const byAlarm = audit.alarms.flatMap(({ action }) => (typeof action === 'string' ? [] : [action.notify]))
    for (const [i, { name, from }] of notifications.entries())
      if (from.length === 0 && !byAlarm.includes(name)) yield { path: ['notifications', i], what: `nobody sends notification ${name}` }
  },
}

export const notificationBits: SourceValidator = {
  name: 'notification-bits',
  enforced: 'compiler',
  states: 'A notification has at least one bit, and no two that go to one receiver share any: it could not tell them apart.',
  remedy: 'give it bits of its own, such as 0x4',
  *check({ notifications }) {
    for (const [i, { name, to, bits }] of notifications.entries()) {
      if (bits === 0n) yield { path: ['notifications', i, 'bits'], what: `notification ${name} has no bits` }
      const other = notifications.slice(0, i).find((before) => before.to === to && (before.bits & bits) !== 0n)
      if (other !== undefined)
        yield {
          path: ['notifications', i, 'bits'],
          what: `notifications ${other.name} and ${name} share ${hex(other.bits & bits)} of ${to}`,
        }
    }
  },
}
