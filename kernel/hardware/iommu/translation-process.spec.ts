import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { A, BASE, D, IommuBench, LEAF, pte, R, SV39, U, V, W, X } from './test/iommu-bench.js'
import { DEVICE, IOVA, GPA, OUTSIDE, SV39X4, firstStage, secondStage, onlyFault } from './test/one-device.js'

describe('Process to translate an IOVA', () => {
  test('Off: nothing passes, cause 256', () => {
    const { bench } = firstStage()
    bench.store64(16, 0n)
    assert.equal(bench.read(DEVICE, IOVA), undefined)
    assert.equal(onlyFault(bench).cause, 256)
  })

  test('Bare: the IOVA is the physical address', () => {
    const { bench, page } = firstStage()
    bench.store64(16, 1n)
    assert.equal(bench.read(DEVICE, (page << 12n) + 8n), 0x77n)
    assert.equal(bench.read(DEVICE, OUTSIDE << 12n), undefined, 'and the bus decides what is there')
  })

  test('a fault record names transaction, device and address', () => {
    const { bench } = firstStage(0n)
    const expected = { device: DEVICE, process: undefined, supervisor: false, iotval: IOVA, iotval2: 0n }
    bench.read(DEVICE, IOVA)
    bench.write(DEVICE, IOVA)
    bench.read(DEVICE, IOVA, { execute: true })
    assert.deepEqual(bench.takeFaults(), [
      { ...expected, cause: 13, ttyp: 2 },
      { ...expected, cause: 15, ttyp: 3 },
      { ...expected, cause: 12, ttyp: 1 },
    ])
  })

  test('first stage alone', () => {
    const { bench } = firstStage()
    assert.equal(bench.read(DEVICE, IOVA), 0x77n)
    assert.deepEqual(bench.takeFaults(), [])
  })

  test('second stage alone', () => assert.equal(secondStage().bench.read(DEVICE, GPA), 0x77n))

  const refusedLeaves: readonly (readonly [string, bigint, 'read' | 'write' | 'execute', number])[] = [
    ['not valid', LEAF & ~V, 'read', 13],
    ['read without R', V | X | U | A | D, 'read', 13],
    ['write without W', LEAF & ~W, 'write', 15],
    ['execute without X', LEAF & ~X, 'execute', 12],
    ['a supervisor page, without supervisor privilege', LEAF & ~U, 'read', 13],
    ['A = 0 without SADE', LEAF & ~A, 'read', 13],
    ['write to D = 0 without SADE', LEAF & ~D, 'write', 15],
    ['a reserved bit', LEAF | (1n << 58n), 'read', 13],
    ['a pointer at the last level', V, 'read', 13],
  ]
  const request = (bench: IommuBench, address: bigint, kind: 'read' | 'write' | 'execute'): unknown =>
    kind === 'write' ? bench.write(DEVICE, address) || undefined : bench.read(DEVICE, address, { execute: kind === 'execute' })
  for (const [what, leaf, kind, cause] of refusedLeaves) {
    test(`first-stage leaf, ${what}: cause ${cause}, and memory stays`, () => {
      const { bench, page } = firstStage(leaf)
      const before = bench.memory.read(page << 12n, 4096)
      assert.equal(request(bench, IOVA, kind), undefined)
      assert.equal(onlyFault(bench).cause, cause)
      assert.deepEqual(bench.memory.read(page << 12n, 4096), before)
    })
    test(`second-stage leaf, ${what}: cause ${cause + 8}, and iotval2 holds the guest physical address`, () => {
      const { bench } = secondStage(leaf)
      assert.equal(request(bench, GPA, kind), undefined)
      const { cause: found, iotval, iotval2 } = onlyFault(bench)
      assert.deepEqual([found, iotval, iotval2], [cause + 8, GPA, GPA & ~3n])
    })
  }

  test('a first-stage table outside memory is an access fault of the transaction', () => {
    const bench = new IommuBench()
    bench.context(DEVICE, [0n, 0n, 0n, SV39 | OUTSIDE])
    bench.read(DEVICE, IOVA)
    bench.write(DEVICE, IOVA)
    assert.deepEqual(
      bench.takeFaults().map(({ cause }) => cause),
      [5, 7],
    )
  })

  test('a table that points at itself ends in a fault', () => {
    const bench = new IommuBench()
    const root = bench.memory.pages()
    for (let entry = 0n; entry < 512n; entry++) bench.memory.put64((root << 12n) + entry * 8n, pte(root, V))
    bench.context(DEVICE, [0n, 0n, 0n, (10n << 60n) | root])
    assert.equal(bench.read(DEVICE, IOVA), undefined)
    assert.equal(onlyFault(bench).cause, 13)
  })

  test('SADE and GADE: A and D are set in the leaf', () => {
    const first = firstStage(V | R | W | U, [1n << 8n])
    assert.equal(first.bench.read(DEVICE, IOVA), 0x77n)
    assert.equal(first.bench.memory.get64(first.place) & (A | D), A)
    assert.ok(first.bench.write(DEVICE, IOVA))
    assert.equal(first.bench.memory.get64(first.place) & (A | D), A | D)
    const second = secondStage(V | R | W | U)
    second.bench.context(DEVICE, [1n << 7n, SV39X4 | second.root, 0n, 0n])
    assert.ok(second.bench.write(DEVICE, GPA))
    assert.equal(second.bench.memory.get64(second.place) & (A | D), A | D)
  })

  const schemes = [
    ['Sv39', 8n, 3],
    ['Sv48', 9n, 4],
    ['Sv57', 10n, 5],
  ] as const
  for (const [name, mode, levels] of schemes)
    test(`${name} and ${name}x4, with a NAPOT leaf and a superpage`, () => {
      const bench = new IommuBench()
      const { memory } = bench
      const [first, second, pages] = [memory.pages(), memory.pages(4), memory.pages(16)]
      // IOVA to GPA by 64 KiB; GPA by a gigapage onto memory itself.
      memory.map(first, levels, IOVA, pte(pages | 8n, LEAF) | (1n << 63n))
      memory.map(second, levels, BASE, pte(BASE >> 12n, LEAF), 2)
      memory.put64(((pages + ((IOVA >> 12n) & 0xfn)) << 12n) + 8n, 0x1234n)
      bench.context(DEVICE, [0n, (mode << 60n) | second, 0n, (mode << 60n) | first])
      assert.equal(bench.read(DEVICE, IOVA), 0x1234n)
    })

  test('guest-page faults of page-table reads are implicit: bit 0 of iotval2', () => {
    const { bench, root } = secondStage()
    const table = 0x7_7000n
    bench.context(DEVICE, [0n, SV39X4 | root, 0n, SV39 | (table >> 12n)])
    bench.write(DEVICE, IOVA)
    const { cause, iotval2 } = onlyFault(bench)
    assert.deepEqual([cause, iotval2], [23, (table + ((IOVA >> 30n) & 0x1ffn) * 8n) | 1n])
  })

  test('a guest-page fault of an update of A in a first-stage table is an implicit write: bits 0 and 1', () => {
    const bench = new IommuBench()
    const { memory } = bench
    const [second, first, page] = [memory.pages(4), memory.pages(), memory.pages()]
    const place = memory.map(first, 3, IOVA, pte(page, V | R | U))
    memory.map(second, 3, BASE, pte(BASE >> 12n, LEAF & ~W), 2)
    bench.context(DEVICE, [1n << 8n, SV39X4 | second, 0n, SV39 | first])
    assert.equal(bench.read(DEVICE, IOVA), undefined)
    const { cause, iotval2 } = onlyFault(bench)
    assert.deepEqual([cause, iotval2], [21, place | 3n])
  })

  test('a transfer over two pages of which the second is not mapped moves nothing', () => {
    const { bench, page } = firstStage()
    const edge = (IOVA & ~0xfffn) + 0xffcn
    const before = bench.memory.read(page << 12n, 4096)
    assert.equal(bench.iommu.port(DEVICE).write(edge, new Uint8Array(8).fill(0xee)), false)
    assert.deepEqual(bench.memory.read(page << 12n, 4096), before)
    assert.deepEqual([onlyFault(bench).iotval], [edge + 4n])
  })

  test('DTF: faults of translation are not reported, those before the context are', () => {
    const { bench } = firstStage(0n, [1n << 4n])
    bench.read(DEVICE, IOVA)
    bench.read(DEVICE, IOVA, { process: 3 })
    assert.deepEqual(bench.takeFaults(), [])
    bench.read(DEVICE + 1, IOVA)
    assert.equal(onlyFault(bench).cause, 258)
  })
})
