import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isFailure, scenarioVerdicts } from '../model/verdict.js'
import { stepStatuses } from '../model/scenario-result.js'
import { traceStates } from '../items/traced-set.js'
import { requirementVerdicts } from './explorer/format/verdict-words.js'
import { toneOf } from './status-tone.js'

describe('Tones of states', () => {
  test('a state without a tone is refused', () => {
    assert.throws(() => toneOf('surprising'), { name: 'RenderError', code: 'unknown-state' })
    assert.throws(() => toneOf('constructor'), { name: 'RenderError', code: 'unknown-state' })
  })

  test('only a pass is shown as good, and every failure as bad', () => {
    for (const verdict of scenarioVerdicts) {
      assert.equal(toneOf(verdict) === 'good', verdict === 'passed', verdict)
      assert.equal(toneOf(verdict) === 'bad', isFailure(verdict), verdict)
    }
  })

  test('every state and verdict of traced items has a tone: the explorer can show it', () => {
    const defects = ['dangling', 'unused', 'unreadable', 'run-failure', 'expired', 'gate']
    const states = [
      ...traceStates,
      ...requirementVerdicts,
      ...stepStatuses.map((status) => status.toLowerCase()),
      ...defects,
      'current',
      'not-judged',
    ]
    for (const state of states) assert.doesNotThrow(() => toneOf(state), state)
    assert.deepEqual(
      requirementVerdicts.filter((verdict) => toneOf(verdict) === 'good'),
      ['passed'],
    )
  })
})
