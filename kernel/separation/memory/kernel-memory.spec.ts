import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ArrayPort } from '../../../test/kernel/array-port.js'
import { DIRECT_MAP, KernelAccessError, KernelIntegrityError, KernelMemory } from './kernel-memory.js'

const AT = 0x8001_0000
const memory = (base: number): KernelMemory => new KernelMemory(new ArrayPort([{ address: base + AT, bytes: 64 }]), base)

const accesses: readonly (readonly [name: string, access: (memory: KernelMemory) => unknown, exception: number])[] = [
  ['a load of a word outside memory', (m) => m.u32(AT + 64), 5],
  ['a load of a doubleword outside memory', (m) => m.u64(AT - 8), 5],
  ['a misaligned load', (m) => m.u64(AT + 4), 4],
  ['a store of a word outside memory', (m) => m.setU32(AT + 64, 1), 7],
  ['a misaligned store', (m) => m.setU64(AT + 1, 1n), 6],
  ['a range that begins inside memory and ends outside', (m) => m.bytes(AT + 60, 8), 5],
  ['a write that ends outside memory', (m) => m.setBytes(AT + 60, new Uint8Array(8)), 7],
]

describe('Kernel memory', () => {
  for (const base of [0, DIRECT_MAP])
    for (const [name, access, exception] of accesses)
      test(`${name} at base 0x${base.toString(16)} is an integrity error with the hart's exception code`, () =>
        assert.throws(
          () => access(memory(base)),
          (error: unknown) => error instanceof KernelAccessError && error.exception === exception,
        ))

  test('a refused write of a range writes nothing', () => {
    const m = memory(0)
    assert.throws(() => m.setBytes(AT + 60, new Uint8Array(8).fill(1)))
    assert.deepEqual(m.bytes(AT, 64), new Uint8Array(64))
  })

  test('a clock beyond any uptime is an integrity error, not a rounded number', () => {
    const m = memory(0)
    m.setU64(AT, 2n ** 53n)
    assert.throws(() => m.time(AT), KernelIntegrityError)
    m.setU64(AT, 2n ** 53n - 1n)
    assert.equal(m.time(AT), 2 ** 53 - 1)
  })

  test('is little endian, and what was stored is what is loaded', () => {
    const m = memory(DIRECT_MAP)
    m.setU64(AT, 0x1122_3344_5566_7788n)
    m.setU32(AT + 8, 0xffff_ffff)
    assert.equal(m.u32(AT), 0x5566_7788)
    assert.equal(m.u64(AT), 0x1122_3344_5566_7788n)
    assert.equal(m.u32(AT + 8), 0xffff_ffff)
  })

  test('physical address 0 is seen by machine code at the base of the direct map', () =>
    assert.equal(memory(DIRECT_MAP).kernelAddress(AT), 0x20_0000_0000 + AT))
})
