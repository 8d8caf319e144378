import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BASE, DPE, IommuBench, PDTV, V } from './test/iommu-bench.js'
import { DEVICE, IOVA, OUTSIDE, SV39X4, onlyFault } from './test/one-device.js'

describe('Process to locate the Device-context', () => {
  test('an entry that is not valid: cause 258', () => {
    const bench = new IommuBench()
    bench.read(DEVICE, IOVA)
    assert.equal(onlyFault(bench).cause, 258)
  })

  test('a directory outside memory: cause 257', () => {
    const bench = new IommuBench()
    bench.store64(16, (OUTSIDE << 10n) | 3n)
    bench.read(DEVICE, IOVA)
    assert.equal(onlyFault(bench).cause, 257)
  })

  const widths: readonly (readonly [string, bigint, number, boolean, boolean])[] = [
    ['1LVL holds 6 bits', 2n, 0x40, true, false],
    ['2LVL holds 15 bits', 3n, 0x8000, true, false],
    ['1LVL holds 7 bits in the base format', 2n, 0x80, false, false],
    ['2LVL holds 16 bits in the base format', 3n, 0x1_0000, false, false],
    ['3LVL holds 24 bits', 4n, 0xff_ffff, true, true],
  ]
  for (const [what, mode, device, msiFlat, fits] of widths)
    test(`${what}: device ${device.toString(16)}h, cause ${fits ? 258 : 260}`, () => {
      const bench = new IommuBench({ msiFlat })
      bench.store64(16, (bench.directory << 10n) | mode)
      bench.read(device, IOVA)
      assert.equal(onlyFault(bench).cause, fits ? 258 : 260)
    })

  for (const [msiFlat, bits] of [
    [true, [9, 9, 6]],
    [false, [8, 9, 7]],
  ] as const)
    test(`a directory of three levels, ${msiFlat ? 'extended' : 'base'} format`, () => {
      const bench = new IommuBench({ msiFlat })
      const { memory } = bench
      const [root, middle, leaf, page] = [memory.pages(), memory.pages(), memory.pages(), memory.pages()]
      const device = (3 << (bits[1] + bits[2])) | (5 << bits[2]) | 7
      memory.put64((root << 12n) + 24n, (middle << 10n) | V)
      memory.put64((middle << 12n) + 40n, (leaf << 10n) | V)
      memory.put64((leaf << 12n) + 7n * (msiFlat ? 64n : 32n), V)
      memory.put64(page << 12n, 0x99n)
      bench.store64(16, (root << 10n) | 4n)
      assert.equal(bench.read(device, page << 12n), 0x99n, 'both stages Bare')
      memory.put64((root << 12n) + 24n, (middle << 10n) | V | 2n)
      bench.command([3n, 0n]) // IODIR.INVAL_DDT
      bench.read(device, page << 12n)
      assert.equal(onlyFault(bench).cause, 259, 'a reserved bit of a non-leaf entry')
    })

  const misconfigured: readonly (readonly [string, number, bigint])[] = [
    ['EN_ATS without capability', 0, 1n << 1n],
    ['EN_PRI without capability', 0, 1n << 2n],
    ['T2GPA without capability', 0, 1n << 3n],
    ['PRPR without capability', 0, 1n << 6n],
    ['SBE, for there are no big-endian tables', 0, 1n << 10n],
    ['SXL, for there is no Sv32', 0, 1n << 11n],
    ['DPE without PDTV', 0, DPE],
    ['a reserved bit of tc', 0, 1n << 12n],
    ['a reserved bit of tc, high', 0, 1n << 63n],
    ['iohgatp.MODE 1', 1, 1n << 60n],
    ['iohgatp.MODE 11', 1, 11n << 60n],
    ['a second-stage root that is not aligned to 16 KiB', 1, SV39X4 | 1n],
    ['a reserved bit of ta', 2, 1n],
    ['RCID without capability', 2, 1n << 40n],
    ['iosatp.MODE 7', 3, 7n << 60n],
    ['a reserved bit of iosatp', 3, 1n << 44n],
    ['msiptp.MODE Flat without a second stage', 4, 1n << 60n],
    ['a reserved bit of msiptp', 4, 1n << 44n],
    ['a mask wider than a guest physical address', 5, 1n << 47n],
    ['a reserved bit of the pattern', 6, 1n << 52n],
    ['the reserved doubleword', 7, 1n],
  ]
  for (const [what, word, value] of misconfigured)
    test(`misconfigured, cause 259: ${what}`, () => {
      const bench = new IommuBench()
      bench.context(
        DEVICE,
        Array.from({ length: 8 }, (_, index) => (index === word ? value : 0n)),
      )
      assert.equal(bench.read(DEVICE, BASE), undefined)
      assert.equal(onlyFault(bench).cause, 259)
    })

  test('pdtp.MODE 4 and msiptp.MODE 2 are misconfigured, bits for custom use are not', () => {
    const bench = new IommuBench()
    bench.context(DEVICE, [PDTV, 0n, 0n, 4n << 60n])
    bench.context(DEVICE + 1, [0n, SV39X4 | bench.memory.pages(4), 0n, 0n, 2n << 60n])
    bench.context(DEVICE + 2, [0xffn << 24n])
    bench.read(DEVICE, BASE)
    bench.read(DEVICE + 1, BASE)
    assert.deepEqual(
      bench.takeFaults().map(({ cause }) => cause),
      [259, 259],
    )
    assert.equal(bench.read(DEVICE + 2, BASE), bench.memory.get64(BASE))
  })
})
