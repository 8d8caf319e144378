/** External interrupts from a device to a program, through each interrupt controller and on each engine. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { ENGINE_KINDS, type EngineKind } from '../engine/engine.js'
import { Machine } from '../machine.js'
import { APLIC_M_BASE, DMA_ENGINE_BASE, DMA_ENGINE_INTERRUPT, PLIC_BASE } from '../platform/memory-map.js'
import { loadStores, type Claim, type RegisterStore } from '../test/register-stores.js'
import type { InterruptControllerKind } from './interrupt-controllers.js'

const word = (address: number, value: number): RegisterStore => ({ address, width: 4, value: BigInt(value) })
const SOURCE = DMA_ENGINE_INTERRUPT
const [LEVEL1, IE, DM] = [6, 0x100, 4]

/** An engine that is done with an empty list interrupts until STATUS is cleared. */
const [START, INTERRUPTS] = [1, 2]
const REQUEST = word(DMA_ENGINE_BASE + 4, START | INTERRUPTS)
const ACKNOWLEDGE = word(DMA_ENGINE_BASE + 8, 3)

interface Route {
  readonly stores: readonly RegisterStore[]
  readonly claim: Claim
  /** What the handler finds. */
  readonly taken: bigint
}

const ROUTES: Readonly<Record<InterruptControllerKind, Route>> = {
  plic: {
    stores: [word(PLIC_BASE + 4 * SOURCE, 1), word(PLIC_BASE + 0x2000, 1 << SOURCE)],
    claim: { kind: 'claim-complete', register: PLIC_BASE + 0x20_0004 },
    taken: BigInt(SOURCE),
  },
  aplic: {
    stores: [
      word(APLIC_M_BASE, IE),
      word(APLIC_M_BASE + 4 * SOURCE, LEVEL1),
      word(APLIC_M_BASE + 0x3000 + 4 * SOURCE, 7),
      word(APLIC_M_BASE + 0x1edc, SOURCE),
      word(APLIC_M_BASE + 0x4000, 1),
    ],
    claim: { kind: 'claim', register: APLIC_M_BASE + 0x401c },
    taken: BigInt((SOURCE << 16) | 7),
  },
  'aplic-imsic': {
    stores: [
      word(APLIC_M_BASE, IE | DM),
      word(APLIC_M_BASE + 4 * SOURCE, LEVEL1),
      word(APLIC_M_BASE + 0x3000 + 4 * SOURCE, 77),
      word(APLIC_M_BASE + 0x1edc, SOURCE),
    ],
    claim: { kind: 'mtopei' },
    taken: (77n << 16n) | 77n,
  },
}

const [MISELECT, MIREG] = [0x350, 0x351]

function interrupted(controller: InterruptControllerKind, engine: EngineKind, requests: number): Machine {
  const machine = new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine, interruptController: controller, dmaEngine: true })
  const { stores, claim } = ROUTES[controller]
  loadStores(machine, [...stores, ...Array<RegisterStore>(requests).fill(REQUEST)], claim, ACKNOWLEDGE)
  if (controller !== 'aplic-imsic') return machine
  for (const [register, value] of [
    [0x70, 1n],
    [0xc2, 1n << 13n],
  ] as const) {
    machine.hart(0).setCsr(MISELECT, BigInt(register))
    machine.hart(0).setCsr(MIREG, value)
  }
  return machine
}

describe('External interrupts', () => {
  for (const controller of ['plic', 'aplic', 'aplic-imsic'] as const) {
    test(`${controller}: each request is taken once, by its number, and ends when the device is served`, () => {
      const machine = interrupted(controller, 'reference', 3)
      assert.equal(machine.run().kind, 'idle')
      assert.deepEqual([machine.hart(0).x(20), machine.hart(0).x(21)], [3n, ROUTES[controller].taken])
    })

    test(`${controller}: every engine takes them at the same instruction`, () => {
      const machines = ENGINE_KINDS.map((engine) => interrupted(controller, engine, 3))
      for (let step = 0; step < 40; step++) {
        for (const machine of machines) machine.run({ maxInstructions: 3 })
        const [first, ...others] = machines.map((machine) => machine.digest())
        for (const other of others) assert.equal(other, first, `after ${3 * (step + 1)} instructions`)
      }
    })

    test(`${controller}: a machine that is restored between request and handler continues alike`, () => {
      const machine = interrupted(controller, 'reference', 2)
      while (machine.hart(0).x(20) === 0n) machine.run({ maxInstructions: 1 })
      machine.run({ maxInstructions: 12 })
      const restored = interrupted(controller, 'interpreter', 2)
      restored.restore(structuredClone(machine.snapshot()))
      for (const each of [machine, restored]) each.run()
      assert.equal(restored.digest(), machine.digest())
      assert.equal(restored.hart(0).x(20), 2n)
    })
  }

  test('without the enable bit of the source nothing is taken', () => {
    const machine = interrupted('plic', 'reference', 0)
    loadStores(machine, [word(PLIC_BASE + 4 * SOURCE, 1), REQUEST], ROUTES.plic.claim, ACKNOWLEDGE)
    assert.equal(machine.run().kind, 'idle')
    assert.equal(machine.hart(0).x(20), 0n)
  })
})
