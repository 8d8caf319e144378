/** The reverse directions: which tests exercised an interface entry or a module, and which requirements those tests verify. */
import type { FileCoverage } from '../../../items/coverage-report.js'
import type { TestItem } from '../../../items/test-item.js'
import type { TracedSet } from '../../../items/traced-set.js'
import { compareText } from '../../../model/text-order.js'
import { joinTexts } from '../format/column.js'
import type { Metrics, ModuleDetail, ModuleListData, UsageDetail, UsageListData } from '../format/data-shape.js'

export interface Usage {
  readonly names: readonly string[]
  readonly places: ReadonlyMap<string, number>
  readonly details: readonly UsageDetail[]
}

/** Names in the order of their text; `more`: names that nothing used. */
export function usageOf(set: TracedSet, namesOf: (test: TestItem) => readonly string[], more: readonly string[] = []): Usage {
  const users = new Map<string, number[]>(more.map((name) => [name, []]))
  for (const { item, index } of set.tests) {
    for (const name of namesOf(item)) {
      const known = users.get(name)
      if (known === undefined) users.set(name, [index])
      else if (known.at(-1) !== index) known.push(index)
    }
  }
  const names = [...users.keys()].sort(compareText)
  const seen = new Uint32Array(set.requirements.length)
  return {
    names,
    places: new Map(names.map((name, index) => [name, index])),
    details: names.map((name, index) => {
      const tests = users.get(name) ?? []
      return { tests, requirements: verifiedBy(set, tests, seen, index + 1) }
    }),
  }
}

/** `seen` holds the round in which a requirement was met: one array serves all names. */
function verifiedBy(set: TracedSet, tests: readonly number[], seen: Uint32Array, round: number): readonly number[] {
  const found: number[] = []
  for (const test of tests) {
    for (const requirement of set.tests[test]?.requirements ?? []) {
      if (seen[requirement] === round) continue
      seen[requirement] = round
      found.push(requirement)
    }
  }
  return found.sort((one, other) => one - other)
}

export function usageList({ names, details }: Usage): UsageListData {
  return {
    count: names.length,
    names: joinTexts(names),
    tests: details.map(({ tests }) => tests.length),
    requirements: details.map(({ requirements }) => requirements.length),
  }
}

export function moduleList(usage: Usage, coverage: ReadonlyMap<string, FileCoverage>): ModuleListData {
  const pairs = (metric: keyof Metrics): readonly number[] =>
    usage.names.flatMap((name) => {
      const count = coverage.get(name)?.[metric] ?? null
      return count === null ? [0, -1] : [count.covered, count.total]
    })
  return { ...usageList(usage), lines: pairs('lines'), functions: pairs('functions'), branches: pairs('branches') }
}

export function moduleDetail(usage: UsageDetail, coverage: FileCoverage | undefined, source: string | undefined): ModuleDetail {
  return {
    ...usage,
    metrics: coverage === undefined ? null : metricsOf(coverage),
    hits: coverage === undefined ? [] : hitRanges(coverage.lineHits),
    uncoveredFunctions: coverage?.uncoveredFunctions ?? [],
    ...(source === undefined ? {} : { source }),
  }
}

export function metricsOf({ statements, branches, functions, lines }: Metrics): Metrics {
  return { statements, branches, functions, lines }
}

/** Flat triples first, last, hits: neighbouring lines of equal hits are one range. */
export function hitRanges(lineHits: ReadonlyMap<number, number>): readonly number[] {
  const ranges: number[] = []
  let last = -1
  let hits = -1
  for (const [line, count] of [...lineHits].sort(([one], [other]) => one - other)) {
    if (line === last + 1 && count === hits) ranges[ranges.length - 2] = line
    else ranges.push(line, line, count)
    last = line
    hits = count
  }
  return ranges
}
