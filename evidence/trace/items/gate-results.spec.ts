import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CoverageCount } from '../../items/coverage-report.js'
import { traceStates, type Defect, type TraceState } from '../../items/traced-set.js'
import { gateResults, type GateCounts } from './gate-results.js'
import { defaultPolicy, type Gate } from './policy.js'

const tests = { total: 0, passed: 0, failed: 0, skipped: 0, undefined: 0, pending: 0, ambiguous: 0, notRun: 0, retried: 0 }

function counts(lines: CoverageCount | null, functions: CoverageCount | null = null): GateCounts {
  return {
    requirements: { total: 1_000_000, passed: 949_999, failed: 0, partial: 0, uncovered: 50_001, stale: 0, justified: 0 },
    scenarios: tests,
    steps: tests,
    coverage: { statements: null, branches: null, functions, lines },
    states: Object.fromEntries(traceStates.map((state) => [state, 0])) as Record<TraceState, number>,
  }
}

const gate = (measure: string, relation: Gate['relation'], value: number, percent: boolean): Gate => ({
  measure,
  relation,
  bound: { value, percent },
})

function met(one: Gate, given = counts(null), functions: readonly string[] = []): readonly [boolean, string] {
  const [result] = gateResults(given, [], { ...defaultPolicy, gates: [one] }, functions)
  return [result!.met, result!.found]
}

describe('gates', () => {
  test('a share is never rounded up', () => {
    assert.deepEqual(met(gate('requirements.passed', 'at-least', 95, true)), [false, '949999 of 1000000 (94.99 %)'])
    assert.deepEqual(met(gate('requirements.passed', 'at-least', 94.999, true))[0], true)
  })
  test('a share of nothing meets no gate, in either direction', () => {
    for (const relation of ['at-least', 'at-most'] as const) {
      assert.equal(met(gate('scenarios.passed', relation, 0, true))[0], false)
      assert.equal(met(gate('coverage.lines', relation, 0, true), counts({ covered: 0, total: 0 }))[0], false)
    }
  })
  test('what is not measured meets no gate', () =>
    assert.deepEqual(met(gate('coverage.lines', 'at-least', 0, false)), [false, 'not measured']))
  test('the functions that are not covered are named', () => {
    const [, found] = met(gate('coverage.functions', 'at-least', 100, true), counts(null, { covered: 1, total: 2 }), ['a.ts:3 f'])
    assert.equal(found, '1 of 2 (50.00 %); not covered: a.ts:3 f')
  })
  test('a defect counts by the severity the policy gives its kind', () => {
    const defect: Defect = { kind: 'orphaned', id: 's', text: '', place: '' }
    const last = (severity: 'error' | 'note') =>
      gateResults(counts(null), [defect], { ...defaultPolicy, severities: { ...defaultPolicy.severities, orphaned: severity } }, []).at(-1)
    assert.deepEqual([last('error')?.met, last('note')?.met], [false, true])
  })
})
