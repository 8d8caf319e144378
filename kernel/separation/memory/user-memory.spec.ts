import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { DIRECT_MAP } from './kernel-memory.js'
import { readUserOnce, writeUser } from './user-memory.js'

const DATA = 0x10_0000
const CODE = 0x1_0000
const KERNEL = DIRECT_MAP + 0x8001_0000
const HIGH = 0x3fff_fff0
const SUM = 1n << 18n
const SSTATUS = 0x100
const OTHER_BITS = (1n << 8n) | (1n << 5n)

function hart(): ArrayPort {
  const port = new ArrayPort([
    { address: DATA, bytes: 64, user: true },
    { address: CODE, bytes: 64, user: true, readOnly: true },
    { address: KERNEL, bytes: 64 },
    { address: HIGH, bytes: 32, user: true },
  ])
  port.csrs.set(SSTATUS, OTHER_BITS)
  port.raw(KERNEL, 64).fill(0x4b)
  return port
}

const refused: readonly (readonly [name: string, address: bigint, length: number])[] = [
  ['the kernel, through the direct map', BigInt(KERNEL), 8],
  ['an address beyond the partition’s half of the address space', 0x4000_0000n, 1],
  ['a range that ends beyond it', BigInt(HIGH) + 8n, 16],
  ['an address that wraps', 2n ** 64n - 4n, 8],
  ['an address whose low bits would be the partition’s', (1n << 60n) | BigInt(DATA), 8],
  ['memory that no table maps', 0n, 8],
  ['a range that ends outside the mapping', BigInt(DATA) + 60n, 8],
]

describe('Memory of the caller', () => {
  for (const [name, address, length] of refused)
    test(`${name} is neither read nor written`, () => {
      const port = hart()
      assert.equal(readUserOnce(port, address, length), undefined)
      assert.equal(writeUser(port, address, new Uint8Array(length).fill(1)), false)
      assert.ok(port.raw(KERNEL, 64).every((byte) => byte === 0x4b))
      assert.ok(port.raw(DATA, 64).every((byte) => byte === 0))
      assert.ok(port.raw(HIGH, 32).every((byte) => byte === 0))
    })

  test('code is read and never written', () => {
    const port = hart()
    assert.deepEqual(readUserOnce(port, BigInt(CODE), 4), new Uint8Array(4))
    assert.equal(writeUser(port, BigInt(CODE), new Uint8Array(4)), false)
  })

  test('the last byte below the limit is the partition’s', () => assert.equal(readUserOnce(hart(), BigInt(HIGH), 16)?.length, 16))

  for (const address of [BigInt(DATA), 0n])
    test(`the permission for user memory is gone after access to 0x${address.toString(16)}, and no other status bit moved`, () => {
      const port = hart()
      readUserOnce(port, address, 8)
      writeUser(port, address, new Uint8Array(8))
      assert.equal(port.csrs.get(SSTATUS), OTHER_BITS)
      port.csrs.set(SSTATUS, OTHER_BITS | SUM)
      readUserOnce(port, address, 8)
      assert.equal(port.csrs.get(SSTATUS), OTHER_BITS)
    })
})
