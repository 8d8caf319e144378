/** The partition-level policy against what the configuration really grants, in both directions. SKPP FDP_IFC.2, FDP_IFF.1. */
import { flowGraph } from '../flows/flow-graph.js'
import { placeOfCarrier } from '../flows/carrier-place.js'
import type { FlowSource } from '../source/system-source.js'
import { partitionNames, repeated } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const flowPartitions: SourceValidator = {
  name: 'flow-partitions',
  enforced: 'compiler',
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
  enforced: 'compiler',
  states: 'The policy lists no flow twice.',
  remedy: 'remove one of them',
  *check({ policy }) {
    const flows = policy.flows.map(({ from, to }) => `${from} to ${to}`)
    for (const i of repeated(flows)) yield { path: ['policy', 'flows', i], what: `the flow from ${flows[i] ?? ''} is listed twice` }
  },
}

export const flowDeclared: CompiledValidator = {
  name: 'flow-declared',
  enforced: 'compiler',
  states: 'The policy lists every flow that a port, notification, shared region, authority, audit reader or alarm makes possible.',
  remedy: 'add the flow to policy.flows if it is intended, else remove what carries it',
  *check(configuration, { policy }) {
    const listed = new Set(policy.flows.map(flowKey))
    const name = (id: number) => configuration.partitions[id]?.name ?? String(id)
    for (const { from, to, through } of flowGraph(configuration)) {
      const [carrier] = through
      if (carrier === undefined || listed.has(flowKey({ from: name(from), to: name(to) }))) continue
      const objects = through.map(({ label }) => label).join(', ')
      const what = `information from ${name(from)} reaches ${name(to)} through ${objects}, and the policy lists no such flow`
      yield { path: placeOfCarrier(carrier), what }
    }
  },
}

export const flowUsed: CompiledValidator = {
  name: 'flow-used',
  enforced: 'compiler',
  states: 'Something carries every flow that the policy lists: what nobody needs is not permitted.',
  remedy: 'remove the flow from policy.flows',
  *check(configuration, { policy }) {
    const name = (id: number) => configuration.partitions[id]?.name ?? String(id)
    const carried = new Set(flowGraph(configuration).map(({ from, to }) => flowKey({ from: name(from), to: name(to) })))
    for (const [i, flow] of policy.flows.entries())
      if (!carried.has(flowKey(flow)))
        yield { path: ['policy', 'flows', i], what: `nothing carries the flow from ${flow.from} to ${flow.to}` }
  },
}

/** Names hold no space. */
const flowKey = ({ from, to }: FlowSource): string => `${from} ${to}`
