import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BASE, DPE, IommuBench, LEAF, PDTV, pte, SV39, U, V } from './test/iommu-bench.js'
import { DEVICE, IOVA, OUTSIDE, SV39X4, firstStage, secondStage, onlyFault } from './test/one-device.js'

describe('Process to locate the Process-context', () => {
  /** PD17 with process 0x1_0203, whose first stage maps IOVA. */
  function processes(attributes = V, tc = PDTV): { bench: IommuBench; contexts: bigint; directory: bigint } {
    const bench = new IommuBench()
    const { memory } = bench
    const [directory, contexts, root, page] = [memory.pages(), memory.pages(), memory.pages(), memory.pages()]
    memory.put64((directory << 12n) + 0x102n * 8n, pte(contexts, V))
    memory.put64((contexts << 12n) + 3n * 16n, attributes | (0x55n << 12n), SV39 | root)
    memory.map(root, 3, IOVA, pte(page, LEAF))
    memory.map(root, 3, IOVA + 4096n, pte(page, LEAF & ~U))
    memory.put64((page << 12n) + 8n, 0x77n)
    bench.context(DEVICE, [tc, 0n, 0n, (2n << 60n) | directory])
    return { bench, contexts, directory }
  }
  const PROCESS = 0x1_0203
  const [ENS, SUM] = [2n, 4n]

  test('the process has its own first stage; the fault record names it', () => {
    const { bench } = processes()
    assert.equal(bench.read(DEVICE, IOVA, { process: PROCESS }), 0x77n)
    bench.read(DEVICE, IOVA + 8192n, { process: PROCESS })
    const { cause, process, supervisor } = onlyFault(bench)
    assert.deepEqual([cause, process, supervisor], [13, PROCESS, false])
  })

  const refused: readonly (readonly [string, number, number])[] = [
    ['a process whose context is not valid', PROCESS + 1, 266],
    ['a process whose table is not valid', 0x300, 266],
    ['a process wider than PD17', 0x2_0000, 260],
  ]
  for (const [what, process, cause] of refused)
    test(`${what}: cause ${cause}`, () => {
      const { bench } = processes()
      assert.equal(bench.read(DEVICE, IOVA, { process }), undefined)
      assert.equal(onlyFault(bench).cause, cause)
    })

  test('a process_id without PDTV: cause 260', () => {
    const { bench } = firstStage()
    assert.equal(bench.read(DEVICE, IOVA, { process: 1 }), undefined)
    assert.deepEqual(onlyFault(bench), { cause: 260, ttyp: 2, device: DEVICE, process: 1, supervisor: false, iotval: IOVA, iotval2: 0n })
  })

  const configurations: readonly (readonly [string, bigint, bigint])[] = [
    ['a reserved bit of ta', 1n << 3n, SV39],
    ['a reserved bit of ta, high', 1n << 32n, SV39],
    ['a reserved bit of fsc', 0n, SV39 | (1n << 44n)],
    ['fsc.MODE 11', 0n, 11n << 60n],
  ]
  for (const [what, ta, fsc] of configurations)
    test(`misconfigured, cause 267: ${what}`, () => {
      const { bench, contexts } = processes()
      bench.memory.put64((contexts << 12n) + 3n * 16n, V | ta, fsc)
      assert.equal(bench.read(DEVICE, IOVA, { process: PROCESS }), undefined)
      assert.equal(onlyFault(bench).cause, 267)
    })

  test('a directory outside memory: cause 265, also through the second stage', () => {
    const { bench, directory } = processes()
    bench.memory.put64((directory << 12n) + 0x102n * 8n, pte(OUTSIDE, V))
    bench.read(DEVICE, IOVA, { process: PROCESS })
    const { bench: guest, root } = secondStage(pte(0n, 0n) | LEAF)
    guest.memory.map(root, 3, 0x5000n, pte(OUTSIDE, LEAF))
    guest.context(DEVICE, [PDTV, SV39X4 | root, 0n, (1n << 60n) | 5n])
    guest.read(DEVICE, IOVA, { process: 1 })
    assert.deepEqual([onlyFault(bench).cause, onlyFault(guest).cause], [265, 265])
  })

  test('a guest-page fault of the directory is implicit, and has the cause of the transaction', () => {
    const { bench, root } = secondStage()
    bench.context(DEVICE, [PDTV, SV39X4 | root, 0n, (1n << 60n) | 0x777n])
    bench.write(DEVICE, IOVA, { process: 2 })
    const { cause, iotval2 } = onlyFault(bench)
    assert.deepEqual([cause, iotval2], [23, (0x777n << 12n) | 32n | 1n])
  })

  test('supervisor privilege needs ENS; a user page needs SUM too, and is never executed', () => {
    const ask = (attributes: bigint, address: bigint, execute = false): number | bigint => {
      const { bench } = processes(attributes)
      return bench.read(DEVICE, address, { process: PROCESS, supervisor: true, execute }) ?? onlyFault(bench).cause
    }
    assert.equal(ask(V, IOVA), 260)
    assert.equal(ask(V | ENS, IOVA), 13)
    assert.equal(ask(V | ENS | SUM, IOVA), 0x77n)
    assert.equal(ask(V | ENS | SUM, IOVA, true), 12)
    assert.equal(ask(V | ENS, IOVA + 4096n), 0x77n)
  })

  test('without process_id: the first stage is Bare, or with DPE that of process 0', () => {
    const { bench, contexts, directory } = processes()
    assert.equal(bench.read(DEVICE, (contexts << 12n) + 3n * 16n), V | (0x55n << 12n))
    const withDefault = processes(V, PDTV | DPE)
    withDefault.bench.read(DEVICE, IOVA)
    const { cause, process } = onlyFault(withDefault.bench)
    assert.deepEqual([cause, process], [266, undefined], 'the record says that the transaction had none')
    assert.ok(directory > 0n)
  })

  for (const [mode, levels] of [
    [1n, [0xfe]],
    [3n, [0x7, 0x1fe, 0xfd]],
  ] as const)
    test(`PD${mode === 1n ? 8 : 20} has ${levels.length} levels`, () => {
      const bench = new IommuBench()
      const { memory } = bench
      const tables = levels.map(() => memory.pages())
      levels.forEach((index, level) => {
        const next = tables[level + 1]
        const place = (tables[level] ?? 0n) << 12n
        if (next === undefined) memory.put64(place + BigInt(index * 16), V, 0n)
        else memory.put64(place + BigInt(index * 8), pte(next, V))
      })
      bench.context(DEVICE, [PDTV, 0n, 0n, (mode << 60n) | (tables[0] ?? 0n)])
      const process = levels.length === 1 ? 0xfe : (0x7 << 17) | (0x1fe << 8) | 0xfd
      assert.equal(bench.read(DEVICE, BASE, { process }), memory.get64(BASE))
      bench.read(DEVICE, BASE, { process: process - 1 })
      assert.equal(onlyFault(bench).cause, 266)
    })
})
