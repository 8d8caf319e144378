/**
 * Where a region looks whether its budget still suffices: at its entry, at every loop, and wherever the way to the next look would be
 * long. At such a point the budget must cover every way to the next one, so that no run exceeds what it was given.
 */
import type { FlowGraph, FlowNode } from './flow-graph.js'
import { successorsOf } from './region.js'

/** The longest way between two looks, beside the one block that exceeds it. In instructions. */
const LONGEST = 96

/** What the budget must cover at each point. */
export function checkPoints({ entry, nodes, nodeOf }: FlowGraph): ReadonlyMap<FlowNode, number> {
  const needed = new Map<FlowNode, number>()
  const points = new Map<FlowNode, number>()
  for (const node of [...nodes].reverse()) {
    const onwards = successorsOf(node.block)
      .map((block) => nodeOf(block))
      .map((next) => (next.order <= node.order || points.has(next) ? 0 : (needed.get(next) ?? 0)))
    const need = node.block.instructions.length + Math.max(0, ...onwards)
    needed.set(node, need)
    if (node === entry || node.isLoop || need > LONGEST) points.set(node, need)
  }
  return points
}
