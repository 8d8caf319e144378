import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isFault } from './hosted-port.js'

describe('A refused access is a value', () => {
  for (const [name, value] of [
    ['nothing', undefined],
    ['null', null],
    ['the value that a load gave', 13n],
    ['the name of the kind', 'access-fault'],
    ['bytes', new Uint8Array(8)],
    ['an object of another kind', { kind: 'device' }],
  ] as const)
    test(`${name} is no refusal`, () => assert.equal(isFault(value), false))

  test('an access fault is one', () => assert.equal(isFault({ kind: 'access-fault', cause: 13, address: 0 }), true))
})
