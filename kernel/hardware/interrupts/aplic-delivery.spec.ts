import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CLAIMI,
  CLRIENUM,
  DELEGATE,
  DETACHED,
  DM,
  DOMAINCFG,
  EDGE1,
  GENMSI,
  IDELIVERY,
  IE,
  IFORCE,
  ITHRESHOLD,
  LEVEL1,
  SETIENUM,
  SETIPNUM,
  TOPI,
  bench,
  configured,
  idc,
  pending,
  sourcecfg,
  target,
  type AplicBench,
} from './test/aplic-bench.js'

describe('APLIC, direct delivery', () => {
  const silent: readonly (readonly [string, (bench: AplicBench) => void])[] = [
    ['domaincfg.IE', ({ store }) => store(DOMAINCFG, 0)],
    ['idelivery', ({ store }) => store(idc(1, IDELIVERY), 0)],
    ['the enable bit', ({ store }) => store(CLRIENUM, 5)],
    ['a threshold equal to the priority', ({ store }) => store(idc(1, ITHRESHOLD), 3)],
    ['another target', ({ store }) => store(target(5), 3)],
  ]
  for (const [what, change] of silent)
    test(`no interrupt without: ${what}`, () => {
      const wired = configured(LEVEL1)
      wired.drive(5, true)
      assert.deepEqual(wired.lines, [false, true])
      change(wired)
      assert.deepEqual(wired.lines, [false, false])
    })

  test('topi names the lowest priority number, of equal ones the lowest source; a claim takes it', () => {
    const { store, load, lines } = configured(DETACHED)
    for (const [source, priority] of [
      [9, 2],
      [33, 1],
      [7, 2],
    ] as const) {
      store(sourcecfg(source), DETACHED)
      store(target(source), (1 << 18) | priority)
      store(SETIENUM, source)
      store(SETIPNUM, source)
    }
    assert.equal(load(idc(1, TOPI)), (33 << 16) | 1)
    assert.deepEqual(
      [1, 2, 3, 4].map(() => load(idc(1, CLAIMI))),
      [(33 << 16) | 1, (7 << 16) | 2, (9 << 16) | 2, 0],
    )
    assert.deepEqual(lines, [false, false])
  })

  test('iforce makes a spurious interrupt, which a claim of nothing ends', () => {
    const { store, load, lines } = configured(DETACHED)
    store(idc(1, IFORCE), 1)
    assert.deepEqual([lines[1], load(idc(1, TOPI))], [true, 0])
    assert.deepEqual([load(idc(1, CLAIMI)), load(idc(1, IFORCE)), lines[1]], [0, 0, false])
  })
})

describe('APLIC, delivery by messages', () => {
  test('a pending and enabled source is sent once, and is then no longer pending', () => {
    const wired = configured(LEVEL1, true)
    wired.drive(5, true)
    assert.deepEqual([wired.sent, pending(wired)], [[[1, 0, 0x55]], false])
    wired.store(SETIPNUM, 5)
    assert.equal(wired.sent.length, 2, 'setipnum sends again while the level stands')
    wired.drive(5, false)
    wired.store(SETIPNUM, 5)
    assert.equal(wired.sent.length, 2)
  })

  test('without IE, or not enabled, it waits', () => {
    const wired = configured(EDGE1, true)
    wired.store(DOMAINCFG, DM)
    wired.drive(5, true)
    assert.deepEqual([wired.sent, pending(wired)], [[], true])
    wired.store(CLRIENUM, 5)
    wired.store(DOMAINCFG, DM | IE)
    assert.deepEqual(wired.sent, [])
    wired.store(SETIENUM, 5)
    assert.deepEqual(wired.sent, [[1, 0, 0x55]])
  })

  test('genmsi sends at once, also without IE; in direct delivery it is read-only zero', () => {
    const { store, load, sent } = bench(true)
    store(GENMSI, (1 << 18) | 7)
    assert.deepEqual([load(GENMSI), sent], [0, []])
    store(DOMAINCFG, DM)
    store(GENMSI, 0xffff_ffff)
    assert.deepEqual([load(GENMSI), sent], [0xfffc_07ff, [[0x3fff, 0, 0x7ff]]])
  })

  test('a supervisor domain sends to a guest interrupt file', () => {
    const { root, child, sent } = bench(true)
    root.store(sourcecfg(5), 4, BigInt(DELEGATE))
    for (const [offset, value] of [
      [DOMAINCFG, DM | IE],
      [sourcecfg(5), DETACHED],
      [target(5), (1 << 18) | (3 << 12) | 9],
      [SETIENUM, 5],
      [SETIPNUM, 5],
    ] as const)
      child.store(offset, 4, BigInt(value))
    assert.deepEqual(sent, [[1, 3, 9]])
  })
})
