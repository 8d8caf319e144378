/**
 * Which partition can cause information to reach which other one, derived from everything a compiled configuration grants, with the
 * objects behind each edge. SKPP FDP_IFF.1, FDP_IFC.2; the partition-level half of the policy.
 */
import type { Configuration } from '../configuration.js'
import { authorityFlows } from './authority-flows.js'
import type { FlowCarrier } from './flow.js'
import { objectFlows } from './object-flows.js'

export type { FlowCarrier, FlowKind } from './flow.js'

/** Partitions by number; never from a partition to itself. */
export interface FlowEdge {
  readonly from: number
  readonly to: number
  readonly through: readonly FlowCarrier[]
}

/** Ordered by `from`, then `to`. */
export function flowGraph(configuration: Configuration): readonly FlowEdge[] {
  const edges = new Map<number, FlowEdge & { readonly through: FlowCarrier[] }>()
  const { length } = configuration.partitions
  for (const { from, to, carrier } of [...objectFlows(configuration), ...authorityFlows(configuration)]) {
    const key = from * length + to
    const edge = edges.get(key)
    if (edge === undefined) edges.set(key, { from, to, through: [carrier] })
    else edge.through.push(carrier)
  }
  return [...edges].sort(([a], [b]) => a - b).map(([, edge]) => edge)
}
