import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { RecordedRequirement, RecordedTest, TracedRecord } from '../../items/traced-record.js'
import { differenceOf } from './difference.js'
import { impactOf } from './impact.js'
import { compareReRun, drawSample } from './sample.js'
import { scenario } from './test/item-builders.js'

const totals = { statements: null, branches: null, functions: null, lines: null }

const requirement = (id: string, parts: Partial<RecordedRequirement> = {}): RecordedRequirement => ({
  id,
  revision: null,
  kind: 'requirement',
  title: id,
  text: `text of ${id}`,
  place: 'requirements.csv:1',
  verdict: 'passed',
  tests: [],
  above: [],
  below: [],
  ...parts,
})

const recorded = (key: string, parts: Partial<RecordedTest> = {}): RecordedTest => ({
  key,
  name: key,
  suite: '',
  example: [],
  place: `${key}.feature:3`,
  verdict: 'passed',
  requirements: [],
  sourceDigest: null,
  interfaces: [],
  modules: [],
  ...parts,
})

const record = (
  requirements: readonly RecordedRequirement[],
  tests: readonly RecordedTest[],
  parts: Partial<TracedRecord> = {},
): TracedRecord => ({
  title: '',
  passed: true,
  requirements,
  tests,
  modules: [],
  totals,
  ...parts,
})

describe('difference of two traces', () => {
  test('a trace differs from itself in nothing', () => {
    const one = record([requirement('R')], [recorded('t')])
    const { requirements, tests, coverage, worse } = differenceOf(one, one)
    assert.deepEqual(
      [requirements, tests, coverage, worse],
      [{ added: [], removed: [], changed: [] }, { added: [], removed: [], changed: [] }, [], []],
    )
  })
  test('a worse verdict, a new open requirement, a new failing test and less coverage are worse', () => {
    const old = record([requirement('R')], [recorded('t')], { totals: { ...totals, lines: { covered: 9, total: 10 } } })
    const now = record(
      [requirement('R', { verdict: 'partial' }), requirement('S', { verdict: 'uncovered' })],
      [recorded('t', { verdict: 'skipped' }), recorded('u', { verdict: 'failed' })],
      {
        passed: false,
        totals: { ...totals, lines: { covered: 89, total: 100 } },
      },
    )
    assert.deepEqual(differenceOf(old, now).worse, [
      'the trace passed and does not any more',
      'S is new and uncovered',
      'R was passed and is partial',
      'test t was passed and is skipped',
      'test u is new and failed',
      'lines covered of all modules: 9 of 10, now 89 of 100',
    ])
    assert.deepEqual(differenceOf(now, old).worse, [])
  })
  test('coverage that is not measured any more is worse', () => {
    const old = record([], [], { totals: { ...totals, lines: { covered: 0, total: 10 } } })
    assert.equal(differenceOf(old, record([], [])).worse.length, 1)
  })
  test('a changed text is a change, and not worse', () => {
    const { requirements, worse } = differenceOf(record([requirement('R')], []), record([requirement('R', { text: 'other' })], []))
    assert.deepEqual([requirements.changed[0]?.what, worse], [['text'], []])
  })
})

describe('impact of a change', () => {
  // A goal over a requirement over two details; a test for each detail, the first runs a module.
  const graph = record(
    [
      requirement('goal', { below: [1] }),
      requirement('req', { above: [0], below: [2, 3] }),
      requirement('a', { above: [1], tests: [0] }),
      requirement('b', { above: [1], tests: [1] }),
    ],
    [recorded('t', { requirements: [2], modules: ['src/x.c'] }), recorded('u', { requirements: [3] })],
  )
  test('of a requirement: what details it and their tests, and what it details', () =>
    assert.deepEqual(impactOf(graph, ['req']), { unknown: [], requirements: [1, 2, 3], above: [0], tests: [0, 1], modules: ['src/x.c'] }))
  test('of a module or a feature: the tests that run it and their requirements', () => {
    for (const name of ['src/x.c', 't.feature', 't'])
      assert.deepEqual(impactOf(graph, [name]), { unknown: [], requirements: [2], above: [0, 1], tests: [0], modules: ['src/x.c'] })
  })
  test('of what the trace does not hold: said', () => assert.deepEqual(impactOf(graph, ['nothing']).unknown, ['nothing']))
  test('links in a circle end', () => {
    const circle = record([requirement('a', { above: [1], below: [1] }), requirement('b', { above: [0], below: [0] })], [])
    assert.deepEqual(impactOf(circle, ['a']).requirements, [0, 1])
  })
})

describe('sample by the evaluator, ATE_IND', () => {
  const population = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }).map((of) => {
    const tests = of.map((at, i) => recorded(`t${i}`, { requirements: at === 5 ? [] : [at] }))
    const requirements = [0, 1, 2, 3, 4].map((at) => requirement(`R-${at}`, { tests: of.flatMap((each, i) => (each === at ? [i] : [])) }))
    return record(requirements, tests)
  })

  test('holds as many tests as were asked for, each once, and reaches as many requirements as it can', () => {
    fc.assert(
      fc.property(population, fc.string(), fc.integer({ min: 1, max: 50 }), (all, seed, count) => {
        const drawn = drawSample(all, seed, count)
        assert.equal(new Set(drawn.tests).size, Math.min(count, all.tests.length))
        const strata = drawn.requirements.total + (all.tests.some(({ requirements }) => requirements.length === 0) ? 1 : 0)
        assert.ok(drawn.requirements.reached >= Math.min(count, strata) - 1)
        if (count >= strata) assert.equal(drawn.requirements.reached, drawn.requirements.total)
      }),
      { seed: 11, numRuns: 200 },
    )
  })
  test('the same seed draws the same sample whatever the order of the tests; another seed another one', () => {
    const tests = Array.from({ length: 100 }, (_, i) => recorded(`t${i}`))
    const keys = (all: readonly RecordedTest[], seed: string) =>
      drawSample(record([], all), seed, 10)
        .tests.map((at) => all[at]!.key)
        .sort()
    assert.deepEqual(keys(tests, 'evaluator'), keys([...tests].reverse(), 'evaluator'))
    assert.notDeepEqual(keys(tests, 'evaluator'), keys(tests, 'developer'))
  })
  test('a re-run agrees, differs, or lacks a test; what else it holds is told apart', () => {
    const all = record([], [recorded('a'), recorded('b'), recorded('c')])
    const reRun = [scenario('a', []), scenario('b', [], { verdict: 'failed' }), scenario('own', [])]
    const { agree, differ, missing, others } = compareReRun(all, [0, 1, 2], reRun)
    assert.deepEqual(
      [agree.map(({ key }) => key), differ.map(({ test: { key } }) => key), missing.map(({ key }) => key), others.map(({ key }) => key)],
      [['a'], ['b'], ['c'], ['own']],
    )
  })
})
