import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HandlerEmitter } from '../../hardware/engine/interpreter/handler-emitter.js'
import { findPlantedFault, instructionLines } from './planted-fault.js'

test('an interpreter whose SLTU compares as signed is found, and the program shrunk to a few instructions', () => {
  const failure = findPlantedFault({
    engine: 'interpreter',
    emitter: HandlerEmitter,
    name: 'sltu',
    wrong: (m, { rd, rs1, rs2 }) => m.setX(rd, m.fromCondition(m.lessSigned(m.x(rs1), m.x(rs2)))),
  })
  assert.match(failure, /^[0-9a-f]+: [0-9a-f]{8} {2}sltu /m)
  assert.ok(instructionLines(failure).length <= 8, failure)
})
