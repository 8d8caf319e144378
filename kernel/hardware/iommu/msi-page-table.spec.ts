import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IommuBench, LEAF, MESSAGE_PAGE, pte, V } from './test/iommu-bench.js'
import { DEVICE, OUTSIDE, SV39X4, onlyFault } from './test/one-device.js'

describe('Process to translate addresses of MSIs', () => {
  const FILES = 0x2_8000n // guest page numbers 28000h, 28001h, 28100h, 28101h
  const MASK = 0x101n

  function guestFiles(): { bench: IommuBench; table: bigint } {
    const bench = new IommuBench()
    const [root, table] = [bench.memory.pages(4), bench.memory.pages()]
    bench.memory.map(root, 3, FILES << 12n, pte(bench.memory.pages(), LEAF)) // what the second stage says does not count
    bench.context(DEVICE, [0n, SV39X4 | root, 0n, 0n, (1n << 60n) | table, MASK, FILES])
    return { bench, table: table << 12n }
  }
  const send = (bench: IommuBench, page: bigint): boolean => bench.iommu.port(DEVICE).write(page << 12n, new Uint8Array([7, 0, 0, 0]))

  test('the bits of the mask select the PTE, in basic translate mode', () => {
    const { bench, table } = guestFiles()
    bench.memory.put64(table + 3n * 16n, pte(MESSAGE_PAGE >> 12n, V | 6n), -1n) // the second doubleword is ignored
    assert.ok(send(bench, FILES | MASK))
    assert.deepEqual(bench.memory.messages, [{ address: MESSAGE_PAGE, data: 7 }])
  })

  const refused: readonly (readonly [string, bigint, bigint, number])[] = [
    ['V = 0', 6n, 0n, 262],
    ['M = 0', V, 0n, 263],
    ['M = 1, MRIF mode', V | 2n, 0n, 263],
    ['M = 2', V | 4n, 0n, 263],
    ['C = 1', V | 6n | (1n << 63n), 0n, 263],
    ['a reserved bit', V | 6n | (1n << 3n), 0n, 263],
  ]
  for (const [what, first, second, cause] of refused)
    test(`${what}: cause ${cause}, and no message`, () => {
      const { bench, table } = guestFiles()
      bench.memory.put64(table, first | (MESSAGE_PAGE >> 2n), second)
      assert.equal(send(bench, FILES), false)
      assert.equal(onlyFault(bench).cause, cause)
      assert.deepEqual(bench.memory.messages, [])
    })

  test('a table outside memory: cause 261', () => {
    const { bench } = guestFiles()
    bench.context(DEVICE, [0n, SV39X4 | bench.memory.pages(4), 0n, 0n, (1n << 60n) | OUTSIDE, MASK, FILES])
    send(bench, FILES)
    assert.equal(onlyFault(bench).cause, 261)
  })

  test('read for execute: cause 1', () => {
    const { bench, table } = guestFiles()
    bench.memory.put64(table, pte(MESSAGE_PAGE >> 12n, V | 6n), 0n)
    bench.read(DEVICE, FILES << 12n, { execute: true })
    assert.equal(onlyFault(bench).cause, 1)
  })

  test('a page that differs outside the mask is no interrupt file', () => {
    const { bench } = guestFiles()
    assert.equal(send(bench, FILES + 2n), false)
    assert.equal(onlyFault(bench).cause, 23)
  })
})
