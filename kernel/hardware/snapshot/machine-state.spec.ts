import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { KIB } from '../../common/units.js'
import { bytesOf, encode } from '../isa/encode.js'
import { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

const PAGES = 64
const LOOP = [
  encode('sd', { rs1: 2, rs2: 1, immediate: 0 }),
  encode('addi', { rd: 1, rs1: 1, immediate: 1 }),
  encode('jal', { rd: 0, immediate: -8 }),
]

function newMachine(): Machine {
  const machine = new Machine({ ramBytes: PAGES * 4 * KIB, rom: new Uint8Array(), engine: 'interpreter', resetVector: RAM_BASE })
  machine.memory.write(RAM_BASE, bytesOf(LOOP))
  machine.hart(0).setX(2, BigInt(RAM_BASE + 0x8000))
  return machine
}

/** A machine with the same contents and nothing remembered of how they came. */
function copyOf(machine: Machine): Machine {
  const copy = newMachine()
  copy.restore(structuredClone(machine.snapshot()))
  return copy
}

describe('Digest by changed pages, reset by changed pages (decision 0003)', () => {
  test('a store through the TLB after a digest is in the next digest', () => {
    const machine = newMachine()
    machine.run({ maxInstructions: 30 })
    const before = machine.digest()
    machine.run({ maxInstructions: 30 })
    const after = machine.digest()
    assert.notEqual(after, before)
    assert.equal(after, copyOf(machine).digest())
  })

  test('taking digests changes nothing', () => {
    const [watched, alone] = [newMachine(), newMachine()]
    for (let round = 0; round < 5; round++) {
      watched.run({ maxInstructions: 11 })
      watched.digest()
    }
    alone.run({ maxInstructions: 55 })
    assert.equal(watched.digest(), alone.digest())
  })

  test('a page that was written with zeros counts as one that was never written', () => {
    const [touched, untouched] = [newMachine(), newMachine()]
    touched.memory.write(RAM_BASE + 0x9000, Uint8Array.of(1))
    touched.digest()
    touched.memory.write(RAM_BASE + 0x9000, Uint8Array.of(0))
    assert.equal(touched.digest(), untouched.digest())
  })

  test('whatever was stored, run, digested and put back, digest and contents are those of a machine made anew', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('store' as const), page: fc.nat(PAGES - 1), value: fc.nat(3) }),
      fc.record({ kind: fc.constant('run' as const), page: fc.nat(20), value: fc.constant(0) }),
      fc.constantFrom(...(['digest', 'snapshot', 'reset', 'older'] as const).map((kind) => ({ kind, page: 0, value: 0 }))),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const machine = newMachine()
        const older = machine.snapshot()
        let [snapshot, expected] = [older, machine.digest()]
        const first = expected
        for (const { kind, page, value } of steps) {
          if (kind === 'store') machine.memory.write(RAM_BASE + page * 4 * KIB + 64, Uint8Array.of(value))
          else if (kind === 'run') machine.run({ maxInstructions: page })
          else if (kind === 'digest') machine.digest()
          else if (kind === 'snapshot') [snapshot, expected] = [machine.snapshot(), machine.digest()]
          else {
            machine.restore(kind === 'reset' ? snapshot : older)
            assert.equal(machine.digest(), kind === 'reset' ? expected : first)
          }
        }
        assert.equal(machine.digest(), copyOf(machine).digest())
      }),
      { seed: 11, numRuns: 60 },
    )
  })
})
