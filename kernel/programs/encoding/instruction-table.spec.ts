import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { INSTRUCTIONS } from './instruction-table.js'

describe('instruction table', () => {
  test('the fixed bits of a row lie inside its mask', () => {
    for (const { mnemonic, match, mask } of INSTRUCTIONS) assert.equal((match & mask) >>> 0, match, mnemonic)
  })

  test('no word belongs to two rows, but for the two that FENCE reserves as instructions of their own', () => {
    const shared = INSTRUCTIONS.flatMap((a, index) =>
      INSTRUCTIONS.slice(index + 1)
        .filter((b) => ((a.match ^ b.match) & a.mask & b.mask) >>> 0 === 0)
        .map((b) => `${a.mnemonic} ${b.mnemonic}`),
    )
    assert.deepEqual(shared, ['pause fence'])
  })

  test('every mnemonic stands once', () => {
    assert.equal(new Set(INSTRUCTIONS.map(({ mnemonic }) => mnemonic)).size, INSTRUCTIONS.length)
  })
})
