import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CODE, CODE_LIMIT, DATA, DATA_LIMIT, DEVICE, SHARED, SHARED_LIMIT } from './partition-memory.js'

const PAGE = 0x1000
const LEAF_TABLE_SPAN = 0x20_0000

describe('Memory of a partition', () => {
  test('address 0 is mapped by nothing: a null pointer faults', () => assert.notEqual(Math.floor(CODE / PAGE), 0))

  test('ranges follow one another and none overlaps', () => {
    const edges = [CODE, CODE_LIMIT, DATA, DATA_LIMIT, SHARED, SHARED_LIMIT, DEVICE, DEVICE + PAGE]
    assert.deepEqual(
      edges,
      [...edges].sort((a, b) => a - b),
    )
  })

  for (const [name, from, to] of [
    ['code and data', CODE, DATA_LIMIT],
    ['shared memory and devices', SHARED, DEVICE + PAGE],
  ] as const)
    test(`${name} lie in one span of a leaf table (RISC-V Privileged, "Sv39")`, () =>
      assert.equal(Math.floor(from / LEAF_TABLE_SPAN), Math.floor((to - 1) / LEAF_TABLE_SPAN)))
})
