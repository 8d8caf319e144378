import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ModulePath, ScenarioKey } from '../model/ids.js'
import type { ScenarioResult } from '../model/scenario-result.js'
import { particularModules } from './particular-modules.js'

const boot = 'kernel/boot.ts' as ModulePath
const port = 'kernel/port.ts' as ModulePath

/** Every scenario boots; the first `sending` also send. */
function run(scenarios: number, sending: number): ScenarioResult[] {
  return Array.from({ length: scenarios }, (_, i) => ({
    key: `k${i}` as ScenarioKey,
    uri: 'a.feature',
    featureDigest: null,
    feature: 'A',
    rule: '',
    name: `s${i}`,
    example: [],
    tags: [],
    verdict: 'passed',
    comparesNothing: false,
    attempts: [],
    steps: [],
    execution: {
      system: 's',
      configurationDigest: null,
      interfaces: [],
      modules: [boot, port],
      functions: i < sending ? { [boot]: ['boot'], [port]: ['open', 'send'] } : { [boot]: ['boot'], [port]: ['open'] },
      instructions: 1,
      cycles: 1,
    },
  }))
}

const of = (results: readonly ScenarioResult[], key: string): readonly ModulePath[] => particularModules(results).of(key as ScenarioKey)

describe('modules a scenario says something about', () => {
  test('a module every scenario runs is none', () => assert.deepEqual(of(run(20, 3), 'k10'), []))
  test('a module is one where a function ran that most scenarios do not run', () => assert.deepEqual(of(run(20, 3), 'k0'), [port]))
  test('half of the scenarios is background, one fewer is not', () => {
    assert.deepEqual(of(run(20, 10), 'k0'), [])
    assert.deepEqual(of(run(20, 9), 'k0'), [port])
  })
  test('with few executions nothing is background, and the rule says so', () => {
    assert.deepEqual(of(run(9, 1), 'k5'), [boot, port])
    assert.match(particularModules(run(9, 1)).rule, /any function/)
  })
  test('scenarios without a recorded execution do not shift the half', () => {
    const idle = run(40, 0).map((result, i) => ({ ...result, key: `idle${i}` as ScenarioKey, execution: null }))
    assert.deepEqual(of([...run(20, 10), ...idle], 'k0'), [])
    assert.deepEqual(of(idle, 'idle0'), [])
  })
  test('where only the module was recorded, it stands for its functions', () => {
    const bare = run(20, 0).map((result, i) => ({
      ...result,
      execution: result.execution === null ? null : { ...result.execution, modules: i === 0 ? [boot, port] : [boot], functions: {} },
    }))
    assert.deepEqual(of(bare, 'k0'), [port])
  })
})
