/** Tool operational requirements, "Verdict of a test". */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { failing, messages, passing, scenario, verifies, type Tool } from './tool.js'
import { messageStream, type Scenario, type Status } from './message-stream.js'

const counts = (tool: Tool, ...inputs: readonly Scenario[]) => tool.trace({ results: [messages(...inputs)] })

/** The only scenario has this verdict and no other. */
function hasVerdict(tool: Tool, one: ReturnType<typeof passing>, verdict: string): void {
  const answer = counts(tool, one)
  const { total, passed, [verdict]: counted } = answer.json().scenarios
  assert.deepEqual({ total, passed, counted }, { total: 1, passed: verdict === 'passed' ? 1 : 0, counted: 1 })
  assert.equal(answer.status, verdict === 'passed' ? 0 : 1)
}

const junit = (...cases: readonly string[]): readonly [string, string] => [
  'junit.xml',
  `<testsuites><testsuite name="kit" tests="${cases.length}">${cases.join('')}</testsuite></testsuites>`,
]
const junitCase = (name: string, inner: string): string =>
  `<testcase classname="kit" name="${name}"><properties><property name="requirement" value="REQ-1"/></properties>${inner}</testcase>`

const legacy = (status: Status): readonly [string, string] => [
  'report.json',
  JSON.stringify([
    {
      uri: 'features/kit.feature',
      id: 'kit',
      keyword: 'Feature',
      name: 'Kit',
      line: 1,
      elements: [
        {
          id: 'kit;counts',
          keyword: 'Scenario',
          type: 'scenario',
          name: 'counts',
          line: 3,
          tags: [{ name: '@REQ-1', line: 2 }],
          steps: [{ keyword: 'Given ', name: 'a step', line: 4, result: { status: status.toLowerCase(), duration: 1 } }],
        },
      ],
    },
  ]),
]

describe('Verdict of a test', () => {
  verifies('all-steps-pass', 'a scenario whose steps and hooks all passed is passed', (tool) =>
    hasVerdict(tool, passing('counts', { before: 'PASSED', after: 'PASSED' }), 'passed'),
  )
  verifies('failed-step-fails', 'one failed step among passed ones', (tool) =>
    hasVerdict(tool, scenario('counts', [['PASSED', 'FAILED', 'PASSED']]), 'failed'),
  )
  verifies('failed-step-fails', 'the first step fails and the others are skipped', (tool) =>
    hasVerdict(tool, scenario('counts', [['FAILED', 'SKIPPED', 'SKIPPED']]), 'failed'),
  )
  verifies('failed-hook-fails', 'Before', (tool) => hasVerdict(tool, scenario('counts', [['SKIPPED']], { before: 'FAILED' }), 'failed'))
  verifies('failed-hook-fails', 'After, when every step passed', (tool) =>
    hasVerdict(tool, passing('counts', { after: 'FAILED' }), 'failed'),
  )
  verifies('undefined-is-no-pass', 'an undefined step', (tool) =>
    hasVerdict(tool, scenario('counts', [['PASSED', 'UNDEFINED']]), 'undefined'),
  )
  verifies('pending-is-no-pass', 'a pending step', (tool) => hasVerdict(tool, scenario('counts', [['PASSED', 'PENDING']]), 'pending'))
  verifies('ambiguous-is-no-pass', 'an ambiguous step', (tool) =>
    hasVerdict(tool, scenario('counts', [['PASSED', 'AMBIGUOUS']]), 'ambiguous'),
  )
  verifies('skipped-is-no-pass', 'every step skipped', (tool) => hasVerdict(tool, scenario('counts', [['SKIPPED', 'SKIPPED']]), 'skipped'))
  verifies('skipped-is-no-pass', 'a JUnit test case', (tool) => {
    const answer = tool.trace({ results: [junit(junitCase('counts', '<skipped/>'))] })
    const { passed, skipped } = answer.json().scenarios
    assert.deepEqual({ passed, skipped, status: answer.status }, { passed: 0, skipped: 1, status: 1 })
  })
  verifies('retried-is-no-pass', 'failed, then passed', (tool) => hasVerdict(tool, scenario('counts', [['FAILED'], ['PASSED']]), 'retried'))
  verifies('retried-is-no-pass', 'undefined twice, then passed', (tool) =>
    hasVerdict(tool, scenario('counts', [['UNDEFINED'], ['UNDEFINED'], ['PASSED']]), 'retried'),
  )
  verifies('no-step-is-no-pass', 'a scenario without a step beside one that passed', (tool) => {
    const answer = counts(tool, passing(), scenario('empty', [[]]))
    assert.equal(answer.json().scenarios['passed'], 1)
    assert.equal(answer.json().scenarios['total'], 2)
    assert.equal(answer.status, 1)
  })
  verifies('unexecuted-is-not-run', 'a scenario that was listed only', (tool) => {
    const answer = counts(tool, passing(), scenario('listed', []))
    const { passed, notRun } = answer.json().scenarios
    assert.deepEqual({ passed, notRun, status: answer.status }, { passed: 1, notRun: 1, status: 1 })
  })
  for (const [what, inner] of [
    ['a failure', '<failure message="expected 1"/>'],
    ['an error', '<error type="java.lang.Error"/>'],
    ['a failure and an empty output', '<system-out/><failure/>'],
  ] as const)
    verifies('junit-failure-fails', what, (tool) => {
      const answer = tool.trace({ results: [junit(junitCase('counts', ''), junitCase('other', inner))] })
      const { passed, failed } = answer.json().scenarios
      assert.deepEqual({ passed, failed, status: answer.status }, { passed: 1, failed: 1, status: 1 })
    })
  verifies('junit-failure-fails', 'a case without either passes', (tool) => {
    const answer = tool.trace({ results: [junit(junitCase('counts', ''))] })
    assert.deepEqual([answer.json().scenarios['passed'], answer.status], [1, 0])
  })
  for (const status of ['PASSED', 'FAILED', 'SKIPPED', 'PENDING', 'UNDEFINED', 'AMBIGUOUS'] as const)
    verifies('json-status-kept', status.toLowerCase(), (tool) => {
      const answer = tool.trace({ results: [legacy(status)] })
      assert.equal(answer.json().scenarios[status.toLowerCase()], 1)
      assert.equal(answer.status, status === 'PASSED' ? 0 : 1)
    })
  verifies('run-failure-shown', 'a failed hook before the run', (tool) => {
    const stream = messageStream({ scenarios: [passing()], runHook: 'FAILED' })
    const answer = tool.trace({ results: [['results.ndjson', stream]] })
    assert.equal(answer.status, 1)
    assert.ok(answer.json().defects.some(({ kind }) => kind === 'run-failure'))
  })
  verifies('run-failure-shown', 'a feature that could not be parsed', (tool) => {
    const parseError = {
      parseError: { source: { uri: 'features/broken.feature', location: { line: 3 } }, message: '(3:1): expected: #EOF' },
    }
    const lines = messageStream({ scenarios: [passing()] }).split('\n')
    lines.splice(2, 0, JSON.stringify(parseError))
    const answer = tool.trace({ results: [['results.ndjson', lines.join('\n')]] })
    assert.equal(answer.status, 1)
    assert.ok(answer.json().defects.some(({ text }) => text.includes('broken.feature')))
  })
  verifies('failed-step-fails', 'steps are counted by status', (tool) => {
    const { passed, failed, skipped, total } = counts(tool, failing()).json().steps
    assert.deepEqual({ passed, failed, skipped, total }, { passed: 1, failed: 1, skipped: 1, total: 3 })
  })
})
