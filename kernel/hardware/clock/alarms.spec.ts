import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine, type EngineKind } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import { WATCHDOG_BASE } from '../platform/memory-map.js'
import { Alarms } from './alarms.js'
import { GRID } from './interleaving.js'

const PERIOD = 5000
const LOOP = encode('jal', { rd: 0, immediate: 0 })
const WFI = encode('wfi')
/** Hart 0 starts the watchdog: WOR, then WCS; then it does `rest` for ever. */
const start = (rest: number): number[] => [
  encode('bne', { rs1: 3, rs2: 0, immediate: 12 }),
  encode('sw', { rs1: 1, rs2: 2, immediate: 8 }),
  encode('sw', { rs1: 1, rs2: 4, immediate: 0 }),
  rest,
  encode('jal', { rd: 0, immediate: -4 }),
]

function machineOf(engine: EngineKind, harts: number, rest: number): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, harts, resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(start(rest)))
  for (let index = 0; index < harts; index++) {
    const hart = machine.hart(index)
    hart.setX(1, BigInt(WATCHDOG_BASE))
    hart.setX(2, BigInt(PERIOD))
    hart.setX(3, BigInt(index))
    hart.setX(4, 1n)
  }
  return machine
}

test('alarms ring in the order of their times, once, and one that is rung may set another', () => {
  const rung: string[] = []
  const alarms = new Alarms(() => undefined)
  const late = alarms.create(() => rung.push('late'))
  const early = alarms.create(() => {
    rung.push('early')
    late.set(25)
  })
  late.set(30)
  early.set(20)
  assert.equal(alarms.next, 20)
  alarms.ring(19)
  assert.deepEqual(rung, [])
  alarms.ring(29)
  alarms.ring(40)
  assert.deepEqual([rung, alarms.next], [['early', 'late'], Infinity])
})

describe('A device that wants to be called', () => {
  for (const engine of ['reference', 'interpreter'] as const)
    for (const [how, rest] of [
      ['computes', LOOP],
      ['waits', WFI],
    ] as const) {
      test(`is called at its exact cycle though its hart ${how} (${engine}): the watchdog resets after two periods`, () => {
        const machine = machineOf(engine, 1, rest)
        assert.deepEqual(machine.run(), { kind: 'reset' })
        // Its store to WCS is the third instruction: refreshed at cycle 2, WS0 one cycle after the period, WS1 one after the next.
        assert.equal(machine.hart(0).cycles, 2 + PERIOD + 1 + PERIOD + 1)
      })

      test(`is called at a grid point with two harts that ${how} (${engine}), and wherever the run was sliced`, () => {
        const [straight, sliced] = [machineOf(engine, 2, rest), machineOf(engine, 2, rest)]
        assert.deepEqual(straight.run(), { kind: 'reset' })
        assert.equal(straight.hart(0).cycles % GRID, 0)
        for (let reason = 'idle', until = 700; reason !== 'reset' && until < 4 * PERIOD; until += 700)
          reason = sliced.run({ untilCycle: until }).kind
        assert.deepEqual([sliced.hart(0).cycles, sliced.hart(1).cycles], [straight.hart(0).cycles, straight.hart(1).cycles])
        // Harts that wait at a stop remember another window of the grid; they enter the same one next.
        if (rest === LOOP) assert.equal(sliced.digest(), straight.digest())
      })
    }
})
