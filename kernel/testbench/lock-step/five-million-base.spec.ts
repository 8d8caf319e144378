import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runCampaign } from './campaign.js'

test('interpreter and translator: 5 million instructions of random programs without H, without a difference', () => {
  const options = { firstSeed: 200000, instructions: 5_000_000, instructionsPerProgram: 100_000, hypervisor: false }
  const { failure, instructions, traps } = runCampaign({ engines: ['interpreter', 'translator'], ...options })
  assert.equal(failure, undefined, failure)
  assert.ok(instructions >= options.instructions)
  assert.ok(traps >= 50_000, `only ${traps} traps`)
})
