import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MIB } from '../common/units.js'
import { runAssembly } from './bare-assembly.js'

describe('Assembly on the bare machine', () => {
  test('an error of the assembler is its one line', () => {
    const run = runAssembly({ source: 'nop\nfrobnicate a0', file: 'p.s', engine: 'interpreter', ramBytes: MIB })
    assert.ok(!run.ok)
    assert.match(run.error, /^p\.s:2:1: .*frobnicate/)
  })

  for (const engine of ['reference', 'interpreter'] as const)
    test(`a program computes, counts and ends, ${engine}`, () => {
      const source =
        'li a0, N\n li a1, 0\n1: add a1, a1, a0\n addi a0, a0, -1\n bnez a0, 1b\n mv a0, a1\n li t0, 0x100000\n li t1, 0x5555\n sw t1, 0(t0)'
      const run = runAssembly({ source, file: 'p.s', engine, ramBytes: MIB, symbols: { N: 100n } })
      assert.ok(run.ok)
      assert.deepEqual(run.value.reason, { kind: 'powered-off', code: 0 })
      assert.equal(run.value.result, 5050n)
      assert.equal(run.value.instructions, run.value.cycles)
    })

  test('the instruction limit holds', () => {
    const run = runAssembly({ source: '1: j 1b', file: 'p.s', engine: 'interpreter', ramBytes: MIB, maxInstructions: 77 })
    assert.ok(run.ok)
    assert.deepEqual([run.value.instructions, run.value.reason.kind], [77, 'instruction-limit'])
  })
})
