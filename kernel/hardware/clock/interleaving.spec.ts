import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { ACLINT_BASE, Machine, MachineConfigurationError, type EngineKind } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { GRID } from './interleaving.js'

const COUNTER = RAM_BASE + 0x2000
const FLAG = RAM_BASE + 0x3000
const LOOP = encode('jal', { rd: 0, immediate: 0 })
const WFI = encode('wfi')
const MIE = 0x304

function machineOf(engine: EngineKind, harts: number, words: readonly number[]): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, harts, resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(words))
  for (let index = 0; index < harts; index++) {
    machine.hart(index).setX(1, BigInt(COUNTER))
    machine.hart(index).setX(2, BigInt(FLAG))
    machine.hart(index).setX(3, 1n)
    machine.hart(index).setX(4, 500n)
  }
  return machine
}

const back = (name: string, words: number, fields: object = {}): number => encode(name, { ...fields, immediate: -4 * words })

/** Adds 1 to COUNTER x4 times, by an AMO or by LR and SC, then waits for ever. */
const ADD_BY_AMO = [
  encode('amoadd.d', { rd: 0, rs1: 1, rs2: 3 }),
  encode('addi', { rd: 4, rs1: 4, immediate: -1 }),
  back('bne', 2, { rs1: 4, rs2: 0 }),
  WFI,
]
const ADD_BY_LR_SC = [
  encode('lr.d', { rd: 5, rs1: 1 }),
  encode('addi', { rd: 5, rs1: 5, immediate: 1 }),
  encode('sc.d', { rd: 6, rs1: 1, rs2: 5 }),
  back('bne', 3, { rs1: 6, rs2: 0 }),
  encode('addi', { rd: 4, rs1: 4, immediate: -1 }),
  back('bne', 5, { rs1: 4, rs2: 0 }),
  WFI,
]

describe('A machine of several harts', () => {
  for (const harts of [0, 9, 1.5])
    test(`${harts} harts are refused with what is possible`, () =>
      assert.throws(
        () => machineOf('interpreter', harts, []),
        (error) => error instanceof MachineConfigurationError && error.code === 'harts' && error.message.includes('use 1 to 8'),
      ))

  test('each hart has its number, and none beyond them exists', () => {
    const machine = machineOf('interpreter', 8, [])
    for (let index = 0; index < 8; index++) assert.equal(machine.hart(index).csr(0xf14), BigInt(index))
    assert.throws(() => machine.hart(8), RangeError)
  })
})

for (const engine of ['reference', 'interpreter'] as const) {
  describe(`Harts in turn, ${engine}`, () => {
    for (const [how, words] of [
      ['AMO', ADD_BY_AMO],
      ['LR and SC', ADD_BY_LR_SC],
    ] as const)
      test(`no addition of four harts by ${how} is lost, and the run ends when all wait for ever`, () => {
        const machine = machineOf(engine, 4, words)
        assert.deepEqual(machine.run(), { kind: 'idle' })
        assert.equal(machine.memory.read64(COUNTER), 2000n)
      })

    test('where a run stops does not matter: slices of any length give the state of one run', () => {
      const straight = machineOf(engine, 3, ADD_BY_LR_SC)
      straight.run({ maxInstructions: 6000 })
      const sliced = machineOf(engine, 3, ADD_BY_LR_SC)
      for (const slice of [1, 999, 2000, 7, 993, 2000])
        assert.deepEqual(sliced.run({ maxInstructions: slice }), { kind: 'instruction-limit' })
      assert.equal(sliced.digest(), straight.digest())
    })

    test('a run until a cycle ends at the first grid point at or after it, for all harts', () => {
      const machine = machineOf(engine, 2, [LOOP])
      assert.deepEqual(machine.run({ untilCycle: GRID + 1 }), { kind: 'cycle-limit' })
      assert.deepEqual([machine.hart(0).cycles, machine.hart(1).cycles], [2 * GRID, 2 * GRID])
    })

    test('SC fails when another hart had its turn since the LR, though the value is the same', () => {
      const machine = machineOf(engine, 2, [encode('lr.d', { rd: 5, rs1: 1 }), LOOP, encode('sc.d', { rd: 6, rs1: 1, rs2: 3 }), WFI])
      machine.hart(1).pc = BigInt(RAM_BASE + 12)
      machine.run({ untilCycle: GRID })
      machine.hart(0).pc = BigInt(RAM_BASE + 8)
      machine.run({ untilCycle: 2 * GRID })
      assert.deepEqual([machine.hart(0).x(6), machine.memory.read64(COUNTER)], [1n, 0n])
    })

    test('a store to MSIP ends the wait of the other hart within a window', () => {
      // Hart 0 stores 1 to msip of hart 1 and waits; hart 1 waits, then stores to FLAG.
      const wake = [encode('sw', { rs1: 7, rs2: 3, immediate: 4 }), WFI]
      const sleep = [WFI, encode('sd', { rs1: 2, rs2: 3, immediate: 0 }), LOOP]
      const machine = machineOf(engine, 2, [...wake, ...sleep])
      machine.hart(0).setX(7, BigInt(ACLINT_BASE))
      machine.hart(1).pc = BigInt(RAM_BASE + 8)
      machine.hart(1).setCsr(MIE, 8n)
      machine.run({ untilCycle: 2 * GRID })
      assert.equal(machine.memory.read64(FLAG), 1n)
      assert.equal(machine.hart(0).instret, 1)
    })

    test('harts that all wait are woken by the earliest timer, at its cycle', () => {
      const machine = machineOf(engine, 2, [
        encode('sd', { rs1: 7, rs2: 4, immediate: 8 }),
        WFI,
        WFI,
        encode('csrrs (rs1=x0)', { rd: 8, number: 0xc01 }),
        LOOP,
      ])
      machine.hart(0).setX(7, BigInt(ACLINT_BASE + 0x4000))
      machine.hart(0).setX(4, 1_000_000n)
      machine.hart(1).setCsr(MIE, 1n << 7n)
      machine.hart(1).pc = BigInt(RAM_BASE + 8)
      machine.run({ untilCycle: 1_000_001 })
      assert.equal(machine.hart(1).x(8), 1_000_000n)
      assert.equal(machine.hart(0).instret, 1)
    })
  })
}

test('engines agree on the interleaving', () => {
  const digest = (engine: EngineKind): string => {
    const machine = machineOf(engine, 8, ADD_BY_LR_SC)
    machine.run()
    return machine.digest()
  }
  assert.equal(digest('interpreter'), digest('reference'))
})
