/**
 * The structure of a region's graph: reverse postorder, dominators, loops. WebAssembly has no jumps into the middle of anything, so
 * an edge that enters a loop other than through its header leaves the region instead. Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm"; Ramsey, "Beyond Relooper".
 */
import type { Block, Destination, Ending } from './region.js'
import { successorsOf } from './region.js'

export interface FlowNode {
  readonly block: Block
  /** Position in reverse postorder: an edge to a position that is not higher goes back. */
  readonly order: number
  /** Blocks that this one immediately dominates, in reverse postorder. */
  readonly children: readonly FlowNode[]
  /** Some edge goes back to it. */
  readonly isLoop: boolean
  /** More than one edge comes forward to it. */
  readonly isMerge: boolean
}

export interface FlowGraph {
  readonly entry: FlowNode
  /** In reverse postorder. */
  readonly nodes: readonly FlowNode[]
  readonly nodeOf: (block: Block) => FlowNode
}

interface Draft extends FlowNode {
  readonly children: Draft[]
  isLoop: boolean
  isMerge: boolean
  dominator: Draft | undefined
  readonly predecessors: Draft[]
}

/** Changes the endings of blocks where an edge has to leave the region. */
export function flowGraph(entry: Block): FlowGraph {
  for (;;) {
    const graph = dominators(entry)
    const wrong = graph.nodes.flatMap((node) => intoLoop(node, graph))
    if (wrong.length === 0) return classified(graph)
    for (const [from, to] of wrong) from.block.ending = withoutEdge(from.block.ending, to.block)
  }
}

interface DraftGraph {
  readonly nodes: readonly Draft[]
  readonly byBlock: ReadonlyMap<Block, Draft>
}

function dominators(entry: Block): DraftGraph {
  const blocks = reversePostorder(entry)
  const nodes = blocks.map((block, order): Draft => {
    return { block, order, children: [], isLoop: false, isMerge: false, dominator: undefined, predecessors: [] }
  })
  const byBlock = new Map(nodes.map((node) => [node.block, node]))
  for (const node of nodes) for (const successor of successorsOf(node.block)) byBlock.get(successor)?.predecessors.push(node)
  const [first, ...rest] = nodes
  if (first !== undefined) first.dominator = first
  for (let changed = true; changed;) {
    changed = false
    for (const node of rest) {
      const known = node.predecessors.filter(({ dominator }) => dominator !== undefined)
      const dominator = known.reduce((a, b) => common(a, b))
      if (node.dominator === dominator) continue
      node.dominator = dominator
      changed = true
    }
  }
  return { nodes, byBlock }
}

function reversePostorder(entry: Block): Block[] {
  const seen = new Set([entry])
  const order: Block[] = []
  const stack = [{ block: entry, rest: [...successorsOf(entry)] }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.rest.pop()
    if (next === undefined) {
      order.push(top.block)
      stack.pop()
    } else if (!seen.has(next)) {
      seen.add(next)
      stack.push({ block: next, rest: [...successorsOf(next)] })
    }
  }
  return order.reverse()
}

function common(a: Draft, b: Draft): Draft {
  let [left, right] = [a, b]
  while (left !== right) {
    if (left.order > right.order) left = left.dominator ?? left
    else right = right.dominator ?? right
  }
  return left
}

function dominates(a: Draft, b: Draft): boolean {
  let node = b
  while (node.order > a.order && node.dominator !== undefined) node = node.dominator
  return node === a
}

/** Edges back to blocks that do not dominate their origin. */
const intoLoop = (from: Draft, { byBlock }: DraftGraph): [Draft, Draft][] =>
  successorsOf(from.block).flatMap((block): [Draft, Draft][] => {
    const to = byBlock.get(block)
    return to !== undefined && to.order <= from.order && !dominates(to, from) ? [[from, to]] : []
  })

function withoutEdge(ending: Ending, block: Block): Ending {
  const without = (destination: Destination): Destination =>
    'block' in destination && destination.block === block ? { outside: block.at } : destination
  switch (ending.kind) {
    case 'goto':
    case 'return':
      return { ...ending, to: without(ending.to) }
    case 'branch':
      return { ...ending, taken: without(ending.taken), otherwise: without(ending.otherwise) }
    case 'indirect':
      return ending
  }
}

function classified({ nodes, byBlock }: DraftGraph): FlowGraph {
  for (const node of nodes) {
    if (node.dominator !== undefined && node.dominator !== node) node.dominator.children.push(node)
    node.isLoop = node.predecessors.some(({ order }) => order >= node.order)
    node.isMerge = node.predecessors.filter(({ order }) => order < node.order).length > 1
  }
  const nodeOf = (block: Block): FlowNode => {
    const node = byBlock.get(block)
    if (node === undefined) throw new RangeError('a block of another region')
    return node
  }
  const [entry] = nodes
  if (entry === undefined) throw new RangeError('a region without blocks')
  return { entry, nodes, nodeOf }
}
