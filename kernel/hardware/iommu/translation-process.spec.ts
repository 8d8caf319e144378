import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { A, BASE, D, DPE, IommuBench, LEAF, MESSAGE_PAGE, PDTV, pte, R, SV39, U, V, W, X, type FaultRecord } from './test/iommu-bench.js'

const DEVICE = 5
const IOVA = 0x12_3456_7008n
const GPA = 0x4_5678_9010n
const OUTSIDE = 0x9_0000n // a page number where nothing is
const SV39X4 = SV39 // the same number

/** A device of one first-stage page at IOVA, 8-byte word 0x77 behind it. */
function firstStage(leaf = LEAF, changes: readonly bigint[] = []): { bench: IommuBench; place: bigint; page: bigint } {
  const bench = new IommuBench()
  const [root, page] = [bench.memory.pages(), bench.memory.pages()]
  const place = bench.memory.map(root, 3, IOVA, pte(page, leaf))
  bench.memory.put64((page << 12n) + 8n, 0x77n)
  const words = [0n, 0n, 0x123n << 12n, SV39 | root]
  bench.context(
    DEVICE,
    words.map((word, index) => word | (changes[index] ?? 0n)),
  )
  return { bench, place, page }
}

/** A device of which a second stage alone maps GPA. */
function secondStage(leaf = LEAF, iohgatp = 0n): { bench: IommuBench; place: bigint; page: bigint; root: bigint } {
  const bench = new IommuBench()
  const [root, page] = [bench.memory.pages(4), bench.memory.pages()]
  const place = bench.memory.map(root, 3, GPA, pte(page, leaf))
  bench.memory.put64((page << 12n) + 16n, 0x77n)
  bench.context(DEVICE, [0n, SV39X4 | (9n << 44n) | root | iohgatp, 0n, 0n])
  return { bench, place, page, root }
}

function onlyFault(bench: IommuBench): FaultRecord {
  const [record, ...others] = bench.takeFaults()
  assert.ok(record !== undefined && others.length === 0, 'one fault record')
  return record
}

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

describe('Process to translate addresses of MSIs', () => {
  const FILES = 0x2_8000n // guest page numbers 28000h, 28001h, 28100h, 28101h
  const MASK = 0x101n

  function guestFiles(): { bench: IommuBench; table: bigint } {
    const bench = new IommuBench()
    const [root, table] = [bench.memory.pages(4), bench.memory.pages()]
    bench.memory.map(root, 3, FILES << 12n, pte(bench.memory.pages(), LEAF)) // what the second stage says does not count
    bench.context(DEVICE, [0n, SV39X4 | root, 0n, 0n, (1n << 60n) | table, MASK, FILES])
    return { bench, table: table << 12n }
  }
  const send = (bench: IommuBench, page: bigint): boolean => bench.iommu.port(DEVICE).write(page << 12n, new Uint8Array([7, 0, 0, 0]))

  test('the bits of the mask select the PTE, in basic translate mode', () => {
    const { bench, table } = guestFiles()
    bench.memory.put64(table + 3n * 16n, pte(MESSAGE_PAGE >> 12n, V | 6n), 0n)
    assert.ok(send(bench, FILES | MASK))
    assert.deepEqual(bench.memory.messages, [{ address: MESSAGE_PAGE, data: 7 }])
  })

  const refused: readonly (readonly [string, bigint, bigint, number])[] = [
    ['V = 0', 6n, 0n, 262],
    ['M = 0', V, 0n, 263],
    ['M = 1, MRIF mode', V | 2n, 0n, 263],
    ['M = 2', V | 4n, 0n, 263],
    ['C = 1', V | 6n | (1n << 63n), 0n, 263],
    ['a reserved bit', V | 6n | (1n << 3n), 0n, 263],
    ['a reserved bit of the second doubleword', V | 6n, 1n, 263],
  ]
  for (const [what, first, second, cause] of refused)
    test(`${what}: cause ${cause}, and no message`, () => {
      const { bench, table } = guestFiles()
      bench.memory.put64(table, first | (MESSAGE_PAGE >> 2n), second)
      assert.equal(send(bench, FILES), false)
      assert.equal(onlyFault(bench).cause, cause)
      assert.deepEqual(bench.memory.messages, [])
    })

  test('a table outside memory: cause 261', () => {
    const { bench } = guestFiles()
    bench.context(DEVICE, [0n, SV39X4 | bench.memory.pages(4), 0n, 0n, (1n << 60n) | OUTSIDE, MASK, FILES])
    send(bench, FILES)
    assert.equal(onlyFault(bench).cause, 261)
  })

  test('read for execute: cause 1', () => {
    const { bench, table } = guestFiles()
    bench.memory.put64(table, pte(MESSAGE_PAGE >> 12n, V | 6n), 0n)
    bench.read(DEVICE, FILES << 12n, { execute: true })
    assert.equal(onlyFault(bench).cause, 1)
  })

  test('a page that differs outside the mask is no interrupt file', () => {
    const { bench } = guestFiles()
    assert.equal(send(bench, FILES + 2n), false)
    assert.equal(onlyFault(bench).cause, 23)
  })
})
