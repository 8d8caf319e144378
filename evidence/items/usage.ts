/** Which interfaces or modules the tests of a requirement exercised, as the run recorded it; for the matrices over them. */
import type { TracedRequirement, TracedSet } from './traced-set.js'

export interface Usage {
  readonly tests: number
  readonly passed: number
}

/** By name, in the order of first use. */
export function usagePairs(
  { tests }: Pick<TracedSet, 'tests'>,
  requirement: TracedRequirement,
  part: 'interfaces' | 'modules',
): ReadonlyMap<string, Usage> {
  const pairs = new Map<string, { tests: number; passed: number }>()
  for (const at of requirement.tests) {
    const item = tests[at]?.item
    if (item === undefined) continue
    for (const name of item[part]) {
      const known = pairs.get(name) ?? { tests: 0, passed: 0 }
      known.tests++
      if (item.verdict === 'passed') known.passed++
      pairs.set(name, known)
    }
  }
  return pairs
}
