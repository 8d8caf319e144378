/**
 * An evaluator's sample of tests (ATE_IND): drawn by the evaluator's own seed, so that nobody else can foresee or steer it, and by nothing
 * else, so that anybody can draw it again. Stratified by requirement: no requirement gets a second test before each has one.
 */
import { createHash } from 'node:crypto'
import type { TestItem } from '../../items/test-item.js'
import type { RecordedTest, TracedRecord } from '../../items/traced-record.js'
import { compareText } from '../../model/text-order.js'

export interface Sample {
  /** Positions of the drawn tests, in the order of the record. */
  readonly tests: readonly number[]
  readonly population: number
  /** Requirements that some test names, and those of them that a drawn test names. */
  readonly requirements: { readonly total: number; readonly reached: number }
}

/** @param count how many tests; more than there are: all */
export function drawSample(record: TracedRecord, seed: string, count: number): Sample {
  const drawn = new Set<number>()
  const lot = (name: string): string => createHash('sha256').update(seed).update('\0').update(name).digest('hex')
  const lots = record.tests.map(({ key }) => lot(`test ${key}`))
  const byLot = (positions: readonly number[]): number[] =>
    [...positions].sort((a, b) => compareText(lots[a] ?? '', lots[b] ?? '') || a - b)
  const strata = strataOf(record)
    .map(({ name, tests }) => ({ lot: lot(`stratum ${name}`), tests: byLot(tests), next: 0 }))
    .sort((a, b) => compareText(a.lot, b.lot))
  let open = strata
  while (drawn.size < count && open.length > 0) {
    for (const stratum of open) {
      if (drawn.size >= count) break
      while (drawn.has(stratum.tests[stratum.next] ?? -1)) stratum.next++
      const test = stratum.tests[stratum.next++]
      if (test !== undefined) drawn.add(test)
    }
    open = open.filter(({ tests, next }) => next < tests.length)
  }
  const named = record.requirements.filter(({ tests }) => tests.length > 0)
  return {
    tests: [...drawn].sort((a, b) => a - b),
    population: record.tests.length,
    requirements: { total: named.length, reached: named.filter(({ tests }) => tests.some((at) => drawn.has(at))).length },
  }
}

interface Stratum {
  readonly name: string
  readonly tests: readonly number[]
}

/** One for each requirement with tests, and one for the tests that name none. */
function strataOf({ requirements, tests }: TracedRecord): Stratum[] {
  const named = requirements.flatMap(({ id, revision, tests: own }) =>
    own.length === 0 ? [] : [{ name: `${id}~${revision ?? ''}`, tests: own }],
  )
  const others = tests.flatMap(({ requirements: own }, at) => (own.length === 0 ? [at] : []))
  return others.length === 0 ? named : [...named, { name: '', tests: others }]
}

/** What the evaluator's re-run gave beside what the developer's run had given. */
export interface ReRunComparison {
  readonly agree: readonly RecordedTest[]
  readonly differ: readonly { readonly test: RecordedTest; readonly reRun: TestItem }[]
  /** In the sample and not in the re-run. */
  readonly missing: readonly RecordedTest[]
  /** In the re-run and not in the sample, or of the evaluator alone. */
  readonly others: readonly TestItem[]
}

/** @param drawn positions of the sample; the re-run is judged against these alone */
export function compareReRun(record: TracedRecord, drawn: readonly number[], reRun: readonly TestItem[]): ReRunComparison {
  const again = new Map(reRun.map((test) => [test.key, test]))
  const [agree, missing, keys] = [[] as RecordedTest[], [] as RecordedTest[], new Set<string>()]
  const differ: { readonly test: RecordedTest; readonly reRun: TestItem }[] = []
  for (const at of drawn) {
    const test = record.tests[at]
    if (test === undefined) continue
    keys.add(test.key)
    const found = again.get(test.key)
    if (found === undefined) missing.push(test)
    else if (found.verdict === test.verdict) agree.push(test)
    else differ.push({ test, reRun: found })
  }
  return { agree, differ, missing, others: reRun.filter(({ key }) => !keys.has(key)) }
}
