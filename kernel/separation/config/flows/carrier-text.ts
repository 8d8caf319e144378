/** A carrier of a flow told in full: what the one partition does with the object, by which slot, and how the other one notices. */
import type { Capability, Configuration } from '../configuration.js'
import { hex } from '../source/quantity.js'
import type { FlowCarrier } from './flow.js'
import type { FlowEdge } from './flow-graph.js'

export function carrierText(configuration: Configuration, { from, to }: FlowEdge, { kind, object, label }: FlowCarrier): string {
  const name = (id: number) => configuration.partitions[id]?.name ?? String(id)
  const slot = (id: number, is: (capability: Capability) => boolean) =>
    `slot ${configuration.partitions[id]?.capabilities.findIndex(is) ?? -1}`
  const port = (id: number) => slot(id, (capability) => capability.kind === 'port' && capability.object === object)
  const over = (holder: number, reached: number) =>
    slot(holder, (capability) => capability.kind === 'partition' && capability.object === reached)
  switch (kind) {
    case 'port':
      return `${label}: ${name(from)} sends by ${port(from)}, ${name(to)} receives by ${port(to)}`
    case 'port-feedback':
      return `${label}: ${name(from)} receives by ${port(from)}, and ${name(to)}, which sends by ${port(to)}, sees how full it is`
    case 'notification': {
      const mask = hex(configuration.notifications[object]?.mask ?? 0n)
      const by = slot(from, (capability) => capability.kind === 'notification' && capability.object === object)
      return `${label}: ${name(from)} sets bits ${mask} by ${by}, ${name(to)} waits for them`
    }
    case 'shared-region': {
      const at = hex(configuration.sharedRegions[object]?.maps.find(({ partition }) => partition === from)?.at ?? 0)
      return `${label}: ${name(from)} writes at ${at}, ${name(to)} reads it`
    }
    case 'control':
      return `${label}: ${name(from)} stops and restarts ${name(to)} by ${over(from, to)}`
    case 'observation':
      return `${label}: ${name(to)} reads mode and restarts of ${name(from)} by ${over(to, from)}`
    case 'system-control':
      return `${label}: ${name(from)} may call for ${configuration.partitions[from]?.systemControl.join(', ') ?? ''}, which ${name(to)} notices`
    case 'schedule-choice':
      return `${label}: ${name(from)} selects when ${name(to)} runs`
    case 'audit-reading':
      return `${label}: what ${name(from)} does is recorded, and ${name(to)} reads it`
    case 'audit-release':
      return `${label}: records that ${name(from)} has read are gone for ${name(to)}`
    case 'alarm':
      return `${label}: events of ${name(from)} are counted, and ${name(to)} is notified`
  }
}
