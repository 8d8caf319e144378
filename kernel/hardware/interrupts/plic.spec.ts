import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import { Plic } from './plic.js'

const PENDING = 0x1000
const enable = (context: number, word = 0): number => 0x2000 + 0x80 * context + 4 * word
const threshold = (context: number): number => 0x20_0000 + 0x1000 * context
const claim = (context: number): number => threshold(context) + 4
const priority = (source: number): number => 4 * source

/** A PLIC of 40 sources with two contexts, and the level of each context's line. */
function connected(): { plic: Plic; lines: boolean[]; store: (offset: number, value: number) => void; load: (offset: number) => number } {
  const lines = [false, false]
  const plic = new Plic(
    lines.map((_, context) => ({ set: (level) => (lines[context] = level) })),
    40,
  )
  return {
    plic,
    lines,
    store: (offset, value) => assert.ok(plic.store(offset, 4, BigInt(value >>> 0))),
    load: (offset) => Number(plic.load(offset, 4)),
  }
}

/** Source 5 asserted, of priority 3, enabled for context 0. */
function interrupting(): ReturnType<typeof connected> {
  const wired = connected()
  wired.store(priority(5), 3)
  wired.store(enable(0), 1 << 5)
  wired.plic.source(5).set(true)
  return wired
}

describe('PLIC', () => {
  test('meets the device contract', () => {
    const offsets = [0, 4, 0x14, 0xa0, 0xa4, 0xffc, PENDING, 0x1004, 0x1080, enable(0), enable(0, 1), enable(1), enable(2)]
    const contexts = [threshold(0), claim(0), threshold(0) + 8, threshold(1), claim(1), threshold(2), 0x5f_fffc]
    assertDeviceContract({
      create: () => new Plic([{ set: () => undefined }, { set: () => undefined }], 40),
      offsets: [...offsets, ...contexts],
    })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['the priority of source 0, which does not exist', 0, 4],
    ['a priority, byte access', priority(1), 1],
    ['a priority, two registers at once', priority(2), 8],
    ['a priority, misaligned', priority(1) + 2, 4],
    ['behind the pending bits', 0x1080, 4],
    ['enables of an absent context', enable(2), 4],
    ['threshold of an absent context', threshold(2), 4],
    ['claim of an absent context', claim(2), 4],
    ['reserved, after the claim register', claim(0) + 4, 4],
  ]
  for (const [what, offset, width] of refused)
    test(`refused: ${what}`, () => {
      const { plic } = connected()
      assert.equal(plic.load(offset, width), undefined)
      assert.equal(plic.store(offset, width, 1n), false)
    })

  test('the pending bits cannot be written', () => {
    const { plic, load } = interrupting()
    assert.equal(plic.store(PENDING, 4, 0n), false)
    assert.equal(load(PENDING), 1 << 5)
  })

  const silent: readonly (readonly [string, (wired: ReturnType<typeof connected>) => void])[] = [
    ['priority 0', ({ store }) => store(priority(5), 0)],
    ['not enabled', ({ store }) => store(enable(0), ~(1 << 5))],
    ['a threshold equal to the priority', ({ store }) => store(threshold(0), 3)],
  ]
  for (const [what, change] of silent)
    test(`a pending source does not interrupt: ${what}`, () => {
      const wired = interrupting()
      assert.deepEqual(wired.lines, [true, false])
      change(wired)
      assert.deepEqual(wired.lines, [false, false])
      assert.equal(wired.load(PENDING), 1 << 5, 'it stays pending')
    })

  test('sources beyond the last and source 0 are hardwired to zero', () => {
    const { store, load } = connected()
    store(priority(41), 7)
    store(enable(0), 0xffff_ffff)
    store(enable(0, 1), 0xffff_ffff)
    store(enable(0, 2), 0xffff_ffff)
    assert.deepEqual([priority(41), enable(0), enable(0, 1), enable(0, 2)].map(load), [0, 0xffff_fffe, 0x1ff, 0])
  })

  test('priority and threshold have three bits', () => {
    const { store, load } = connected()
    store(priority(7), 0xffff_fffd)
    store(threshold(1), 0x1_0e)
    assert.deepEqual([load(priority(7)), load(threshold(1))], [5, 6])
  })

  test('a claim gives the highest priority, of equal ones the lowest number, then zero', () => {
    const { plic, store, load } = connected()
    store(enable(0), 0xffff_ffff)
    store(enable(0, 1), 0xffff_ffff)
    for (const [source, level] of [
      [33, 7],
      [9, 2],
      [4, 2],
      [12, 0],
    ] as const) {
      store(priority(source), level)
      plic.source(source).set(true)
    }
    assert.deepEqual(
      [1, 2, 3, 4].map(() => load(claim(0))),
      [33, 4, 9, 0],
    )
  })

  test('a claim is not affected by the threshold', () => {
    const { store, load, lines } = interrupting()
    store(threshold(0), 7)
    assert.equal(lines[0], false)
    assert.equal(load(claim(0)), 5)
  })

  test('between claim and completion the gateway forwards nothing; then the level, if it still stands', () => {
    const { plic, store, load, lines } = interrupting()
    assert.equal(load(claim(0)), 5)
    assert.deepEqual([lines[0], load(PENDING)], [false, 0])
    plic.source(5).set(false)
    plic.source(5).set(true)
    assert.deepEqual([lines[0], load(claim(0))], [false, 0])
    store(claim(0), 5)
    assert.deepEqual([lines[0], load(PENDING)], [true, 1 << 5])
  })

  test('a request stays when the device withdraws its level before the claim', () => {
    const { plic, store, load, lines } = interrupting()
    plic.source(5).set(false)
    assert.equal(lines[0], true)
    assert.equal(load(claim(0)), 5)
    store(claim(0), 5)
    assert.equal(lines[0], false)
  })

  test('completion of a source that the context has not enabled is ignored', () => {
    const { store, load, lines } = interrupting()
    assert.equal(load(claim(0)), 5)
    store(claim(1), 5)
    assert.equal(lines[0], false)
    store(enable(0), 0)
    store(claim(0), 5)
    store(enable(0), 1 << 5)
    assert.equal(lines[0], false)
    store(claim(0), 5)
    assert.equal(lines[0], true)
  })

  test('all contexts that enable a source are told; who claims first has it', () => {
    const { store, load, lines } = interrupting()
    store(enable(1), 1 << 5)
    assert.deepEqual(lines, [true, true])
    assert.deepEqual([load(claim(1)), load(claim(0))], [5, 0])
    assert.deepEqual(lines, [false, false])
  })
})
