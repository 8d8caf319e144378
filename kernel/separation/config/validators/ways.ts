/**
 * Rules about ways of information through several partitions: mediators that every way must pass, and pairs that nothing connects.
 * SKPP FDP_IFC.2; the policy between partitions is intransitive: that A may reach B and B may reach C does not say that A may reach C.
 */
import type { Configuration } from '../configuration.js'
import { type FlowEdge, flowGraph } from '../flows/flow-graph.js'
import { shortestPath, successorsOf, type Successors } from '../flows/flow-path.js'
import { partitionNames, repeated } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const mustPassPartitions: SourceValidator = {
  name: 'must-pass-partitions',
  enforced: 'compiler',
  states: 'A mediator stands between two other partitions of this system.',
  remedy: 'name three different partitions of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { from, to, via }] of system.policy.mustPass.entries()) {
      const path = ['policy', 'mustPass', i]
      for (const [member, name] of Object.entries({ from, to, via }))
        if (!known.has(name)) yield { path: [...path, member], what: `mustPass names ${name}, which is no partition` }
      if (new Set([from, to, via]).size < 3) yield { path, what: `mustPass from ${from} to ${to} via ${via} names a partition twice` }
    }
  },
}

export const mustPassOnce: SourceValidator = {
  name: 'must-pass-once',
  enforced: 'compiler',
  states: 'The policy lists no mediator twice.',
  remedy: 'remove one of them',
  *check({ policy }) {
    const ways = policy.mustPass.map(({ from, to, via }) => `${from} to ${to} via ${via}`)
    for (const i of repeated(ways)) yield { path: ['policy', 'mustPass', i], what: `mustPass from ${ways[i] ?? ''} is listed twice` }
  },
}

export const neverPartitions: SourceValidator = {
  name: 'never-partitions',
  enforced: 'compiler',
  states: 'Partitions that nothing may connect are two different partitions of this system.',
  remedy: 'name two different partitions of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { from, to }] of system.policy.never.entries()) {
      const path = ['policy', 'never', i]
      for (const [member, name] of Object.entries({ from, to }))
        if (!known.has(name)) yield { path: [...path, member], what: `never names ${name}, which is no partition` }
      if (from === to) yield { path, what: `never names ${from} twice` }
    }
  },
}

export const neverOnce: SourceValidator = {
  name: 'never-once',
  enforced: 'compiler',
  states: 'The policy lists no pair that nothing may connect twice.',
  remedy: 'remove one of them',
  *check({ policy }) {
    const pairs = policy.never.map(({ from, to }) => `${from} to ${to}`)
    for (const i of repeated(pairs)) yield { path: ['policy', 'never', i], what: `never from ${pairs[i] ?? ''} is listed twice` }
  },
}

export const neverContradicted: SourceValidator = {
  name: 'never-contradicted',
  enforced: 'compiler',
  states: 'The policy does not allow a flow, or a way through a mediator, between partitions that nothing may connect.',
  remedy: 'decide which of the two holds, and remove the other one',
  *check({ policy }) {
    const allowed = [...policy.flows, ...policy.mustPass]
    for (const [i, { from, to }] of policy.never.entries())
      if (allowed.some((flow) => flow.from === from && flow.to === to))
        yield { path: ['policy', 'never', i], what: `nothing may get from ${from} to ${to}, and the policy allows it as well` }
  },
}

export const mustPassHolds: CompiledValidator = {
  name: 'must-pass-holds',
  enforced: 'compiler',
  states: 'Without its mediator, no way of information leads from the one partition to the other.',
  remedy: 'remove what carries the way around the mediator, or the mediator from the policy',
  *check(configuration, { policy }) {
    const ways = waysIn(configuration)
    for (const [i, { from, to, via }] of policy.mustPass.entries()) {
      const around = ways.path(from, to, via)
      if (around !== undefined) yield { path: ['policy', 'mustPass', i], what: `around ${via}, information goes ${ways.told(around)}` }
    }
  },
}

export const mustPassUsed: CompiledValidator = {
  name: 'must-pass-used',
  enforced: 'compiler',
  states: 'Some way of information leads through every mediator: a rule about none would say nothing.',
  remedy: 'connect the mediator, or write the pair under never',
  *check(configuration, { policy }) {
    const ways = waysIn(configuration)
    for (const [i, { from, to, via }] of policy.mustPass.entries())
      if (ways.path(from, via) === undefined || ways.path(via, to) === undefined)
        yield { path: ['policy', 'mustPass', i], what: `nothing gets from ${from} through ${via} to ${to}` }
  },
}

export const neverHolds: CompiledValidator = {
  name: 'never-holds',
  enforced: 'compiler',
  states: 'No way of information leads between partitions that nothing may connect, through however many others.',
  remedy: 'remove what carries one of these steps, or the pair from the policy',
  *check(configuration, { policy }) {
    const ways = waysIn(configuration)
    for (const [i, { from, to }] of policy.never.entries()) {
      const way = ways.path(from, to)
      if (way !== undefined) yield { path: ['policy', 'never', i], what: `information goes ${ways.told(way)}` }
    }
  },
}

interface Ways {
  path(from: string, to: string, without?: string): readonly FlowEdge[] | undefined
  told(path: readonly FlowEdge[]): string
}

function waysIn(configuration: Configuration): Ways {
  const ids = new Map(configuration.partitions.map(({ name }, id) => [name, id]))
  const name = (id: number) => configuration.partitions[id]?.name ?? String(id)
  const graph: Successors = successorsOf(flowGraph(configuration))
  return {
    path: (from, to, without) =>
      shortestPath(graph, ids.get(from) ?? -1, ids.get(to) ?? -1, without === undefined ? undefined : ids.get(without)),
    told: (path) => path.map(({ from, to, through }) => `from ${name(from)} to ${name(to)} through ${through[0]?.label ?? ''}`).join(', '),
  }
}
