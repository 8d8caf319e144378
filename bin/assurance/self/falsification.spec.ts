import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ScenarioKey } from '../../../evidence/model/ids.js'
import type { ScenarioResult, StepResult } from '../../../evidence/model/scenario-result.js'
import type { ScenarioVerdict } from '../../../evidence/model/verdict.js'
import { falsifyEach } from './falsification.js'

const step = (what: string): StepResult => ({
  kind: 'step',
  keyword: 'Then',
  text: what,
  docString: '',
  table: [],
  status: 'PASSED',
  message: '',
  comparisons: [{ what, expected: '1', observed: '1', comparison: 'equal', source: 'register', holds: true }],
})

const scenario = (
  name: string,
  comparisons: readonly string[],
  verdict: ScenarioVerdict = 'passed',
  uri = 'a.feature',
): ScenarioResult => ({
  key: name as ScenarioKey,
  uri,
  featureDigest: null,
  feature: 'A',
  rule: '',
  name,
  example: [],
  tags: [],
  verdict,
  comparesNothing: comparisons.length === 0,
  attempts: [],
  steps: comparisons.map(step),
  execution: null,
})

/** Scenarios that fail as soon as one of their own comparisons is falsified, but for the pairs that do not notice. */
const noticing = (honest: readonly ScenarioResult[], blind: readonly string[] = []) => {
  const asked: string[] = []
  const run = async (k: number, features: readonly string[]) => {
    asked.push(`${k} ${features.join(' ')}`)
    return honest.map((result) => ({
      ...result,
      verdict: k < result.steps.length && !blind.includes(`${result.name} ${k}`) ? ('failed' as const) : result.verdict,
    }))
  }
  return { asked, run }
}

const silent = () => undefined

describe('Falsifying expected values', () => {
  test('the share that is behind counts scenarios, not rounds: later rounds have fewer', async () => {
    const honest = [scenario('long', ['a0', 'a1']), scenario('short', ['b0']), scenario('other', ['c0'])]
    const shares: (number | undefined)[] = []
    await falsifyEach(honest, noticing(honest).run, (_, done) => shares.push(done))
    assert.deepEqual(shares, [0, 0.75])
  })

  test('a scenario that passes with a wrong expectation is named with what it compared', async () => {
    const honest = [scenario('blind', ['a0', 'a1']), scenario('sees', ['mode'])]
    const answer = await falsifyEach(honest, noticing(honest, ['blind 1']).run, silent)
    assert.deepEqual(answer, { scenarios: 2, falsified: 3, survivors: [{ uri: 'a.feature', name: 'blind', what: 'a1' }] })
  })

  test('a scenario that compares nothing survives everything', async () => {
    const honest = [scenario('idle', [], 'no-verdict')]
    const { survivors } = await falsifyEach(honest, noticing(honest).run, silent)
    assert.deepEqual(survivors, [{ uri: 'a.feature', name: 'idle', what: '' }])
  })

  test('a scenario that vanishes or is not run when falsified has not noticed', async () => {
    const honest = [scenario('lost', ['a0']), scenario('skipped', ['a0'])]
    const answer = await falsifyEach(honest, async () => [scenario('skipped', [], 'not-run')], silent)
    assert.deepEqual(
      answer.survivors.map(({ name }) => name),
      ['lost', 'skipped'],
    )
  })

  test('scenarios that fail as they are show nothing', async () => {
    const honest = [scenario('red', ['a0'], 'failed')]
    await assert.rejects(
      falsifyEach(honest, noticing(honest).run, silent),
      /a\.feature: "red" does not pass as it is; remedy: mend it first/,
    )
  })

  test('no scenario at all shows nothing', async () => {
    await assert.rejects(falsifyEach([], noticing([]).run, silent), /there is no scenario to falsify/)
  })

  test('there are as many runs as the longest scenario has comparisons, each of the features that still have one', async () => {
    const honest = [scenario('long', ['a', 'b', 'c']), scenario('short', ['a'], 'passed', 'b.feature')]
    const { asked, run } = noticing(honest)
    const answer = await falsifyEach(honest, run, silent)
    assert.deepEqual([asked, answer.falsified, answer.survivors], [['0 a.feature b.feature', '1 a.feature', '2 a.feature'], 4, []])
  })
})
