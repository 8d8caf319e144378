import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import {
  CLAIMI,
  CLRIE,
  CLRIENUM,
  CLRIPNUM,
  DELEGATE,
  DETACHED,
  DOMAINCFG,
  EDGE1,
  GENMSI,
  IDELIVERY,
  IN_CLRIP,
  LEVEL1,
  MMSIADDRCFG,
  MMSIADDRCFGH,
  SETIE,
  SETIENUM,
  SETIP,
  SETIPNUM,
  SETIPNUM_LE,
  TOPI,
  bench,
  configured,
  idc,
  sourcecfg,
  target,
} from './test/aplic-bench.js'

describe('APLIC domain', () => {
  test('meets the device contract', () => {
    const offsets = [
      0,
      2,
      4,
      0x14,
      0xa0,
      0xa4,
      0xffc,
      MMSIADDRCFGH,
      SETIP,
      SETIPNUM,
      IN_CLRIP,
      CLRIPNUM,
      SETIE,
      SETIENUM,
      CLRIE,
      SETIPNUM_LE,
      GENMSI,
    ]
    const more = [target(5), 0x3ffc, idc(0, IDELIVERY), idc(0, TOPI), idc(1, CLAIMI), idc(2, 0), 0x7ffc]
    for (const messages of [false, true]) assertDeviceContract({ create: () => bench(messages).root, offsets: [...offsets, ...more] })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['a byte', DOMAINCFG, 1],
    ['a doubleword', SETIP, 8],
    ['misaligned', sourcecfg(1) + 2, 4],
  ]
  for (const [what, offset, width] of refused)
    test(`refused: ${what}`, () => {
      const { root } = bench()
      assert.equal(root.load(offset, width), undefined)
      assert.equal(root.store(offset, width, 1n), false)
    })

  test('domaincfg: IE, and DM where messages can be sent; the top byte is 80h', () => {
    for (const [messages, expected] of [
      [false, 0x8000_0100],
      [true, 0x8000_0104],
    ] as const) {
      const { store, load } = bench(messages)
      store(DOMAINCFG, 0xffff_ffff)
      assert.equal(load(DOMAINCFG), expected)
    }
  })

  test('addresses of messages are locked, and cannot be changed', () => {
    const { store, load } = bench(true)
    for (const register of [MMSIADDRCFG, MMSIADDRCFGH, MMSIADDRCFG + 8, MMSIADDRCFGH + 8]) store(register, 0x7fff_ffff)
    assert.deepEqual([MMSIADDRCFG, MMSIADDRCFGH, MMSIADDRCFG + 8, MMSIADDRCFGH + 8].map(load), [0, 0x8000_0000, 0, 0])
  })

  test('reserved modes make a source inactive; sources beyond the last do not exist', () => {
    const { store, load } = configured(LEVEL1)
    for (const mode of [2, 3, 0]) {
      store(sourcecfg(5), LEVEL1)
      store(sourcecfg(5), mode)
      assert.equal(load(sourcecfg(5)), 0)
    }
    store(sourcecfg(41), EDGE1)
    assert.equal(load(sourcecfg(41)), 0)
  })

  test('of an inactive source target, enable and pending bits are read-only zero', () => {
    const { store, load } = configured(DETACHED)
    store(SETIPNUM, 5)
    store(sourcecfg(5), 0)
    for (const [register, value] of [
      [target(5), 0xffff_ffff],
      [SETIENUM, 5],
      [SETIPNUM, 5],
      [SETIE, 0xffff_ffff],
      [SETIP, 0xffff_ffff],
    ] as const)
      store(register, value)
    assert.deepEqual([target(5), SETIE, SETIP].map(load), [0, 0, 0])
  })

  test('a priority of 0 becomes 1; a message has no priority; a machine-level domain has no guests', () => {
    const direct = configured(EDGE1)
    direct.store(target(5), (7 << 18) | 0xf00)
    assert.equal(direct.load(target(5)), (7 << 18) | 1)
    const { load, store } = configured(EDGE1, true)
    store(target(5), 0xffff_ffff)
    assert.equal(load(target(5)), 0xfffc_07ff)
  })

  test('enable bits by word and by number', () => {
    const { load, store } = bench()
    for (const source of [3, 33, 40]) store(sourcecfg(source), DETACHED)
    store(SETIE, 0xffff_ffff)
    store(SETIE + 4, 0xffff_ffff)
    assert.deepEqual([load(SETIE), load(SETIE + 4)], [1 << 3, (1 << 1) | (1 << 8)])
    store(CLRIENUM, 33)
    store(CLRIE, 1 << 3)
    assert.deepEqual([load(SETIE), load(SETIE + 4), load(CLRIE)], [0, 1 << 8, 0])
  })
})

describe('APLIC, "Interrupt domains"', () => {
  test('a source that is not delegated does not exist in the child', () => {
    const { child, store } = bench()
    store(sourcecfg(5), LEVEL1)
    child.store(sourcecfg(5), 4, BigInt(LEVEL1))
    assert.equal(child.load(sourcecfg(5), 4), 0n)
  })

  test('a delegated source is inactive in the root and active in the child', () => {
    const { child, store, load, drive } = bench()
    store(sourcecfg(5), DELEGATE | 0x3ff)
    assert.equal(load(sourcecfg(5)), DELEGATE)
    child.store(sourcecfg(5), 4, BigInt(LEVEL1))
    drive(5, true)
    assert.deepEqual([load(SETIP), child.load(SETIP, 4)], [0, 1n << 5n])
  })

  test('when delegation ends the child’s configuration is gone', () => {
    const { child, store } = bench()
    store(sourcecfg(5), DELEGATE)
    child.store(sourcecfg(5), 4, BigInt(EDGE1))
    store(sourcecfg(5), DETACHED)
    store(sourcecfg(5), DELEGATE)
    assert.equal(child.load(sourcecfg(5), 4), 0n)
  })

  test('a domain without child cannot delegate: the whole register becomes zero', () => {
    const { child, store } = bench()
    store(sourcecfg(5), DELEGATE)
    child.store(sourcecfg(5), 4, BigInt(EDGE1))
    child.store(sourcecfg(5), 4, BigInt(DELEGATE | EDGE1))
    assert.equal(child.load(sourcecfg(5), 4), 0n)
  })
})
