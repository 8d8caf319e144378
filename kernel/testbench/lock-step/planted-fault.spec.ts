/** A wrong handler in an engine is found and shrunk: the comparison would notice one. The file is a process of its own. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KIB } from '../../common/units.js'
import { INSTRUCTION_TABLE } from '../../hardware/isa/instruction-table.js'
import type { Semantics } from '../../hardware/isa/algebra.js'
import { Machine } from '../../hardware/machine.js'
import { runCampaign } from './campaign.js'

const PLANTED: readonly { readonly name: string; readonly what: string; readonly wrong: Semantics }[] = [
  {
    name: 'sltu',
    what: 'compares as signed',
    wrong: (m, { rd, rs1, rs2 }) => m.setX(rd, m.fromCondition(m.lessSigned(m.x(rs1), m.x(rs2)))),
  },
]

/** The interpreter's module is made once, of the semantics as they are when its first machine is made. */
function plant(name: string, wrong: Semantics): void {
  const row = INSTRUCTION_TABLE.find((candidate) => candidate.name === name)
  assert.ok(row !== undefined)
  const { semantics } = row
  assert.ok(Reflect.set(row, 'semantics', wrong))
  new Machine({ ramBytes: 64 * KIB, rom: new Uint8Array(), engine: 'interpreter' })
  assert.ok(Reflect.set(row, 'semantics', semantics))
}

describe('Lock-step', () => {
  for (const { name, what, wrong } of PLANTED)
    test(`an interpreter whose ${name} ${what} is found, and the program shrunk to a few instructions with it`, () => {
      plant(name, wrong)
      const options = { engines: ['reference', 'interpreter'], firstSeed: 1, instructions: 300_000, instructionsPerProgram: 6000 } as const
      const { failure = '' } = runCampaign(options)
      assert.match(failure, new RegExp(`^[0-9a-f]+: [0-9a-f]{8}  ${name} `, 'm'))
      const instructions = failure.split('\n').filter((line) => /^[0-9a-f]{8}: /.test(line))
      assert.ok(instructions.length <= 8, failure)
    })
})
