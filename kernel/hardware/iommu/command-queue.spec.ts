import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IommuBench, LEAF, MESSAGE_PAGE, PDTV, pte, SV39, V } from './test/iommu-bench.js'
import { DEVICE, firstStage, GPA, IOVA, OUTSIDE, secondStage, SV39X4 } from './test/one-device.js'

const CQCSR = 72
const [CQMF, CMD_ILL, FENCE_W_IP] = [1 << 8, 1 << 10, 1 << 11]
const ON = 1 | (1 << 16)

const [AV, WSI, PSCV, GV, DV] = [1n << 10n, 1n << 11n, 1n << 32n, 1n << 33n, 1n << 33n]
const pscid = (id: bigint): bigint => PSCV | (id << 12n)
const gscid = (id: bigint): bigint => GV | (id << 44n)
const page = (address: bigint): bigint => (address >> 12n) << 10n
const vma = (operands = 0n, address = 0n): [bigint, bigint] => [1n | operands, page(address)]
const gvma = (operands = 0n, address = 0n): [bigint, bigint] => [1n | (1n << 7n) | operands, page(address)]
const fence = (operands = 0n, address = 0n, data = 0n): [bigint, bigint] => [2n | operands | (data << 32n), address >> 2n]
const invalDdt = (operands = 0n): [bigint, bigint] => [3n | operands, 0n]
const invalPdt = (operands = 0n): [bigint, bigint] => [3n | (1n << 7n) | operands, 0n]
const did = (device: number): bigint => DV | (BigInt(device) << 40n)

describe('IOMMU command queue', () => {
  const illegal: readonly (readonly [string, readonly [bigint, bigint]])[] = [
    ['opcode 0', [0n, 0n]],
    ['ATS.INVAL, for there is no ATS', [4n, 0n]],
    ['an opcode for custom use', [64n, 0n]],
    ['IOTINVAL with func3 2', [1n | (2n << 7n), 0n]],
    ['IOTINVAL.GVMA with PSCV', gvma(PSCV)],
    ['IOTINVAL with NL', vma(1n << 34n)],
    ['IOTINVAL with S', [1n, 1n << 9n]],
    ['IOTINVAL with a reserved bit', vma(1n << 11n)],
    ['IOTINVAL with a reserved bit of the second doubleword', [1n, 1n << 62n]],
    ['IOFENCE.C with WSI while interrupts are messages', fence(WSI)],
    ['IOFENCE.C with a reserved bit', fence(1n << 14n)],
    ['IOFENCE with func3 1', [2n | (1n << 7n), 0n]],
    ['IODIR.INVAL_DDT with PID', invalDdt(1n << 12n)],
    ['IODIR.INVAL_DDT of a device wider than ddtp', invalDdt(did(64))],
    ['IODIR.INVAL_PDT without DV', invalPdt()],
    ['IODIR.INVAL_PDT of a device wider than ddtp', invalPdt(did(64))],
    ['IODIR with a reserved bit', invalDdt(1n << 34n)],
    ['IODIR with a second doubleword', [3n, 1n]],
  ]
  for (const [what, words] of illegal)
    test(`${what} is illegal: cmd_ill, and cqh stays at it`, () => {
      const bench = new IommuBench()
      bench.command(vma(), words, fence(AV, bench.commandPage << 12n, 0xffn))
      assert.equal(bench.load(CQCSR), BigInt(ON | CMD_ILL))
      assert.equal(bench.load(32), 1n, 'the command before it is done, those behind it are not')
    })

  test('after cmd_ill the queue goes on when software has cleared it', () => {
    const bench = new IommuBench()
    bench.command([0n, 0n])
    bench.memory.put64(bench.commandPage << 12n, ...vma())
    bench.store32(CQCSR, 1 | CMD_ILL)
    assert.deepEqual([bench.load(CQCSR), bench.load(32)], [BigInt(ON), 1n])
  })

  test('a queue outside memory: cqmf', () => {
    const bench = new IommuBench()
    bench.store32(CQCSR, 0)
    bench.store64(24, OUTSIDE << 10n)
    bench.store32(CQCSR, 1)
    bench.store32(36, 1)
    assert.deepEqual([bench.load(CQCSR), bench.load(32)], [BigInt(ON | CQMF), 0n])
  })

  test('cqb cannot be changed while the queue is on; enabling it anew sets cqh to 0', () => {
    const bench = new IommuBench()
    bench.command(vma(), vma())
    bench.store64(24, OUTSIDE << 10n)
    assert.equal(bench.load(24, 8) >> 10n, bench.commandPage)
    bench.store32(CQCSR, 0)
    assert.deepEqual([bench.load(CQCSR), bench.load(32)], [0n, 2n])
    bench.store32(36, 0)
    bench.store32(CQCSR, 1)
    assert.equal(bench.load(32), 0n)
  })

  test('only LOG2SZ bits of cqt exist', () => {
    const bench = new IommuBench()
    bench.store32(CQCSR, 0)
    bench.store32(36, 0xffff_fff3)
    assert.equal(bench.load(36), 3n)
  })

  describe('IOFENCE.C', () => {
    test('stores DATA at ADDR, in memory or as a message', () => {
      const bench = new IommuBench()
      const flag = bench.memory.pages() << 12n
      bench.memory.put64(flag, -1n)
      bench.command(fence(AV | (3n << 12n), flag, 0x1234_5678n), fence(AV, MESSAGE_PAGE, 9n))
      assert.equal(bench.memory.get64(flag), 0xffff_ffff_1234_5678n)
      assert.deepEqual(bench.memory.messages, [{ address: MESSAGE_PAGE, data: 9 }])
    })

    test('to no memory: cqmf, and cqh stays at it', () => {
      const bench = new IommuBench()
      bench.command(fence(AV, OUTSIDE << 12n))
      assert.deepEqual([bench.load(CQCSR), bench.load(32)], [BigInt(ON | CQMF), 0n])
    })

    test('with WSI sets fence_w_ip, which is a wired interrupt while cie is set', () => {
      const bench = new IommuBench()
      bench.store32(8, 2)
      bench.store32(CQCSR, 3)
      bench.command(fence(WSI))
      assert.equal(bench.load(CQCSR), BigInt(ON | 2 | FENCE_W_IP))
      assert.deepEqual([bench.load(84), bench.wires[0]], [1n, true])
      bench.store32(84, 1)
      assert.equal(bench.load(84), 1n, 'its cause stands')
      bench.store32(CQCSR, 3 | FENCE_W_IP)
      bench.store32(84, 1)
      assert.deepEqual([bench.load(84), bench.wires[0]], [0n, false])
    })
  })
})

describe('Caching in-memory data structures', () => {
  /** A first-stage translation that is cached and whose leaf is then gone. */
  function stale(): IommuBench {
    const { bench, place } = firstStage()
    bench.read(DEVICE, IOVA)
    bench.memory.put64(place, 0n)
    return bench
  }
  const survives = [
    ['nothing', []],
    ['IOTINVAL.VMA of another page', [vma(AV, IOVA + 4096n)]],
    ['IOTINVAL.VMA of another PSCID', [vma(pscid(0x124n))]],
    ['IOTINVAL.VMA of a guest', [vma(gscid(0n))]],
    ['IOTINVAL.GVMA', [gvma()]],
    ['IODIR.INVAL_DDT', [invalDdt()]],
    ['IOFENCE.C', [fence()]],
  ] as const
  for (const [what, commands] of survives)
    test(`a first-stage leaf that is gone from memory is used further after ${what}`, () => {
      const bench = stale()
      bench.command(...commands)
      assert.equal(bench.read(DEVICE, IOVA), 0x77n)
    })
  const ends = [
    ['IOTINVAL.VMA', vma()],
    ['IOTINVAL.VMA of its page', vma(AV, IOVA)],
    ['IOTINVAL.VMA of its PSCID', vma(pscid(0x123n))],
    ['IOTINVAL.VMA of its PSCID and page', vma(AV | pscid(0x123n), IOVA)],
  ] as const
  for (const [what, command] of ends)
    test(`and not after ${what}`, () => {
      const bench = stale()
      bench.command(command)
      assert.equal(bench.read(DEVICE, IOVA), undefined)
    })

  const secondStageCases = [
    ['another GSCID', gvma(gscid(8n)), true],
    ['another page', gvma(AV | gscid(9n), GPA + 4096n), true],
    ['the host', vma(), true],
    ['all guests', gvma(), false],
    ['its GSCID', gvma(gscid(9n)), false],
    ['its GSCID and page', gvma(AV | gscid(9n), GPA), false],
  ] as const
  for (const [what, command, kept] of secondStageCases)
    test(`a second-stage leaf that is gone is ${kept ? 'used further' : 'forgotten'} after an invalidation of ${what}`, () => {
      const { bench, place } = secondStage()
      bench.read(DEVICE, GPA)
      bench.memory.put64(place, 0n)
      bench.command(command)
      assert.equal(bench.read(DEVICE, GPA), kept ? 0x77n : undefined)
    })

  test('any page of a superpage ends the whole of it', () => {
    const bench = new IommuBench()
    const root = bench.memory.pages()
    const place = bench.memory.map(root, 3, (1n << 39n) >> 2n, pte(0x8_0000n, LEAF), 2)
    bench.context(DEVICE, [0n, 0n, 0n, SV39 | root])
    const address = 1n << 37n
    assert.notEqual(bench.read(DEVICE, address), undefined)
    bench.memory.put64(place, 0n)
    bench.command(vma(AV, address + (5n << 20n)))
    assert.equal(bench.read(DEVICE, address), undefined)
  })

  test('what is not valid is not cached', () => {
    const { bench, place, page: mapped } = firstStage(LEAF & ~V)
    assert.equal(bench.read(DEVICE, IOVA), undefined)
    bench.memory.put64(place, pte(mapped, LEAF))
    assert.equal(bench.read(DEVICE, IOVA), 0x77n)
    assert.equal(bench.read(DEVICE + 1, IOVA), undefined)
    bench.context(DEVICE + 1, [0n])
    assert.notEqual(bench.read(DEVICE + 1, mapped << 12n), undefined)
  })

  test('a device context is used until IODIR.INVAL_DDT names it or all', () => {
    for (const [command, forgotten] of [
      [invalDdt(did(DEVICE + 1)), false],
      [vma(), false],
      [invalDdt(did(DEVICE)), true],
      [invalDdt(), true],
    ] as const) {
      const { bench, root } = secondStage()
      bench.context(DEVICE, [0n, 0n, 0n, 0n])
      const address = root << 12n
      const found = bench.read(DEVICE, address)
      bench.context(DEVICE, [0n, SV39X4 | root])
      bench.command(command)
      assert.equal(bench.read(DEVICE, address) === found, !forgotten)
    }
  })

  test('a process context is used until IODIR.INVAL_PDT names it, or IODIR.INVAL_DDT its device', () => {
    for (const [command, forgotten] of [
      [invalPdt(did(DEVICE) | (4n << 12n)), false],
      [invalDdt(did(DEVICE + 1)), false],
      [invalPdt(did(DEVICE) | (3n << 12n)), true],
      [invalDdt(did(DEVICE)), true],
      [invalDdt(), true],
    ] as const) {
      const bench = new IommuBench()
      const directory = bench.memory.pages()
      const place = (directory << 12n) + 3n * 16n
      bench.memory.put64(place, V, 0n)
      bench.context(DEVICE, [PDTV, 0n, 0n, (1n << 60n) | directory])
      assert.notEqual(bench.read(DEVICE, place, { process: 3 }), undefined)
      bench.memory.put64(place, 0n)
      bench.command(command)
      assert.equal(bench.read(DEVICE, place, { process: 3 }) === undefined, forgotten)
    }
  })

  test('each kind of access has its own translation: a cached read does not allow a write', () => {
    const { bench } = firstStage(LEAF & ~4n)
    assert.equal(bench.read(DEVICE, IOVA), 0x77n)
    assert.equal(bench.write(DEVICE, IOVA), false)
  })

  test('a device does not use what was cached for another one with the same identifiers', () => {
    const { bench } = firstStage()
    assert.equal(bench.read(DEVICE, IOVA), 0x77n)
    bench.context(DEVICE + 1, [0n, 0n, 0x123n << 12n, SV39 | bench.memory.pages()])
    assert.equal(bench.read(DEVICE + 1, IOVA), undefined)
  })
})
