/** Which interfaces or modules the tests of a requirement exercised, as the run recorded it; for the matrices over them. */
import type { TracedRequirement, TracedSet } from './traced-set.js'

export interface Usage {
  readonly tests: number
  readonly passed: number
}

const none: ReadonlyMap<string, Usage> = new Map()

/** By name, in the order of first use. */
export function usagePairs(
  { tests }: Pick<TracedSet, 'tests'>,
  requirement: TracedRequirement,
  part: 'interfaces' | 'modules',
): ReadonlyMap<string, Usage> {
  let pairs: Map<string, { tests: number; passed: number }> | undefined
  for (const at of requirement.tests) {
    const item = tests[at]?.item
    if (item === undefined || item[part].length === 0) continue
    pairs ??= new Map()
    for (const name of item[part]) {
      const known = pairs.get(name) ?? { tests: 0, passed: 0 }
      known.tests++
      if (item.verdict === 'passed') known.passed++
      pairs.set(name, known)
    }
  }
  return pairs ?? none
}
