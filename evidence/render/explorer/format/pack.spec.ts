/** Packed details: the page reads the item that the writer was given, field by field. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hostileSet, sampleSet } from '../../test/sample-set.js'
import { SEPARATOR } from './column.js'
import { PackReader, PackWriter } from './pack.js'
import { readRequirements, writeRequirement } from './requirement-pack.js'
import { readTests, writeTest } from './test-pack.js'

describe('Packed details', () => {
  test('a chunk that was cut off is an error, not an item with empty fields', () => {
    const reader = new PackReader({ count: 1, texts: '', numbers: [3, 1] })
    assert.throws(() => reader.indices(), /ends early/)
  })

  for (const [name, set] of [
    ['plain', sampleSet(130)],
    ['hostile', hostileSet()],
  ] as const) {
    const shown = (text: string): string => text.replaceAll(SEPARATOR, '\ufffd')

    test(`tests of a ${name} set`, () => {
      const pack = new PackWriter()
      for (const { item, dangling, requirements } of set.tests)
        writeTest(pack, item, { dangling, requirements, interfaces: [2], modules: [5, 7] })
      const read = readTests(pack.finish(set.tests.length))
      set.tests.forEach(({ item, dangling, requirements }, index) => {
        const found = read[index]!
        assert.deepEqual(found.dangling, dangling.map(shown))
        assert.deepEqual(found.requirements, requirements)
        assert.deepEqual([found.line, found.attempts, found.modules], [item.place.line, item.attempts, [5, 7]])
        assert.deepEqual(
          found.steps.map(({ keyword, text, status, message, comparisons }) => ({
            kind: 'step',
            keyword,
            text,
            status,
            message,
            comparisons,
          })),
          item.steps.map((step) => ({ ...step, text: shown(step.text), message: shown(step.message) })),
        )
        assert.equal(found.sourceDigest, item.sourceDigest)
        assert.equal(found.configurationDigest, '')
      })
    })

    test(`requirements of a ${name} set`, () => {
      const pack = new PackWriter()
      const mapping = { from: 'a', to: 'b', rationale: 'c', place: { file: 'd', line: 4 } }
      for (const traced of set.requirements) writeRequirement(pack, traced, [mapping], (_, target) => (target === 'O.ABSENT' ? -1 : 0))
      const read = readRequirements(pack.finish(set.requirements.length))
      set.requirements.forEach((traced, index) => {
        const { item } = traced
        const found = read[index]!
        assert.deepEqual([found.above, found.below, found.tests], [traced.above, traced.below, traced.tests])
        assert.deepEqual(found.missing, traced.missing.map(shown))
        assert.deepEqual(found.justification, traced.justification)
        assert.deepEqual(found.operations, item.operations)
        assert.deepEqual(found.activities, item.activities)
        assert.deepEqual(
          Object.entries(found.attributes),
          Object.entries(item.attributes).map(([key, value]) => [shown(key), typeof value === 'string' ? shown(value) : value]),
        )
        assert.deepEqual([found.rationale, found.ccVersion, found.methods], [shown(item.rationale), item.ccVersion, item.methods])
        assert.deepEqual(
          found.links.map(({ target, to }) => [target, to]),
          item.links.map(({ target }) => [target, target === 'O.ABSENT' ? -1 : 0]),
        )
        assert.deepEqual(found.mappings, [mapping])
      })
    })
  }
})
