/** Tool operational requirements, "Verdict of a requirement". */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe } from 'node:test'
import { featureText, messageStream, URI } from './message-stream.js'
import { failing, messages, passing, scenario, verifies, type Answer, type Counts, type Tool } from './tool.js'

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

const REVIEWED = 'The load is bounded.\n'
const artefacts = (parts: Readonly<Record<string, string>> = {}): string => {
  const entry = {
    id: 'A-1',
    concerns: 'REQ-1',
    method: 'analysis',
    title: 'Load',
    file: 'load.md',
    digest: createHash('sha256').update(REVIEWED).digest('hex'),
    author: 'first person',
    reviewer: 'second person',
    date: "'2026-01-01'",
    result: 'passed',
    ...parts,
  }
  const lines = Object.entries(entry).map(([name, value]) => `    ${name}: ${value}\n`)
  return `artefacts:\n  -${lines.join('').slice(3)}`
}

const METHODS = 'ID,Text,Verification Method\nREQ-1,The system shall bound its load.,Analysis\nREQ-2,The system shall stop.,Test\n'

/** REQ-1 is to be analysed, REQ-2 tested; the test passed. */
function withArtefact(
  tool: Tool,
  parts: Readonly<Record<string, string>>,
  asOf?: string,
): Answer & { json: () => { requirements: Counts } } {
  tool.write('load.md', REVIEWED)
  tool.write('artefacts.yaml', artefacts(parts))
  const policy = 'schema: bulkhead.policy/1\nartefacts: artefacts.yaml\n'
  return tool.trace({ requirements: METHODS, results: [messages(second)], policy, ...(asOf === undefined ? {} : { asOf }) })
}

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
  verifies('artefact-bytes', 'the file that was reviewed', (tool) => has(withArtefact(tool, {}), { total: 2, passed: 2 }, 0))
  verifies('artefact-bytes', 'a file that was changed since', (tool) =>
    has(withArtefact(tool, { digest: `'${'0'.repeat(64)}'` }), { total: 2, passed: 1, stale: 1 }, 1),
  )
  verifies('artefact-bytes', 'a file that is not there', (tool) =>
    has(withArtefact(tool, { file: 'other.md' }), { total: 2, passed: 1, uncovered: 1 }, 1),
  )
  verifies('artefact-days', 'its last day, the day after, and no day', (tool) => {
    const parts = { expires: "'2026-06-30'" }
    has(withArtefact(tool, parts, '2026-06-30'), { passed: 2 }, 0)
    has(withArtefact(tool, parts, '2026-07-01'), { passed: 1, stale: 1 }, 1)
    has(withArtefact(tool, parts), { passed: 1, stale: 1 }, 1)
  })
  verifies('failed-artefact', 'of a requirement to be analysed, and of one whose test passed', (tool) => {
    has(withArtefact(tool, { result: 'failed' }), { passed: 1, failed: 1 }, 1)
    has(withArtefact(tool, { result: 'failed', concerns: 'REQ-2' }), { passed: 0, failed: 1, uncovered: 1 }, 1)
  })
  verifies('artefact-method', 'an inspection where an analysis is named, an analysis where a test is', (tool) => {
    has(withArtefact(tool, { method: 'inspection' }), { passed: 1, uncovered: 1 }, 1)
    tool.write('load.md', REVIEWED)
    tool.write('artefacts.yaml', artefacts({ concerns: 'REQ-2' }))
    const policy = 'schema: bulkhead.policy/1\nartefacts: artefacts.yaml\n'
    has(
      tool.trace({ requirements: OTHER, results: [messages(passing('counts', { tags: ['@REQ-1'] }))], policy }),
      { passed: 1, uncovered: 1 },
      1,
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
