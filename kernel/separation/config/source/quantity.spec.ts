import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bitsOf, bytesOf, hex, sizeText } from './quantity.js'

describe('Quantities of a configuration', () => {
  for (const [written, bytes] of [
    [4096, 4096],
    ['0 B', 0],
    ['16 KiB', 16_384],
    ['4 MiB', 4_194_304],
  ] as const)
    test(`${written} is ${bytes} bytes`, () => {
      assert.equal(bytesOf(written), bytes)
    })

  for (const [bytes, text] of [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1_048_576, '1 MiB'],
    [1_572_864, '1536 KiB'],
  ] as const)
    test(`${bytes} bytes are shown as ${text}`, () => {
      assert.equal(sizeText(bytes), text)
    })

  test('bits above 2^53 keep every bit when quoted', () => {
    assert.equal(bitsOf('0x8000000000000001'), 0x8000_0000_0000_0001n)
    assert.equal(bitsOf(3), 3n)
    assert.equal(hex(0x8000_0000_0000_0001n), '0x8000000000000001')
  })
})
