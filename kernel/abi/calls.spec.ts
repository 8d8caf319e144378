import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callByNumber, CALLS } from './calls.js'
import { RETURN_CODES } from './return-codes.js'

/** Number and name of each call of the interface as designed; a program built for one kernel runs on the next. */
const DESIGNED: Readonly<Record<string, number>> = {
  yield: 0,
  time: 1,
  wait: 2,
  notify: 3,
  sem_wait: 4,
  sem_post: 5,
  port_send: 6,
  port_recv: 7,
  port_stat: 8,
  thr_ctl: 9,
  thr_stat: 10,
  part_mode: 11,
  part_stat: 12,
  hm_raise: 18,
  audit_read: 20,
  cfg_select: 21,
  sys_ctl: 22,
  self: 25,
}

describe('Calls', () => {
  for (const number of [-1, 13, 17, 19, 23, 24, 26, 63])
    test(`number ${number} is no call`, () => assert.equal(callByNumber.get(number), undefined))

  test('numbers and names are those of the design', () =>
    assert.deepEqual(Object.fromEntries(CALLS.map(({ name, number }) => [name, number])), DESIGNED))

  test('no number and no name is used twice', () => {
    assert.equal(new Set(CALLS.map(({ number }) => number)).size, CALLS.length)
    assert.equal(new Set(CALLS.map(({ name }) => name)).size, CALLS.length)
  })

  for (const { name, number, contract, arguments: args, results, outcomes } of CALLS)
    test(`${name} states its contract in one sentence, within the registers, with outcomes that exist`, () => {
      assert.equal(callByNumber.get(number)?.name, name)
      assert.match(contract, /^[A-Z][^.]*\.$/u)
      // a0 to a5 carry arguments; a0 the code, a1 to a5 results.
      assert.ok(args.length <= 6 && results.length <= 5)
      assert.equal(outcomes[0], 'OK')
      assert.equal(new Set<string>(outcomes).size, outcomes.length)
      assert.ok(outcomes.every((outcome) => outcome in RETURN_CODES))
    })
})
