/** Items that need no test of their own: what their source or the policy wants below them must be there. OpenFastTrace user guide, "Coverage". */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defaultPolicy, type Policy } from './policy.js'
import { link, requirement, scenario, trace } from './test/item-builders.js'

const tested = requirement('req~a~1', { kind: 'req', links: [link('covers', 'feat~a~1')] })
const run = [scenario('s', ['@req~a~1'])]

describe('what is judged from below', () => {
  // Bug: an item whose Needs nothing met read "not required", and the trace passed.
  test('an item of which nothing of the kind it needs is there is uncovered, and the trace does not pass', () => {
    const set = trace(
      [requirement('feat~a~1', { kind: 'feat', needs: ['req'] }), requirement('feat~b~1', { kind: 'feat', needs: ['req'] }), tested],
      run,
    )
    assert.deepEqual(
      set.requirements.map(({ verdict }) => verdict),
      ['not-required', 'uncovered', 'passed'],
    )
    assert.deepEqual([set.requirements[1]?.missing, set.passed], [['no req covers it'], false])
  })

  test('an item of which one of two needed kinds is there is covered in part', () => {
    const set = trace([requirement('feat~a~1', { kind: 'feat', needs: ['req', 'dsn'] }), tested], run)
    assert.deepEqual([set.requirements[0]?.verdict, set.requirements[0]?.missing], ['partial', ['no dsn covers it']])
  })

  test('an item that the policy judges from below, with nothing below it, is uncovered', () => {
    const policy: Policy = { ...defaultPolicy, kinds: new Map([...defaultPolicy.kinds, ['goal', 'below']]) }
    const set = trace([requirement('G-1', { kind: 'goal' }), requirement('R-1')], [scenario('s', ['@R-1'])], { policy })
    assert.deepEqual([set.requirements[0]?.verdict, set.requirements[0]?.missing, set.passed], ['uncovered', ['nothing below it'], false])
  })

  test('an item that wants nothing stays out of the judgement', () => {
    const set = trace([requirement('H-1', { kind: 'heading' }), requirement('R-1')], [scenario('s', ['@R-1'])])
    assert.deepEqual([set.requirements[0]?.verdict, set.passed], ['not-required', true])
  })
})
