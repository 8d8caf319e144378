import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { KIB } from '../../common/units.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { SSWI_BASE } from '../platform/memory-map.js'
import { loadStores } from '../test/register-stores.js'
import { Sswi } from './sswi.js'

const MIP = 0x344

/** Two harts, and which were raised, in order. */
function connected(): { sswi: Sswi; raised: number[] } {
  const raised: number[] = []
  return { sswi: new Sswi([0, 1].map((hart) => () => void raised.push(hart))), raised }
}

describe('ACLINT 1.0, SSWI', () => {
  test('meets the device contract', () => assertDeviceContract({ create: () => connected().sswi, offsets: [0, 4, 8, 2, 0x3ffc] }))

  const refused: readonly (readonly [string, number, Width])[] = [
    ['SETSSIP of an absent hart', 8, 4],
    ['byte access', 0, 1],
    ['two registers at once', 0, 8],
    ['misaligned', 2, 4],
  ]
  for (const [what, offset, width] of refused)
    test(`${what} is refused, and raises nothing`, () => {
      const { sswi, raised } = connected()
      assert.equal(sswi.load(offset, width), undefined)
      assert.equal(sswi.store(offset, width, 1n), false)
      assert.deepEqual(raised, [])
    })

  test('only bit 0 raises, only the register’s hart; it reads as zero', () => {
    const { sswi, raised } = connected()
    assert.ok(sswi.store(0, 4, 0xffff_fffen))
    assert.deepEqual(raised, [])
    assert.ok(sswi.store(4, 4, 1n))
    assert.deepEqual([raised, sswi.load(4, 4)], [[1], 0n])
  })

  test('a store of one hart interrupts another, which finds SSIP set until it clears it', () => {
    const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'reference', harts: 2, sswi: true })
    loadStores(machine, [{ address: SSWI_BASE + 4, width: 4, value: 1n }])
    machine.hart(1).pc = BigInt(RAM_BASE + 0x2000)
    machine.memory.write(RAM_BASE + 0x2000, bytesOf([encode('wfi'), encode('jal', { rd: 0, immediate: -4 })]))
    machine.run({ untilCycle: 4096 })
    assert.deepEqual([machine.hart(0).csr(MIP), machine.hart(1).csr(MIP)], [0n, 2n])
    machine.hart(1).setCsr(MIP, 0n)
    assert.equal(machine.hart(1).csr(MIP), 0n)
  })
})
