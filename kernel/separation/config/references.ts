/** Ids of a configuration that name nothing, and lists that have more than one order: a vector with either is not canonical. */
import type { Configuration } from './configuration.js'

/** One sentence about the first one, or undefined. */
export function danglingReference(configuration: Configuration): string | undefined {
  const { partitions, ports, notifications, sharedRegions, windows, schedules, audit } = configuration
  const sizes = { port: ports.length, notification: notifications.length, partition: partitions.length }
  const isPartition = (id: number) => id < partitions.length
  for (const { name, capabilities } of partitions) {
    const bad = capabilities.find(({ kind, object }) => object >= sizes[kind])
    if (bad !== undefined) return `partition ${name} has a capability for ${bad.kind} ${bad.object}, which does not exist`
  }
  for (const { name, receiver } of notifications) if (!isPartition(receiver)) return `notification ${name} goes to no partition`
  for (const { name, maps } of sharedRegions) {
    if (!maps.every((map) => isPartition(map.partition))) return `shared region ${name} is mapped for no partition`
    if (!ascending(maps.map((map) => map.partition))) return `shared region ${name} is mapped out of order`
  }
  const allWindows = [...windows, ...schedules.flatMap((schedule) => schedule.windows)]
  if (!allWindows.every(({ partition }) => isPartition(partition))) return 'a window belongs to no partition'
  if (!audit.subjects.every(isPartition)) return 'an audited subject is no partition'
  if (!ascending(audit.subjects)) return 'audited subjects are out of order'
  for (const { action } of audit.alarms)
    if (action.kind === 'notify' && action.notification >= notifications.length) return 'an alarm sends no notification'
  return undefined
}

const ascending = (ids: readonly number[]): boolean => ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? id))
