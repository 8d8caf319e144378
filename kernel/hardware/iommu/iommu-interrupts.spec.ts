import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IommuBench, MESSAGE_PAGE } from './test/iommu-bench.js'
import { DEVICE, IOVA, OUTSIDE } from './test/one-device.js'

const [FCTL, CQCSR, FQCSR, IPSR, ICVEC] = [8, 72, 76, 84, 760]
const [CIP, FIP] = [1, 2]
const CMD_ILL = 1 << 10
const message = (vector: number): number => 768 + 16 * vector

/** Interrupts of both queues, command queue vector 1, fault queue vector 2. */
function vectored(): IommuBench {
  const bench = new IommuBench()
  bench.store32(CQCSR, 3)
  bench.store32(FQCSR, 3)
  bench.store64(ICVEC, 0x21n)
  for (const vector of [1, 2]) {
    bench.store64(message(vector), MESSAGE_PAGE + BigInt(vector * 8))
    bench.store32(message(vector) + 8, 0x100 + vector)
  }
  return bench
}

describe('IOMMU interrupts', () => {
  test('without fctl.WSI no wire is driven, with it no message goes out', () => {
    const bench = vectored()
    bench.read(DEVICE, IOVA)
    assert.deepEqual(bench.wires, [false, false, false, false])
    const wired = vectored()
    wired.store32(FCTL, 2)
    wired.read(DEVICE, IOVA)
    assert.deepEqual(wired.memory.messages, [])
    assert.deepEqual(wired.wires, [false, false, true, false])
    wired.store32(IPSR, FIP)
    assert.deepEqual(wired.wires, [false, false, false, false])
  })

  test('a message goes out when its pending bit goes from 0 to 1, and not while it is 1', () => {
    const bench = vectored()
    bench.read(DEVICE, IOVA)
    bench.read(DEVICE, IOVA)
    const faulted = { address: MESSAGE_PAGE + 16n, data: 0x102 }
    assert.deepEqual(bench.memory.messages, [faulted])
    bench.store32(IPSR, FIP)
    bench.read(DEVICE, IOVA)
    assert.deepEqual(bench.memory.messages, [faulted, faulted])
  })

  test('a bit that software clears while its cause stands is set again, with another message', () => {
    const bench = vectored()
    bench.command([0n, 0n])
    bench.store32(IPSR, CIP)
    assert.equal(bench.load(IPSR), BigInt(CIP))
    assert.equal(bench.memory.messages.length, 2)
    bench.store32(CQCSR, CMD_ILL | 2)
    bench.store32(IPSR, CIP)
    assert.equal(bench.load(IPSR), 0n)
  })

  test('cie set after the error: the interrupt comes then', () => {
    const bench = new IommuBench()
    bench.command([0n, 0n])
    assert.equal(bench.load(IPSR), 0n)
    bench.store32(CQCSR, 3)
    assert.equal(bench.load(IPSR), BigInt(CIP))
  })

  test('a masked vector sends nothing; what waited goes out when the mask goes', () => {
    const bench = vectored()
    bench.store32(message(2) + 12, 1)
    bench.read(DEVICE, IOVA)
    assert.deepEqual(bench.memory.messages, [])
    bench.store32(message(2) + 12, 0)
    assert.equal(bench.memory.messages.length, 1)
    bench.store32(message(2) + 12, 1)
    bench.store32(message(2) + 12, 0)
    assert.equal(bench.memory.messages.length, 1)
  })

  test('a message to no memory: cause 273 with TTYP 0 and the address', () => {
    const bench = vectored()
    bench.store64(message(1), OUTSIDE << 12n)
    bench.command([0n, 0n])
    const expected = { cause: 273, ttyp: 0, device: 0, process: undefined, supervisor: false, iotval: OUTSIDE << 12n, iotval2: 0n }
    assert.deepEqual(bench.takeFaults(), [expected])
  })

  test('messages of the fault queue to no memory are one more record, not an endless row of them', () => {
    const bench = vectored()
    bench.store64(message(2), OUTSIDE << 12n)
    bench.read(DEVICE, IOVA)
    assert.deepEqual(
      bench.takeFaults().map(({ cause }) => cause),
      [258, 273],
    )
  })

  test('four vectors; those of absent causes and beyond are hardwired to zero', () => {
    const bench = new IommuBench()
    bench.store64(ICVEC, -1n & 0xffff_ffff_ffff_ffffn)
    assert.equal(bench.load(ICVEC, 8), 0x33n)
    bench.store64(message(3), -1n & 0xffff_ffff_ffff_ffffn)
    bench.store64(message(4), 8n)
    assert.deepEqual([bench.load(message(3), 8), bench.load(message(4), 8)], [0xff_ffff_ffff_fffcn, 0n])
  })
})
