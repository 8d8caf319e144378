/** Tool operational requirements, "Completeness of a run". */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { messageStream } from './message-stream.js'
import { failing, passing, scenario, verifies } from './tool.js'

const JUNIT_EMPTY = '<testsuites/>'

describe('Completeness of a run', () => {
  verifies('empty-run-refused', 'a run that listed scenarios and executed none', (tool) => {
    const answer = tool.trace({ results: [['results.ndjson', messageStream({ scenarios: [scenario('listed', [])] })]] })
    assert.notEqual(answer.status, 0)
  })
  verifies('empty-run-refused', 'a run without a scenario', (tool) => {
    const answer = tool.trace({ results: [['results.ndjson', messageStream({ scenarios: [] })]] })
    assert.notEqual(answer.status, 0)
  })
  verifies('empty-run-refused', 'a JUnit file without a test case', (tool) => {
    assert.notEqual(tool.trace({ results: [['junit.xml', JUNIT_EMPTY]] }).status, 0)
  })
  verifies('cut-stream-refused', 'the end of the run is missing', (tool) => {
    const answer = tool.trace({ results: [['results.ndjson', messageStream({ scenarios: [passing()], open: true })]] })
    assert.notEqual(answer.status, 0)
  })
  verifies('cut-stream-refused', 'the last line is half a message', (tool) => {
    const whole = messageStream({ scenarios: [passing()] })
    const answer = tool.trace({ results: [['results.ndjson', whole.slice(0, -30)]] })
    assert.equal(answer.status, 1)
    assert.ok(answer.json().defects.some(({ kind, text }) => kind === 'run-failure' && /ends/u.test(text)))
  })
  verifies('shards-merged', 'two shards of one run, each executing its part', (tool) => {
    const shard = (a: boolean) =>
      messageStream({ scenarios: [scenario('one', a ? [['PASSED']] : []), scenario('two', a ? [] : [['FAILED']])] })
    const answer = tool.trace({
      results: [
        ['a.ndjson', shard(true)],
        ['b.ndjson', shard(false)],
      ],
    })
    const { total, passed, failed, notRun } = answer.json().scenarios
    assert.deepEqual({ total, passed, failed, notRun, status: answer.status }, { total: 2, passed: 1, failed: 1, notRun: 0, status: 1 })
  })
  verifies('contradiction-seen', 'passed in one file, failed in the other', (tool) => {
    const answer = tool.trace({
      results: [
        ['a.ndjson', messageStream({ scenarios: [scenario('one', [['PASSED']])] })],
        ['b.ndjson', messageStream({ scenarios: [scenario('one', [['FAILED']])] })],
      ],
    })
    const { total, passed, failed } = answer.json().scenarios
    assert.deepEqual({ total, passed, failed, status: answer.status }, { total: 1, passed: 0, failed: 1, status: 1 })
  })
  verifies('rows-counted', 'three rows, one of which fails', (tool) => {
    const row = (name: string, failed = false) => (failed ? failing('outline', { row: name }) : passing('outline', { row: name }))
    const answer = tool.trace({ results: [['results.ndjson', messageStream({ scenarios: [row('a'), row('b', true), row('c')] })]] })
    const { total, passed, failed } = answer.json().scenarios
    assert.deepEqual({ total, passed, failed }, { total: 3, passed: 2, failed: 1 })
  })
})
