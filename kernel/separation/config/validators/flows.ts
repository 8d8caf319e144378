/** The partition-level policy against what the configuration really grants, in both directions. SKPP FDP_IFC.2, FDP_IFF.1. */
import type { Configuration } from '../configuration.js'
import { type FlowCarrier, flowGraph } from '../flows/flow-graph.js'
import type { Path } from '../source/yaml-reader.js'
import { partitionNames, repeated } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const flowPartitions: SourceValidator = {
  name: 'flow-partitions',
  states: 'A flow of the policy leads from one partition of this system to another one.',
  remedy: 'name two different partitions of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { from, to }] of system.policy.flows.entries()) {
      for (const name of [from, to])
        if (!known.has(name)) yield { path: ['policy', 'flows', i], what: `a flow names ${name}, which is no partition` }
      if (from === to) yield { path: ['policy', 'flows', i], what: `a flow leads from ${from} to itself` }
    }
  },
}

export const flowOnce: SourceValidator = {
  name: 'flow-once',
  states: 'The policy lists no flow twice.',
  remedy: 'remove one of them',
  *check({ policy }) {
    const flows = policy.flows.map(({ from, to }) => `${from} to ${to}`)
    for (const i of repeated(flows)) yield { path: ['policy', 'flows', i], what: `the flow from ${flows[i] ?? ''} is listed twice` }
  },
}

export const flowDeclared: CompiledValidator = {
  name: 'flow-declared',
  states: 'The policy lists every flow that a port, notification, shared region, authority, audit reader or alarm makes possible.',
  remedy: 'add the flow to policy.flows if it is intended, else remove what carries it',
  *check(configuration, { policy }) {
    for (const { from, to, through } of flowGraph(configuration)) {
      const [source, sink] = [nameOf(configuration, from), nameOf(configuration, to)]
      const [carrier] = through
      if (carrier === undefined || policy.flows.some((flow) => flow.from === source && flow.to === sink)) continue
      const what = `information from ${source} reaches ${sink} through ${through.map(({ label }) => label).join(', ')}, and the policy lists no such flow`
      yield { path: placeOf(carrier), what }
    }
  },
}

export const flowUsed: CompiledValidator = {
  name: 'flow-used',
  states: 'Something carries every flow that the policy lists: what nobody needs is not permitted.',
  remedy: 'remove the flow from policy.flows',
  *check(configuration, { policy }) {
    const graph = flowGraph(configuration)
    for (const [i, { from, to }] of policy.flows.entries())
      if (!graph.some((edge) => nameOf(configuration, edge.from) === from && nameOf(configuration, edge.to) === to))
        yield { path: ['policy', 'flows', i], what: `nothing carries the flow from ${from} to ${to}` }
  },
}

const nameOf = ({ partitions }: Configuration, id: number): string => partitions[id]?.name ?? String(id)

function placeOf({ kind, object }: FlowCarrier): Path {
  switch (kind) {
    case 'port':
    case 'port-feedback':
      return ['ports', object]
    case 'notification':
      return ['notifications', object]
    case 'shared-region':
      return ['shared', object]
    case 'alarm':
      return ['audit', 'alarms', object]
    case 'control':
    case 'observation':
    case 'system-control':
    case 'audit-reading':
      return ['partitions', object, 'authority']
  }
}
