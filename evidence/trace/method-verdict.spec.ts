import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { MethodArtefact } from '../model/deviation.js'
import type { Digest } from '../model/ids.js'
import { isFailure, scenarioVerdicts, type ScenarioVerdict } from '../model/verdict.js'
import { isClosed, judgeArtefacts, judgeTest, methodView } from './method-verdict.js'

const judge = (verdicts: readonly ScenarioVerdict[], gaps: readonly string[] = []) => judgeTest({ verdicts, comparingNothing: 0, gaps })

describe('test', () => {
  const rows: readonly (readonly [readonly ScenarioVerdict[], string])[] = [
    [[], 'none'],
    [['not-run'], 'not-run'],
    [['no-verdict', 'skipped'], 'not-run'],
    [['passed', 'not-run'], 'partial'],
    [['passed', 'no-verdict'], 'partial'],
    [['passed', 'failed'], 'failed'],
    [['passed', 'undefined'], 'failed'],
    [['passed', 'pending'], 'failed'],
    [['passed', 'ambiguous'], 'failed'],
    [['passed', 'retried'], 'failed'],
    [['passed', 'unknown'], 'failed'],
    [['not-run', 'failed'], 'failed'],
    [['passed'], 'passed'],
  ]
  for (const [verdicts, state] of rows)
    test(`${verdicts.join(' + ') || 'no scenario'}: ${state}`, () => assert.equal(judge(verdicts).state, state))

  test('a derived requirement without a scenario leaves it partial', () => {
    const { state, detail } = judge(['passed'], ['derived requirement x~1: no scenario'])
    assert.equal(state, 'partial')
    assert.equal(detail, '1 of 1 scenario passed; derived requirement x~1: no scenario')
  })

  test('passes that compare nothing are counted in the text', () =>
    assert.match(judgeTest({ verdicts: ['passed', 'passed'], comparingNothing: 2, gaps: [] }).detail, /2 of the passes compare nothing/))

  test('passed only when there is a scenario and every one passed; one more that did not pass never improves it', () => {
    const order = ['failed', 'not-run', 'partial', 'passed']
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...scenarioVerdicts), { minLength: 1 }),
        fc.constantFrom(...scenarioVerdicts),
        (verdicts, extra) => {
          const { state } = judge(verdicts)
          assert.equal(
            state === 'passed',
            verdicts.every((verdict) => verdict === 'passed'),
          )
          assert.equal(state === 'failed', verdicts.some(isFailure))
          if (extra !== 'passed') assert.ok(order.indexOf(judge([...verdicts, extra]).state) <= order.indexOf(state))
        },
      ),
      { seed: 4 },
    )
  })
})

describe('analysis and inspection', () => {
  const digest = 'a'.repeat(64) as Digest
  const artefact = (change: Partial<MethodArtefact> = {}): MethodArtefact => ({
    id: 'A1',
    element: 'FDP_IFC.2.1',
    method: 'analysis',
    title: 'Flow analysis',
    file: 'docs/flow.md',
    digest,
    author: 'a',
    reviewer: 'none',
    date: '2026-01-01',
    result: 'passed',
    ...change,
  })
  const digests = new Map([['docs/flow.md', digest]])

  test('no artefact: none', () => assert.equal(judgeArtefacts([], digests).state, 'none'))
  test('a changed file: stale, whatever the result was', () =>
    assert.equal(judgeArtefacts([artefact({ digest: 'b'.repeat(64) })], digests).state, 'stale'))
  test('a file that is gone: stale', () => assert.equal(judgeArtefacts([artefact({ file: 'docs/gone.md' })], digests).state, 'stale'))
  test('a failed artefact is not outvoted', () =>
    assert.equal(judgeArtefacts([artefact(), artefact({ id: 'A2', result: 'failed' })], digests).state, 'failed'))
  test('a current artefact that passed: passed', () => assert.equal(judgeArtefacts([artefact()], digests).state, 'passed'))
})

describe('closed', () => {
  const view = (state: 'passed' | 'none' | 'failed', required: boolean) => methodView('test', required, { state, detail: '' })
  test('needs every named method', () => assert.equal(isClosed([view('passed', true), view('none', true)]), false))
  test('needs at least one named method', () => assert.equal(isClosed([view('passed', false)]), false))
  test('is never given to nothing', () => assert.equal(isClosed([]), false))
  test('is given when all named methods passed', () => assert.equal(isClosed([view('passed', true), view('passed', true)]), true))
})
