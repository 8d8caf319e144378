/** The legacy report in its dialects: a word that is missing or unknown is never a pass. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { TestRun } from '../../../items/test-run.js'
import { cucumberJsonFormat } from './cucumber-json-format.js'
import { readCucumberJson } from './read-cucumber-json.js'

const folder = mkdtempSync(join(tmpdir(), 'cucumber-json-'))
after(() => rmSync(folder, { recursive: true }))

async function read(...reports: readonly unknown[]): Promise<TestRun> {
  return readCucumberJson(
    reports.map((report, i) => {
      const path = join(folder, `r${i}.json`)
      writeFileSync(path, JSON.stringify(report))
      return { name: `r${i}.json`, path }
    }),
  )
}

const step = (status: string | undefined, extra: object = {}): object => ({
  keyword: 'Given ',
  name: 's',
  line: 4,
  ...(status === undefined ? {} : { result: { status, duration: 1 } }),
  ...extra,
})
const scenario = (steps: readonly object[], extra: object = {}): object => ({
  type: 'scenario',
  keyword: 'Scenario',
  name: 'one',
  line: 3,
  tags: [],
  steps,
  ...extra,
})
const feature = (elements: readonly object[], extra: object = {}): object => ({
  uri: 'features\\a.feature',
  name: 'A',
  keyword: 'Feature',
  line: 1,
  tags: [],
  elements,
  ...extra,
})
const verdictsOf = async (...elements: readonly object[]): Promise<readonly string[]> =>
  (await read([feature(elements)])).tests.map(({ verdict }) => verdict)

describe('never a pass', () => {
  for (const [status, verdict] of [
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['pending', 'pending'],
    ['undefined', 'undefined'],
    ['ambiguous', 'ambiguous'],
    ['fine', 'unknown'],
    ['constructor', 'unknown'],
    [undefined, 'unknown'],
  ] as const)
    test(`a step that is ${status ?? 'without a result'}`, async () =>
      assert.deepEqual(await verdictsOf(scenario([step('passed'), step(status)])), [verdict]))

  test('a scenario without steps', async () => assert.deepEqual(await verdictsOf(scenario([])), ['no-verdict']))
  test('a scenario of hooks alone', async () =>
    assert.deepEqual(await verdictsOf(scenario([step('passed', { hidden: true })], { before: [{ result: { status: 'passed' } }] })), [
      'no-verdict',
    ]))
  for (const name of ['before', 'after'])
    test(`a failing hook in ${name}, of the scenario or of a step`, async () => {
      const hook = { [name]: [{ match: { location: 'h:1' }, result: { status: 'failed', error_message: 'broken\nat x' } }] }
      assert.deepEqual(await verdictsOf(scenario([step('passed')], hook)), ['failed'])
      assert.deepEqual(await verdictsOf(scenario([step('passed', hook)])), ['failed'])
    })
  test('a background that failed, written before its scenario', async () =>
    assert.deepEqual(
      await verdictsOf(
        { type: 'background', name: '', steps: [step('failed')] },
        scenario([step('passed')]),
        scenario([step('passed')], { line: 9 }),
      ),
      ['failed', 'passed'],
    ))
  test('a scenario that stands again at its line: failed, then passed', async () => {
    const run = await read([feature([scenario([step('failed')]), scenario([step('passed')])])])
    assert.deepEqual(
      run.tests.map(({ verdict, attempts }) => [verdict, attempts]),
      [['retried', 2]],
    )
    assert.match(run.findings[0]?.text ?? '', /failed, passed/)
  })
  test('an empty report', async () => assert.deepEqual((await read([])).runFailures, ['the run holds no test']))
})

test('rows of an outline are tests of their own, counted by their lines over all files', async () => {
  const row = (line: number): object => scenario([step('passed')], { line })
  const whole = await read([feature([row(10), row(11)])])
  const parts = await read([feature([row(11)])], [feature([row(10)])])
  assert.equal(new Set(whole.tests.map(({ key }) => key)).size, 2)
  assert.deepEqual(parts.tests.map(({ key }) => key).sort(), whole.tests.map(({ key }) => key).sort())
})

test('tags of the feature count for its scenarios, each once', async () => {
  const tag = { name: '@R-1', line: 1 }
  const { tests } = await read([feature([scenario([step('passed')], { tags: [tag, { name: '@R-2' }] })], { tags: [tag] })])
  assert.deepEqual(
    tests[0]?.references.map(({ text, line }) => [text, line]),
    [
      ['@R-1', 1],
      ['@R-2', null],
    ],
  )
  assert.deepEqual(tests[0].place, { file: 'features/a.feature', line: 3 })
})

describe('behave', () => {
  const element = (status: string, steps: readonly object[]): object => ({
    type: 'scenario',
    keyword: 'Scenario',
    name: 'one',
    location: 'features/a.feature:5',
    tags: ['R-1'],
    status,
    steps,
  })
  const behave = (elements: readonly object[], status = 'passed'): object => ({
    keyword: 'Feature',
    name: 'A',
    location: 'features/a.feature:1',
    tags: [],
    status,
    elements,
  })
  const plain = { keyword: 'Given', name: 's', location: 'features/a.feature:6', step_type: 'given' }
  const passed = { ...plain, result: { status: 'passed', duration: 0.1 } }

  test('places, tags without a sign, messages as lists of lines', async () => {
    const failed = { ...plain, result: { status: 'failed', error_message: ['Assertion Failed: no', 'at x'] } }
    const { tests } = await read([behave([element('failed', [passed, failed])], 'failed')])
    assert.deepEqual(tests[0]?.place, { file: 'features/a.feature', line: 5 })
    assert.equal(tests[0].references[0]?.text, '@R-1')
    assert.equal(tests[0].steps[1]?.message, 'Assertion Failed: no')
  })
  test('its background holds no results and is in every scenario', async () => {
    const { tests } = await read([
      behave([{ type: 'background', location: 'features/a.feature:2', steps: [plain] }, element('passed', [passed])]),
    ])
    assert.deepEqual(
      tests.map(({ verdict }) => verdict),
      ['passed'],
    )
  })
  for (const [status, verdict] of [
    ['skipped', 'skipped'],
    ['untested', 'not-run'],
    ['failed', 'failed'],
    ['hook_error', 'failed'],
    ['passed', 'unknown'],
  ] as const)
    test(`a scenario said to be ${status} whose steps have no results is ${verdict}`, async () =>
      assert.equal((await read([behave([element(status, [plain])], status)])).tests[0]?.verdict, verdict))
  test('steps that passed in a scenario said to have failed: a hook of it did', async () =>
    assert.equal((await read([behave([element('failed', [passed])], 'failed')])).tests[0]?.verdict, 'failed'))
  test('a feature said to have failed, and no scenario of it', async () =>
    assert.match((await read([behave([element('passed', [passed])], 'failed')])).runFailures.join(), /none of its scenarios is/))
})

test('what is no report is refused with one line', async () => {
  for (const report of [{}, 7, [7], [{ elements: 7 }], [{ elements: [{ steps: [7] }] }], [{ elements: [{ tags: 7 }] }]])
    await assert.rejects(read(report), { name: 'EvidenceError', code: 'schema-violation' })
})

test('recognised by its keywords', () => {
  assert.ok(cucumberJsonFormat.recognises('[{"uri":"a","keyword":"Feature","elements":[', 'r.json'))
  for (const head of ['{"meta":{}}', '[{"id":"R-1","text":"x"}]', '{"keyword":1,"elements":2}'])
    assert.ok(!cucumberJsonFormat.recognises(head, 'r.json'), head)
})
