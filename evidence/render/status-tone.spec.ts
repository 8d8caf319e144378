import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isFailure, scenarioVerdicts } from '../model/verdict.js'
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
})
