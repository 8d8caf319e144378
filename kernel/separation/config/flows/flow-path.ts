/** Ways of information through several partitions, each passing on what it learnt. Partitions by number. */
import type { FlowEdge } from './flow-graph.js'

/** Edges by the partition they leave. */
export type Successors = ReadonlyMap<number, readonly FlowEdge[]>

export function successorsOf(edges: readonly FlowEdge[]): Successors {
  const leaving = new Map<number, FlowEdge[]>()
  for (const edge of edges) {
    const known = leaving.get(edge.from)
    if (known === undefined) leaving.set(edge.from, [edge])
    else known.push(edge)
  }
  return leaving
}

/** A shortest way, the first in order of partitions; undefined when there is none. It does not enter or leave `without`. */
export function shortestPath(graph: Successors, from: number, to: number, without?: number): readonly FlowEdge[] | undefined {
  const cameBy = new Map<number, FlowEdge | undefined>([[from, undefined]])
  const queue = [from]
  for (let next = 0; next < queue.length && !cameBy.has(to); next++)
    for (const edge of graph.get(queue[next] ?? from) ?? [])
      if (edge.to !== without && !cameBy.has(edge.to)) {
        cameBy.set(edge.to, edge)
        queue.push(edge.to)
      }
  const path: FlowEdge[] = []
  for (let edge = cameBy.get(to); edge !== undefined; edge = cameBy.get(edge.from)) path.unshift(edge)
  return path.length > 0 ? path : undefined
}

/** Everything that information from `from` can reach, by however many partitions; without itself. */
export function reachable(graph: Successors, from: number): ReadonlySet<number> {
  const reached = new Set<number>()
  const queue = [from]
  for (let next = 0; next < queue.length; next++)
    for (const { to } of graph.get(queue[next] ?? from) ?? [])
      if (to !== from && !reached.has(to)) {
        reached.add(to)
        queue.push(to)
      }
  return reached
}
