import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CALLS } from './calls.js'
import { INTERFACES } from './interfaces.js'

describe('Interfaces, CC ADV_FSP', () => {
  test('no entry is listed twice', () => {
    const ids = INTERFACES.map(({ id }) => id)
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    )
  })

  for (const { name, outcomes } of CALLS)
    test(`call ${name} is an entry with the outcomes of the call`, () => {
      const listed = INTERFACES.filter(({ id }) => id === name)
      assert.deepEqual(
        listed.map((entry) => [entry.kind, entry.outcomes]),
        [['call', outcomes]],
      )
    })

  test('every number that is no call is an entry with the one outcome CALL', () =>
    assert.deepEqual(INTERFACES.find(({ id }) => id === 'unknown_call')?.outcomes, ['CALL']))

  test('no listed call is missing from the call table', () => {
    const names = new Set<string>(CALLS.map(({ name }) => name))
    assert.deepEqual(
      INTERFACES.filter(({ kind, id }) => kind === 'call' && !names.has(id)).map(({ id }) => id),
      ['unknown_call'],
    )
  })

  for (const { id, title, contract, outcomes } of INTERFACES)
    test(`${id} has a title, one sentence of contract and distinct outcomes`, () => {
      assert.notEqual(title.trim(), '')
      assert.match(contract, /^[A-Z].*\.$/u)
      assert.ok(outcomes.length > 0)
      assert.equal(new Set(outcomes).size, outcomes.length)
    })
})
