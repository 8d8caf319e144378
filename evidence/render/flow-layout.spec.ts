import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { FlowDiagram } from '../items/flow-diagram.js'
import { layoutFlows, mostDrawnSubjects, type PlacedSubject, type Point } from './flow-layout.js'

const diagrams = fc
  .array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: mostDrawnSubjects })
  .map((subjects): FlowDiagram => {
    const flows = subjects.flatMap((_, from) => [{ from, to: (from + 1) % subjects.length, nature: 'data' as const, through: ['p'] }])
    return { title: 'd', subjects, flows: subjects.length === 2 ? flows.slice(0, 2) : flows }
  })

const inside = ({ centre, width, height }: PlacedSubject, { x, y }: Point, slack: number): boolean =>
  Math.abs(x - centre.x) <= width / 2 + slack && Math.abs(y - centre.y) <= height / 2 + slack

describe('layout of flows', () => {
  test('boxes lie in the picture and apart; an arrow begins at the border of its subject and its tip touches the other', () => {
    const property = fc.property(diagrams, (diagram) => {
      const { width, height, subjects, flows } = layoutFlows(diagram)
      for (const [at, one] of subjects.entries()) {
        assert.ok(one.centre.x - one.width / 2 >= 0 && one.centre.x + one.width / 2 <= width)
        assert.ok(one.centre.y - one.height / 2 >= 0 && one.centre.y + one.height / 2 <= height)
        for (const other of subjects.slice(at + 1)) {
          const [x, y] = [Math.abs(one.centre.x - other.centre.x), Math.abs(one.centre.y - other.centre.y)]
          assert.ok(x >= (one.width + other.width) / 2 || y >= one.height, `${one.label} covers ${other.label}`)
        }
      }
      for (const [at, { start, head }] of flows.entries()) {
        const [from, to] = [subjects[diagram.flows[at]!.from]!, subjects[diagram.flows[at]!.to]!]
        assert.ok(inside(from, start, 0.2) && !inside(from, start, -0.2))
        assert.ok(inside(to, head[0], 0.2) && !inside(to, head[0], -0.2))
      }
    })
    fc.assert(property, { seed: 26, numRuns: 100 })
  })

  test('the two directions of a pair lie apart', () => {
    const flow = { nature: 'data', through: ['p'] } as const
    const { flows } = layoutFlows({
      title: 'd',
      subjects: ['a', 'b'],
      flows: [
        { from: 0, to: 1, ...flow },
        { from: 1, to: 0, ...flow },
      ],
    })
    assert.ok(Math.hypot(flows[0]!.bend.x - flows[1]!.bend.x, flows[0]!.bend.y - flows[1]!.bend.y) > 20)
  })

  test('a long name is shortened in its box', () =>
    assert.equal(layoutFlows({ title: '', subjects: ['x'.repeat(40)], flows: [] }).subjects[0]?.label, `${'x'.repeat(21)}…`))
})
