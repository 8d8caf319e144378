import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Width } from '../../common/device-port.js'
import { assertDeviceContract } from '../../devices/device-contract.js'
import { Imsic } from './imsic.js'
import { InterruptFile } from './interrupt-file.js'

const [EIDELIVERY, EITHRESHOLD, EIP0, EIE0] = [0x70, 0x72, 0x80, 0xc0]
const ALL = (1n << 64n) - 1n

/** One interrupt file, all identities enabled and delivered, and the level of its line. */
function enabled(): { file: InterruptFile; line: { level: boolean } } {
  const line = { level: false }
  const file = new InterruptFile({ set: (level) => (line.level = level) })
  for (const register of [0, 2, 4, 6]) file.write(EIE0 + register, ALL)
  file.write(EIDELIVERY, 1n)
  return { file, line }
}

describe('IMSIC memory pages', () => {
  const pages = (): Imsic => new Imsic('imsic', [enabled().file, enabled().file])

  test('meets the device contract', () => {
    const create = (): Imsic =>
      new Imsic(
        'imsic',
        [0, 1].map(() => new InterruptFile({ set: () => undefined })),
      )
    assertDeviceContract({ create, offsets: [0, 2, 4, 8, 0xffc, 0x1000, 0x1004, 0x1ffc] })
  })

  const refused: readonly (readonly [string, number, Width])[] = [
    ['a byte', 0, 1],
    ['a doubleword', 0, 8],
    ['misaligned', 2, 4],
  ]
  for (const [what, offset, width] of refused)
    test(`refused: ${what}`, () => {
      const imsic = pages()
      assert.equal(imsic.load(offset, width), undefined)
      assert.equal(imsic.store(offset, width, 5n), false)
      assert.deepEqual(imsic.snapshot(), pages().snapshot())
    })

  const ignored: readonly (readonly [string, number, bigint])[] = [
    ['identity 0', 0, 0n],
    ['an identity beyond the last', 0, 256n],
    ['an identity in big-endian order at seteipnum_be', 4, 0x0500_0000n],
    ['a reserved place of the page', 8, 5n],
  ]
  for (const [what, offset, value] of ignored)
    test(`ignored: ${what}`, () => {
      const imsic = pages()
      assert.ok(imsic.store(offset, 4, value))
      assert.deepEqual(imsic.snapshot(), pages().snapshot())
    })

  test('an MSI makes its identity pending in the file of its page alone; the page reads as zero', () => {
    const files = [enabled(), enabled()]
    const imsic = new Imsic(
      'imsic',
      files.map(({ file }) => file),
    )
    imsic.store(0x1000, 4, 255n)
    assert.deepEqual(
      files.map(({ file, line }) => [file.top, line.level]),
      [
        [0, false],
        [(255 << 16) | 255, true],
      ],
    )
    assert.equal(imsic.load(0x1000, 4), 0n)
  })
})

describe('IMSIC interrupt file', () => {
  test('delivers nothing unless eidelivery is 1; topei does not care', () => {
    const { file, line } = enabled()
    file.raise(9)
    file.write(EIDELIVERY, 0n)
    assert.deepEqual([line.level, file.top], [false, (9 << 16) | 9])
    file.write(EIDELIVERY, 0x4000_0000n)
    assert.equal(file.read(EIDELIVERY), 0n, 'no APLIC can stand in')
    file.write(EIDELIVERY, 1n)
    assert.equal(line.level, true)
  })

  test('an identity that is not enabled is pending and does not count', () => {
    const { file, line } = enabled()
    file.write(EIE0, ALL & ~(1n << 7n))
    file.raise(7)
    assert.deepEqual([line.level, file.top, file.read(EIP0)], [false, 0, 1n << 7n])
  })

  test('identities from the threshold on do not count; threshold 0 lets all count', () => {
    const { file, line } = enabled()
    file.raise(20)
    for (const [threshold, top] of [
      [20n, 0],
      [19n, 0],
      [21n, 20],
      [0n, 20],
    ] as const) {
      file.write(EITHRESHOLD, threshold)
      assert.deepEqual([file.top & 0x7ff, line.level], [top, top !== 0], `eithreshold ${threshold}`)
    }
  })

  test('lower identities come first; a claim clears what top names', () => {
    const { file, line } = enabled()
    for (const identity of [200, 3, 64]) file.raise(identity)
    const claimed = [0, 1, 2].map(() => {
      const identity = file.top >>> 16
      file.claim()
      return identity
    })
    assert.deepEqual([claimed, file.top, line.level], [[3, 64, 200], 0, false])
    file.claim()
    assert.deepEqual(file.snapshot().pending, Array<number>(8).fill(0), 'a claim of nothing has no effect')
  })

  test('with XLEN = 64 odd registers of the arrays do not exist, even ones hold 64 identities, bit 0 of the first is zero', () => {
    const { file } = enabled()
    assert.equal(file.read(EIP0 + 1), undefined)
    assert.equal(file.read(EIE0 + 63), undefined)
    file.write(EIP0, ALL)
    file.write(EIP0 + 6, ALL)
    file.write(EIP0 + 8, ALL)
    assert.deepEqual([file.read(EIP0), file.read(EIP0 + 6), file.read(EIP0 + 8)], [ALL & ~1n, ALL, 0n])
  })

  test('reserved registers read as zero and ignore writes', () => {
    const { file } = enabled()
    const before = file.snapshot()
    for (const register of [0x71, 0x73, 0x7f]) {
      file.write(register, ALL)
      assert.equal(file.read(register), 0n)
    }
    assert.deepEqual(file.snapshot(), before)
  })
})
