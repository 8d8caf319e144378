/**
 * Flows through the objects that partitions communicate by: ports, notifications and shared regions. A full queue tells its sender how
 * far its receiver has read, so a queuing port leads back as well.
 */
import type { Configuration } from '../configuration.js'
import { type Flow, flowsBetween } from './flow.js'

/** Who holds a capability for each port and notification. */
interface Holders {
  readonly senders: readonly number[][]
  readonly receivers: readonly number[][]
  readonly notifiers: readonly number[][]
}

export function objectFlows(configuration: Configuration): readonly Flow[] {
  const holders = holdersOf(configuration)
  return [...portFlows(configuration, holders), ...notificationFlows(configuration, holders), ...sharedFlows(configuration)]
}

function holdersOf({ partitions, ports, notifications }: Configuration): Holders {
  const senders: number[][] = ports.map(() => [])
  const receivers: number[][] = ports.map(() => [])
  const notifiers: number[][] = notifications.map(() => [])
  for (const [id, { capabilities }] of partitions.entries())
    for (const capability of capabilities) {
      if (capability.kind === 'notification') notifiers[capability.object]?.push(id)
      if (capability.kind === 'port' && capability.send) senders[capability.object]?.push(id)
      if (capability.kind === 'port' && capability.receive) receivers[capability.object]?.push(id)
    }
  return { senders, receivers, notifiers }
}

function portFlows({ ports }: Configuration, holders: Holders): readonly Flow[] {
  return ports.flatMap(({ name, kind }, object) => {
    const senders = holders.senders[object] ?? []
    const receivers = holders.receivers[object] ?? []
    const forward = flowsBetween(senders, receivers, { kind: 'port', object, label: `port ${name}` })
    if (kind === 'sampling') return forward
    return [...forward, ...flowsBetween(receivers, senders, { kind: 'port-feedback', object, label: `fill of port ${name}` })]
  })
}

function notificationFlows({ notifications }: Configuration, { notifiers }: Holders): readonly Flow[] {
  return notifications.flatMap(({ name, receiver }, object) =>
    flowsBetween(notifiers[object] ?? [], [receiver], { kind: 'notification', object, label: `notification ${name}` }),
  )
}

function sharedFlows({ sharedRegions }: Configuration): readonly Flow[] {
  return sharedRegions.flatMap(({ name, maps }, object) => {
    const users = maps.map(({ partition }) => partition)
    const writers = maps.filter(({ write }) => write).map(({ partition }) => partition)
    return flowsBetween(writers, users, { kind: 'shared-region', object, label: `shared region ${name}` })
  })
}
