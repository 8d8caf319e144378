import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ModelError } from '../../common/errors.js'
import { isFault, type HostedPort, type HostedTable, type Privilege } from '../../common/hosted-port.js'
import { cycles, KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine, UART_BASE, type EngineKind, type HostedCallEvent } from '../machine.js'
import { RAM_BASE, ROM_BASE } from '../memory/physical-memory.js'

const HANDLER = RAM_BASE + 0x1000
const DATA = RAM_BASE + 0x2000
const NOP = encode('addi')
const KCALL = encode('kcall', { number: 7 })
const UCALL = encode('ucall', { number: 7 })
const STIP_TO_S: readonly (readonly [number, bigint])[] = [
  [0x30a, 1n << 63n],
  [0x303, 0x222n],
  [0x304, 0x20n],
]

/** A machine whose routine 7, of both kinds, is `run`. PMP: all of RAM but the last page of DATA's 64 KiB. */
function machineWith(
  engine: EngineKind,
  privilege: Privilege,
  words: readonly number[],
  run: (port: HostedPort) => void,
  charge = 100,
  csrs: readonly (readonly [number, bigint])[] = [],
): Machine {
  const routines = new Map([[7, { name: 'probe', charge, run }]])
  const hosted: HostedTable = { kcall: routines, ucall: routines }
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, hosted, resetVector: RAM_BASE })
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, bytesOf(words))
  machine.memory.write(HANDLER, bytesOf([encode('jal', { rd: 0, immediate: 0 })]))
  const pmp = [
    [0x3b0, BigInt(RAM_BASE + 0xf000) >> 2n],
    [0x3b1, BigInt(RAM_BASE + 0x1_0000) >> 2n],
    [0x3b2, (1n << 54n) - 1n],
    [0x3a0, 0x1f_08_0fn],
    [0x305, BigInt(HANDLER)],
    [0x105, BigInt(HANDLER)],
  ] as const
  for (const [number, value] of [...pmp, ...csrs]) hart.setCsr(number, value)
  hart.privilege = privilege
  return machine
}

const nothing = (): void => undefined

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Hosted calls, ${engine}`, () => {
    const illegal: readonly (readonly [string, Privilege, number])[] = [
      ['kcall in U', 'U', KCALL],
      ['ucall in S', 'S', UCALL],
      ['ucall in M', 'M', UCALL],
      ['kcall of a routine that is not there', 'S', encode('kcall', { number: 8 })],
    ]
    for (const [what, privilege, word] of illegal)
      test(`${what} is an illegal instruction, and no routine runs`, () => {
        let ran = false
        const machine = machineWith(engine, privilege, [word], () => (ran = true))
        machine.run({ breakAt: () => true })
        assert.deepEqual([machine.hart(0).csr(0x342), machine.hart(0).csr(0x343), ran], [2n, BigInt(word), false])
      })

    test('without a table every hosted call is illegal', () => {
      const machine = new Machine({ ramBytes: 64 * KIB, rom: bytesOf([KCALL]), engine })
      machine.run({ breakAt: () => true })
      assert.equal(machine.hart(0).csr(0x342), 2n)
    })

    for (const [privilege, word] of [
      ['M', KCALL],
      ['S', KCALL],
      ['U', UCALL],
    ] as const)
      test(`a call in ${privilege} retires one instruction and takes one cycle beside its charges`, () => {
        const machine = machineWith(engine, privilege, [NOP, word, NOP], (port) => {
          assert.equal(port.privilege, privilege)
          assert.equal(port.now(), 1)
          port.charge(20)
          assert.equal(port.now(), 21)
        })
        machine.run({ maxInstructions: 3 })
        assert.deepEqual([machine.hart(0).instret, machine.hart(0).cycles], [3, 23])
      })

    test('registers are read and set for nothing; x0 stays zero', () => {
      const machine = machineWith(engine, 'S', [KCALL], (port) => {
        port.setX(5, port.x(6) - 1n)
        port.setX(0, 9n)
      })
      machine.run({ maxInstructions: 1 })
      assert.deepEqual([machine.hart(0).x(5), machine.hart(0).x(0), machine.hart(0).cycles], [(1n << 64n) - 1n, 0n, 1])
    })

    test('completed calls are told with their times', () => {
      const machine = machineWith(engine, 'U', [NOP, UCALL], (port) => port.charge(4))
      const seen: HostedCallEvent[] = []
      machine.onHostedCall((event) => seen.push(event))
      machine.run({ maxInstructions: 2 })
      assert.deepEqual(seen, [
        { hart: 0, kind: 'ucall', routine: 7, name: 'probe', privilege: 'U', pc: BigInt(RAM_BASE + 4), start: 1, end: 6 },
      ])
    })

    test('a call whose worst case would pass the next interrupt waits for that, and starts after it', () => {
      let started: number | undefined
      const machine = machineWith(engine, 'U', [NOP, UCALL], (port) => (started = port.now()), 50, [...STIP_TO_S, [0x14d, 51n]])
      machine.run({ breakAt: () => true })
      assert.deepEqual([started, machine.hart(0).cycles, machine.hart(0).csr(0x141)], [undefined, 52, BigInt(RAM_BASE + 4)])
    })

    test('a call whose worst case just fits starts', () => {
      let started: number | undefined
      const machine = machineWith(engine, 'U', [NOP, UCALL], (port) => (started = port.now()), 50, [...STIP_TO_S, [0x14d, 52n]])
      machine.run({ maxInstructions: 2 })
      assert.equal(started, 1)
    })

    test('an interrupt that would not be taken here delays nothing', () => {
      const machine = machineWith(engine, 'S', [NOP, KCALL], nothing, 50, [...STIP_TO_S, [0x14d, 20n]])
      machine.run({ maxInstructions: 2 })
      assert.equal(machine.hart(0).cycles, 2)
    })
  })
}

describe('Hosted port', () => {
  /** Calls `probe` in S-mode, or at another privilege, and returns the machine. */
  const inCall = (
    probe: (port: HostedPort) => void,
    privilege: Privilege = 'S',
    csrs: readonly (readonly [number, bigint])[] = [],
  ): Machine => {
    const machine = machineWith('interpreter', privilege, [privilege === 'U' ? UCALL : KCALL], probe, 2000, csrs)
    machine.run({ maxInstructions: 1 })
    return machine
  }

  const refused: readonly (readonly [string, number, 1 | 2 | 4, number, number])[] = [
    ['an address that PMP refuses', RAM_BASE + 0xf000, 4, 5, 7],
    ['no memory', 0x5000_0000, 4, 5, 7],
    ['a misaligned address', DATA + 2, 4, 4, 6],
    ['a width the device does not have', UART_BASE, 4, 5, 7],
    ['a negative address', -8, 4, 5, 7],
  ]
  for (const [what, address, width, loadCause, storeCause] of refused)
    test(`${what}: load and store return the cause an instruction would raise, and nothing traps`, () => {
      const machine = inCall((port) => {
        assert.deepEqual(port.load(address, width), { kind: 'access-fault', cause: loadCause, address })
        assert.deepEqual(port.store(address, width, 1), { kind: 'access-fault', cause: storeCause, address })
      })
      assert.equal(machine.hart(0).pc, BigInt(RAM_BASE + 4))
    })

  test('a store to ROM is refused, a load is not', () => {
    inCall((port) => {
      assert.equal(port.load(ROM_BASE, 4), 0)
      assert.equal(isFault(port.store64(ROM_BASE, 1n)), true)
    })
  })

  test('a range that ends in refused memory moves no byte', () => {
    const machine = inCall((port) => {
      assert.deepEqual(port.writeBytes(RAM_BASE + 0xeffc, Uint8Array.of(1, 2, 3, 4, 5)), {
        kind: 'access-fault',
        cause: 7,
        address: RAM_BASE + 0xf000,
      })
      assert.deepEqual(port.readBytes(RAM_BASE + 0xeff0, 17), { kind: 'access-fault', cause: 5, address: RAM_BASE + 0xf000 })
    })
    assert.deepEqual(machine.memory.read(RAM_BASE + 0xeffc, 4), Uint8Array.of(0, 0, 0, 0))
  })

  test('a device is no range of bytes', () => {
    inCall((port) => assert.deepEqual(port.readBytes(UART_BASE, 4), { kind: 'access-fault', cause: 5, address: UART_BASE }))
  })

  test('loads are zero-extended, stores keep their width, ranges cross pages', () => {
    const machine = inCall((port) => {
      port.store64(DATA, -1n)
      port.store(DATA, 2, 0x1_8001)
      assert.equal(port.load(DATA, 2), 0x8001)
      assert.equal(port.load(DATA, 4), 0xffff_8001)
      assert.equal(port.load64(DATA), 0xffff_ffff_ffff_8001n)
      const bytes = Uint8Array.from({ length: 6000 }, (_, index) => index & 0xff)
      assert.equal(port.writeBytes(DATA + 100, bytes), undefined)
      assert.deepEqual(port.readBytes(DATA + 100, 6000), bytes)
    })
    assert.equal(machine.memory.read(DATA + 6099, 1)[0], 5999 & 0xff)
  })

  test('charges: one cycle an access, one per 8 bytes begun of a range, one a CSR access or fence', () => {
    const costs: readonly (readonly [(port: HostedPort) => unknown, number])[] = [
      [(port) => port.load(DATA, 1), 1],
      [(port) => port.store64(DATA, 1n), 1],
      [(port) => port.load(1, 4), 1],
      [(port) => port.readBytes(DATA, 17), 3],
      [(port) => port.writeBytes(DATA, new Uint8Array(16)), 2],
      [(port) => port.readCsr(0x141), 1],
      [(port) => port.writeCsr(0x141, 4n), 1],
      [(port) => port.fenceVma(), 1],
      [(port) => port.x(4), 0],
    ]
    for (const [use, cost] of costs) assert.equal(inCall((port) => void use(port)).hart(0).cycles, 1 + cost, use.toString())
  })

  test('CSRs: those of the privilege; others, and writes of read-only ones, are refused', () => {
    inCall((port) => {
      assert.equal(port.readCsr(0x300), undefined)
      assert.equal(port.writeCsr(0x300, 0n), false)
      assert.equal(port.writeCsr(0x140, 77n), true)
      assert.equal(port.readCsr(0x140), 77n)
    })
    inCall((port) => assert.equal(port.writeCsr(0xf14, 1n), false), 'M')
    inCall((port) => assert.equal(port.readCsr(0x100), undefined), 'U')
  })

  test('waitUntil sets the clock exactly, and not back', () => {
    const machine = inCall((port) => {
      port.charge(10)
      assert.equal(port.waitUntil(cycles(9)), false)
      assert.equal(port.waitUntil(cycles(5000)), true)
      assert.equal(port.now(), 5000)
    })
    assert.equal(machine.hart(0).cycles, 5001)
  })

  test('to charge more than declared, or to sleep through an interrupt, is a defect of the routine', () => {
    assert.throws(() => inCall((port) => port.charge(2001)), ModelError)
    assert.throws(() => inCall((port) => port.charge(-1)), ModelError)
    assert.throws(() => inCall((port) => port.waitUntil(cycles(5000)), 'U', [...STIP_TO_S, [0x14d, 4000n]]), ModelError)
  })
})
