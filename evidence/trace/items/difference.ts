/**
 * The difference between two traces: what was added, removed and changed, and whether anything got worse. A requirement is the same when
 * its id is, a test when its key is; a renamed test is one removed and one added. O(requirements + tests + modules).
 */
import type { CoverageCount, CoverageReport } from '../../items/coverage-report.js'
import type { RecordedRequirement, RecordedTest, TracedRecord } from '../../items/traced-record.js'
import type { RequirementVerdict } from '../../items/traced-set.js'
import { compareText } from '../../model/text-order.js'
import { scenarioVerdicts } from '../../model/verdict.js'

export interface Change {
  readonly id: string
  readonly name: string
  /** `verdict: passed to failed`, `text`, `title` ... */
  readonly what: readonly string[]
}

export interface ChangedPart {
  readonly added: readonly { readonly id: string; readonly name: string; readonly verdict: string }[]
  readonly removed: readonly { readonly id: string; readonly name: string; readonly verdict: string }[]
  readonly changed: readonly Change[]
}

export interface TraceDifference {
  readonly requirements: ChangedPart
  readonly tests: ChangedPart
  /** Totals and modules whose counts differ. */
  readonly coverage: readonly Change[]
  /** What got worse, in words; empty: nothing did. */
  readonly worse: readonly string[]
}

/** Best first; what is not required has no rank. */
const ranks: readonly RequirementVerdict[] = ['passed', 'justified', 'partial', 'stale', 'uncovered', 'failed']

export function differenceOf(old: TracedRecord, now: TracedRecord): TraceDifference {
  const worse: string[] = []
  if (old.passed && !now.passed) worse.push('the trace passed and does not any more')
  const requirements = requirementChanges(old, now, worse)
  const tests = testChanges(old, now, worse)
  const coverage = coverageChanges(old, now, worse)
  return { requirements, tests, coverage, worse }
}

function requirementChanges(old: TracedRecord, now: TracedRecord, worse: string[]): ChangedPart {
  const [before, after] = [byId(old.requirements), byId(now.requirements)]
  const describe = (id: string, { title, verdict }: RecordedRequirement): ChangedPart['added'][number] => ({ id, name: title, verdict })
  const added = [...after].filter(([id]) => !before.has(id)).map(([id, requirement]) => describe(id, requirement))
  for (const { id, verdict } of added) if (isOpen(verdict)) worse.push(`${id} is new and ${verdict}`)
  const changed = [...after].flatMap(([id, requirement]): Change[] => {
    const earlier = before.get(id)
    if (earlier === undefined) return []
    if (isWorse(earlier.verdict, requirement.verdict)) worse.push(`${id} was ${earlier.verdict} and is ${requirement.verdict}`)
    const what = [
      ...(earlier.verdict === requirement.verdict ? [] : [`verdict: ${earlier.verdict} to ${requirement.verdict}`]),
      ...(earlier.revision === requirement.revision
        ? []
        : [`revision: ${earlier.revision ?? 'none'} to ${requirement.revision ?? 'none'}`]),
      ...(['kind', 'title', 'text'] as const).filter((part) => earlier[part] !== requirement[part]),
      ...(namesOf(earlier.above, old) === namesOf(requirement.above, now) ? [] : ['what it details']),
      ...(keysOf(earlier.tests, old) === keysOf(requirement.tests, now) ? [] : ['tests']),
    ]
    return what.length === 0 ? [] : [{ id, name: requirement.title, what }]
  })
  const removed = [...before].filter(([id]) => !after.has(id)).map(([id, requirement]) => describe(id, requirement))
  return { added, removed, changed }
}

function testChanges(old: TracedRecord, now: TracedRecord, worse: string[]): ChangedPart {
  const [before, after] = [old, now].map(({ tests }) => new Map(tests.map((test) => [test.key, test]))) as [
    Map<string, RecordedTest>,
    Map<string, RecordedTest>,
  ]
  const describe = ({ key, name, verdict }: RecordedTest): ChangedPart['added'][number] => ({ id: key, name, verdict })
  const changed = [...after.values()].flatMap((test): Change[] => {
    const earlier = before.get(test.key)
    if (earlier === undefined) return []
    if (rankOfTest(test.verdict) < rankOfTest(earlier.verdict))
      worse.push(`test ${test.name} was ${earlier.verdict} and is ${test.verdict}`)
    const what = [
      ...(earlier.verdict === test.verdict ? [] : [`verdict: ${earlier.verdict} to ${test.verdict}`]),
      ...(earlier.sourceDigest === test.sourceDigest ? [] : ['feature']),
      ...(namesOf(earlier.requirements, old) === namesOf(test.requirements, now) ? [] : ['requirements']),
    ]
    return what.length === 0 ? [] : [{ id: test.key, name: test.name, what }]
  })
  const added = [...after.values()].filter(({ key }) => !before.has(key)).map(describe)
  for (const { name, verdict } of added) if (verdict !== 'passed') worse.push(`test ${name} is new and ${verdict}`)
  const removed = [...before.values()].filter(({ key }) => !after.has(key)).map(describe)
  return { added, removed, changed }
}

const metrics = ['statements', 'branches', 'functions', 'lines'] as const

function coverageChanges(old: TracedRecord, now: TracedRecord, worse: string[]): Change[] {
  const changes: Change[] = []
  const compare = (name: string, before: CoverageReport['totals'], after: CoverageReport['totals']): void => {
    const what = metrics.flatMap((metric) => {
      const [earlier, later] = [before[metric], after[metric]]
      if (print(earlier) === print(later)) return []
      if (isLess(later, earlier)) worse.push(`${metric} covered of ${name}: ${print(earlier)}, now ${print(later)}`)
      return [`${metric}: ${print(earlier)} to ${print(later)}`]
    })
    if (what.length > 0) changes.push({ id: name, name, what })
  }
  compare('all modules', old.totals, now.totals)
  const before = new Map(old.modules.map((module) => [module.path, module]))
  for (const module of now.modules) {
    const earlier = before.get(module.path)
    if (earlier !== undefined) compare(module.path, earlier, module)
  }
  return changes
}

/** A smaller share; what is not measured any more is less than anything. */
function isLess(now: CoverageCount | null, before: CoverageCount | null): boolean {
  if (before === null) return false
  return now === null || now.covered * before.total < before.covered * now.total
}

const print = (count: CoverageCount | null): string => (count === null ? 'not measured' : `${count.covered} of ${count.total}`)

/** By id, with the revision where several items have the id. */
function byId(requirements: readonly RecordedRequirement[]): Map<string, RecordedRequirement> {
  const counts = new Map<string, number>()
  for (const { id } of requirements) counts.set(id, (counts.get(id) ?? 0) + 1)
  return new Map(
    requirements.map((requirement) => {
      const { id, revision } = requirement
      return [(counts.get(id) ?? 0) > 1 && revision !== null ? `${id}~${revision}` : id, requirement]
    }),
  )
}

function isOpen(verdict: string): boolean {
  return ['failed', 'uncovered', 'stale', 'partial'].includes(verdict)
}

/** One that is not judged any more was passed by and is worse than it was, unless it never was judged. */
function isWorse(before: RequirementVerdict, after: RequirementVerdict): boolean {
  if (before === 'not-required') return isOpen(after)
  return after === 'not-required' ? !isOpen(before) : ranks.indexOf(after) > ranks.indexOf(before)
}

const rankOfTest = (verdict: RecordedTest['verdict']): number => scenarioVerdicts.indexOf(verdict)

function namesOf(positions: readonly number[], { requirements }: TracedRecord): string {
  return positions
    .map((at) => requirements[at]?.id ?? '')
    .sort(compareText)
    .join('\n')
}

function keysOf(positions: readonly number[], { tests }: TracedRecord): string {
  return positions
    .map((at) => tests[at]?.key ?? '')
    .sort(compareText)
    .join('\n')
}
