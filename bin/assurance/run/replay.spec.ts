import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Digest, ModulePath, ScenarioKey } from '../../../evidence/model/ids.js'
import type { ScenarioResult } from '../../../evidence/model/scenario-result.js'
import { differences, named } from './replay.js'

const result: ScenarioResult = {
  key: 'k1' as ScenarioKey,
  uri: 'features/audit/trail.feature',
  featureDigest: 'aa' as Digest,
  feature: 'Audit',
  rule: '',
  name: 'The trail begins',
  example: [],
  tags: [],
  verdict: 'passed',
  comparesNothing: false,
  attempts: [],
  steps: [
    {
      kind: 'step',
      keyword: 'Then',
      text: 'it holds',
      docString: '',
      table: [],
      status: 'PASSED',
      message: '',
      comparisons: [{ what: 'a0', expected: '1', observed: '1', comparison: 'equal', source: 'register', holds: true }],
    },
  ],
  execution: { system: 's', configurationDigest: 'bb' as Digest, interfaces: [], modules: [], functions: {}, instructions: 7, cycles: 9 },
}
const [step] = result.steps
const execution = result.execution
assert.ok(step !== undefined && execution !== null)

describe('Replay', () => {
  test('equal results do not differ, whatever coverage was taken', () => {
    assert.deepEqual(differences(result, { ...result, execution: { ...execution, functions: { ['x' as ModulePath]: ['f'] } } }), [])
  })

  const observed = { ...step, comparisons: step.comparisons.map((comparison) => ({ ...comparison, observed: '2' })) }
  const changes: readonly (readonly [string, ScenarioResult])[] = [
    ['verdict', { ...result, verdict: 'failed' }],
    ['digest of the feature', { ...result, featureDigest: 'cc' as Digest }],
    ['comparison 1', { ...result, steps: [observed] }],
    ['digest of the configuration', { ...result, execution: { ...execution, configurationDigest: null } }],
    ['instructions', { ...result, execution: { ...execution, instructions: 8 } }],
    ['cycles', { ...result, execution: { ...execution, cycles: 10 } }],
  ]
  for (const [what, again] of changes)
    test(`another ${what} is a difference`, () =>
      assert.deepEqual(
        differences(result, again).map((difference) => difference.what),
        [what],
      ))

  test('a comparison more and a scenario that is gone are differences', () => {
    const more = { ...step, comparisons: [...step.comparisons, ...step.comparisons] }
    assert.deepEqual(
      differences(result, { ...result, steps: [more] }).map(({ what, pack }) => [what, pack]),
      [['comparison 2', 'none']],
    )
    assert.equal(differences(result, undefined)[0]?.replay, 'not there')
  })

  test('a name is a key, a scenario, a feature file or a folder', () => {
    for (const name of ['k1', 'The trail begins', 'features/audit/trail.feature', 'features/audit', 'features/'])
      assert.deepEqual(named([result], name), [result], name)
    for (const name of ['k', 'features/aud', 'trail']) assert.deepEqual(named([result], name), [], name)
  })
})
