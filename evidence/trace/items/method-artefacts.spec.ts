/** Analysis and inspection by register. A wrong pass comes first: what cannot be shown to be current closes nothing. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { WrittenArtefact } from '../../items/traced-method.js'
import type { Method } from '../../model/verdict.js'
import { noBaseline } from './freshness.js'
import { defaultPolicy, type Policy } from './policy.js'
import { requirement, scenario, trace, verdictsOf } from './test/item-builders.js'
import type { TraceInputs } from './trace-items.js'

const reviewed = 'a'.repeat(64)
const other = 'b'.repeat(64)

const artefact = (parts: Partial<WrittenArtefact> = {}): WrittenArtefact => ({
  id: 'A-1',
  concerns: ['R-1'],
  method: 'analysis',
  title: 'Timing analysis',
  file: 'analysis/timing.pdf',
  path: '/p/analysis/timing.pdf',
  digest: reviewed,
  system: null,
  author: 'A. Author',
  reviewer: 'R. Reviewer',
  date: '2026-01-01',
  expires: null,
  result: 'passed',
  place: 'artefacts.yaml:3',
  ...parts,
})

interface Case {
  readonly artefacts: readonly WrittenArtefact[] | null
  readonly methods?: readonly Method[]
  readonly tests?: 'passed' | 'failed' | null
  readonly inputs?: Partial<TraceInputs>
  readonly policy?: Partial<Policy>
}

/** One requirement; a second one is tested, so that there is a run. */
const traced = ({ artefacts, methods = ['test', 'analysis'], tests = 'passed', inputs = {}, policy = {} }: Case) =>
  trace(
    [requirement('R-1', { methods, revision: '2' }), requirement('R-2')],
    [scenario('other', ['@R-2']), ...(tests === null ? [] : [scenario('own', ['@R-1'], { verdict: tests })])],
    {
      policy: { ...defaultPolicy, artefacts, ...policy },
      artefactDigests: new Map([['/p/analysis/timing.pdf', reviewed]]),
      ...inputs,
    },
  )
const verdict = (of: Case) => verdictsOf(traced(of))[0]
const first = (of: Case) => traced(of).requirements[0]!

describe('an artefact that does not count closes nothing', () => {
  const cases: readonly (readonly [string, Partial<WrittenArtefact>, Partial<TraceInputs>, string])[] = [
    ['its file has other bytes', { digest: other }, {}, 'analysis: stale: A-1 (analysis/timing.pdf): its file has changed since'],
    ['its file is not there', {}, { artefactDigests: new Map() }, 'analysis: none: A-1 (analysis/timing.pdf): its file is not there'],
    ['its last day is over', { expires: '2026-02-01' }, { asOf: '2026-02-02' }, 'was in force until 2026-02-01'],
    ['its last day was not judged', { expires: '2026-02-01' }, { asOf: null }, 'judged with --as-of alone'],
    ['its date is to come', {}, { asOf: '2025-12-31' }, 'it counts from 2026-01-01'],
    ['it was made for another system', { system: other }, { baseline: { ...noBaseline, system: reviewed } }, 'made for another system'],
    ['it does not state its system', {}, { baseline: { ...noBaseline, system: reviewed } }, 'does not state its system'],
    ['it was made for an older revision', { concerns: ['R-1~1'] }, {}, 'made for an older revision'],
    ['it was made for a revision to come', { concerns: ['R-1~3'] }, {}, 'made for a revision that the item does not have yet'],
  ]
  for (const [name, parts, inputs, reason] of cases)
    test(name, () => {
      // The run states no system, so that with a baseline of one its results are stale as well; methods are asked for alone.
      const { verdict: found, missing } = first({ artefacts: [artefact(parts)], methods: ['analysis'], tests: null, inputs })
      assert.ok(found === 'stale' || found === 'uncovered', found)
      assert.ok(missing.join(' ').includes(reason), missing.join(' '))
    })

  test('beside a test that passes the requirement is verified in part', () =>
    assert.equal(verdict({ artefacts: [artefact({ digest: other })] }), 'partial'))
  test('a stale one beside a current one asks for work', () =>
    assert.equal(verdict({ artefacts: [artefact(), artefact({ id: 'A-2', digest: other })] }), 'partial'))
  test('one of another method closes no analysis', () =>
    assert.equal(verdict({ artefacts: [artefact({ method: 'inspection' })] }), 'partial'))
  test('one that concerns what no item has as its id is an error', () => {
    const set = traced({ artefacts: [artefact({ concerns: ['R-9'] })], methods: ['test'] })
    assert.deepEqual([set.passed, set.defects.map(({ kind, id }) => [kind, id])], [false, [['orphaned', 'A-1']]])
  })
})

describe('a failure is a failure of the requirement', () => {
  test('by analysis, whatever its tests say and whether it names the method', () => {
    for (const methods of [['test', 'analysis'], ['analysis'], ['test'], []] as const)
      assert.equal(verdict({ artefacts: [artefact({ result: 'failed' })], methods }), 'failed')
  })
  test('a pass does not outvote it, nor does a justification or a policy that wants tests alone', () => {
    const justified = { concerns: 'R-1', reason: 'r', author: 'a', reviewer: 'b', date: '2026-01-01', expires: '2026-12-31', place: 'p:1' }
    const policy: Partial<Policy> = { justifications: [justified], methods: 'test' }
    const artefacts = [artefact({ result: 'failed' }), artefact({ id: 'A-2' })]
    assert.equal(verdict({ artefacts, policy, inputs: { asOf: '2026-02-01' } }), 'failed')
  })
  test('of an item that wants nothing as well', () => {
    const policy: Policy = { ...defaultPolicy, artefacts: [artefact({ concerns: ['O.X'], result: 'failed' })] }
    const items = [requirement('O.X', { kind: 'objective' }), requirement('R-2')]
    const digests = new Map([['/p/analysis/timing.pdf', reviewed]])
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@R-2'])], { policy, artefactDigests: digests })), ['failed', 'passed'])
  })
  test('a failing test fails a requirement whose analysis passed', () =>
    assert.equal(verdict({ artefacts: [artefact()], methods: ['analysis'], tests: 'failed' }), 'failed'))
})

describe('what is shown', () => {
  test('test and analysis together pass; either alone is partial', () => {
    assert.equal(verdict({ artefacts: [artefact()] }), 'passed')
    assert.equal(verdict({ artefacts: [] }), 'partial')
    assert.equal(verdict({ artefacts: [artefact()], tests: null }), 'partial')
  })
  test('a requirement to be verified by analysis alone is judged by the register; without one it is not judged', () => {
    assert.equal(verdict({ artefacts: [artefact()], methods: ['analysis'], tests: null }), 'passed')
    assert.equal(verdict({ artefacts: [artefact()], methods: ['analysis', 'inspection'], tests: null }), 'partial')
    assert.equal(verdict({ artefacts: [], methods: ['analysis'], tests: null }), 'uncovered')
    assert.equal(verdict({ artefacts: null, methods: ['analysis'], tests: null }), 'not-required')
  })
  test('one artefact may concern several requirements, with their revision', () => {
    const set = traced({ artefacts: [artefact({ concerns: ['R-1~2', 'R-2'] })] })
    assert.deepEqual(
      set.requirements.map(({ methods }) => methods.map(({ method, required, state }) => [method, required, state])),
      [[['analysis', true, 'passed']], [['analysis', false, 'passed']]],
    )
  })
  test('every verdict but passed says what is missing, and passed says nothing', () => {
    const some = fc.record({
      digest: fc.constantFrom(reviewed, other),
      result: fc.constantFrom('passed' as const, 'failed' as const),
      method: fc.constantFrom('analysis' as const, 'inspection' as const),
      expires: fc.constantFrom(null, '2026-02-01'),
    })
    const methods = fc.subarray<Method>(['test', 'analysis', 'inspection'])
    const property = fc.property(
      fc.array(some, { maxLength: 4 }),
      methods,
      fc.constantFrom(null, 'passed' as const),
      (parts, named, tests) => {
        const artefacts = parts.map((own, at) => artefact({ ...own, id: `A-${at}` }))
        const { verdict: found, missing } = first({ artefacts, methods: named, tests, inputs: { asOf: '2026-03-01' } })
        assert.equal(found === 'passed', missing.length === 0, `${found}: ${missing.join('; ')}`)
        const valid = artefacts.filter(({ digest, expires }) => digest === reviewed && expires === null)
        if (found === 'passed')
          for (const method of named)
            assert.ok(method === 'test' ? tests === 'passed' : valid.some((own) => own.method === method && own.result === 'passed'))
        if (valid.some(({ result }) => result === 'failed')) assert.equal(found, 'failed')
      },
    )
    fc.assert(property, { seed: 26, numRuns: 400 })
  })
})
