import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encode } from '../../hardware/isa/encode.js'
import { listing, runInLockStep, shrink, type LockStepOptions } from './compare-engines.js'
import { randomProgram } from './random-program.js'
import { SeededRandom } from './seeded-random.js'

const PROGRAMS = 30
const INSTRUCTIONS = 10_000

describe('Interpreter and reference engine in lock-step', () => {
  let instructions = 0
  let traps = 0
  for (let seed = 1; seed <= PROGRAMS; seed++)
    test(`random program ${seed}: state and cycles are equal after every few instructions`, () => {
      const program = randomProgram(new SeededRandom(seed))
      const options: LockStepOptions = { engines: ['reference', 'interpreter'], seed, instructions: INSTRUCTIONS }
      const result = runInLockStep(program, options)
      instructions += result.instructions
      traps += result.traps
      if (result.difference === undefined) return
      const { lines } = result.difference
      assert.fail(
        `after ${result.instructions} instructions\n${lines.join('\n')}\n${listing(shrink(program, { ...options, instructions: result.instructions })).join('\n')}`,
      )
    })

  test('at least 200,000 instructions and 5,000 traps were compared', () => {
    assert.ok(instructions >= 200_000, `${instructions} instructions`)
    assert.ok(traps >= 5_000, `${traps} traps`)
  })

  test('a program is shrunk to what is needed, and listed as assembly', () => {
    const program = { ...randomProgram(new SeededRandom(1), 8), words: [encode('addi', { rd: 5, rs1: 0, immediate: 7 }), encode('addi')] }
    assert.deepEqual(listing(program), ['80002000: 00700293  li\tt0,7'.replace('\t', ' ')])
  })
})
