import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../device-contract.js'
import { BlockDevice } from './block-device.js'
import { Disk } from './disk.js'
import { EntropyDevice } from './entropy-device.js'
import { MemoryImage } from './memory-image.js'
import { TestDriver, type TestDescriptor } from './test/test-driver.js'
import { VirtioMmio } from './virtio-mmio.js'

const DATA = 0x2_0000
const NEEDS_RESET = 0x40
const NO_DMA = { read: () => undefined, write: () => false }
const NO_LINE = { set: () => undefined }
const entropy = (): TestDriver => new TestDriver(new EntropyDevice(1))
const buffer: TestDescriptor = { address: DATA, length: 8, writable: true }

describe('Virtio over MMIO', () => {
  const offsets = [
    0, 4, 8, 0xc, 0x10, 0x14, 0x20, 0x24, 0x30, 0x34, 0x38, 0x44, 0x50, 0x60, 0x64, 0x70, 0x80, 0x84, 0xa4, 0xb0, 0xfc, 0x100, 0x13c,
  ]
  test('meets the device contract, empty and with each kind of function', () => {
    const disk = (): BlockDevice => new BlockDevice(new Disk(new MemoryImage(new Uint8Array(512))))
    for (const carried of [(): undefined => undefined, () => new EntropyDevice(7), disk])
      assertDeviceContract({ create: () => new VirtioMmio(0, carried(), NO_DMA, NO_LINE), offsets })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['a byte of a register', 0x70, 1],
    ['a doubleword of a register', 0x70, 8],
    ['a misaligned register', 0x72, 4],
    ['a register that the layout does not have', 0x28, 4],
    ['a register that can only be written', 0x50, 4],
    ['what lies behind the configuration space', 0x140, 1],
  ]
  for (const [what, offset, width] of refused)
    test(`a load of ${what} is refused`, () => {
      const block = new BlockDevice(new Disk(new MemoryImage(new Uint8Array(512))))
      assert.equal(new VirtioMmio(0, block, NO_DMA, NO_LINE).load(offset, width), undefined)
    })

  test('an empty slot says so by DeviceID 0', () => {
    const driver = new TestDriver(undefined)
    assert.deepEqual([driver.get(0), driver.get(4), driver.get(8)], [0x7472_6976, 2, 0])
  })

  test('FEATURES_OK stays clear when the driver accepts what was not offered', () => {
    const driver = entropy()
    driver.set(0x70, 3)
    driver.set(0x24, 0)
    driver.set(0x20, 1)
    driver.set(0x70, 11)
    assert.equal(driver.status, 3)
  })

  test('before DRIVER_OK no request is served', () => {
    const driver = entropy()
    driver.setUp(0)
    driver.describe([buffer])
    driver.offer([0])
    assert.deepEqual([driver.used(), driver.status], [[], 0])
  })

  for (const num of [0, 3, 512])
    test(`a queue of ${num} entries never becomes ready`, () => {
      const driver = entropy()
      driver.set(0x38, num)
      driver.set(0x44, 1)
      assert.equal(driver.get(0x44), 0)
    })

  test('a served request is in the used ring, and interrupts until it is acknowledged', () => {
    const driver = entropy().start()
    driver.describe([buffer])
    driver.offer([0])
    assert.deepEqual(driver.used(), [[0, 8]])
    assert.deepEqual([driver.line.level, driver.get(0x60)], [true, 1])
    driver.set(0x64, 1)
    assert.deepEqual([driver.line.level, driver.get(0x60)], [false, 0])
  })

  test('VIRTQ_AVAIL_F_NO_INTERRUPT keeps the line low', () => {
    const driver = entropy().start()
    driver.view.setUint16(0x5000, 1, true)
    driver.describe([buffer])
    driver.offer([0])
    assert.deepEqual([driver.used(), driver.line.level], [[[0, 8]], false])
  })

  test('an indirect table serves as a chain', () => {
    const driver = entropy().start()
    driver.describe([{ address: 0x3_0000, length: 16, flags: 4 }])
    driver.describe([buffer], { table: 0x3_0000 })
    driver.offer([0])
    assert.deepEqual(driver.used(), [[0, 8]])
  })

  test('status 0 resets: queues, interrupts and DEVICE_NEEDS_RESET are gone', () => {
    const driver = entropy().start()
    driver.offer([99])
    assert.equal(driver.status & NEEDS_RESET, NEEDS_RESET)
    driver.set(0x70, 0)
    assert.deepEqual([driver.status, driver.get(0x60), driver.get(0x44), driver.line.level], [0, 0, 0, false])
  })
})

describe('A driver that breaks the rules gets a device that needs a reset', () => {
  const hostile: readonly (readonly [string, readonly TestDescriptor[], number])[] = [
    ['a head outside the table', [buffer], 16],
    ['a next outside the table', [{ ...buffer, flags: 3, next: 16 }], 0],
    ['a chain that is a loop', [{ ...buffer, flags: 3, next: 0 }], 0],
    [
      'a readable descriptor after a writable one',
      [buffer, { address: DATA, length: 8, flags: 0 }].map((item, index) => (index === 0 ? { ...item, flags: 3 } : item)),
      0,
    ],
    ['a buffer outside memory', [{ ...buffer, address: 2n ** 63n }], 0],
    ['a buffer across the end of the address space', [{ ...buffer, address: 2n ** 64n - 4n }], 0],
    ['a buffer of no bytes', [{ ...buffer, length: 0 }], 0],
    ['an indirect table whose length is no multiple of a descriptor', [{ address: 0x3_0000, length: 20, flags: 4 }], 0],
    ['an indirect table that is chained', [{ address: 0x3_0000, length: 16, flags: 5, next: 1 }], 0],
    ['an indirect table outside memory', [{ address: 2n ** 62n, length: 16, flags: 4 }], 0],
    ['an indirect table in an indirect table', [{ address: 0x4000, length: 16, flags: 4 }], 0],
  ]
  for (const [what, descriptors, head] of hostile)
    test(`for ${what}`, () => {
      const driver = entropy().start()
      driver.describe(descriptors)
      driver.offer([head])
      assert.deepEqual([driver.used(), driver.status & NEEDS_RESET], [[], NEEDS_RESET])
      assert.equal(driver.get(0x60), 2, 'told by a configuration change')
      driver.describe([buffer])
      driver.offer([0])
      assert.deepEqual(driver.used(), [], 'and serves nothing until then')
    })

  test('for more requests than the queue holds', () => {
    const driver = entropy().start()
    driver.view.setUint16(0x5002, 17, true)
    driver.set(0x50, 0)
    assert.equal(driver.status & NEEDS_RESET, NEEDS_RESET)
  })

  for (const [area, register] of [
    ['available', 0x90],
    ['used', 0xa0],
  ] as const)
    test(`for an ${area} ring outside memory`, () => {
      const driver = entropy()
      driver.set(0x38, 16)
      for (const low of [0x80, 0x90, 0xa0]) driver.set(low, 0x4000)
      driver.set(register + 4, 0x8000_0000)
      driver.set(0x44, 1)
      driver.set(0x70, 15)
      driver.describe([buffer])
      if (area === 'used') driver.view.setUint16(0x4002, 1, true)
      driver.set(0x50, 0)
      assert.equal(driver.status & NEEDS_RESET, NEEDS_RESET)
    })

  test('a notification for a queue that is not there does nothing', () => {
    const driver = entropy().start()
    driver.set(0x50, 7)
    assert.equal(driver.status, 15)
  })
})
