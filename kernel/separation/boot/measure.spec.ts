import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { KernelMemory } from '../memory/kernel-memory.js'
import { BOOT_MANIFEST, BOOT_ROM, RAM_BASE } from '../memory/physical-map.js'
import { encodeManifest, ITEM_BYTES, MOST_ITEMS, type MeasuredItem } from './boot-manifest.js'
import { knownAnswerHolds, measurementsHold, sha256 } from './measure.js'

const HOSTED = new Uint8Array(32).fill(7)
const STUB = new Uint8Array(256).map((_, index) => index)
const IMAGE = new Uint8Array(100).fill(0x13)
const IMAGE_AT = RAM_BASE + 0x1000

const ITEMS: readonly MeasuredItem[] = [
  { kind: 'trap-stub', address: RAM_BASE, length: STUB.length, digest: sha256(STUB) },
  { kind: 'image', address: IMAGE_AT, length: IMAGE.length, digest: sha256(IMAGE) },
  { kind: 'hosted-code', address: 0, length: 0, digest: HOSTED },
]

function machine(items: readonly MeasuredItem[] = ITEMS): { readonly port: ArrayPort; readonly memory: KernelMemory } {
  const port = new ArrayPort([BOOT_ROM, { address: RAM_BASE, bytes: 0x2000 }])
  const manifest = encodeManifest(items)
  port.raw(BOOT_MANIFEST, manifest.length).set(manifest)
  port.raw(RAM_BASE, STUB.length).set(STUB)
  port.raw(IMAGE_AT, IMAGE.length).set(IMAGE)
  return { port, memory: new KernelMemory(port, 0) }
}

const setU64 = (port: ArrayPort, address: number, value: bigint): void => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  port.raw(address, 8).set(bytes)
}

describe('Measurement, SKPP FPT_ESS_EXP.1', () => {
  for (const [name, at, length] of [
    ['trap stub', RAM_BASE, STUB.length],
    ['image', IMAGE_AT, IMAGE.length],
  ] as const)
    for (const offset of [0, Math.floor(length / 2), length - 1])
      test(`one altered bit in byte ${offset} of the ${name} is refused`, () => {
        const { port, memory } = machine()
        port.raw(at, length)[offset]! ^= 0x80
        assert.equal(measurementsHold(memory, HOSTED), false)
      })

  for (let item = 0; item < ITEMS.length; item++)
    test(`an altered digest of item ${item} is refused in each of its bytes`, () => {
      const { port, memory } = machine()
      const digest = port.raw(BOOT_MANIFEST + 8 + item * ITEM_BYTES + 24, 32)
      for (let byte = 0; byte < 32; byte++) {
        digest[byte]! ^= 1
        assert.equal(measurementsHold(memory, HOSTED), false, `byte ${byte}`)
        digest[byte]! ^= 1
      }
      assert.equal(measurementsHold(memory, HOSTED), true)
    })

  test('other hosted code than the manifest names is refused', () => {
    assert.equal(
      measurementsHold(
        machine().memory,
        HOSTED.map((byte) => byte ^ 1),
      ),
      false,
    )
    assert.equal(measurementsHold(machine().memory, HOSTED.subarray(0, 31)), false)
  })

  for (const count of [0n, BigInt(MOST_ITEMS) + 1n, 2n ** 63n])
    test(`a manifest of ${count} items is refused: nothing measured is nothing trusted`, () => {
      const { port, memory } = machine()
      setU64(port, BOOT_MANIFEST, count)
      assert.equal(measurementsHold(memory, HOSTED), false)
    })

  test('an item of unknown kind is refused', () => {
    const { port, memory } = machine()
    setU64(port, BOOT_MANIFEST + 8 + ITEM_BYTES, 99n)
    assert.equal(measurementsHold(memory, HOSTED), false)
  })

  test('everything as the manifest says is accepted, and the reading and hashing is charged', () => {
    const { port, memory } = machine()
    assert.equal(measurementsHold(memory, HOSTED), true)
    assert.ok(port.now() >= STUB.length / 8 + 64 * 4 + Math.ceil(IMAGE.length / 8) + 64 * 2)
  })

  test('SHA-256 gives the known answers of FIPS 180-4', () => {
    assert.equal(knownAnswerHolds(), true)
    const hex = (text: string) => Buffer.from(sha256(new TextEncoder().encode(text))).toString('hex')
    assert.equal(hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    assert.equal(
      hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })
})
