import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { OWNER_KEY, STRANGER_KEY } from '../../testbench/published-keys.js'
import { chainOfPartitions } from '../../../test/kernel/chain-of-partitions.js'
import { compileSystem } from '../config/compiler/compile.js'
import { publicKeyBytes, signVector } from '../config/compiler/sign-vector.js'
import { KernelMemory } from '../memory/kernel-memory.js'
import { BOOT_MANIFEST, BOOT_ROM, LEAST_KERNEL_DATA, RAM_BASE, VECTOR_START } from '../memory/physical-map.js'
import { encodeManifest, type MeasuredItem } from './boot-manifest.js'
import { knownSignatureHolds, leastRevision, signatureHolds, verifySignature } from './configuration-authority.js'
import { measurementsHold } from './measure.js'

const { vector } = compileSystem('chain.yaml', chainOfPartitions(2))
const KEY = publicKeyBytes(OWNER_KEY)
const ANY_OF_THE_OWNERS: MeasuredItem = { kind: 'configuration-key', address: VECTOR_START, length: 7, digest: KEY }
const HOSTED = new Uint8Array(32)

function machine(
  signed: Uint8Array,
  items: readonly MeasuredItem[] = [ANY_OF_THE_OWNERS],
): { readonly port: ArrayPort; readonly memory: KernelMemory } {
  const port = new ArrayPort([BOOT_ROM, { address: RAM_BASE, bytes: LEAST_KERNEL_DATA.address - RAM_BASE }])
  const manifest = encodeManifest(items)
  port.raw(BOOT_MANIFEST, manifest.length).set(manifest)
  port.raw(VECTOR_START, signed.length).set(signed)
  return { port, memory: new KernelMemory(port, 0) }
}

describe('The authority over the configuration, RFC 8032', () => {
  test('is not given by a stranger’s signature, by none, or by one of another vector', () => {
    const other = compileSystem('chain.yaml', chainOfPartitions(3)).vector
    const moved = Uint8Array.of(...vector, ...signVector(other, OWNER_KEY).subarray(other.length))
    for (const signed of [signVector(vector, STRANGER_KEY), vector, moved]) assert.equal(signatureHolds(machine(signed).memory), false)
  })

  test('is lost with any bit of header, content or signature', () => {
    const signed = signVector(vector, OWNER_KEY)
    // Each byte once, a different bit each: a bit of the length that leads beyond memory is a fault of its own.
    for (let at = 16; at < signed.length; at++)
      assert.equal(signatureHolds(machine(signed.with(at, (signed[at] ?? 0) ^ (1 << (at & 7)))).memory), false, `byte ${at}`)
  })

  test('is not given where there is no vector', () => assert.equal(signatureHolds(machine(new Uint8Array(200)).memory), false))

  test('is not given by a key that is none', () =>
    assert.equal(verifySignature(new Uint8Array(32).fill(0xff), vector, new Uint8Array(64)), false))

  test('is given by the owner’s signature, and charged', () => {
    const { port, memory } = machine(signVector(vector, OWNER_KEY))
    assert.equal(signatureHolds(memory), true)
    assert.ok(port.now() > 50_000)
    assert.equal(leastRevision(memory), 7)
  })

  test('is not asked for where the ROM names the digest of the one vector', () => {
    const { memory } = machine(vector, [{ kind: 'hosted-code', address: 0, length: 0, digest: HOSTED }])
    assert.equal(signatureHolds(memory), true)
    assert.equal(leastRevision(memory), 0)
  })

  test('leaves measuring to its own header: content that differs from it is refused at run time as well', () => {
    const signed = signVector(vector, OWNER_KEY)
    assert.equal(measurementsHold(machine(signed).memory, HOSTED), true)
    for (const at of [16, 48, vector.length - 1])
      assert.equal(measurementsHold(machine(signed.with(at, (signed[at] ?? 0) ^ 1)).memory, HOSTED), false, `byte ${at}`)
    assert.equal(measurementsHold(machine(new Uint8Array(100)).memory, HOSTED), false)
  })

  test('is verified by a routine that gives the known answer', () => assert.equal(knownSignatureHolds(), true))

  test('is signed the same every time', () => assert.deepEqual(signVector(vector, OWNER_KEY), signVector(vector, OWNER_KEY)))
})
