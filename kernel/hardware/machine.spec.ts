import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Privilege } from '../common/hosted-port.js'
import { KIB, MIB } from '../common/units.js'
import { bytesOf, encode } from './isa/encode.js'
import {
  ACLINT_BASE,
  Machine,
  MachineConfigurationError,
  TEST_FINISHER_BASE,
  UART_BASE,
  type EngineKind,
  type WatchedStore,
} from './machine.js'
import { PhysicalMemoryError, RAM_BASE, ROM_BASE } from './memory/physical-memory.js'
import { SnapshotError } from './snapshot/machine-snapshot.js'

const NOP = encode('addi')
const LOOP = encode('jal', { rd: 0, immediate: 0 })
const DATA = RAM_BASE + 0x2000
const TABLES = RAM_BASE + 0x8000

/** Words at RAM's start; x1 is the address that the program uses. */
function machineWith(
  engine: EngineKind,
  words: readonly number[],
  address = DATA,
  options: { privilege?: Privilege; rom?: Uint8Array } = {},
): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: options.rom ?? new Uint8Array(), engine, resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(words))
  machine.hart(0).setX(1, BigInt(address))
  machine.hart(0).setCsr(0x3b0, (1n << 54n) - 1n)
  machine.hart(0).setCsr(0x3a0, 0x1fn)
  machine.hart(0).privilege = options.privilege ?? 'M'
  return machine
}

/** Runs to the first trap; its cause and value. */
function trapOf(machine: Machine): readonly [bigint, bigint] | undefined {
  const stop = machine.run({ maxInstructions: 50, breakAt: ({ cause }) => cause !== undefined })
  return stop.kind === 'break' ? [machine.hart(0).csr(0x342), machine.hart(0).csr(0x343)] : undefined
}

const load = encode('ld', { rd: 3, rs1: 1, immediate: 0 })
const store = encode('sd', { rs1: 1, rs2: 2, immediate: 0 })
const jump = encode('jalr', { rd: 0, rs1: 1, immediate: 0 })

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Physical address space, ${engine}`, () => {
    const faults: readonly (readonly [string, number, number, bigint])[] = [
      ['a load where nothing is', load, 0x5000_0000, 5n],
      ['a store where nothing is', store, 0x5000_0000, 7n],
      ['a jump to where nothing is', jump, 0x5000_0000, 1n],
      ['a load just after RAM', load, RAM_BASE + 64 * KIB, 5n],
      ['a store to ROM', store, ROM_BASE, 7n],
      ['a doubleword store to the UART', store, UART_BASE, 7n],
      ['a doubleword load from the test finisher', load, TEST_FINISHER_BASE, 5n],
      ['a fetch from a device', jump, UART_BASE, 1n],
      ['an atomic on a device', encode('amoadd.d', { rd: 3, rs1: 1, rs2: 2 }), ACLINT_BASE + 0x4000, 7n],
      ['LR of a device', encode('lr.d', { rd: 3, rs1: 1 }), ACLINT_BASE + 0x4000, 5n],
    ]
    for (const [what, word, address, cause] of faults)
      test(`${what} is an access fault at its address`, () => {
        assert.deepEqual(trapOf(machineWith(engine, [word], address)), [cause, BigInt(address)])
      })

    test('an address of more than 56 bits is an access fault, not another address', () => {
      const machine = machineWith(engine, [load])
      machine.hart(0).setX(1, (1n << 60n) | BigInt(DATA))
      assert.deepEqual(trapOf(machine), [5n, (1n << 60n) | BigInt(DATA)])
    })

    test('the hart starts in ROM, in M-mode, and ROM cannot be changed from outside either', () => {
      const machine = new Machine({ ramBytes: 64 * KIB, rom: bytesOf([NOP, LOOP]), engine })
      assert.deepEqual([machine.hart(0).pc, machine.hart(0).privilege], [BigInt(ROM_BASE), 'M'])
      machine.run({ maxInstructions: 2 })
      assert.equal(machine.hart(0).pc, BigInt(ROM_BASE + 4))
      assert.throws(() => machine.memory.write(ROM_BASE, Uint8Array.of(1)), PhysicalMemoryError)
    })

    test('byte stores to the UART are its output', () => {
      const machine = machineWith(
        engine,
        [encode('addi', { rd: 2, immediate: 0x41 }), encode('sb', { rs1: 1, rs2: 2, immediate: 0 })],
        UART_BASE,
      )
      machine.run({ maxInstructions: 2 })
      assert.equal(machine.uart.outputText(), 'A')
    })

    test('the test finisher ends the run with its code, after the store has retired', () => {
      const words = [
        encode('lui', { rd: 2, immediate: 0x7_3000 }),
        encode('addi', { rd: 2, rs1: 2, immediate: 0x333 }),
        encode('sw', { rs1: 1, rs2: 2, immediate: 0 }),
      ]
      const machine = machineWith(engine, words, TEST_FINISHER_BASE)
      assert.deepEqual(machine.run(), { kind: 'powered-off', code: 7 })
      assert.equal(machine.hart(0).instret, 3)
    })
  })

  describe(`Protection of memory, ${engine}`, () => {
    const [V, R, W, X, U, A, D] = [1, 2, 4, 8, 16, 64, 128]
    const CODE = V | R | X | A
    const leaf = (address: number, flags: number): bigint => (BigInt(address >>> 12) << 10n) | BigInt(flags)

    /** Sv39, identity: the program's page as code, the data page with `flags`. */
    const paged = (words: readonly number[], privilege: Privilege, flags: number, mstatus = 0n): Machine => {
      const machine = machineWith(engine, words, DATA, { privilege: 'M' })
      const user = privilege === 'U' ? U : 0
      machine.memory.write64(TABLES + 16, leaf(TABLES + 0x1000, V))
      machine.memory.write64(TABLES + 0x1000, leaf(TABLES + 0x2000, V))
      machine.memory.write64(TABLES + 0x2000, leaf(RAM_BASE, CODE | user))
      machine.memory.write64(TABLES + 0x2010, leaf(DATA, flags))
      machine.hart(0).setCsr(0x180, (8n << 60n) | BigInt(TABLES >>> 12))
      machine.hart(0).setCsr(0x300, mstatus)
      machine.hart(0).privilege = privilege
      return machine
    }

    const refused: readonly (readonly [string, number, Privilege, number, bigint])[] = [
      ['U loads from a supervisor page', load, 'U', V | R | W | A | D, 13n],
      ['U stores to a read-only page', store, 'U', V | R | U | A | D, 15n],
      ['U stores to a clean page (D = 0)', store, 'U', V | R | W | U | A, 15n],
      ['U jumps to a page without X', jump, 'U', V | R | W | U | A | D, 12n],
      ['S loads from a user page without SUM', load, 'S', V | R | W | U | A | D, 13n],
      ['S jumps to a user page', jump, 'S', V | R | X | U | A | D, 12n],
      ['S loads from a page that is not there', load, 'S', 0, 13n],
      ['an atomic needs W, and faults as a store', encode('amoadd.d', { rd: 3, rs1: 1, rs2: 2 }), 'S', V | R | A | D, 15n],
      ['SC faults as a store even without a reservation', encode('sc.d', { rd: 3, rs1: 1, rs2: 2 }), 'S', V | R | A | D, 15n],
      ['LR faults as a load', encode('lr.d', { rd: 3, rs1: 1 }), 'S', V | X | A | D, 13n],
    ]
    for (const [what, word, privilege, flags, cause] of refused)
      test(`${what}: page fault ${cause}, and memory is unchanged`, () => {
        const machine = paged([word], privilege, flags)
        machine.memory.write64(DATA, 5n)
        assert.deepEqual(trapOf(machine), [cause, BigInt(DATA)])
        assert.equal(machine.memory.read64(DATA), 5n)
      })

    const SUM = 1n << 18n
    test('SUM opens user pages to S-mode loads, and closing it closes them at once', () => {
      const close = encode('csrrc', { rd: 0, rs1: 5, number: 0x100 })
      const machine = paged([load, close, load], 'S', V | R | W | U | A | D, SUM)
      machine.hart(0).setX(5, SUM)
      assert.deepEqual(trapOf(machine), [13n, BigInt(DATA)])
      assert.equal(machine.hart(0).instret, 2)
    })

    test('with MPRV, M-mode loads are checked as MPP’s, fetches are not', () => {
      const machine = paged([load], 'S', 0)
      machine.hart(0).setCsr(0x300, (1n << 17n) | (1n << 11n))
      machine.hart(0).privilege = 'M'
      assert.deepEqual(trapOf(machine), [13n, BigInt(DATA)])
    })

    test('after SFENCE.VMA a page that was taken away is gone', () => {
      const withdraw = encode('sd', { rs1: 6, rs2: 0, immediate: 0 })
      const machine = paged([load, withdraw, encode('sfence.vma (all)'), load], 'S', V | R | W | A | D)
      machine.memory.write64(TABLES + 0x2050, leaf(TABLES + 0x2000, V | R | W | A | D))
      machine.hart(0).setX(6, BigInt(RAM_BASE + 0xa010))
      assert.deepEqual(trapOf(machine), [13n, BigInt(DATA)])
      assert.equal(machine.hart(0).instret, 3)
    })

    test('PMP stops what the page tables allow: loads, stores, and the page-table walk itself', () => {
      const deny = (machine: Machine, address: number): Machine => {
        machine.hart(0).setCsr(0x3b1, (1n << 54n) - 1n)
        machine.hart(0).setCsr(0x3b0, (BigInt(address) >> 2n) | 0x1ffn)
        machine.hart(0).setCsr(0x3a0, 0x1f18n)
        return machine
      }
      const full = V | R | W | A | D
      assert.deepEqual(trapOf(deny(paged([load], 'S', full), DATA)), [5n, BigInt(DATA)])
      assert.deepEqual(trapOf(deny(paged([store], 'S', full), DATA)), [7n, BigInt(DATA)])
      assert.deepEqual(trapOf(deny(paged([load], 'S', full), TABLES + 0x1000)), [1n, BigInt(RAM_BASE)])
    })

    test('a PMP entry smaller than a page decides for its bytes only', () => {
      const machine = machineWith(engine, [load, encode('ld', { rd: 4, rs1: 1, immediate: 8 })], DATA, { privilege: 'S' })
      machine.hart(0).setCsr(0x3b1, (1n << 54n) - 1n)
      machine.hart(0).setCsr(0x3b0, (BigInt(DATA) + 8n) >> 2n) // NA4: four bytes
      machine.hart(0).setCsr(0x3a0, 0x1f10n)
      assert.deepEqual(trapOf(machine), [5n, BigInt(DATA + 8)])
      assert.equal(machine.hart(0).instret, 1)
    })
  })

  describe(`Runs, ${engine}`, () => {
    const count = [encode('addi', { rd: 2, rs1: 2, immediate: 1 }), encode('jal', { rd: 0, immediate: -4 })]

    test('an instruction limit is met exactly, however often it is asked for', () => {
      for (const slice of [1, 7, 1000]) {
        const machine = machineWith(engine, count)
        for (let done = 0; done < 5000; done += slice)
          assert.deepEqual(machine.run({ maxInstructions: slice }), { kind: 'instruction-limit' })
        assert.equal(machine.hart(0).instret, Math.ceil(5000 / slice) * slice)
      }
    })

    test('a cycle limit stops at the first boundary at or after it; a limit that has passed runs nothing', () => {
      const machine = machineWith(engine, count)
      assert.deepEqual(machine.run({ untilCycle: 12345 }), { kind: 'cycle-limit' })
      assert.equal(machine.hart(0).cycles, 12345)
      machine.run({ untilCycle: 12345 })
      assert.equal(machine.hart(0).instret, 12345)
    })

    test('an odd value in a watched tohost ends the run with its code; an even one does not', () => {
      const machine = machineWith(engine, [store, encode('addi', { rd: 2, immediate: 7 }), store, LOOP])
      machine.watchStores(DATA, 8)
      assert.deepEqual(machine.run(), { kind: 'tohost', code: 3 })
      assert.equal(machine.hart(0).instret, 3)
    })

    test('a watch sees every store to its range, and none beside it', () => {
      const words = [store, encode('sw', { rs1: 1, rs2: 2, immediate: 4 }), encode('sd', { rs1: 1, rs2: 2, immediate: 8 }), store]
      const machine = machineWith(engine, words)
      const seen: WatchedStore[] = []
      machine.watchStores(DATA, 8, (event) => void seen.push(event))
      machine.run({ maxInstructions: 4 })
      assert.deepEqual(
        seen.map(({ address, width, cycle }) => [address - DATA, width, cycle]),
        [
          [0, 8, 0],
          [4, 4, 1],
          [0, 8, 3],
        ],
      )
    })

    test('engines can take over from each other at any instruction', () => {
      const straight = machineWith(engine, count)
      straight.run({ maxInstructions: 1000 })
      const changing = machineWith(engine, count)
      for (let slice = 0; slice < 100; slice++) {
        changing.useEngine(slice % 2 === 0 ? 'reference' : 'interpreter')
        changing.run({ maxInstructions: 10 })
      }
      assert.equal(changing.digest(), straight.digest())
    })

    test('a store loop over its own code ends where the specification says: at an illegal instruction', () => {
      // The stores go downwards from 256 bytes above and reach the loop's last word first.
      const machine = machineWith(
        engine,
        [store, encode('addi', { rd: 1, rs1: 1, immediate: -8 }), encode('jal', { rd: 0, immediate: -8 })],
        RAM_BASE + 0x100,
      )
      assert.deepEqual(machine.run({ breakAt: ({ cause }) => cause !== undefined }), { kind: 'break' })
      assert.deepEqual([machine.hart(0).csr(0x342), machine.hart(0).csr(0x341)], [2n, BigInt(RAM_BASE + 8)])
    })
  })
}

describe('Snapshot, digest, reset', () => {
  const program = [
    encode('addi', { rd: 2, rs1: 2, immediate: 1 }),
    store,
    encode('addi', { rd: 1, rs1: 1, immediate: 8 }),
    encode('jal', { rd: 0, immediate: -12 }),
  ]

  test('a snapshot of another version, size, or shape is refused, and changes nothing', () => {
    const machine = machineWith('interpreter', program)
    machine.run({ maxInstructions: 100 })
    const snapshot = machine.snapshot()
    const before = machine.digest()
    const refused: readonly (readonly [string, Partial<typeof snapshot>])[] = [
      ['version', { version: 99 }],
      ['configuration', { ramBytes: 128 * KIB }],
      ['configuration', { harts: [] }],
      ['configuration', { devices: {} }],
      ['malformed', { contents: new Uint8Array(3) }],
      ['malformed', { pages: [99_999], contents: new Uint8Array(4096) }],
      ['malformed', { rom: new Uint8Array(1) }],
    ]
    for (const [code, change] of refused)
      assert.throws(
        () => machine.restore({ ...snapshot, ...change }),
        (error) => error instanceof SnapshotError && error.code === code,
        code,
      )
    assert.equal(machine.digest(), before)
  })

  test('a restored machine continues as the original does, on either engine', () => {
    const original = machineWith('interpreter', program)
    original.uart.input(Uint8Array.of(65))
    original.run({ maxInstructions: 333 })
    const snapshot = structuredClone(original.snapshot())
    original.run({ maxInstructions: 2000 })
    for (const engine of ['reference', 'interpreter'] as const) {
      const other = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine })
      other.memory.write(RAM_BASE + 0x5000, Uint8Array.of(1, 2, 3))
      other.restore(snapshot)
      other.run({ maxInstructions: 2000 })
      assert.equal(other.digest(), original.digest(), engine)
    }
  })

  test('the digest sees each part: memory, registers, devices, ROM; and not what was merely touched', () => {
    const digest = (change: (machine: Machine) => void, rom = new Uint8Array()): string => {
      const machine = machineWith('interpreter', program, DATA, { rom })
      change(machine)
      return machine.digest()
    }
    const plain = digest(() => undefined)
    assert.equal(
      digest((machine) => machine.memory.write(RAM_BASE + 0x6000, new Uint8Array(8))),
      plain,
    )
    const changed = [
      digest((machine) => machine.memory.write(RAM_BASE + 0xffff, Uint8Array.of(1))),
      digest((machine) => machine.hart(0).setX(31, 1n)),
      digest((machine) => machine.uart.input(Uint8Array.of(1))),
      digest(() => undefined, Uint8Array.of(1)),
    ]
    assert.equal(new Set([plain, ...changed]).size, 5)
  })

  test('reset gives hart and devices back as new, and keeps RAM', () => {
    const machine = machineWith('interpreter', program)
    machine.uart.input(Uint8Array.of(1))
    machine.run({ maxInstructions: 50 })
    const stored = machine.memory.read64(DATA)
    machine.reset()
    const hart = machine.hart(0)
    assert.deepEqual(
      [hart.pc, hart.privilege, hart.cycles, hart.instret, hart.x(2), hart.csr(0x3a0)],
      [BigInt(RAM_BASE), 'M', 0, 0, 0n, 0n],
    )
    assert.deepEqual(machine.uart.snapshot().received, [])
    assert.equal(machine.memory.read64(DATA), stored)
  })
})

describe('Configuration', () => {
  const build = (ramBytes: number, rom = new Uint8Array()): Machine => new Machine({ ramBytes, rom, engine: 'interpreter' })

  for (const ramBytes of [0, -65536, 1000, 2 ** 40, Number.NaN])
    test(`${ramBytes} bytes of RAM are refused`, () => assert.throws(() => build(ramBytes), MachineConfigurationError))

  test('a ROM of more than 64 KiB is refused', () => assert.throws(() => build(MIB, new Uint8Array(65537)), MachineConfigurationError))

  test('memory outside RAM and ROM cannot be read or written from outside', () => {
    const { memory } = build(64 * KIB)
    for (const [address, length] of [
      [0, 1],
      [RAM_BASE - 1, 2],
      [RAM_BASE + 64 * KIB - 4, 8],
      [UART_BASE, 1],
      [RAM_BASE + 0.5, 1],
    ] as const) {
      assert.equal(memory.contains(address, length), false)
      assert.throws(() => memory.read(address, length), PhysicalMemoryError)
      assert.throws(() => memory.write(address, new Uint8Array(length)), PhysicalMemoryError)
    }
    assert.throws(() => memory.read64(RAM_BASE + 64 * KIB - 4), PhysicalMemoryError)
    assert.throws(() => memory.write64(ROM_BASE, 1n), PhysicalMemoryError)
  })

  test('there is no hart 1', () => assert.throws(() => build(64 * KIB).hart(1), RangeError))
})
