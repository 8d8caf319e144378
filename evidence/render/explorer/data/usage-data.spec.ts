/** Reverse directions and lines: each use once, and the map of lines says exactly what was measured. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleSet } from '../../test/sample-set.js'
import { hitRanges, usageOf } from './usage-data.js'

describe('Uses of interfaces and modules', () => {
  const set = sampleSet(100)

  test('a test that names an entry twice is one user of it', () => {
    const usage = usageOf(set, () => ['port_send', 'port_send'])
    assert.deepEqual(usage.names, ['port_send'])
    assert.equal(usage.details[0]?.tests.length, 100)
  })

  test('what nothing uses is listed, with no test and no requirement', () => {
    const usage = usageOf(set, () => [], ['never.ts'])
    assert.deepEqual(usage.details, [{ tests: [], requirements: [] }])
  })

  test('requirements of an entry are those that its tests verify, each once', () => {
    const usage = usageOf(set, ({ interfaces }) => interfaces)
    usage.details.forEach(({ tests, requirements }) => {
      const expected = new Set(tests.flatMap((index) => set.tests[index]?.requirements ?? []))
      assert.deepEqual(
        [...requirements],
        [...expected].sort((one, other) => one - other),
      )
    })
  })
})

describe('Ranges of lines', () => {
  for (const [what, hits, ranges] of [
    ['no line was measured', [], []],
    [
      'neighbours of equal hits are one range',
      [
        [1, 2],
        [2, 2],
        [3, 0],
      ],
      [1, 2, 2, 3, 3, 0],
    ],
    [
      'a line between that holds no code parts a range',
      [
        [1, 2],
        [3, 2],
      ],
      [1, 1, 2, 3, 3, 2],
    ],
    [
      'the order of the source does not matter',
      [
        [9, 1],
        [8, 1],
      ],
      [8, 9, 1],
    ],
  ] as const)
    test(what, () => {
      assert.deepEqual(hitRanges(new Map(hits)), ranges)
    })
})
