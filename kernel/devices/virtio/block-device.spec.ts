import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { BlockDevice } from './block-device.js'
import { Disk, DiskFault, type DiskImage } from './disk.js'
import { MemoryImage } from './memory-image.js'
import { TestDriver } from './test/test-driver.js'

const HEADER = 0x2_0000
const STATUS = 0x2_0100
const DATA = 0x2_1000
const SECTORS = 64
const [IN, OUT, FLUSH, GET_ID] = [0, 1, 4, 8]
const [OK, IOERR, UNSUPP, NONE] = [0, 1, 2, 0xff]
const FEATURE_FLUSH = 1n << 9n

interface Setup {
  readonly readOnly?: boolean
  readonly without?: bigint
  readonly image?: DiskImage
}

class World {
  readonly contents = Uint8Array.from({ length: SECTORS * 512 }, (_, index) => index >> 9)
  readonly disk: Disk
  readonly driver: TestDriver

  constructor({ readOnly = false, without = 0n, image }: Setup = {}) {
    this.disk = new Disk(image ?? new MemoryImage(this.contents))
    this.driver = new TestDriver(new BlockDevice(this.disk, { readOnly, serial: 'serial-1' })).start(1, without)
  }

  /** Status of a request, and how many bytes the device says it wrote. */
  request(type: number, sector: number | bigint, length: number): readonly [number, number] {
    const { view } = this.driver
    view.setUint32(HEADER, type, true)
    view.setBigUint64(HEADER + 8, BigInt(sector), true)
    view.setUint8(STATUS, NONE)
    const data = length === 0 ? [] : [{ address: DATA, length, writable: type !== OUT }]
    this.driver.describe([{ address: HEADER, length: 16 }, ...data, { address: STATUS, length: 1, writable: true }])
    this.driver.offer([0])
    return [view.getUint8(STATUS), this.driver.used().at(-1)?.[1] ?? -1]
  }

  data(length: number): Uint8Array {
    return this.driver.bytes.slice(DATA, DATA + length)
  }

  fill(length: number, value: number): void {
    this.driver.bytes.fill(value, DATA, DATA + length)
  }
}

describe('Virtio block device', () => {
  const refusals: readonly (readonly [string, number, number | bigint, number, number])[] = [
    ['a read behind the end', IN, SECTORS, 512, IOERR],
    ['a read across the end', IN, SECTORS - 1, 1024, IOERR],
    ['a read of half a sector', IN, 0, 256, IOERR],
    ['a read at a sector that no number of bytes can name', IN, 2n ** 64n - 1n, 512, IOERR],
    ['a write behind the end', OUT, SECTORS, 512, IOERR],
    ['an unknown request', 99, 0, 512, UNSUPP],
    ['GET_ID without room for it', GET_ID, 0, 19, IOERR],
  ]
  for (const [what, type, sector, length, status] of refusals)
    test(`${what} ends with status ${status} and changes nothing`, () => {
      const world = new World()
      const before = world.contents.slice()
      world.fill(1024, 0xaa)
      assert.deepEqual(world.request(type, sector, length), [status, 1])
      assert.ok(world.data(1024).every((byte) => byte === 0xaa))
      world.disk.flush()
      assert.deepEqual(world.contents, before)
    })

  test('a write to a read-only drive is refused', () => {
    const world = new World({ readOnly: true })
    assert.equal(world.request(OUT, 0, 512)[0], IOERR)
    assert.equal(world.request(IN, 0, 512)[0], OK)
  })

  test('a request without room for its status needs a reset', () => {
    const { driver } = new World()
    driver.describe([{ address: HEADER, length: 16 }])
    driver.offer([0])
    assert.equal(driver.status & 0x40, 0x40)
  })

  test('an image that fails ends the request with an I/O error, not the machine', () => {
    const fails = (): never => {
      throw new DiskFault('cut')
    }
    const world = new World({ image: { bytes: 512, read: fails, write: fails, sync: fails } })
    assert.deepEqual(world.request(IN, 0, 512), [IOERR, 1])
    assert.deepEqual(world.request(OUT, 0, 512), [IOERR, 1])
  })

  test('capacity is told in sectors, the identifier on request', () => {
    const world = new World()
    assert.equal(world.driver.device.load(0x100, 8), BigInt(SECTORS))
    assert.deepEqual(world.request(GET_ID, 0, 20), [OK, 21])
    assert.equal(new TextDecoder().decode(world.data(8)), 'serial-1')
  })

  test('until a flush nothing reaches the image, and after it everything has: a machine may be killed in between', () => {
    const world = new World()
    world.fill(1024, 0x5a)
    assert.deepEqual(world.request(OUT, 7, 1024), [OK, 1])
    assert.deepEqual([world.contents[7 * 512], world.contents[8 * 512]], [7, 8], 'killed here, the image is as before')
    world.request(IN, 8, 512)
    assert.ok(
      world.data(512).every((byte) => byte === 0x5a),
      'the system reads what it wrote',
    )
    assert.deepEqual(world.request(FLUSH, 0, 0), [OK, 1])
    assert.ok(world.contents.subarray(7 * 512, 9 * 512).every((byte) => byte === 0x5a))
    assert.deepEqual([world.contents[6 * 512 + 511], world.contents[9 * 512]], [6, 9], 'and nothing else')
  })

  test('a driver without VIRTIO_BLK_F_FLUSH has its writes in the image at once', () => {
    const world = new World({ without: FEATURE_FLUSH })
    world.fill(512, 0x5a)
    world.request(OUT, 0, 512)
    assert.equal(world.contents[0], 0x5a)
  })

  test('a drive restored from a snapshot reads as it did then, and has the same to flush', () => {
    const world = new World()
    world.fill(512, 1)
    world.request(OUT, 3, 512)
    const snapshot = structuredClone(world.driver.device.snapshot())
    world.fill(512, 2)
    world.request(OUT, 3, 512)
    world.request(OUT, 5, 512)
    world.driver.device.restore(snapshot)
    assert.deepEqual([...world.disk.read(3 * 512, 1), ...world.disk.read(5 * 512, 1)], [1, 5])
    world.disk.flush()
    assert.deepEqual([world.contents[3 * 512], world.contents[5 * 512]], [1, 5])
  })
})

test('a disk is its image with every write over it, in any order and of any length', () => {
  const write = fc.record({ offset: fc.nat(9999), value: fc.nat(255), length: fc.nat(6000), flush: fc.boolean() })
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), (writes) => {
      const model = new Uint8Array(16_000)
      const image = new Uint8Array(16_000)
      const disk = new Disk(new MemoryImage(image))
      for (const { offset, value, length, flush } of writes) {
        const bytes = new Uint8Array(length).fill(value)
        model.set(bytes, offset)
        disk.write(offset, bytes)
        if (flush) disk.flush()
        if (flush) assert.deepEqual(image, model)
      }
      assert.deepEqual(disk.read(0, 16_000), model)
      const again = new Disk(new MemoryImage(image))
      again.restore(disk.snapshot())
      assert.deepEqual(again.read(1, 15_999), model.subarray(1))
    }),
    { seed: 4, numRuns: 60 },
  )
})
