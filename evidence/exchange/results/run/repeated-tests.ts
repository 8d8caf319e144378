/**
 * Tests that a file reports more than once, as runners that repeat a failed test do: one test with all its attempts. JUnit XML and
 * the legacy Cucumber JSON have no word for a retry; equal names are all they leave.
 */
import { worstOf } from '../../../collect/fold/scenario-verdict.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { TestItem } from '../../../items/test-item.js'
import { verdictText, type ScenarioVerdict } from '../../../model/verdict.js'

export interface MergedTests {
  readonly tests: readonly TestItem[]
  readonly findings: readonly SourceFinding[]
}

/** By key, in the order of the first appearance. Attempts that do not agree are a finding, and never a pass. */
export function mergeRepeatedTests(tests: readonly TestItem[]): MergedTests {
  const byKey = new Map<string, TestItem[]>()
  for (const test of tests) {
    const same = byKey.get(test.key)
    if (same === undefined) byKey.set(test.key, [test])
    else same.push(test)
  }
  const findings: SourceFinding[] = []
  const merged = [...byKey.values()].map((attempts) => {
    const [first] = attempts
    const last = attempts.at(-1)
    if (first === undefined || last === undefined || attempts.length === 1) return first
    const verdicts = attempts.map(({ verdict }) => verdict)
    const verdict = verdictOfAttempts(verdicts)
    if (new Set(verdicts).size > 1)
      findings.push({
        kind: 'duplicate',
        id: last.name,
        text: `reported ${attempts.length} times: ${verdicts.map((each) => verdictText[each]).join(', ')}`,
        place: last.place,
      })
    return {
      ...last,
      verdict,
      references: distinctReferences(attempts),
      attempts: attempts.reduce((sum, each) => sum + each.attempts, 0),
      steps: (attempts.find((each) => each.verdict === verdict) ?? last).steps,
    }
  })
  return { tests: merged.filter((test) => test !== undefined), findings }
}

/** Passed at last, after a failure: `retried`. Otherwise the worst. */
export function verdictOfAttempts(verdicts: readonly ScenarioVerdict[]): ScenarioVerdict {
  const worst = worstOf(verdicts)
  return worst === 'failed' && verdicts.at(-1) === 'passed' ? 'retried' : worst
}

function distinctReferences(attempts: readonly TestItem[]): TestItem['references'] {
  const byText = new Map(
    attempts.flatMap(({ references }) => references.map((reference) => [`${reference.via} ${reference.text}`, reference] as const)),
  )
  return [...byText.values()]
}
