import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IommuBench } from './test/iommu-bench.js'
import { DEVICE, IOVA, OUTSIDE } from './test/one-device.js'

const FQCSR = 76
const [FQMF, FQOF] = [1 << 8, 1 << 9]
const ON = 1 | (1 << 16)

const faults = (bench: IommuBench, count: number): void => {
  for (let left = count; left > 0; left--) bench.read(DEVICE, IOVA)
}

describe('IOMMU fault queue', () => {
  test('a full queue overflows: fqof, the record and all further ones are discarded until it is cleared', () => {
    const bench = new IommuBench()
    faults(bench, 15)
    assert.equal(bench.load(FQCSR), BigInt(ON), 'one entry less than the queue has')
    faults(bench, 2)
    assert.deepEqual([bench.load(FQCSR), bench.load(52)], [BigInt(ON | FQOF), 15n])
    assert.equal(bench.takeFaults().length, 15)
    faults(bench, 1)
    assert.equal(bench.takeFaults().length, 0)
    bench.store32(FQCSR, 1 | FQOF)
    faults(bench, 2)
    assert.equal(bench.takeFaults().length, 2)
  })

  test('a queue outside memory: fqmf, and the transaction is aborted all the same', () => {
    const bench = new IommuBench()
    bench.store32(FQCSR, 0)
    bench.store64(40, (OUTSIDE << 10n) | 3n)
    bench.store32(FQCSR, 1)
    assert.equal(bench.read(DEVICE, IOVA), undefined)
    assert.deepEqual([bench.load(FQCSR), bench.load(52)], [BigInt(ON | FQMF), 0n])
  })

  test('a queue that is off takes no records; turning it on sets fqt to 0 and clears its errors', () => {
    const bench = new IommuBench()
    faults(bench, 16)
    bench.store32(FQCSR, 0)
    faults(bench, 1)
    assert.deepEqual([bench.load(FQCSR), bench.load(52)], [BigInt(FQOF), 15n])
    bench.store32(FQCSR, 1)
    assert.deepEqual([bench.load(FQCSR), bench.load(52)], [BigInt(ON), 0n])
  })

  test('fqt and fqon are read-only', () => {
    const bench = new IommuBench()
    bench.store32(52, 7)
    bench.store32(FQCSR, 1 << 16)
    assert.deepEqual([bench.load(52), bench.load(FQCSR)], [0n, 0n])
  })

  test('fip is set by each record while fie is, and by an error until it is cleared', () => {
    const bench = new IommuBench()
    faults(bench, 1)
    assert.equal(bench.load(84), 0n, 'fie is clear')
    bench.store32(FQCSR, 3)
    assert.equal(bench.load(84), 0n, 'a record is an event of its time')
    faults(bench, 1)
    assert.equal(bench.load(84), 2n)
    bench.store32(84, 2)
    assert.equal(bench.load(84), 0n)
    faults(bench, 14)
    bench.store32(84, 2)
    assert.equal(bench.load(84), 2n, 'fqof stands')
    bench.store32(FQCSR, 3 | FQOF)
    bench.store32(84, 2)
    assert.equal(bench.load(84), 0n)
  })
})
