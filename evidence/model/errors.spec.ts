import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EvidenceError, oneLine } from './errors.js'

test('the message names file, line, what is wrong and the remedy', () => {
  const error = new EvidenceError('malformed-tag', { file: 'a.feature', line: 7 }, 'malformed tag @REQ:x', 'add the revision')
  assert.equal(error.message, 'a.feature:7: malformed tag @REQ:x; add the revision')
  assert.equal(error.code, 'malformed-tag')
})

test('hostile text cannot break the line, move the cursor or fill the terminal', () => {
  const error = new EvidenceError('unknown-tag', { file: 'a\nb' }, '\u001b[2Jtag\u2028', 'x'.repeat(5000))
  assert.doesNotMatch(error.message, /[\u0000-\u001f\u2028]/)
  assert.ok(error.message.length < 1100)
})

test('ordinary text passes unchanged', () => {
  assert.equal(oneLine('naïve ≥ 3'), 'naïve ≥ 3')
})
