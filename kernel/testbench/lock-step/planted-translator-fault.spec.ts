import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InstructionEmitter } from '../../hardware/engine/translator/instruction-emitter.js'
import { findPlantedFault, instructionLines } from './planted-fault.js'

test('a translator whose ADDI forgets the sign of its immediate is found, and the program shrunk', () => {
  const failure = findPlantedFault({
    engine: 'translator',
    emitter: InstructionEmitter,
    name: 'addi',
    wrong: (m, { rd, rs1, immediate }) => m.setX(rd, m.add(m.x(rs1), m.and(immediate, m.constant(0xfffn)))),
  })
  assert.match(failure, /reference and translator differ/)
  // The code must be hot before the translator has any of it: a loop remains.
  assert.ok(instructionLines(failure).length <= 100, failure)
})
