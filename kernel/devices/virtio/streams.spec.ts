import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConsoleDevice } from './console-device.js'
import { EntropyDevice } from './entropy-device.js'
import { NetworkDevice } from './network-device.js'
import { NetworkSwitch } from './network-switch.js'
import { TestDriver } from './test/test-driver.js'

const DATA = 0x2_0000
const NEEDS_RESET = 0x40
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const BYTES = new TextEncoder()

function consoleWorld(): { device: ConsoleDevice; driver: TestDriver; output: () => string } {
  let output = ''
  const device = new ConsoleDevice((bytes) => (output += text(bytes)))
  return { device, driver: new TestDriver(device).start(2), output: () => output }
}

describe('Virtio console', () => {
  test('a request longer than any output needs a reset, and nothing of it is output', () => {
    const { driver, output } = consoleWorld()
    driver.describe([{ address: DATA, length: 0x1_0001 }], { queue: 1 })
    driver.offer([0], 1)
    assert.deepEqual([driver.status & NEEDS_RESET, output()], [NEEDS_RESET, ''])
  })

  test('what the driver sends is output, in order', () => {
    const { driver, output } = consoleWorld()
    driver.bytes.set(BYTES.encode('hello, world'), DATA)
    driver.describe(
      [
        { address: DATA, length: 7 },
        { address: DATA + 7, length: 5 },
      ],
      { queue: 1 },
    )
    driver.offer([0], 1)
    assert.equal(output(), 'hello, world')
  })

  test('input waits for room, fills what is offered, and no byte is lost or told twice', () => {
    const { device, driver } = consoleWorld()
    device.input(BYTES.encode('abcde'))
    driver.describe([{ address: DATA, length: 3, writable: true }])
    driver.describe([{ address: DATA + 16, length: 8, writable: true }], { first: 1 })
    driver.offer([0, 1])
    assert.deepEqual(driver.used(), [
      [0, 3],
      [1, 2],
    ])
    assert.deepEqual([text(driver.bytes.slice(DATA, DATA + 3)), text(driver.bytes.slice(DATA + 16, DATA + 18))], ['abc', 'de'])
  })

  test('room that is offered before the input comes is filled when it comes', () => {
    const { device, driver } = consoleWorld()
    driver.describe([{ address: DATA, length: 8, writable: true }])
    driver.offer([0])
    assert.deepEqual([driver.used(), driver.line.level], [[], false])
    device.input(BYTES.encode('x'))
    assert.deepEqual([driver.used(), driver.line.level], [[[0, 1]], true])
  })
})

describe('Virtio entropy', () => {
  const bytesOf = (seed: number, length: number): Uint8Array => {
    const driver = new TestDriver(new EntropyDevice(seed)).start()
    driver.describe([{ address: DATA, length, writable: true }])
    driver.offer([0])
    return driver.bytes.slice(DATA, DATA + length)
  }

  test('equal seeds give equal bytes, other seeds others', () => {
    assert.deepEqual(bytesOf(5, 40), bytesOf(5, 40))
    assert.notDeepEqual(bytesOf(5, 40), bytesOf(6, 40))
  })

  test('every value of a byte occurs in 4 KiB, about as often as any other', () => {
    const counts = new Array<number>(256).fill(0)
    for (const byte of bytesOf(1, 4096)) counts[byte] = (counts[byte] ?? 0) + 1
    assert.ok(
      counts.every((count) => count > 0 && count < 40),
      'mean 16',
    )
  })
})

describe('Virtio network', () => {
  const address = (last: number): [number, number, number, number, number, number] => [2, 0, 0, 0, 0, last]

  function two(): readonly [TestDriver, TestDriver, TestDriver] {
    const network = new NetworkSwitch()
    const [a, b, c] = [1, 2, 3].map((last) => new TestDriver(new NetworkDevice(network, address(last))).start(2))
    assert.ok(a && b && c)
    return [a, b, c]
  }

  function send(driver: TestDriver, frame: Uint8Array): void {
    driver.bytes.set(frame, DATA + 12)
    driver.describe([{ address: DATA, length: 12 + frame.length }], { queue: 1 })
    driver.offer([0], 1)
  }

  function receive(driver: TestDriver, length = 1526): void {
    driver.describe([{ address: DATA + 0x2000, length, writable: true }])
    driver.offer([0])
  }

  const frameTo = (last: number, length = 60): Uint8Array => {
    const frame = new Uint8Array(length).fill(last)
    frame.set([...address(last), ...address(1)])
    return frame
  }

  for (const length of [13, 1519])
    test(`what is no Ethernet frame, of ${length} bytes, is sent to nobody`, () => {
      const [a, b] = two()
      receive(b)
      send(a, frameTo(2, length))
      assert.deepEqual([a.used(1), b.used()], [[[0, 0]], []])
    })

  test('a frame goes to the port whose address it names, and to no other', () => {
    const [a, b, c] = two()
    receive(b)
    receive(c)
    send(a, frameTo(2))
    assert.deepEqual([b.used(), c.used()], [[[0, 72]], []])
    assert.deepEqual(b.bytes.slice(DATA + 0x2000 + 12, DATA + 0x2000 + 72), frameTo(2))
    assert.equal(b.view.getUint16(DATA + 0x2000 + 10, true), 1, 'num_buffers')
  })

  test('a broadcast goes to all but its sender', () => {
    const [a, b, c] = two()
    for (const driver of [a, b, c]) receive(driver)
    const frame = frameTo(2)
    frame.fill(0xff, 0, 6)
    send(a, frame)
    assert.deepEqual([a.used().length, b.used().length, c.used().length], [0, 1, 1])
  })

  test('a frame waits for a buffer', () => {
    const [a, b] = two()
    send(a, frameTo(2))
    receive(b)
    assert.deepEqual(b.used(), [[0, 72]])
  })

  test('a receive buffer that is too small needs a reset', () => {
    const [a, b] = two()
    receive(b, 32)
    send(a, frameTo(2))
    assert.equal(b.status & NEEDS_RESET, NEEDS_RESET)
  })
})
