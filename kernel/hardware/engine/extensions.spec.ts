/** Compressed code, misaligned accesses, floating-point state and cache blocks, on both engines. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../../common/hosted-port.js'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine, type EngineKind } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

const PAGE = 4096
const DATA = RAM_BASE + 0x4000
const TABLES = RAM_BASE + 0x8000
const [V, R, W, X, A, D] = [1, 2, 4, 8, 64, 128]
const FS_DIRTY = 3n << 13n
const MSTATUS = 0x300
const ADDI = 0x0505 // c.addi a0,1
const A0 = 10

const leaf = (address: number, flags: number): bigint => (BigInt(address >>> 12) << 10n) | BigInt(flags)

interface Setting {
  readonly privilege?: Privilege
  readonly csrs?: Readonly<Record<number, bigint>>
  /** Pages from RAM_BASE on that S-mode sees, by number; the physical page and its flags. Absent: no translation. */
  readonly pages?: Readonly<Record<number, readonly [number, number]>>
}

function build(engine: EngineKind, { privilege = 'M', csrs = {}, pages }: Setting): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, resetVector: RAM_BASE })
  const hart = machine.hart(0)
  hart.setCsr(0x3b0, (1n << 54n) - 1n)
  hart.setCsr(0x3a0, 0x1fn)
  hart.setCsr(MSTATUS, csrs[MSTATUS] ?? 0n) // first: frm is no CSR while FS is Off
  for (const [number, value] of Object.entries(csrs)) hart.setCsr(Number(number), value)
  if (pages !== undefined) {
    machine.memory.write64(TABLES + 16, leaf(TABLES + PAGE, V))
    machine.memory.write64(TABLES + PAGE, leaf(TABLES + 2 * PAGE, V))
    for (const [page, [physical, flags]] of Object.entries(pages))
      machine.memory.write64(TABLES + 2 * PAGE + Number(page) * 8, leaf(RAM_BASE + physical * PAGE, flags | V | A))
    hart.setCsr(0x180, (8n << 60n) | BigInt(TABLES >>> 12))
  }
  hart.privilege = privilege
  return machine
}

/** Cause, value and address of the first trap within so many instructions. */
function trapOf(machine: Machine, instructions: number): readonly bigint[] | undefined {
  const stop = machine.run({ maxInstructions: instructions, breakAt: ({ cause }) => cause !== undefined })
  return stop.kind === 'break' ? [0x342, 0x343, 0x341].map((number) => machine.hart(0).csr(number)) : undefined
}

const halves = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer)
const word = (value: number): readonly [number, number] => [value & 0xffff, value >>> 16]
const addi16 = encode('addi', { rd: A0, rs1: A0, immediate: 16 })

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Compressed code, ${engine}`, () => {
    test('instructions of two and four bytes follow each other at any even address', () => {
      const machine = build(engine, {})
      machine.memory.write(RAM_BASE, halves(ADDI, ...word(addi16), ADDI, ...word(encode('jal', { rd: 1, immediate: -8 }))))
      machine.run({ maxInstructions: 4 })
      assert.deepEqual([machine.hart(0).x(A0), machine.hart(0).pc, machine.hart(0).x(1)], [18n, BigInt(RAM_BASE), BigInt(RAM_BASE + 12)])
      machine.run({ maxInstructions: 400 })
      assert.equal(machine.hart(0).x(A0), 18n * 101n)
    })

    test('a compressed jump links the address two bytes on', () => {
      const machine = build(engine, {})
      machine.memory.write(RAM_BASE, halves(0x9582)) // c.jalr a1
      machine.hart(0).setX(11, BigInt(DATA))
      machine.run({ maxInstructions: 1 })
      assert.deepEqual([machine.hart(0).pc, machine.hart(0).x(1)], [BigInt(DATA), BigInt(RAM_BASE + 2)])
    })

    test('a reserved half-word is illegal, and mtval holds its 16 bits only', () => {
      const machine = build(engine, {})
      machine.memory.write(RAM_BASE, halves(0x9c41, 0xffff))
      assert.deepEqual(trapOf(machine, 1), [2n, 0x9c41n, BigInt(RAM_BASE)])
    })

    test('an instruction whose second half lies in an unmapped page faults there, with its own address in mepc', () => {
      const machine = build(engine, { privilege: 'S', pages: { 0: [0, X | R] } })
      machine.memory.write(RAM_BASE + PAGE - 2, halves(...word(addi16)))
      machine.hart(0).pc = BigInt(RAM_BASE + PAGE - 2)
      assert.deepEqual(trapOf(machine, 1), [12n, BigInt(RAM_BASE + PAGE), BigInt(RAM_BASE + PAGE - 2)])
    })

    test('a compressed instruction before an unmapped page runs', () => {
      const machine = build(engine, { privilege: 'S', pages: { 0: [0, X | R] } })
      machine.memory.write(RAM_BASE + PAGE - 2, halves(ADDI))
      machine.hart(0).pc = BigInt(RAM_BASE + PAGE - 2)
      assert.deepEqual(trapOf(machine, 2), [12n, BigInt(RAM_BASE + PAGE), BigInt(RAM_BASE + PAGE)])
      assert.equal(machine.hart(0).x(A0), 1n)
    })

    test('the halves of an instruction in two pages come from where each page is mapped, every time', () => {
      const machine = build(engine, { privilege: 'S', pages: { 0: [0, X | R], 1: [3, X | R] } })
      const [low, high] = word(addi16)
      machine.memory.write(RAM_BASE + PAGE - 2, halves(low, 0x0000))
      machine.memory.write(RAM_BASE + 3 * PAGE, halves(high, ...word(encode('jal', { rd: 0, immediate: -4 }))))
      machine.hart(0).pc = BigInt(RAM_BASE + PAGE - 2)
      assert.equal(trapOf(machine, 20), undefined)
      assert.equal(machine.hart(0).x(A0), 160n)
    })

    test('a compressed instruction at the last byte of RAM runs, and what follows is an access fault', () => {
      const end = RAM_BASE + 64 * KIB
      const machine = build(engine, {})
      machine.memory.write(end - 2, halves(ADDI))
      machine.hart(0).pc = BigInt(end - 2)
      assert.deepEqual(trapOf(machine, 2), [1n, BigInt(end), BigInt(end)])
      assert.equal(machine.hart(0).x(A0), 1n)
    })
  })

  describe(`Misaligned loads and stores, ${engine}`, () => {
    const access = (name: string, address: number, setting: Setting, value = 0n): Machine => {
      const machine = build(engine, setting)
      machine.memory.write(RAM_BASE, bytesOf([encode(name, { rd: 3, rs1: 1, rs2: 2, immediate: 0 })]))
      machine.memory.write64(DATA, 0x1122_3344_5566_7788n)
      machine.memory.write64(DATA + PAGE - 8, 0x8877_6655_4433_2211n)
      machine.memory.write64(DATA + PAGE, 0xffee_ddcc_bbaa_9988n)
      machine.hart(0).setX(1, BigInt(address))
      machine.hart(0).setX(2, value)
      return machine
    }

    test('a load takes its bytes from wherever they are, and extends them', () => {
      for (const [name, offset, expected] of [
        ['lw', 1, 0x4455_6677n],
        ['lhu', 5, 0x2233n],
        ['lh', PAGE - 1, 0xffff_ffff_ffff_8888n],
        ['ld', PAGE - 4, 0xbbaa_9988_8877_6655n],
      ] as const) {
        const machine = access(name, DATA + offset, {})
        assert.equal(trapOf(machine, 1), undefined)
        assert.equal(machine.hart(0).x(3), expected, name)
      }
    })

    test('a store writes its bytes and no others', () => {
      const machine = access('sd', DATA + PAGE - 3, {}, 0x0102_0304_0506_0708n)
      assert.equal(trapOf(machine, 1), undefined)
      assert.equal(machine.memory.read64(DATA + PAGE - 8), 0x0607_0855_4433_2211n)
      assert.equal(machine.memory.read64(DATA + PAGE), 0xffee_dd01_0203_0405n)
    })

    const code = { 0: [0, X | R] } as const
    test('when the second page is unmapped, the fault reports where it begins, and nothing is stored', () => {
      const machine = access('sd', DATA + PAGE - 3, { privilege: 'S', pages: { ...code, 4: [4, R | W | D] } }, -1n)
      assert.deepEqual(trapOf(machine, 1)?.slice(0, 2), [15n, BigInt(DATA + PAGE)])
      assert.equal(machine.memory.read64(DATA + PAGE - 8), 0x8877_6655_4433_2211n)
    })

    test('when the first page is unmapped, the fault reports the address', () => {
      const machine = access('ld', DATA + PAGE - 3, { privilege: 'S', pages: { ...code, 5: [5, R] } })
      assert.deepEqual(trapOf(machine, 1)?.slice(0, 2), [13n, BigInt(DATA + PAGE - 3)])
    })

    test('a device refuses them', () => {
      assert.deepEqual(trapOf(access('lw', 0x1000_0001, {}), 1)?.slice(0, 2), [5n, 0x1000_0001n])
    })
  })

  describe(`Floating-point state, ${engine}`, () => {
    const ONE = 0x3ff0_0000_0000_0000n
    const dyn = 7
    const run = (words: readonly number[], csrs: Readonly<Record<number, bigint>>, a = ONE, b = ONE): Machine => {
      const machine = build(engine, { csrs })
      machine.memory.write(RAM_BASE, bytesOf(words))
      machine.hart(0).setF(1, a)
      machine.hart(0).setF(2, b)
      return machine
    }
    const on = { [MSTATUS]: 1n << 13n }
    const fields = { rd: 0, rs1: 1, rs2: 2 }

    test('while FS is Off, every floating-point instruction and CSR is illegal', () => {
      for (const word of [
        encode('fadd.d', { ...fields, immediate: 0 }),
        encode('fmv.x.d', { rd: 3, rs1: 1 }),
        encode('fld', { rd: 1, rs1: 0, immediate: 0 }),
        encode('csrrs', { rd: 3, rs1: 0, number: 3 }),
      ])
        assert.deepEqual(trapOf(run([word], {}), 1)?.slice(0, 2), [2n, BigInt(word)])
    })

    test('a reserved rounding mode is illegal, in the instruction and in frm', () => {
      const reserved = encode('fadd.d', { ...fields, immediate: 5 })
      assert.equal(trapOf(run([reserved], on), 1)?.[0], 2n)
      const dynamic = encode('fadd.d', { ...fields, immediate: dyn })
      assert.equal(trapOf(run([dynamic], { ...on, 2: 5n }), 1)?.[0], 2n)
      assert.equal(trapOf(run([dynamic], { ...on, 2: 4n }), 1), undefined)
    })

    test('a write makes FS Dirty and sets SD; a read does not', () => {
      const read = run([encode('fmv.x.d', { rd: 3, rs1: 1 })], on)
      read.run({ maxInstructions: 1 })
      assert.equal(read.hart(0).csr(MSTATUS) & FS_DIRTY, 1n << 13n)
      const written = run([encode('fsgnj.d', fields)], on)
      written.run({ maxInstructions: 1 })
      assert.equal(written.hart(0).csr(MSTATUS) & ((1n << 63n) | FS_DIRTY), (1n << 63n) | FS_DIRTY)
    })

    test('f0 is a register like the others', () => {
      const machine = run([encode('fadd.d', { ...fields, immediate: dyn }), encode('fadd.d', { rd: 0, rs1: 0, rs2: 0, immediate: dyn })], {
        [MSTATUS]: FS_DIRTY,
      })
      machine.run({ maxInstructions: 2 })
      assert.equal(machine.hart(0).f(0), 0x4010_0000_0000_0000n)
    })

    test('a register that holds no boxed value reads as the canonical NaN', () => {
      const machine = run([encode('fadd.s', { ...fields, immediate: dyn })], { [MSTATUS]: FS_DIRTY }, 0x3f80_0000n, ~0n << 32n)
      machine.run({ maxInstructions: 1 })
      assert.equal(machine.hart(0).f(0), 0xffff_ffff_7fc0_0000n)
      assert.equal(machine.hart(0).fcsr, 0n)
    })

    test('1 / 3 is inexact in every mode and rounded as the mode says; 1 / 2 raises nothing', () => {
      const three = 0x4008_0000_0000_0000n
      for (const [mode, last] of [
        [0, 0x55n],
        [1, 0x55n],
        [2, 0x55n],
        [3, 0x56n],
      ] as const) {
        const machine = run([encode('fdiv.d', { ...fields, immediate: mode })], { [MSTATUS]: FS_DIRTY }, ONE, three)
        machine.run({ maxInstructions: 1 })
        assert.deepEqual([machine.hart(0).f(0) & 0xffn, machine.hart(0).fcsr], [last, 1n])
      }
      const exact = run([encode('fdiv.d', { ...fields, immediate: 0 })], { [MSTATUS]: FS_DIRTY }, ONE, 0x4000_0000_0000_0000n)
      exact.run({ maxInstructions: 1 })
      assert.equal(exact.hart(0).fcsr, 0n)
    })
  })

  describe(`Cache blocks, ${engine}`, () => {
    const MENVCFG = 0x30a
    const SENVCFG = 0x10a
    const [CBIE, CBCFE, CBZE] = [1n << 4n, 1n << 6n, 1n << 7n]
    const run = (operation: string, setting: Setting, address = DATA + 0x67): Machine => {
      const machine = build(engine, setting)
      machine.memory.write(RAM_BASE, bytesOf([encode(`cbo.${operation}`, { rs1: 1 })]))
      for (let at = 0; at < 256; at += 8) machine.memory.write64(DATA + at, ~0n)
      machine.hart(0).setX(1, BigInt(address))
      return machine
    }

    test('cbo.zero clears the 64 bytes around its address, and no others', () => {
      const machine = run('zero', {})
      assert.equal(trapOf(machine, 1), undefined)
      const cleared = Array.from({ length: 32 }, (_, index) => machine.memory.read64(DATA + index * 8) === 0n)
      assert.deepEqual([cleared.indexOf(true), cleared.lastIndexOf(true)], [8, 15])
    })

    const gates: readonly (readonly [string, bigint])[] = [
      ['inval', CBIE],
      ['clean', CBCFE],
      ['flush', CBCFE],
      ['zero', CBZE],
    ]
    for (const [operation, gate] of gates)
      test(`cbo.${operation} below M needs its bit of menvcfg, and in U that of senvcfg too`, () => {
        const outcome = (privilege: Privilege, csrs: Readonly<Record<number, bigint>>) =>
          trapOf(run(operation, { privilege, csrs }), 1)?.[0]
        assert.equal(outcome('M', {}), undefined)
        assert.equal(outcome('S', {}), 2n)
        assert.equal(outcome('S', { [MENVCFG]: gate }), undefined)
        assert.equal(outcome('U', { [MENVCFG]: gate }), 2n)
        assert.equal(outcome('U', { [SENVCFG]: gate }), 2n)
        assert.equal(outcome('U', { [MENVCFG]: gate, [SENVCFG]: gate }), undefined)
      })

    test('a block that may be read may be cleaned but not zeroed; the fault is a store fault at the address', () => {
      const pages = { 0: [0, X | R], 4: [4, R] } as const
      const csrs = { [MENVCFG]: CBCFE | CBZE }
      assert.equal(trapOf(run('clean', { privilege: 'S', pages, csrs }), 1), undefined)
      assert.deepEqual(trapOf(run('zero', { privilege: 'S', pages, csrs }), 1)?.slice(0, 2), [15n, BigInt(DATA + 0x67)])
      assert.deepEqual(trapOf(run('clean', { privilege: 'S', pages, csrs }, DATA + PAGE), 1)?.slice(0, 2), [15n, BigInt(DATA + PAGE)])
    })
  })
}
