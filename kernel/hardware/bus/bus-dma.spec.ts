import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DeviceModel } from '../../common/device-port.js'
import { KIB } from '../../common/units.js'
import { DIRTY_MAP, RAM } from '../memory/layout.js'
import { MachineMemory } from '../memory/machine-memory.js'
import { OutsideStores } from '../memory/outside-stores.js'
import { RAM_BASE, ROM_BASE } from '../memory/physical-memory.js'
import { BusDma } from './bus-dma.js'
import { Bus, type WatchedStore } from './bus.js'

const MESSAGES = 0x2800_0000
const REGISTERS = 0x1000_0000
const END = RAM_BASE + 64 * KIB
const BYTES = Uint8Array.of(1, 2, 3, 4)

/** A device that notes what is stored to it. */
function deviceAt(name: string, stored: bigint[]): DeviceModel<null> {
  const store = (_offset: number, _width: number, value: bigint): boolean => stored.push(value) > 0
  return { name, size: 0x1000, load: () => 0n, store, reset: () => undefined, snapshot: () => null, restore: () => undefined }
}

function world(): { dma: BusDma; memory: MachineMemory; bus: Bus; stores: OutsideStores; stored: bigint[] } {
  const memory = new MachineMemory(64 * KIB)
  const stored: bigint[] = []
  const bus = new Bus(memory)
  bus.attach({ base: REGISTERS, device: deviceAt('registers', stored) })
  bus.attach({ base: MESSAGES, device: deviceAt('messages', stored), takesMessages: true })
  const stores = new OutsideStores(memory)
  return { dma: new BusDma(memory, bus, stores, { now: () => 7 }), memory, bus, stores, stored }
}

describe('DMA on the bus', () => {
  const faults: readonly (readonly [string, bigint, Uint8Array])[] = [
    ['below RAM', BigInt(RAM_BASE - 2), BYTES],
    ['across the end of RAM', BigInt(END - 2), BYTES],
    ['nowhere', 0x4000_0000n, BYTES],
    ['beyond 2^53', 2n ** 63n, BYTES],
    ['at the end of the address space', 2n ** 64n - 2n, BYTES],
    ['to the boot ROM', BigInt(ROM_BASE), BYTES],
    ["to a device's registers", BigInt(REGISTERS), BYTES],
    ['of 2 bytes to registers that take messages', BigInt(MESSAGES), BYTES.subarray(2)],
  ]
  for (const [where, address, bytes] of faults)
    test(`a write ${where} faults and changes nothing`, () => {
      const { dma, memory, stored } = world()
      assert.equal(dma.write(address, bytes), false)
      assert.deepEqual(stored, [])
      assert.ok(memory.peek(RAM, 64 * KIB).every((byte) => byte === 0))
      assert.ok(memory.peek(DIRTY_MAP, 16).every((dirty) => dirty === 0))
    })

  for (const [where, address] of [...faults.slice(0, 5), ["of a device's registers", BigInt(MESSAGES)] as const])
    test(`a read ${where} faults`, () => assert.equal(world().dma.read(address, 4), undefined))

  test('what is written is read back, and every page it touches is dirty', () => {
    const { dma, memory } = world()
    assert.ok(dma.write(BigInt(RAM_BASE + 4094), BYTES))
    assert.deepEqual(dma.read(BigInt(RAM_BASE + 4094), 4), BYTES)
    assert.deepEqual(
      [...memory.peek(DIRTY_MAP, 3)].map((dirty) => dirty !== 0),
      [true, true, false],
    )
  })

  test('a read is a copy', () => {
    const { dma } = world()
    const read = dma.read(BigInt(RAM_BASE), 4)
    dma.write(BigInt(RAM_BASE), BYTES)
    assert.deepEqual(read, new Uint8Array(4))
  })

  test('the boot ROM can be read', () => assert.equal(world().dma.read(BigInt(ROM_BASE), 8)?.length, 8))

  test('a message reaches the registers that take it', () => {
    const { dma, stored } = world()
    assert.ok(dma.write(BigInt(MESSAGES), BYTES))
    assert.deepEqual(stored, [0x0403_0201n])
  })

  test('listeners hear where memory changed, watches which store it was', () => {
    const { dma, bus, stores } = world()
    const heard: unknown[] = []
    const seen: WatchedStore[] = []
    stores.listen((offset, length) => heard.push([offset, length]))
    bus.watch({ address: RAM_BASE + 16, length: 8, stored: (store) => seen.push(store) })
    dma.write(BigInt(RAM_BASE + 12), BYTES)
    dma.write(BigInt(RAM_BASE + 14), BYTES)
    assert.deepEqual(heard, [
      [RAM + 12, 4],
      [RAM + 14, 4],
    ])
    assert.deepEqual(seen, [{ address: RAM_BASE + 14, width: 4, cycle: 7, pc: undefined }])
  })
})
