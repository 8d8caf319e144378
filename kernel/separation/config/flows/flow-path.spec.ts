import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { FlowEdge } from './flow-graph.js'
import { reachable, shortestPath, successorsOf } from './flow-path.js'

const edges = (...pairs: readonly (readonly [number, number])[]): readonly FlowEdge[] =>
  pairs.map(([from, to]) => ({ from, to, through: [{ kind: 'port', object: 0, label: `port ${from}-${to}` }] }))

const ends = (path: readonly FlowEdge[] | undefined) => path?.map(({ from, to }) => [from, to])

describe('Ways of information', () => {
  test('against the direction of an edge there is none', () => {
    assert.equal(shortestPath(successorsOf(edges([0, 1])), 1, 0), undefined)
  })

  test('lead through others, by the fewest of them', () => {
    const graph = successorsOf(edges([0, 1], [1, 2], [2, 3], [0, 4], [4, 3]))
    assert.deepEqual(ends(shortestPath(graph, 0, 3)), [
      [0, 4],
      [4, 3],
    ])
  })

  test('avoid the partition that is taken out', () => {
    const graph = successorsOf(edges([0, 4], [4, 3], [0, 1], [1, 2], [2, 3]))
    assert.equal(shortestPath(graph, 0, 3, 4)?.length, 3)
    assert.equal(shortestPath(successorsOf(edges([0, 4], [4, 3])), 0, 3, 4), undefined)
  })

  test('exist exactly to what is reachable, and each of their edges is one of the graph', () => {
    const node = fc.nat(7)
    const pair = fc.tuple(node, node).filter(([a, b]) => a !== b)
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 16 }), (pairs) => {
        const all = edges(...pairs)
        const graph = successorsOf(all)
        for (let from = 0; from < 8; from++) {
          const reached = reachable(graph, from)
          for (let to = 0; to < 8; to++) {
            if (to === from) continue
            const path = shortestPath(graph, from, to)
            assert.equal(path !== undefined, reached.has(to))
            if (path === undefined) continue
            assert.equal(path[0]?.from, from)
            assert.equal(path.at(-1)?.to, to)
            assert.ok(path.every((edge, i) => all.includes(edge) && (i === 0 || path[i - 1]?.to === edge.from)))
          }
        }
      }),
      { seed: 51, numRuns: 300 },
    )
  })
})
