/**
 * Which partition can cause information to reach which other one, derived from everything a compiled configuration grants, with the
 * objects behind each edge. SKPP FDP_IFF.1, FDP_IFC.2; the partition-level half of the policy.
 *
 * Also edges: a full queue tells the sender how far its receiver has read; status and audit records tell their reader what others
 * did; a restart of the module or its maintenance mode reaches everyone. No edge: a halt, after which no partition runs to notice it.
 */
import type { Capability, Configuration } from '../configuration.js'

export type FlowKind =
  'port' | 'port-feedback' | 'notification' | 'shared-region' | 'control' | 'observation' | 'system-control' | 'audit-reading' | 'alarm'

/** What carries a flow. `object` is the index of the port, notification, shared region or alarm, else of the partition with the authority. */
export interface FlowCarrier {
  readonly kind: FlowKind
  readonly object: number
  /** For people: "port altitude". */
  readonly label: string
}

/** Partitions by id; never from a partition to itself. */
export interface FlowEdge {
  readonly from: number
  readonly to: number
  readonly through: readonly FlowCarrier[]
}

/** Ordered by `from`, then `to`. */
export function flowGraph(configuration: Configuration): readonly FlowEdge[] {
  const carriers = [
    ...portFlows(configuration),
    ...notificationFlows(configuration),
    ...sharedFlows(configuration),
    ...authorityFlows(configuration),
    ...auditFlows(configuration),
  ]
  return configuration.partitions.flatMap((_, from) =>
    configuration.partitions.flatMap((_, to): readonly FlowEdge[] => {
      const through = carriers.filter((flow) => flow.from === from && flow.to === to).map(({ carrier }) => carrier)
      return from === to || through.length === 0 ? [] : [{ from, to, through }]
    }),
  )
}

interface Flow {
  readonly from: number
  readonly to: number
  readonly carrier: FlowCarrier
}

/** Every pair of the two lists. */
function flows(from: readonly number[], to: readonly number[], kind: FlowKind, object: number, label: string): readonly Flow[] {
  return from.flatMap((source) => to.map((sink) => ({ from: source, to: sink, carrier: { kind, object, label } })))
}

function portFlows(configuration: Configuration): readonly Flow[] {
  return configuration.ports.flatMap(({ name, kind }, object) => {
    const holds = (right: 'send' | 'receive') =>
      holders(configuration, (capability) => capability.kind === 'port' && capability.object === object && capability[right])
    const senders = holds('send')
    const receivers = holds('receive')
    const forward = flows(senders, receivers, 'port', object, `port ${name}`)
    return kind === 'sampling' ? forward : [...forward, ...flows(receivers, senders, 'port-feedback', object, `fill of port ${name}`)]
  })
}

function notificationFlows(configuration: Configuration): readonly Flow[] {
  return configuration.notifications.flatMap(({ name, receiver }, object) => {
    const senders = holders(configuration, (capability) => capability.kind === 'notification' && capability.object === object)
    return flows(senders, [receiver], 'notification', object, `notification ${name}`)
  })
}

function sharedFlows({ sharedRegions }: Configuration): readonly Flow[] {
  return sharedRegions.flatMap(({ name, maps }, object) => {
    const users = maps.map(({ partition }) => partition)
    const writers = maps.filter(({ write }) => write).map(({ partition }) => partition)
    return flows(writers, users, 'shared-region', object, `shared region ${name}`)
  })
}

/** Operations that partitions other than the caller can notice. */
const NOTICED = ['restart', 'maintenance', 'resume'] as const

function authorityFlows({ partitions }: Configuration): readonly Flow[] {
  const everyone = partitions.map((_, id) => id)
  return partitions.flatMap(({ name, capabilities, systemControl }, holder) => {
    const overPartitions = capabilities.flatMap((capability): readonly Flow[] => {
      if (capability.kind !== 'partition') return []
      const status = flows([capability.object], [holder], 'observation', holder, `status read by ${name}`)
      return capability.control ? [...status, ...flows([holder], [capability.object], 'control', holder, `control by ${name}`)] : status
    })
    const overModule = NOTICED.some((operation) => systemControl.includes(operation))
      ? flows([holder], everyone, 'system-control', holder, `system control by ${name}`)
      : []
    return [...overPartitions, ...overModule]
  })
}

/**
 * The reader learns of audited subjects, and of whoever makes the kernel itself report; an alarm's receiver of every partition,
 * because alarms count events whether or not they are recorded.
 */
function auditFlows({ partitions, notifications, audit }: Configuration): readonly Flow[] {
  const everyone = partitions.map((_, id) => id)
  const reported = everyone.filter((id) => audit.subjects.includes(id) || (partitions[id]?.systemControl.length ?? 0) > 0)
  const reading = partitions.flatMap(({ name, readAudit }, reader) =>
    readAudit ? flows(reported, [reader], 'audit-reading', reader, `audit trail read by ${name}`) : [],
  )
  const alarms = audit.alarms.flatMap(({ event, action }, object) => {
    const notification = action.kind === 'notify' ? notifications[action.notification] : undefined
    return notification === undefined
      ? []
      : flows(everyone, [notification.receiver], 'alarm', object, `alarm on ${event} through notification ${notification.name}`)
  })
  return [...reading, ...alarms]
}

function holders({ partitions }: Configuration, has: (capability: Capability) => boolean): readonly number[] {
  return partitions.flatMap(({ capabilities }, id) => (capabilities.some(has) ? [id] : []))
}
