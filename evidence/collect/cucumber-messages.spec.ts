import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { StepStatus } from '../model/scenario-result.js'
import { canonicalLines } from './canonical-results.js'
import { collectMessages } from './cucumber-messages.js'
import type { CollectedRun } from './fold/merge-streams.js'
import { holding, sampleFile, sampleMessages, type SampleFeature, type SampleScenario, type SampleStep } from './sample-stream.js'
import type { ComparisonRule } from './fold/scenario-verdict.js'

const collect = (shards: readonly (readonly string[])[], rule: ComparisonRule = 'required'): Promise<CollectedRun> =>
  collectMessages(
    shards.map((lines, i) => sampleFile(`m${i}.ndjson`, lines)),
    rule,
  )

const feature = (...scenarios: readonly SampleScenario[]): SampleFeature => ({ uri: 'features/a.feature', name: 'A', scenarios })
const compared = (status: StepStatus = 'PASSED'): SampleStep => ({ text: 'a step', status, comparisons: [holding] })
const one = (...steps: readonly SampleStep[]): SampleScenario => ({ name: 'one', attempts: [steps] })
const verdictOf = async (scenario: SampleScenario, rule?: ComparisonRule): Promise<string | undefined> =>
  (await collect([sampleMessages([feature(scenario)])], rule)).scenarios[0]?.verdict

describe('never a pass', () => {
  for (const status of ['FAILED', 'AMBIGUOUS', 'UNDEFINED', 'PENDING', 'SKIPPED', 'UNKNOWN'] as const)
    test(`a step that is ${status}`, async () => assert.equal(await verdictOf(one(compared(), compared(status))), status.toLowerCase()))

  test('a failing hook after steps that passed', async () =>
    assert.equal(await verdictOf({ ...one(compared()), hook: 'FAILED' }), 'failed'))
  test('no step at all', async () => assert.equal(await verdictOf(one()), 'no-verdict'))
  test('no step at all in a foreign suite', async () => assert.equal(await verdictOf(one(), 'reported'), 'no-verdict'))
  test('no comparison in our own suite', async () => assert.equal(await verdictOf(one({ text: 's', status: 'PASSED' })), 'no-verdict'))
  test('a comparison that does not hold in a step that passed', async () =>
    assert.equal(await verdictOf(one({ text: 's', status: 'PASSED', comparisons: [{ ...holding, holds: false }] })), 'failed'))
  test('a comparison said to hold between different texts', async () =>
    assert.equal(await verdictOf(one({ text: 's', status: 'PASSED', comparisons: [{ ...holding, observed: 'OK' }] })), 'failed'))
  test('failed, then passed when retried', async () =>
    assert.equal(await verdictOf({ name: 'one', attempts: [[compared('FAILED')], [compared()]] }), 'retried'))
  test('a pickle nobody executed', async () => assert.equal(await verdictOf({ name: 'one', attempts: [] }), 'not-run'))

  test('a step without a result in a finished test case', async () => {
    const lines = sampleMessages([feature(one(compared(), compared()))])
    const results = lines.filter((line) => line.includes('testStepFinished'))
    const run = await collect([lines.filter((line) => line !== results[1])])
    assert.equal(run.scenarios[0]?.verdict, 'unknown')
  })

  test('the worst step decides, whatever the order', async () => {
    const statuses = ['FAILED', 'AMBIGUOUS', 'UNDEFINED', 'PENDING', 'UNKNOWN', 'SKIPPED', 'PASSED'] as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 6 }), async (drawn) => {
        const worst = statuses.find((status) => drawn.includes(status))
        assert.equal(await verdictOf(one(...drawn.map((status) => compared(status)))), worst?.toLowerCase())
      }),
      { seed: 2, numRuns: 60 },
    )
  })
})

test('steps and hooks passed, every comparison holds: passed', async () => assert.equal(await verdictOf(one(compared())), 'passed'))

test('a foreign pass without comparisons is marked', async () => {
  const { scenarios } = await collect([sampleMessages([feature(one({ text: 's', status: 'PASSED' }))])], 'reported')
  assert.deepEqual([scenarios[0]?.verdict, scenarios[0]?.comparesNothing], ['passed', true])
})

test('attempts are shown, each with its verdict', async () => {
  const { scenarios } = await collect([sampleMessages([feature({ name: 'one', attempts: [[compared('FAILED')], [compared()]] })])])
  assert.deepEqual(scenarios[0]?.attempts, [
    { number: 1, verdict: 'failed' },
    { number: 2, verdict: 'passed' },
  ])
})

describe('a stream is refused', () => {
  const whole = sampleMessages([feature(one(compared()), { ...one(compared()), name: 'two' })])
  const refused = (lines: readonly string[], code: string, message = /^m0\.ndjson/): Promise<void> =>
    assert.rejects(collect([lines]), { code, message })

  test('when it is cut before its end, wherever that is', async () => {
    for (let length = 0; length < whole.length; length += 1)
      await assert.rejects(
        collect([whole.slice(0, length)]),
        { code: 'truncated-stream' },
        `cut after ${length} of ${whole.length} messages`,
      )
  })
  test('when it is cut within a message', () =>
    refused([...whole.slice(0, 3), whole[3]!.slice(0, -5)], 'malformed-json', /^m0\.ndjson:4: message is not JSON/))
  test('when a test case has no end', () =>
    refused(
      whole.filter(
        (line, i) => !(line.includes('testCaseFinished') && whole.findIndex((other) => other.includes('testCaseFinished')) === i),
      ),
      'truncated-stream',
      /"one" was started and never finished/,
    ))
  test('when a pickle is missing', () =>
    refused(
      whole.filter((line) => !line.startsWith('{"pickle"')),
      'unknown-reference',
      /no pickle/,
    ))
  test('when a test case is missing', () =>
    refused(
      whole.filter((line) => !line.startsWith('{"testCase"')),
      'unknown-reference',
      /no test case/,
    ))
  test('when the start of the run is missing', () =>
    refused(
      whole.filter((line) => !line.includes('testRunStarted')),
      'truncated-stream',
    ))
  test('when a second run follows in the same file', () => refused([...whole, ...whole], 'unknown-reference', /a second run in one file/))
  test('when a field has another type', () => refused([...whole.slice(0, 1), '{"pickle":{"id":7}}'], 'schema-violation', /^m0\.ndjson:2: /))
  test('when a message is no object', () => refused(['[]'], 'schema-violation'))
  test('when nesting is absurd, without a crash', () =>
    refused([`{"pickle":${'['.repeat(20_000)}${']'.repeat(20_000)}}`], 'schema-violation'))
  test('when rules are nested in rules beyond any sense, without a crash', () => {
    const rules = `${'{"rule":{"children":['.repeat(20_000)}${']}}'.repeat(20_000)}`
    return refused([`{"gherkinDocument":{"feature":{"children":[${rules}]}}}`], 'malformed-json')
  })
  test('when a step has an unknown status', () =>
    refused(
      whole.map((line) => line.replace('"status":"PASSED"', '"status":"FINE"')),
      'schema-violation',
      /FINE|status is not one of/,
    ))
  test('when a scenario was executed twice', () => {
    const cases = whole
      .filter((line) => /"test(Case|StepFinished|CaseStarted|CaseFinished)|"attachment"/.test(line))
      .map((line) => line.replace(/"(id|testCaseStartedId)":"a(\d+)"/g, '"$1":"b$2"'))
    return refused([...whole.slice(0, -1), ...cases, whole.at(-1)!], 'contradicting-verdicts')
  })
  const doubled = (part: string): readonly string[] => whole.flatMap((line) => (line.startsWith(`{"${part}"`) ? [line, line] : [line]))
  test('when a step has two results', () => refused(doubled('testStepFinished'), 'contradicting-verdicts', /has two results/))
  test('when a test case is started twice', () => refused(doubled('testCaseStarted'), 'contradicting-verdicts', /is started twice/))
  test('when a result belongs to no step', () =>
    refused(
      whole.map((line) => (line.startsWith('{"testStepFinished"') ? line.replace(/"testStepId":"[^"]*"/, '"testStepId":"nobody"') : line)),
      'unknown-reference',
      /no step "nobody"/,
    ))
  const retried = sampleMessages([feature({ name: 'one', attempts: [[compared('FAILED')], [compared()]] })])
  const ends = retried.flatMap((line, i) => (line.startsWith('{"testCaseFinished"') ? [i] : []))
  const starts = retried.flatMap((line, i) => (line.startsWith('{"testCaseStarted"') ? [i] : []))
  test('when the first of two attempts is missing', () =>
    refused(
      [...retried.slice(0, starts[0]), ...retried.slice(starts[1])],
      'truncated-stream',
      /attempt 2 of "one" follows 0 finished attempts/,
    ))
  test('when the announced retry is missing', () =>
    refused([...retried.slice(0, starts[1]), retried.at(-1)!], 'truncated-stream', /the retry of "one" is missing/))
  test('when the first attempt ends after the second', () => {
    const exchanged = [...retried]
    exchanged[ends[0]!] = retried[ends[1]!]!
    exchanged[ends[1]!] = retried[ends[0]!]!
    return assert.rejects(collect([exchanged]), { name: 'EvidenceError' })
  })
  test('when an execution follows the end of the run', () =>
    refused([...whole.slice(0, -2), whole.at(-1)!, whole.at(-2)!], 'truncated-stream', /after the end of the run/))
})

describe('an attachment of ours is refused', () => {
  const attached = (change: (line: string) => string): readonly string[] =>
    sampleMessages([feature(one(compared()))]).map((line) => (line.includes('"attachment"') ? change(line) : line))
  const cases: readonly (readonly [string, (line: string) => string])[] = [
    ['when its body is no JSON', (line) => line.replace('{\\"what', '{what')],
    ['when a value is missing', (line) => line.replace('\\"expected\\":\\"PERM\\",', '')],
    ['when the kind of comparison is unknown', (line) => line.replace('\\"equal\\"', '\\"similar\\"')],
    ['when the source is unknown', (line) => line.replace('\\"register\\"', '\\"hearsay\\"')],
    ['when it belongs to no step', (line) => line.replace(/"testStepId":"[^"]*"/, '"testStepId":"nobody"')],
    ['when it belongs to no scenario', (line) => line.replace(/"testCaseStartedId":"[^"]*",/, '')],
  ]
  for (const [what, change] of cases)
    test(what, () => assert.rejects(collect([attached(change)]), { code: 'malformed-attachment', message: /^m0\.ndjson:\d+: / }))

  test('base64 is read like plain text', async () => {
    const lines = attached((line) => {
      const message = JSON.parse(line) as { attachment: { body: string; contentEncoding: string } }
      return JSON.stringify({
        attachment: { ...message.attachment, body: Buffer.from(message.attachment.body).toString('base64'), contentEncoding: 'BASE64' },
      })
    })
    assert.deepEqual((await collect([lines])).scenarios[0]?.steps[0]?.comparisons, [holding])
  })
})

describe('what failed outside a scenario', () => {
  const whole = sampleMessages([feature(one(compared()))])
  const with_ = (message: object): readonly string[] => [...whole.slice(0, -1), JSON.stringify(message), whole.at(-1)!]
  const failures = async (lines: readonly string[]): Promise<readonly string[]> => (await collect([lines])).runFailures

  test('a hook of the whole run', async () =>
    assert.match(
      (await failures(with_({ testRunHookFinished: { result: { status: 'FAILED', message: 'broken\nat x' } } })))[0]!,
      /hook of the whole run is FAILED: broken$/,
    ))
  test('a feature that could not be parsed', async () =>
    assert.match(
      (await failures(with_({ parseError: { source: { uri: 'x.feature' }, message: 'unexpected' } })))[0]!,
      /x\.feature was not parsed/,
    ))
  test('the runner itself', async () => {
    const end = JSON.stringify({ testRunFinished: { success: false, exception: { type: 'Error', message: 'Whoops' } } })
    assert.deepEqual(await failures([...whole.slice(0, -1), end]), ['the runner stopped: Whoops'])
  })
  test('failure reported by the runner and explained by nothing', async () => {
    const end = JSON.stringify({ testRunFinished: { success: false } })
    assert.equal((await failures([...whole.slice(0, -1), end])).length, 1)
  })
})

describe('keys', () => {
  const keys = async (...features: readonly SampleFeature[]): Promise<readonly string[]> =>
    (await collect([sampleMessages(features)])).scenarios.map(({ key }) => key)

  test('depend on uri, rule and name, not on message ids, execution or neighbours', async () => {
    const [key] = await keys(feature(one(compared())))
    assert.deepEqual(await keys(feature({ ...one(compared('FAILED')), tags: ['@x'] })), [key])
    assert.ok((await keys(feature({ ...one(compared()), name: 'zero' }, one(compared())))).includes(key!))
    for (const other of [
      feature({ ...one(compared()), rule: 'R' }),
      feature({ ...one(compared()), name: 'two' }),
      { ...feature(one(compared())), uri: 'features/b.feature' },
    ])
      assert.ok(!(await keys(other)).includes(key!))
  })

  test('tell scenarios apart that are alike in everything', async () => {
    assert.equal(new Set(await keys(feature(one(compared()), one(compared()), one(compared())))).size, 3)
  })
})

describe('shards', () => {
  const two = { ...one(compared()), name: 'two' }
  const idle = (scenario: SampleScenario): SampleScenario => ({ ...scenario, attempts: [] })
  const whole = sampleMessages([feature(one(compared()), two)], 'w')
  // The plan of a scenario that is not executed has another step text in the sample, which takes no part in the key.
  const first = sampleMessages([feature(one(compared()), idle(two))], 'x')
  const second = sampleMessages([feature(idle(one(compared())), two)], 'y')

  test('executed is the union, in either order, and equal to the run in one piece', async () => {
    const bytes = async (shards: readonly (readonly string[])[]): Promise<string> => [...canonicalLines(await collect(shards))].join('')
    assert.equal(await bytes([first, second]), await bytes([second, first]))
    assert.equal(await bytes([first, second]), await bytes([whole]))
  })
  test('what no shard executed is not run', async () => {
    const third = sampleMessages([feature(one(compared()), idle(two))], 'x')
    assert.deepEqual(
      (await collect([third])).scenarios.map(({ verdict }) => verdict),
      ['passed', 'not-run'],
    )
  })
  test('two verdicts for one scenario are refused, even equal ones', () =>
    assert.rejects(collect([first, first]), {
      code: 'contradicting-verdicts',
      message: /features\/a\.feature "one" has a verdict in two files/,
    }))
  test('other feature texts are refused', () =>
    assert.rejects(collect([first, sampleMessages([feature(two)], 'z')]), {
      code: 'differing-pickles',
      message: /has another text in m0\.ndjson/,
    }))
})

test('the canonical file holds no random id, no time and no host, and is the same for equal runs', async () => {
  const features = [feature(one(compared()), { ...one(compared('FAILED')), name: 'two' })]
  const bytes = async (salt: string): Promise<string> => [...canonicalLines(await collect([sampleMessages(features, salt)]))].join('')
  const text = await bytes('first')
  assert.equal(text, await bytes('second'))
  assert.doesNotMatch(text, /first|nanos|timestamp|duration/)
  assert.deepEqual(JSON.parse(text.split('\n')[0]!), { schema: 'bulkhead.results/1', scenarios: 2, runFailures: [] })
})
