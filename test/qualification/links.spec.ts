/** Tool operational requirements, "Links". */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { messages, passing, verifies } from './tool.js'

const TWO = 'ID,Text\nREQ-1,The system shall count.\nREQ-10,The system shall stop.\n'

describe('Links', () => {
  verifies('exact-link', 'an identifier that is the beginning of another', (tool) => {
    const answer = tool.trace({ requirements: TWO, results: [messages(passing('stops', { tags: ['@REQ-10'] }))] })
    const { passed, uncovered } = answer.json().requirements
    assert.deepEqual({ passed, uncovered, status: answer.status }, { passed: 1, uncovered: 1, status: 1 })
  })
  verifies('exact-link', 'one scenario that names two requirements', (tool) => {
    const answer = tool.trace({ requirements: TWO, results: [messages(passing('both', { tags: ['@REQ-1', '@REQ-10'] }))] })
    assert.deepEqual([answer.json().requirements['passed'], answer.status], [2, 0])
  })
  verifies('orphan-reported', 'a number that no requirement has', (tool) => {
    const answer = tool.trace({ results: [messages(passing(), passing('stray', { tags: ['@REQ-7'] }))] })
    assert.equal(answer.json().states['orphaned'], 1)
    assert.ok(answer.json().defects.some(({ kind, text, id }) => kind === 'orphaned' && `${id} ${text}`.includes('REQ-7')))
  })
  verifies('orphan-reported', 'a plain tag is no reference', (tool) => {
    const answer = tool.trace({ results: [messages(passing('counts', { tags: ['@REQ-1', '@slow'] }))] })
    assert.deepEqual([answer.json().states['orphaned'] ?? 0, answer.status], [0, 0])
  })
  verifies('every-requirement-listed', 'requirements without a test are in the matrix', (tool) => {
    const answer = tool.trace({ requirements: TWO, results: [messages(passing())] })
    const { total, uncovered } = answer.json().requirements
    assert.deepEqual({ total, uncovered, status: answer.status }, { total: 2, uncovered: 1, status: 1 })
  })
  verifies('duplicate-reported', 'the same identifier twice', (tool) => {
    const answer = tool.trace({
      requirements: 'ID,Text\nREQ-1,The system shall count.\nREQ-1,The system shall stop.\n',
      results: [messages(passing())],
    })
    assert.equal(answer.status, 1)
    assert.deepEqual([answer.json().requirements['total'], answer.json().requirements['passed']], [2, 0])
    assert.ok(answer.json().defects.some(({ kind, id }) => kind === 'duplicate' && id === 'REQ-1'))
  })
  verifies('dangling-reported', 'a parent that does not exist', (tool) => {
    const answer = tool.trace({ requirements: 'ID,Text,Parent\nREQ-1,The system shall count.,REQ-9\n', results: [messages(passing())] })
    assert.ok(answer.json().defects.some(({ kind, text, id }) => kind === 'dangling' && `${id} ${text}`.includes('REQ-9')))
  })
  for (const [tag, state] of [
    ['@REQ-1~1', 'outdated'],
    ['@REQ-1~3', 'predated'],
  ] as const)
    verifies('outdated-is-no-pass', `${tag} when the requirement is at revision 2`, (tool) => {
      const answer = tool.trace({
        requirements: 'ID,Revision,Text\nREQ-1,2,The system shall count.\n',
        results: [messages(passing('counts', { tags: [tag] }))],
      })
      assert.deepEqual([answer.json().requirements['passed'], answer.json().states[state], answer.status], [0, 1, 1])
    })
  verifies('outdated-is-no-pass', 'the present revision verifies', (tool) => {
    const answer = tool.trace({
      requirements: 'ID,Revision,Text\nREQ-1,2,The system shall count.\n',
      results: [messages(passing('counts', { tags: ['@REQ-1~2'] }))],
    })
    assert.deepEqual([answer.json().requirements['passed'], answer.status], [1, 0])
  })
})
