import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ENGINE_KINDS, type EngineKind } from '../../hardware/engine/engine.js'
import { assembleElf } from '../assembled-elf.js'
import { prepareMachine } from '../bare-machine.js'
import { SymbolPlaces } from './symbol-places.js'
import { traceRun, type TraceOptions } from './trace-run.js'

const PROGRAM = `
_start:
  la   t0, handler
  csrw mtvec, t0
  li   a0, 5
  .word 0
after:
  li   t0, 0x100000
  li   t1, 0x5555
  sw   t1, 0(t0)
1:j    1b
handler:
  la   t1, after
  csrw mepc, t1
  mret
`

function traced(engine: EngineKind, options: Partial<TraceOptions> = {}): { lines: string[]; stop: string } {
  const elf = assembleElf(PROGRAM, { file: 'program.s' })
  assert.ok(elf.ok, elf.ok ? '' : elf.error)
  const prepared = prepareMachine({ engine, kernel: { file: 'program.elf', bytes: elf.value } })
  assert.ok(prepared.ok, prepared.ok ? '' : prepared.error.message)
  const { machine, symbols } = prepared.value
  const lines: string[] = []
  const { kind } = traceRun(machine, { symbols, most: 1000, maxInstructions: 1000, write: (line) => lines.push(line), ...options })
  return { lines, stop: kind }
}

const EXPECTED = [
  '1 M 80000000 <_start> 00000297 auipc t0, 0x0; t0 0x80000000',
  '2 M 80000004 <_start+0x4> 02828293 addi t0, t0, 40; t0 0x80000028',
  '3 M 80000008 <_start+0x8> 30529073 csrrw zero, 0x305, t0; mtvec 0x80000028',
  '4 M 8000000c <_start+0xc> 00500513 addi a0, zero, 5; a0 0x5',
  '  M to M: illegal instruction at 80000010 <_start+0x10>',
  '5 M 80000028 <handler> 00000317 auipc t1, 0x0; t1 0x80000028',
  '6 M 8000002c <handler+0x4> fec30313 addi t1, t1, -20; t1 0x80000014',
  '7 M 80000030 <handler+0x8> 34131073 csrrw zero, 0x341, t1; mepc 0x80000014',
  '8 M 80000034 <handler+0xc> 30200073 mret',
  '  M to M: return to 80000014 <after>',
  '9 M 80000014 <after> 001002b7 lui t0, 0x100; t0 0x100000',
]

describe('Trace of a program', () => {
  for (const engine of ENGINE_KINDS)
    test(`${engine}: instructions with symbols, registers and CSRs they wrote, the trap and the return from it`, () => {
      const { lines, stop } = traced(engine)
      assert.deepEqual(lines.slice(0, EXPECTED.length), EXPECTED)
      assert.equal(stop, 'powered-off')
    })

  test('after the limit the program runs on, untold', () => {
    const { lines, stop } = traced('interpreter', { most: 3 })
    assert.equal(lines.length, 3)
    assert.equal(stop, 'powered-off')
  })

  test('a limit of instructions ends the run, traced or not', () => {
    assert.equal(traced('interpreter', { maxInstructions: 4 }).stop, 'instruction-limit')
    assert.equal(traced('interpreter', { maxInstructions: 4, most: 2 }).stop, 'instruction-limit')
    assert.equal(traced('interpreter', { maxInstructions: 4 }).lines.length, 4)
  })
})

describe('Symbols', () => {
  const places = new SymbolPlaces(
    new Map([
      ['main', 0x100n],
      ['start', 0x80n],
      ['main_too', 0x100n],
    ]),
  )
  const cases: readonly (readonly [bigint, string])[] = [
    [0x7fn, ''],
    [0x80n, '<start>'],
    [0xffn, '<start+0x7f>'],
    [0x100n, '<main_too>'],
    [2n ** 64n - 1n, '<main_too+0xfffffffffffffeff>'],
  ]
  for (const [address, expected] of cases)
    test(`0x${address.toString(16)} is ${expected === '' ? 'below the first' : expected}`, () => {
      assert.equal(places.describe(address), expected)
    })
})
