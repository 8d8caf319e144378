import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decode } from '../../isa/decode.js'
import { encode } from '../../isa/encode.js'
import { checkPoints } from './check-points.js'
import { flowGraph, type FlowGraph, type FlowNode } from './flow-graph.js'
import { successorsOf, type Block, type Destination } from './region.js'

const decoded = decode(encode('addi'))
assert.ok(decoded !== undefined)
const addi = decoded

interface Shape {
  readonly length: number
  readonly to: readonly number[]
}

/** Blocks by their lengths and the numbers of their successors, at most two. */
function blocksOf(shapes: readonly Shape[]): Block[] {
  const blocks = shapes.map(({ length }, index): Block => {
    const instructions = Array.from({ length }, (_, at) => ({ decoded: addi, at: index * 1000 + at * 4, place: 0 }))
    return { at: index * 1000, instructions, ending: { kind: 'indirect' } }
  })
  shapes.forEach(({ to }, index) => {
    const block = blocks[index]
    const [taken, otherwise] = to.map((number): Destination => {
      const target = blocks[number % blocks.length]
      return target === undefined ? { outside: -4 } : { block: target }
    })
    if (block === undefined || taken === undefined) return
    block.ending = otherwise === undefined ? { kind: 'goto', to: taken } : { kind: 'branch', taken, otherwise }
  })
  return blocks
}

function graphOf(shapes: readonly Shape[]): FlowGraph {
  const [entry] = blocksOf(shapes)
  assert.ok(entry !== undefined)
  return flowGraph(entry)
}

const one = (...to: number[]): Shape => ({ length: 1, to })
const shapes = fc.array(fc.record({ length: fc.integer({ min: 1, max: 64 }), to: fc.array(fc.nat(30), { maxLength: 2 }) }), {
  minLength: 1,
  maxLength: 24,
})

/** Whether every way from the entry to `node` passes `dominator`: what is reachable without it. */
function isDominatedBy({ entry, nodeOf }: FlowGraph, node: FlowNode, dominator: FlowNode): boolean {
  if (node === dominator || dominator === entry) return true
  const seen = new Set([entry])
  const pending = [entry]
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const successor of successorsOf(next.block).map(nodeOf))
      if (successor !== dominator && !seen.has(successor)) {
        seen.add(successor)
        pending.push(successor)
      }
  return !seen.has(node)
}

describe('The structure of a region', () => {
  test('an edge into a loop beside its header leaves the region', () => {
    const { nodes } = graphOf([one(1, 2), one(2), one(1)])
    const endings = nodes.map(({ block }) => block.ending)
    assert.ok(endings.some((ending) => ending.kind === 'goto' && 'outside' in ending.to))
    assert.equal(nodes.filter(({ isLoop }) => isLoop).length, 0)
  })

  test('a loop in a loop has two headers, and nothing leaves', () => {
    const { nodes } = graphOf([one(1), one(2), one(2, 3), one(1, 4), one()])
    assert.deepEqual(
      nodes.filter(({ isLoop }) => isLoop).map(({ block }) => block.at),
      [1000, 2000],
    )
  })

  test('both ways of a condition meet in a merge that the condition dominates', () => {
    const { entry } = graphOf([one(1, 2), one(3), one(3), one()])
    assert.deepEqual(
      entry.children.filter(({ isMerge }) => isMerge).map(({ block }) => block.at),
      [3000],
    )
  })

  test('of any graph, every edge that goes back goes to a block that dominates its origin', () => {
    fc.assert(
      fc.property(shapes, (drawn) => {
        const graph = graphOf(drawn)
        for (const node of graph.nodes)
          for (const to of successorsOf(node.block).map(graph.nodeOf))
            if (to.order <= node.order) assert.ok(to.isLoop && isDominatedBy(graph, node, to))
      }),
      { seed: 0xf10, numRuns: 300 },
    )
  })

  test('of any graph, the tree holds every block once, below a block that dominates it', () => {
    fc.assert(
      fc.property(shapes, (drawn) => {
        const graph = graphOf(drawn)
        const seen: FlowNode[] = []
        const visit = (node: FlowNode): void => {
          seen.push(node)
          for (const child of node.children) {
            assert.ok(isDominatedBy(graph, child, node))
            visit(child)
          }
        }
        visit(graph.entry)
        assert.deepEqual(new Set(seen), new Set(graph.nodes))
        assert.equal(seen.length, graph.nodes.length)
      }),
      { seed: 0x7ee, numRuns: 300 },
    )
  })
})

describe('Where a region looks at its budget', () => {
  test('at the entry and at every loop', () => {
    const graph = graphOf([one(1), one(1, 2), one()])
    const points = checkPoints(graph)
    assert.deepEqual(
      [...points.keys()].map(({ block }) => block.at).sort((a, b) => a - b),
      [0, 1000],
    )
  })

  test('in any graph, no way from one look to the next is longer than the first one saw to', () => {
    fc.assert(
      fc.property(shapes, (drawn) => {
        const graph = graphOf(drawn)
        const points = checkPoints(graph)
        const longest = (node: FlowNode): number => {
          const onwards = successorsOf(node.block).map(graph.nodeOf)
          return node.block.instructions.length + Math.max(0, ...onwards.map((next) => (points.has(next) ? 0 : longest(next))))
        }
        for (const [point, needed] of points) assert.ok(longest(point) <= needed)
        assert.ok(points.has(graph.entry))
      }),
      { seed: 0xb06, numRuns: 300 },
    )
  })
})
