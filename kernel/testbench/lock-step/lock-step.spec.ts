import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ENGINE_KINDS } from '../../hardware/engine/engine.js'
import { encode } from '../../hardware/isa/encode.js'
import { runCampaign } from './campaign.js'
import { randomProgram } from './random-program.js'
import { SeededRandom } from './seeded-random.js'
import { listing } from './shrink.js'

const [reference, ...others] = ENGINE_KINDS

describe('Engines in lock-step with the reference engine', () => {
  for (const [index, engine] of others.entries())
    test(`${engine}: 200,000 instructions of random programs, state and cycles equal at random distances`, () => {
      const options = {
        engines: [reference, engine],
        firstSeed: 1 + 1000 * index,
        instructions: 200_000,
        instructionsPerProgram: 6000,
      } as const
      const { failure, traps } = runCampaign(options)
      assert.equal(failure, undefined, failure)
      assert.ok(traps >= 4_000, `only ${traps} traps`)
    })
})

describe('Random programs', () => {
  test('the same seed gives the same program', () => {
    assert.deepEqual(randomProgram(new SeededRandom(5)), randomProgram(new SeededRandom(5)))
  })

  test('a program is listed as what is not zero and what is no NOP', () => {
    const program = {
      words: [encode('addi', { rd: 5, rs1: 0, immediate: 7 }), encode('addi'), 0x8082_4505],
      registers: [0n, 16n],
      floats: [],
      csrs: [{ number: 0x300, value: 8n }],
      pageTables: [],
      extensions: ['H'],
    } as const
    const expected = ['# x2 = 0x10', '# CSR 0x300 = 0x8', '# extensions H', '80002000: 00700293  addi t0, zero, 7']
    assert.deepEqual(listing(program).slice(0, 4), expected)
    assert.match(listing(program)[4] ?? '', /^80002008: 80824505 {2}addi a0, zero, 1; jalr zero, 0\(ra\)$/)
  })
})
