/**
 * What a compiled configuration grants each subject on each resource, in words: the subject-and-resource level of the policy.
 * What exists once has a name of its own: audit, console, system. SKPP FDP_IFF.1, "least privilege".
 */
import { type Configuration, type PartitionConfiguration, SYSTEM_OPERATIONS } from '../configuration.js'

/** Rights on resources of every kind, as `policy.least` writes them. */
export const RIGHTS = [
  'send',
  'receive',
  'notify',
  'wait',
  'write',
  'read',
  'control',
  'observe',
  'use',
  ...SYSTEM_OPERATIONS,
  'selectSchedule',
] as const
export type Right = (typeof RIGHTS)[number]

/** Names of resources that a configuration does not name. */
export const SOLE_RESOURCES = ['audit', 'console', 'system'] as const

export interface Grant {
  readonly subject: string
  readonly resource: string
  readonly right: Right
}

/** By subject in file order; each pair of resource and right once. */
export function grantsOf(configuration: Configuration): readonly Grant[] {
  const mapped = regionRights(configuration)
  const awaited = awaitedNotifications(configuration)
  return configuration.partitions.flatMap((partition, id) => {
    const rights = [
      ...capabilityRights(configuration, partition),
      ...(awaited.get(id) ?? []),
      ...(mapped.get(id) ?? []),
      ...soleRights(partition),
    ]
    return rights.map(([resource, right]) => ({ subject: partition.name, resource, right }))
  })
}

type RightOn = readonly [resource: string, right: Right]

function capabilityRights({ partitions, ports, notifications }: Configuration, { capabilities }: PartitionConfiguration): RightOn[] {
  return capabilities.flatMap((capability): RightOn[] => {
    switch (capability.kind) {
      case 'port': {
        const name = ports[capability.object]?.name ?? ''
        return [...(capability.send ? [[name, 'send'] as const] : []), ...(capability.receive ? [[name, 'receive'] as const] : [])]
      }
      case 'notification':
        return [[notifications[capability.object]?.name ?? '', 'notify']]
      case 'partition':
        return [[partitions[capability.object]?.name ?? '', capability.control ? 'control' : 'observe']]
    }
  })
}

function awaitedNotifications({ notifications }: Configuration): ReadonlyMap<number, readonly RightOn[]> {
  return grouped(notifications.map(({ name, receiver }) => [receiver, [name, 'wait']]))
}

/** Writing includes reading. */
function regionRights({ sharedRegions }: Configuration): ReadonlyMap<number, readonly RightOn[]> {
  return grouped(
    sharedRegions.flatMap(({ name, maps }) => maps.map(({ partition, write }) => [partition, [name, write ? 'write' : 'read']])),
  )
}

function soleRights({ console, readAudit, systemControl, selectSchedule }: PartitionConfiguration): RightOn[] {
  return [
    ...(readAudit ? [['audit', 'read'] as const] : []),
    ...(console ? [['console', 'use'] as const] : []),
    ...(selectSchedule ? [['system', 'selectSchedule'] as const] : []),
    ...systemControl.map((operation) => ['system', operation] as const),
  ]
}

function grouped(rights: readonly (readonly [number, RightOn])[]): ReadonlyMap<number, readonly RightOn[]> {
  const groups = new Map<number, RightOn[]>()
  for (const [partition, right] of rights) groups.set(partition, [...(groups.get(partition) ?? []), right])
  return groups
}
