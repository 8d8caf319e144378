/** Tool operational requirements, "Verdict of a requirement". */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { featureText, messageStream, URI } from './message-stream.js'
import { failing, messages, passing, scenario, verifies, type Answer, type Counts } from './tool.js'

const justified = (expires: string): string =>
  [
    'schema: bulkhead.policy/1',
    'justifications:',
    '  - concerns: REQ-1',
    '    reason: shown by analysis A-3',
    '    author: first person',
    '    reviewer: second person',
    "    date: '2026-01-01'",
    `    expires: '${expires}'`,
    '',
  ].join('\n')

const OTHER = 'ID,Text\nREQ-1,The system shall count.\nREQ-2,The system shall stop.\n'
const second = passing('stops', { tags: ['@REQ-2'] })

function has(answer: Answer & { json: () => { requirements: Counts } }, wanted: Counts, status: number): void {
  const { requirements } = answer.json()
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, requirements[name]])), wanted)
  assert.equal(answer.status, status)
}

describe('Verdict of a requirement', () => {
  verifies('passed-requirement', 'two passing tests', (tool) =>
    has(tool.trace({ results: [messages(passing('one'), passing('two'))] }), { total: 1, passed: 1 }, 0),
  )
  verifies('failed-requirement', 'one passing and one failing test', (tool) =>
    has(tool.trace({ results: [messages(passing('one'), failing('two'))] }), { total: 1, passed: 0, failed: 1 }, 1),
  )
  verifies('uncovered-requirement', 'beside one that passed', (tool) =>
    has(tool.trace({ requirements: OTHER, results: [messages(second)] }), { total: 2, passed: 1, uncovered: 1 }, 1),
  )
  verifies('partial-requirement', 'one test passed, one was not run', (tool) =>
    has(tool.trace({ results: [messages(passing('one'), scenario('two', []))] }), { total: 1, passed: 0 }, 1),
  )
  verifies('partial-requirement', 'one test passed, one was skipped', (tool) =>
    has(tool.trace({ results: [messages(passing('one'), scenario('two', [['SKIPPED']]))] }), { total: 1, passed: 0 }, 1),
  )
  verifies('partial-requirement', 'a test that passed only when retried', (tool) =>
    has(tool.trace({ results: [messages(scenario('one', [['FAILED'], ['PASSED']]))] }), { total: 1, passed: 0 }, 1),
  )
  verifies('justified-not-failed', 'a current justification beside a failing test', (tool) =>
    has(
      tool.trace({ results: [messages(failing())], policy: justified('2026-12-31'), asOf: '2026-06-01' }),
      { total: 1, failed: 1, justified: 0 },
      1,
    ),
  )
  verifies('expired-justification', 'the day before its last day, and the day after', (tool) => {
    const inputs = { requirements: OTHER, results: [messages(second)], policy: justified('2026-06-30') }
    has(tool.trace({ ...inputs, asOf: '2026-06-29' }), { justified: 1, uncovered: 0 }, 0)
    const after = tool.trace({ ...inputs, asOf: '2026-07-01' })
    has(after, { justified: 0, uncovered: 1 }, 1)
    assert.ok(after.json().defects.some(({ kind }) => kind === 'expired'))
  })
  verifies('undated-justification', 'without --as-of', (tool) => {
    const answer = tool.trace({ requirements: OTHER, results: [messages(second)], policy: justified('2026-06-30') })
    assert.match(
      `${answer.out}${answer.err}${answer
        .json()
        .defects.map(({ text }) => text)
        .join()}`,
      /not in force: it counts from [\d-]+, with --as-of/u,
    )
  })
  verifies('stale-feature', 'the feature was changed after the run', (tool) => {
    const stream = { scenarios: [passing()] }
    tool.write(URI, `${featureText(stream)}    * step added\n`)
    const results = [['results.ndjson', messageStream(stream)]] as const
    has(tool.trace({ results, args: ['--root', '.'] }), { passed: 0, stale: 1 }, 1)
  })
  verifies('stale-feature', 'the feature is the one that was run', (tool) => {
    const stream = { scenarios: [passing()] }
    tool.write(URI, featureText(stream))
    has(tool.trace({ results: [['results.ndjson', messageStream(stream)]], args: ['--root', '.'] }), { passed: 1, stale: 0 }, 0)
  })
})
