import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decodeItem, encodeManifest, ITEM_BYTES, MEASURED_KINDS, type MeasuredItem } from './boot-manifest.js'

const item = fc.record(
  {
    kind: fc.constantFrom(...MEASURED_KINDS),
    address: fc.maxSafeNat(),
    length: fc.maxSafeNat(),
    digest: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  },
  { noNullPrototype: true },
)

describe('Boot manifest', () => {
  for (const kind of [BigInt(MEASURED_KINDS.length), 0xffn, 2n ** 32n, 2n ** 64n - 1n])
    test(`kind ${kind} is no kind`, () => {
      const bytes = new Uint8Array(ITEM_BYTES)
      new DataView(bytes.buffer).setBigUint64(0, kind, true)
      assert.equal(decodeItem(bytes), undefined)
    })

  test('every item reads back as it was written, from its place behind the count', () =>
    fc.assert(
      fc.property(fc.array<MeasuredItem>(item, { maxLength: 20 }), (items) => {
        const bytes = encodeManifest(items)
        assert.equal(new DataView(bytes.buffer).getBigUint64(0, true), BigInt(items.length))
        assert.equal(bytes.length, 8 + items.length * ITEM_BYTES)
        const read = items.map((_, index) => decodeItem(bytes.subarray(8 + index * ITEM_BYTES, 8 + (index + 1) * ITEM_BYTES)))
        assert.deepEqual(read, items)
      }),
      { seed: 41 },
    ))

  test('kinds keep their numbers: a manifest in ROM outlives the code that wrote it', () =>
    assert.deepEqual(MEASURED_KINDS, ['boot-code', 'trap-stub', 'configuration', 'image', 'hosted-code', 'configuration-key']))
})
