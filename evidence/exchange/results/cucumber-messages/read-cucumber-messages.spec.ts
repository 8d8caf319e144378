/** Message streams of strangers: what is missing in them is shown, and nothing of it passes. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import { sampleMessages, type SampleScenario } from '../../../collect/sample-stream.js'
import type { TestRun } from '../../../items/test-run.js'
import type { StepStatus } from '../../../model/scenario-result.js'
import { readJunit } from '../junit/read-junit.js'
import { cucumberMessagesFormat } from './cucumber-messages-format.js'
import { readCucumberMessages } from './read-cucumber-messages.js'

const folder = mkdtempSync(join(tmpdir(), 'messages-'))
after(() => rmSync(folder, { recursive: true }))

async function read(...texts: readonly string[]): Promise<TestRun> {
  const files = texts.map((text, i) => {
    const path = join(folder, `m${i}.ndjson`)
    writeFileSync(path, text)
    return { name: `m${i}.ndjson`, path }
  })
  return readCucumberMessages(files)
}

const scenario = (name: string, status: StepStatus = 'PASSED'): SampleScenario => ({
  name,
  tags: ['@R-1'],
  attempts: [[{ text: 's', status }]],
})
const stream = (...scenarios: readonly SampleScenario[]): readonly string[] =>
  sampleMessages([{ uri: 'features/a.feature', name: 'A', scenarios }])
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const verdicts = ({ tests }: TestRun): readonly string[] => tests.map(({ verdict }) => verdict)

describe('a stream that ends before its run', () => {
  const whole = stream(scenario('one'), scenario('two'))

  test('is a failure of the run wherever it is cut, and only finished scenarios have passed', async () => {
    const bytes = text(whole)
    for (let length = 0; length < bytes.length - 1; length += 13) {
      const run = await read(bytes.slice(0, length))
      assert.ok(run.runFailures.length > 0, `cut after ${length} characters`)
      const finished = bytes
        .slice(0, length)
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{"testCaseFinished"')).length
      const passed = verdicts(run).filter((verdict) => verdict === 'passed').length
      assert.ok(passed <= finished + 1, `cut after ${length} characters: ${passed} passed, ${finished} finished`)
    }
  })
  test('within a message names the line', async () => {
    const run = await read(text(whole).slice(0, -5))
    assert.ok(run.runFailures.some((failure) => failure.startsWith(`m0.ndjson:${whole.length}: the stream ends within this message`)))
  })
  test('a scenario that was started and never finished is not run', async () => {
    const lines = whole.filter(
      (line, i) => i < whole.findLastIndex((other) => other.includes('testCaseFinished')) || line.includes('testRunFinished'),
    )
    const run = await read(text(lines))
    assert.deepEqual(verdicts(run), ['passed', 'not-run'])
    assert.match(run.runFailures.join(), /"two" was started and never finished/)
  })
  test('a retry without its first attempt is no plain pass', async () => {
    const retried = stream({ name: 'one', attempts: [[{ text: 's', status: 'FAILED' }], [{ text: 's', status: 'PASSED' }]] })
    const starts = retried.flatMap((line, i) => (line.startsWith('{"testCaseStarted"') ? [i] : []))
    assert.deepEqual(verdicts(await read(text([...retried.slice(0, starts[0]), ...retried.slice(starts[1])]))), ['retried'])
  })
  test('without the last line end is whole', async () => assert.deepEqual((await read(text(whole).trimEnd())).runFailures, []))
})

describe('two files', () => {
  test('that report one scenario: the worse verdict counts, and a finding says so', async () => {
    for (const pair of [
      ['PASSED', 'FAILED'],
      ['FAILED', 'PASSED'],
    ] as const) {
      const run = await read(text(stream(scenario('one', pair[0]))), text(stream(scenario('one', pair[1]))))
      assert.deepEqual(verdicts(run), ['failed'])
      assert.equal(run.findings[0]?.kind, 'duplicate')
      assert.equal(run.tests[0]?.attempts, 2)
    }
  })
  test('that saw different texts of one feature are refused', () =>
    assert.rejects(read(text(stream(scenario('one'))), text(stream(scenario('two')))), { code: 'differing-pickles' }))
})

test('a run without scenarios is a failure of the run', async () => {
  assert.deepEqual((await read(text(stream()))).runFailures, ['the run holds no test'])
})

test('up to protocol 18 the result of a step announces the retry', async () => {
  const lines = stream({ name: 'one', attempts: [[{ text: 's', status: 'FAILED' }], [{ text: 's', status: 'PASSED' }]] })
    .map((line) => line.replace(/"willBeRetried":(true|false),?/, ''))
    .map((line) => line.replace('"status":"FAILED"', '"status":"FAILED","willBeRetried":true'))
  assert.deepEqual(verdicts(await read(text(lines))), ['retried'])
})

test('equal steps are held once', async () => {
  const { tests } = await read(text(stream(scenario('one'), scenario('two'))))
  assert.equal(tests[0]?.steps, tests[1]?.steps)
})

test('producer, place, tag and digest of the feature are read', async () => {
  const meta = '{"meta":{"implementation":{"name":"cucumber-jvm","version":"7.1"},"protocolVersion":"22.0.0"}}'
  const { producers, tests } = await read(text([meta, ...stream(scenario('one')).slice(1)]))
  assert.deepEqual(producers, ['cucumber-jvm 7.1, protocol 22.0.0'])
  assert.deepEqual(tests[0]?.place, { file: 'features/a.feature', line: 10 })
  assert.deepEqual(tests[0].references, [{ text: '@R-1', via: 'tag', extent: 'full', line: 9 }])
  assert.match(tests[0].sourceDigest ?? '', /^[0-9a-f]{64}$/)
})

test('recognised by the first envelope, whatever it is called', () => {
  assert.ok(cucumberMessagesFormat.recognises('\n{ "meta" : {', 'x.json'))
  for (const head of ['', '[{"keyword":"Feature"}]', '{"path":{"statementMap":{}}}', '{"result":[]}', '<testsuite/>'])
    assert.ok(!cucumberMessagesFormat.recognises(head, 'x.ndjson'), head)
})

test('bytes changed at random: a refusal of one line or a run, never a crash', async () => {
  const whole = Buffer.from(text(stream(scenario('one'), scenario('two', 'FAILED'))))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
      const changed = Buffer.from(whole)
      for (const [at, value] of changes) changed[at] = value
      const path = join(folder, 'changed.ndjson')
      writeFileSync(path, changed)
      await readCucumberMessages([{ name: 'm', path }]).catch((error: unknown) => {
        assert.ok(error instanceof Error && error.name === 'EvidenceError' && !error.message.includes('\n'), String(error))
      })
    }),
    { seed: 21, numRuns: 300 },
  )
})

const data = process.env['BULKHEAD_DATA']
const samples = data === undefined ? undefined : join(data, 'cucumber', 'junit-xml-formatter')

if (samples === undefined || !existsSync(samples))
  test('published results', (t) => t.diagnostic('not run: BULKHEAD_DATA names no folder that holds cucumber/junit-xml-formatter'))
else
  describe('the results that junit-xml-formatter publishes for the same streams', () => {
    const names = readdirSync(samples).flatMap((name) => (name.endsWith('.default.xml') ? [name.slice(0, -'.default.xml'.length)] : []))
    test('are there', () => assert.ok(names.length >= 40, `${names.length} samples`))
    for (const name of names)
      test(name, async () => {
        const messages = await readCucumberMessages([{ name, path: join(samples, `${name}.ndjson`) }])
        const published = await readJunit([{ name, path: join(samples, `${name}.default.xml`) }], { map: null })
        const executed = messages.tests.filter(({ verdict }) => verdict !== 'not-run')
        assert.equal(
          executed.length,
          published.tests.reduce((sum, { attempts }) => sum + attempts, 0),
          'executed scenarios',
        )
        // The formatter has no word for a retry and lets an empty scenario pass; neither is a pass here.
        const ours = executed.filter(({ verdict }) => ['passed', 'retried', 'no-verdict'].includes(verdict)).length
        const theirs = published.tests.filter(({ verdict }) => verdict === 'passed').reduce((sum, { attempts }) => sum + attempts, 0)
        assert.equal(ours, theirs, 'passed')
      })
  })
