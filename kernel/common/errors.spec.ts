import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { invariant, ModelError, unreachable } from './errors.js'

describe('Defects', () => {
  test('a broken invariant is a ModelError that says what broke', () =>
    assert.throws(() => invariant(false, 'the frame has no slot'), { name: 'ModelError', message: 'the frame has no slot' }))

  test('a case that no one handled is a ModelError that names it', () =>
    assert.throws(() => unreachable('new' as never), new ModelError('unhandled case "new"')))

  test('an invariant that holds passes', () => assert.doesNotThrow(() => invariant(true, 'never said')))
})
