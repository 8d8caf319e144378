import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EvidenceError } from '../../model/errors.js'
import { readFlows } from './read-flows.js'

const file = (flows: string) => `schema: bulkhead.flows/1\nsystems:\n  - name: two\n    subjects: [a, b]\n    flows:\n      - ${flows}\n`

describe('flows that cannot be drawn are refused with file and line', () => {
  for (const [flow, message] of [
    ['{ from: a, to: c, through: [p] }', /^flows\.yaml:6: "c" is no subject of two/],
    ['{ from: a, to: a, through: [p] }', /^flows\.yaml:6: a flow from "a" to itself/],
    ['{ from: a, to: b, through: [] }', /^flows\.yaml:6: /],
    ['{ from: a, to: b, through: [p], nature: covert }', /must be one of/],
  ] as const)
    test(flow, () =>
      assert.throws(
        () => readFlows('flows.yaml', file(flow)),
        (error) => error instanceof EvidenceError && message.test(error.message),
      ),
    )
  test('a file of another schema', () => assert.throws(() => readFlows('flows.yaml', 'schema: x\nsystems: []\n'), EvidenceError))
})

test('subjects become positions; what does not say otherwise carries data', () =>
  assert.deepEqual(readFlows('flows.yaml', file('{ from: b, to: a, through: [port p] }')), [
    { title: 'two', subjects: ['a', 'b'], flows: [{ from: 1, to: 0, nature: 'data', through: ['port p'] }] },
  ]))
