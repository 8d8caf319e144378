import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import { Iommu } from './iommu.js'
import { BASE, BenchMemory, IommuBench, LEAF, pte } from './test/iommu-bench.js'
import { DEVICE, firstStage, IOVA } from './test/one-device.js'

const DEFINED = [0, 8, 16, 20, 24, 32, 36, 40, 48, 52, 56, 64, 72, 76, 80, 84, 96, 600, 608, 612, 616, 628, 760, 768, 776, 780, 816, 832]

describe('IOMMU registers', () => {
  test('meets the device contract', () => {
    const create = (): Iommu => new Iommu(new BenchMemory(), [], { reset: 'off', msiFlat: true })
    assertDeviceContract({ create, offsets: [...DEFINED, 1, 2, 1024, 4092] })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['one byte', 16, 1],
    ['two bytes', 16, 2],
    ['misaligned, four bytes', 18, 4],
    ['misaligned, eight bytes', 20, 8],
    ['cqh and cqt at once', 32, 8],
    ['fctl and what follows it at once', 8, 8],
    ['an absent register and ipsr at once', 80, 8],
    ['data and control of a message at once', 776, 8],
  ]
  for (const [what, offset, width] of refused)
    test(`refused: ${what}`, () => {
      const { iommu } = new IommuBench()
      assert.equal(iommu.load(offset, width), undefined)
      assert.equal(iommu.store(offset, width, 1n), false)
    })

  test('capabilities say what there is, and cannot be written', () => {
    const fields = { version: 0x10n, IGS: 2n << 28n, PAS: 56n << 32n }
    const present = {
      Sv39: 9,
      Sv48: 10,
      Sv57: 11,
      Svpbmt: 15,
      Sv39x4: 17,
      Sv48x4: 18,
      Sv57x4: 19,
      AMO_HWAD: 24,
      DBG: 31,
      PD8: 38,
      PD17: 39,
      PD20: 40,
    }
    const MSI_FLAT = 1n << 22n
    const expected = [...Object.values(fields), ...Object.values(present).map((bit) => 1n << BigInt(bit))].reduce((sum, bit) => sum | bit)
    for (const msiFlat of [false, true]) {
      const bench = new IommuBench({ msiFlat })
      bench.store64(0, 0n)
      assert.equal(bench.load(0, 8), msiFlat ? expected | MSI_FLAT : expected)
    }
  })

  test('ddtp: a reserved mode leaves iommu_mode as it was; halves can be written alone', () => {
    const bench = new IommuBench()
    bench.store64(16, (0x1234n << 10n) | 13n)
    assert.equal(bench.load(16, 8), (0x1234n << 10n) | 2n)
    bench.store32(20, 0xffff_ffff)
    bench.store32(16, 4)
    assert.equal(bench.load(16, 8), (((1n << 22n) - 1n) << 32n) | 4n)
    assert.equal(bench.load(20), (1n << 22n) - 1n)
  })

  test('fctl: WSI alone can be written', () => {
    const bench = new IommuBench()
    bench.store32(8, 0xffff_ffff)
    assert.equal(bench.load(8), 2n)
  })

  test('reset turns off what software turned on, forgets what was cached, and puts ddtp where the machine says', () => {
    for (const [reset, mode] of [
      ['off', 0n],
      ['bare', 1n],
    ] as const) {
      const bench = new IommuBench({ reset })
      bench.context(DEVICE, [0n])
      bench.read(DEVICE, BASE)
      bench.command([0n, 0n])
      bench.iommu.reset()
      assert.deepEqual([bench.load(16, 8), bench.load(72), bench.load(76), bench.load(84)], [mode, 0n, 0n, 0n])
      assert.deepEqual(bench.iommu.snapshot().cache, { devices: [], processes: [], translations: [] })
    }
  })

  test('a snapshot holds the caches: the restored IOMMU uses the same stale translation', () => {
    const { bench, place } = firstStage()
    bench.read(DEVICE, IOVA)
    bench.memory.put64(place, 0n)
    const restored = new Iommu(bench.memory, [], { reset: 'off', msiFlat: true })
    restored.restore(structuredClone(bench.iommu.snapshot()))
    assert.deepEqual(restored.port(DEVICE).read(IOVA, 1), Uint8Array.of(0x77))
    bench.command([1n, 0n])
    assert.equal(bench.read(DEVICE, IOVA), undefined)
  })
})

describe('IOMMU debug translation', () => {
  const [GO, PRIV, EXE, NW, PV] = [1n, 2n, 4n, 8n, 1n << 32n]
  const ask = (bench: IommuBench, control: bigint, iova = IOVA): bigint => {
    bench.store64(600, iova)
    bench.store64(608, (BigInt(DEVICE) << 40n) | control)
    return bench.load(616, 8)
  }

  test('gives the page and its memory type; Go/Busy is 0 again', () => {
    const { bench, page, place } = firstStage(LEAF)
    bench.memory.put64(place, pte(page, LEAF) | (2n << 61n))
    assert.equal(ask(bench, GO | NW), (2n << 7n) | (page << 10n))
    assert.equal(bench.load(608, 8), (BigInt(DEVICE) << 40n) | NW)
    assert.equal(bench.load(600, 8), IOVA & ~0xfffn)
  })

  test('without Go nothing happens; by halves the low one goes last', () => {
    const { bench, page } = firstStage()
    assert.equal(ask(bench, NW), 0n)
    bench.store32(612, DEVICE << 8)
    bench.store32(608, Number(GO | NW))
    assert.equal(bench.load(616, 8), page << 10n)
  })

  const faults: readonly (readonly [string, bigint, bigint, number, number])[] = [
    ['NW clear asks for read and write', LEAF & ~4n, GO, 15, 3],
    ['Exe', LEAF & ~8n, GO | NW | EXE, 12, 1],
    ['a process_id that the context does not take', LEAF, GO | NW | PV | PRIV | (7n << 12n), 260, 2],
  ]
  for (const [what, leaf, control, cause, ttyp] of faults)
    test(`a fault is told, and reported as that of a transaction: ${what}`, () => {
      const { bench } = firstStage(leaf)
      assert.equal(ask(bench, control), 1n)
      const [record] = bench.takeFaults()
      assert.deepEqual([record?.cause, record?.ttyp, record?.device], [cause, ttyp, DEVICE])
    })
})
