import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { scenarioVerdicts, isFailure } from '../../model/verdict.js'
import { EvidenceError } from '../../model/errors.js'
import { traceStates } from '../../items/traced-set.js'
import { noBaseline } from './freshness.js'
import { defaultPolicy, type Policy } from './policy.js'
import { summarise } from './summarise.js'
import { link, requirement, runOf, scenario, setOf, trace, verdictsOf } from './test/item-builders.js'

const day = { author: 'A. Author', reviewer: 'R. Reviewer', date: '2026-01-01', expires: '2026-06-30', place: 'policy.yaml:9' }
const digest = (sign: string) => sign.repeat(64) as never

describe('what gives no answer is refused', () => {
  const code = (wanted: string) => (error: unknown) => error instanceof EvidenceError && error.code === wanted
  test('no requirement', () => assert.throws(() => trace([], [scenario('s', [])]), code('no-requirement')))
  test('no requirement that needs a test', () =>
    assert.throws(() => trace([requirement('T.X', { kind: 'threat' })], [scenario('s', [])]), code('no-requirement')))
  test('no test', () => assert.throws(() => trace([requirement('R-1')], []), code('nothing-executed')))
  test('ids of two versions of the Common Criteria, unless the policy names both', () => {
    const items = [requirement('FDP_IFF.1', { ccVersion: '2.3' }), requirement('FDP_IFC.1', { ccVersion: '3.1' })]
    assert.throws(() => trace(items, [scenario('s', ['@FDP_IFF.1'])]), code('mixed-versions'))
    const policy: Policy = { ...defaultPolicy, commonCriteria: new Set(['2.3', '3.1']) }
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@FDP_IFF.1'])], { policy })), ['passed', 'uncovered'])
  })
})

describe('a verdict other than passed is never a pass', () => {
  for (const verdict of scenarioVerdicts.filter((name) => name !== 'passed'))
    test(`${verdict}, alone and beside a pass`, () => {
      const alone = trace([requirement('R-1')], [scenario('s', ['@R-1'], { verdict })])
      assert.deepEqual(verdictsOf(alone), [isFailure(verdict) ? 'failed' : 'uncovered'])
      const beside = trace([requirement('R-1')], [scenario('s', ['@R-1'], { verdict }), scenario('t', ['@R-1'])])
      assert.deepEqual(verdictsOf(beside), [isFailure(verdict) ? 'failed' : 'partial'])
      assert.equal(alone.passed || beside.passed, false)
    })

  test('a run with a failure outside its tests does not pass', () =>
    assert.equal(
      trace([requirement('R-1')], [], { run: runOf([scenario('s', ['@R-1'])], { runFailures: ['AfterAll hook'] }) }).passed,
      false,
    ))

  test('a test that fails without naming a requirement fails the trace', () =>
    assert.equal(trace([requirement('R-1')], [scenario('s', ['@R-1']), scenario('t', [], { verdict: 'failed' })]).passed, false))

  test('with every requirement passed and every test passed, it passes', () => {
    const set = trace([requirement('R-1'), requirement('R-2')], [scenario('s', ['@R-1', '@smoke']), scenario('t', ['@R-2'])])
    assert.equal(set.passed, true)
    assert.deepEqual(set.defects, [])
  })
})

describe('references of tests', () => {
  const items = [requirement('REQ-1'), requirement('flow.deny', { revision: '2' })]
  const statesFor = (tag: string) => trace(items, [scenario('s', [tag])]).tests[0]!

  for (const tag of ['@REQ-1', '@req:REQ-1', '@verifies=REQ-1', '@requirement("REQ-1")', '@SRS:REQ-1'])
    test(`${tag} names REQ-1`, () => assert.deepEqual([statesFor(tag).requirements, statesFor(tag).states], [[0], []]))
  for (const tag of ['@flow.deny', '@flow.deny~2', '@REQ:flow.deny~2'])
    test(`${tag} names revision 2`, () => assert.deepEqual([statesFor(tag).requirements, statesFor(tag).states], [[1], []]))
  for (const [tag, state] of [
    ['@REQ-99', 'orphaned'],
    ['@req-1', 'orphaned'],
    ['@req:nothing', 'orphaned'],
    ['@flow.deny~1', 'outdated'],
    ['@flow.deny~3', 'predated'],
    ['@REQ-1~4', 'predated'],
  ] as const)
    test(`${tag} is ${state} and covers nothing`, () =>
      assert.deepEqual([statesFor(tag).requirements, statesFor(tag).states, statesFor(tag).dangling], [[], [state], [tag]]))
  for (const tag of ['@smoke', '@BUG-12', '@issue:17', '@slow-2'])
    test(`${tag} is no reference`, () => assert.deepEqual([statesFor(tag).requirements, statesFor(tag).states], [[], []]))

  test('an id with its name space or kind before it may be named without, as long as that leads to one item', () => {
    const qualified = [requirement('req req-1'), requirement('dsn~flow', { kind: 'dsn', revision: '1' })]
    const named = (tag: string) => trace(qualified, [scenario('s', [tag])]).tests[0]!
    assert.deepEqual([named('@req-1').requirements, named('@flow').requirements, named('@flow~1').requirements], [[0], [1], [1]])
    assert.deepEqual([named('@req-2').states, named('@flow~2').states], [['orphaned'], ['predated']])
    const twice = trace([...qualified, requirement('impl~flow', { kind: 'impl' })], [scenario('s', ['@flow'])])
    assert.deepEqual(twice.tests[0]!.states, ['ambiguous'])
  })
  test('a prefix that leads to a requirement once makes every tag with it a reference', () => {
    const set = trace(items, [scenario('s', ['@SRS:typo']), scenario('t', ['@SRS:REQ-1'])])
    assert.deepEqual(set.tests[0]!.states, ['orphaned'])
    assert.match(set.referenceRule, /srs/)
  })
  test('patterns of the policy decide first', () => {
    const pattern = { source: '^@covers\\((?<id>[^)]+)\\)$', expression: /^@covers\((?<id>[^)]+)\)$/u }
    const policy: Policy = { ...defaultPolicy, references: { ...defaultPolicy.references, patterns: [pattern] } }
    const set = trace(items, [scenario('s', ['@covers(REQ-1)', '@covers(none)'])], { policy })
    assert.deepEqual([set.tests[0]!.requirements, set.tests[0]!.dangling], [[0], ['@covers(none)']])
  })
  test('an id that two items have is chosen for neither', () => {
    const set = trace([requirement('R-1'), requirement('R-1'), requirement('R-2')], [scenario('s', ['@R-1'])])
    assert.deepEqual(set.tests[0]!.states, ['ambiguous'])
    assert.deepEqual(
      set.requirements.map(({ states }) => states),
      [['uncovered', 'duplicate'], ['uncovered', 'duplicate'], ['uncovered']],
    )
  })
})

describe('links between items, OpenFastTrace user guide, "Coverage status"', () => {
  const upper = requirement('feat~a', { kind: 'req', revision: '2', needs: ['dsn'] })
  const withLink = (revision: string, kind = 'dsn') =>
    trace([upper, requirement('dsn~b', { kind, links: [link('covers', 'feat~a', { revision })] })], [scenario('s', ['@dsn~b'])])

  test('at the revision the item has: covered, shallow and deep', () => {
    const set = withLink('2')
    assert.deepEqual(
      [set.requirements[0]!.below, set.requirements[0]!.deep, set.requirements[0]!.verdict],
      [[1], 'covered', 'not-required'],
    )
  })
  for (const [revision, kind, state] of [
    ['1', 'dsn', 'outdated'],
    ['3', 'dsn', 'predated'],
    ['2', 'oth', 'unwanted'],
  ] as const)
    test(`revision ${revision} by ${kind}: ${state}, and does not cover`, () => {
      const set = withLink(revision, kind)
      assert.ok(set.requirements[1]!.states.includes(state))
      assert.deepEqual(set.requirements[0]!.below, [])
      assert.equal(set.passed, false)
    })
  test('to an item that is not there: orphaned', () =>
    assert.ok(
      trace([requirement('a', { links: [link('covers', 'b')] })], [scenario('s', ['@a'])]).requirements[0]!.states.includes('orphaned'),
    ))
  test('what an item needs and does not have makes its pass partial', () => {
    const set = trace([requirement('r', { needs: ['impl', 'utest'] })], [scenario('s', ['@r'])])
    assert.deepEqual([set.requirements[0]!.verdict, set.requirements[0]!.missing], ['partial', ['no impl covers it']])
  })
  test('results of a test case count for what it covers', () => {
    const items = [requirement('R-1'), requirement('T-1', { kind: 'test', links: [link('covers', 'R-1')] })]
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@T-1'])])), ['passed', 'not-required'])
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@T-1'], { verdict: 'failed' })])), ['failed', 'not-required'])
  })
  test('links that lead back to themselves end, and count as uncovered', () => {
    const items = [requirement('a', { links: [link('refines', 'b')] }), requirement('b', { links: [link('refines', 'a')] })]
    const set = trace(items, [scenario('s', ['@a']), scenario('t', ['@b'])])
    assert.ok(set.requirements.some(({ deep }) => deep !== 'covered'))
    assert.ok(set.defects.some(({ text }) => text.includes('back to itself')))
  })
  test('a chain of 100,000 items is judged', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => requirement(`n${i}`, i === 0 ? {} : { links: [link('refines', `n${i - 1}`)] }))
    assert.equal(trace(items, [scenario('s', ['@n99999'])]).requirements[0]!.deep, 'covered')
  })
})

describe('which requirements are counted', () => {
  const component = requirement('FDP_IFF.1', { kind: 'component' })
  const elements = ['FDP_IFF.1.1', 'FDP_IFF.1.2'].map((id) => requirement(id, { kind: 'element', parent: 'FDP_IFF.1' }))
  const counts = (tags: readonly string[]) => summarise(trace([component, ...elements], [scenario('s', tags)])).requirements

  test('a component counts through its elements', () =>
    assert.deepEqual(counts(['@FDP_IFF.1.1', '@FDP_IFF.1.2']), {
      total: 2,
      passed: 2,
      failed: 0,
      partial: 0,
      uncovered: 0,
      stale: 0,
      justified: 0,
    }))
  test('a test of the component verifies each element in part only', () => assert.equal(counts(['@FDP_IFF.1']).partial, 2))
  test('a component without elements counts itself', () =>
    assert.deepEqual(verdictsOf(trace([component], [scenario('s', ['@FDP_IFF.1'])])), ['passed']))
  test('a requirement that others detail is counted when a test names it, and then by its own tests', () => {
    const items = [requirement('S-1'), requirement('L-1', { links: [link('refines', 'S-1')] })]
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@L-1'])])), ['not-required', 'passed'])
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@L-1']), scenario('t', ['@S-1'], { verdict: 'failed' })])), [
      'failed',
      'passed',
    ])
  })
  test('threats, headings and what is rejected need no test', () => {
    const items = [
      requirement('T', { kind: 'Threat' }),
      requirement('H', { kind: 'HEADING' }),
      requirement('X', { status: 'Rejected' }),
      requirement('R'),
    ]
    assert.deepEqual(verdictsOf(trace(items, [scenario('s', ['@R'])])), ['not-required', 'not-required', 'not-required', 'passed'])
  })
  test('a requirement that names another method as well is verified in part by tests', () => {
    const set = trace([requirement('R', { methods: ['test', 'analysis'] })], [scenario('s', ['@R'])])
    assert.deepEqual(
      [set.requirements[0]!.verdict, set.requirements[0]!.byTest, set.requirements[0]!.missing],
      ['partial', 'passed', ['analysis: none']],
    )
  })
})

describe('partial verification', () => {
  const partial = (name: string) => scenario(name, [], { references: [{ text: '@R', via: 'tag', extent: 'partial', line: null }] })
  test('parts alone stay partial; a full test beside them makes it whole', () => {
    assert.deepEqual(verdictsOf(trace([requirement('R')], [partial('a'), partial('b')])), ['partial'])
    assert.deepEqual(verdictsOf(trace([requirement('R')], [partial('a'), scenario('b', ['@R'])])), ['passed'])
  })
})

describe('fresh and stale', () => {
  const at = (features: readonly (readonly [string, string])[], sourceDigest: string | null) =>
    trace([requirement('R')], [scenario('s', ['@R'], { sourceDigest: sourceDigest as never })], {
      baseline: { ...noBaseline, features: new Map(features) },
    })
  test('a result of other bytes, of a feature that is gone, or of an unstated feature is stale', () => {
    for (const set of [at([['a.feature', digest('a')]], digest('b')), at([], digest('a')), at([['a.feature', digest('a')]], null)]) {
      assert.deepEqual([verdictsOf(set), set.tests[0]!.states, set.passed], [['stale'], ['stale'], false])
    }
  })
  test('a result of the same bytes counts', () => assert.deepEqual(verdictsOf(at([['a.feature', digest('a')]], digest('a'))), ['passed']))
  test('a system that the run does not state makes every result stale', () =>
    assert.deepEqual(verdictsOf(trace([requirement('R')], [scenario('s', ['@R'])], { baseline: { ...noBaseline, system: digest('c') } })), [
      'stale',
    ]))
})

describe('justifications', () => {
  const policy: Policy = { ...defaultPolicy, justifications: [{ ...day, concerns: 'R-1', reason: 'verified on silicon' }] }
  const judged = (asOf: string | null, verdict?: 'failed') =>
    trace(
      [requirement('R-1'), requirement('R-2')],
      [scenario('s', verdict === undefined ? ['@R-2'] : ['@R-1', '@R-2'], { verdict: verdict ?? 'passed' })],
      {
        policy,
        asOf,
      },
    )
  test('closes what no test covers from its date to its last day', () => {
    for (const asOf of ['2026-01-01', '2026-06-30']) assert.deepEqual(verdictsOf(judged(asOf)), ['justified', 'passed'])
    assert.equal(judged('2026-03-01').passed, true)
  })
  test('counts neither before, nor after, nor where no day is given', () => {
    for (const asOf of ['2025-12-31', '2026-07-01', null]) assert.deepEqual(verdictsOf(judged(asOf)), ['uncovered', 'passed'])
    assert.ok(judged('2026-07-01').defects.some(({ kind }) => kind === 'expired'))
  })
  test('never closes a failure', () => assert.deepEqual(verdictsOf(judged('2026-03-01', 'failed')), ['failed', 'failed']))
  test('one that nothing needs any more, or that concerns nothing, is said', () => {
    const set = trace([requirement('R-1')], [scenario('s', ['@R-1'])], { policy, asOf: '2026-03-01' })
    assert.ok(set.defects.some(({ kind, id }) => kind === 'unused' && id === 'R-1'))
    const other = trace([requirement('R-2')], [scenario('s', ['@R-2'])], { policy, asOf: '2026-03-01' })
    assert.ok(other.defects.some(({ kind, id }) => kind === 'dangling' && id === 'R-1'))
  })
})

describe('what a reader found', () => {
  const place = { file: 'requirements.csv', line: 1 }
  const withFinding = (kind: 'dangling' | 'duplicate' | 'unused' | 'unreadable', id: string, items = [requirement('R')]) =>
    trace([], [scenario('s', ['@R'])], { sets: [setOf(items, { findings: [{ kind, id, text: 'found', place }] })] })
  test('an entry that could not be read is an error: a requirement may be lost', () =>
    assert.equal(withFinding('unreadable', 'X').passed, false))
  for (const kind of ['dangling', 'duplicate', 'unused'] as const)
    test(`${kind} of what is no requirement is listed and changes no verdict`, () => {
      const set = withFinding(kind, 'selection-1')
      assert.deepEqual([set.passed, set.defects.map((defect) => defect.kind)], [true, [kind]])
    })
  test('a link without a target is listed once', () => {
    const set = withFinding('dangling', 'S', [requirement('R', { links: [link('refines', 'S')] })])
    assert.deepEqual(
      set.defects.filter(({ kind }) => kind !== 'gate').map(({ kind }) => kind),
      ['orphaned'],
    )
  })
})

describe('properties', () => {
  const ids = fc.integer({ min: 0, max: 7 }).map((i) => `R-${i}`)
  const tests = fc.array(fc.tuple(fc.constantFrom(...scenarioVerdicts), fc.array(ids, { maxLength: 3 })), { minLength: 1, maxLength: 8 })
  const items = fc.uniqueArray(ids, { minLength: 1, maxLength: 6 })
  const build = (present: readonly string[], written: readonly (readonly [(typeof scenarioVerdicts)[number], readonly string[]])[]) =>
    trace(
      present.map((id) => requirement(id)),
      written.map(([verdict, tags], i) =>
        scenario(
          `s${i}`,
          tags.map((id) => `@${id}`),
          { verdict },
        ),
      ),
    )

  test('a requirement has passed exactly when a test names it and all that do have passed', () => {
    fc.assert(
      fc.property(items, tests, (present, written) => {
        const set = build(present, written)
        for (const { item, verdict } of set.requirements) {
          const own = written.filter(([, tags]) => tags.includes(item.id)).map(([name]) => name)
          assert.equal(verdict === 'passed', own.length > 0 && own.every((name) => name === 'passed'))
        }
      }),
      { seed: 8, numRuns: 300 },
    )
  })

  test('counts add up, and every name of a state is known', () => {
    fc.assert(
      fc.property(items, tests, (present, written) => {
        const { requirements, scenarios, states } = summarise(build(present, written))
        const { total, ...parts } = requirements
        assert.equal(
          Object.values(parts).reduce((sum, n) => sum + n, 0),
          total,
        )
        const { total: all, ...kinds } = scenarios
        assert.equal(
          Object.values(kinds).reduce((sum, n) => sum + n, 0),
          all,
        )
        assert.deepEqual(Object.keys(states), [...traceStates])
      }),
      { seed: 9, numRuns: 100 },
    )
  })

  test('the order of the tests decides nothing', () => {
    fc.assert(
      fc.property(items, tests, (present, written) => {
        assert.deepEqual(verdictsOf(build(present, written)), verdictsOf(build(present, [...written].reverse())))
      }),
      { seed: 10, numRuns: 100 },
    )
  })

  test('sets are judged together: a test may verify what another file holds', () => {
    const sets = [setOf([requirement('A-1')]), setOf([requirement('B-1')])]
    assert.deepEqual(verdictsOf(trace([], [scenario('s', ['@A-1', '@B-1'])], { sets })), ['passed', 'passed'])
  })
})
