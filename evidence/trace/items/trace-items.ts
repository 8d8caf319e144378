/**
 * Traces: requirement sets, a run, coverage and a policy in, every item with its verdict, states and links out. Pure: it reads no file
 * and no clock; equal inputs give equal sets. O(items + tests + links).
 */
import { EvidenceError, printPlace } from '../../model/errors.js'
import type { CoverageReport } from '../../items/coverage-report.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../items/requirement-set.js'
import type { TestRun } from '../../items/test-run.js'
import {
  traceStates,
  type Defect,
  type RequirementVerdict,
  type TracedRequirement,
  type TracedSet,
  type TraceState,
} from '../../items/traced-set.js'
import { deepCoverage } from './deep-coverage.js'
import { Freshness, type Baseline, type RunDigests } from './freshness.js'
import { gateResults } from './gate-results.js'
import { linkItems, noPositions, type ItemLinks } from './item-links.js'
import { judgeJustifications } from './justifications.js'
import type { Policy } from './policy.js'
import { RequirementIndex } from './requirement-index.js'
import { RequirementVerdicts, type JudgedRequirement } from './requirement-verdicts.js'
import { summarise } from './summarise.js'
import { linkTests, type TestLinks } from './test-links.js'
import { TestReferences } from './test-references.js'

export interface TraceInputs {
  readonly title: string
  readonly sets: readonly RequirementSet[]
  readonly run: TestRun
  /** Null: not measured. */
  readonly coverage: CoverageReport | null
  readonly policy: Policy
  readonly baseline: Baseline
  readonly runDigests: RunDigests
  /** ISO 8601 day by which justifications are judged; null: none is in force. */
  readonly asOf: string | null
  readonly sources: TracedSet['sources']
}

/** @throws EvidenceError for what gives no answer: no requirement that needs a test, no test, ids of several Common Criteria mixed. */
export function traceItems(inputs: TraceInputs): TracedSet {
  const { sets, run, coverage, policy } = inputs
  const items = sets.length === 1 ? (sets[0]?.items ?? []) : sets.flatMap((set) => set.items)
  const mappings = sets.flatMap((set) => set.mappings)
  const findings = [...sets.flatMap((set) => set.findings), ...run.findings]
  refuseMixedVersions(items, policy)
  refuseNothing(inputs, items)
  const index = new RequirementIndex(items)
  const links = linkItems(items, mappings, index, policy)
  const references = new TestReferences(index, policy, run.tests)
  const tests = linkTests(items, run.tests, references, new Freshness(inputs.baseline, inputs.runDigests), policy)
  const justifications = judgeJustifications(policy.justifications, inputs.asOf)
  const verdicts = new RequirementVerdicts({ items, links, tests, duplicates: index.duplicates, justifications, policy })
  const judged = items.map((_, at) => verdicts.judge(at))
  if (!judged.some(({ verdict }) => verdict !== 'not-required')) refuseNoneRequired(inputs)
  const { deep, cycles } = deepCoverage(
    judged.map(({ verdict }) => verdict),
    links.below,
  )
  const requirements = items.map((item, at): TracedRequirement => {
    const own = judged[at] ?? notJudged
    return {
      item,
      index: at,
      verdict: own.verdict,
      byTest: own.byTest,
      states: statesOf(at, own, links, index.duplicates),
      deep: deep[at] ?? 'uncovered',
      tests: tests.byRequirement[at] ?? noPositions,
      above: links.above[at] ?? noPositions,
      below: links.below[at] ?? noPositions,
      missing: own.missing,
      justification: own.justification,
    }
  })
  const defects = collectDefects({ inputs, requirements, links, tests, findings, cycles, justifications, index })
  const counts = summarise({ requirements, tests: tests.tests, coverage, defects })
  const gates = gateResults(counts, defects, policy, uncoveredFunctions(coverage))
  const failedGates = gates
    .filter(({ met, name }) => !met && name !== 'defects')
    .map(({ name, wanted, found }): Defect => ({ kind: 'gate', id: name, text: `${wanted}; found: ${found}`, place: '' }))
  return {
    title: inputs.title,
    sources: inputs.sources,
    requirements,
    tests: tests.tests,
    mappings,
    coverage,
    findings,
    defects: [...failedGates, ...defects],
    gates,
    referenceRule: references.rule,
    passed: gates.every(({ met }) => met),
  }
}

const notJudged: JudgedRequirement = { verdict: 'uncovered', byTest: 'none', missing: ['no test'], justification: null }

const stateOfVerdict: Readonly<Record<RequirementVerdict, TraceState | null>> = {
  passed: 'covered',
  failed: 'covered',
  uncovered: 'uncovered',
  stale: 'stale',
  partial: 'partial',
  justified: 'justified',
  'not-required': null,
}

/** One list per state, shared: nearly every item of a large set has one state. */
const single = new Map<TraceState, readonly TraceState[]>(traceStates.map((state) => [state, [state]]))
const none: readonly TraceState[] = []

function statesOf(at: number, { verdict }: JudgedRequirement, links: ItemLinks, duplicates: ReadonlySet<number>): readonly TraceState[] {
  const main = stateOfVerdict[verdict]
  const others = links.states.get(at)
  if (others === undefined && !duplicates.has(at)) return main === null ? none : (single.get(main) ?? none)
  const all = new Set<TraceState>([
    ...(main === null ? [] : [main]),
    ...(others ?? []),
    ...(duplicates.has(at) ? (['duplicate'] as const) : []),
  ])
  return traceStates.filter((state) => all.has(state))
}

interface DefectInputs {
  readonly inputs: TraceInputs
  readonly requirements: readonly TracedRequirement[]
  readonly links: ItemLinks
  readonly tests: TestLinks
  readonly findings: readonly SourceFinding[]
  readonly cycles: readonly number[]
  readonly justifications: ReturnType<typeof judgeJustifications>
  readonly index: RequirementIndex
}

/** Worst first. */
const order: readonly Defect['kind'][] = [
  'run-failure',
  'unreadable',
  'duplicate',
  'ambiguous',
  'orphaned',
  'outdated',
  'predated',
  'unwanted',
  'expired',
  'stale',
  'uncovered',
  'partial',
  'dangling',
  'unused',
]

function collectDefects({ inputs, requirements, links, tests, findings, cycles, justifications, index }: DefectInputs): Defect[] {
  const reported = new Set(findings.map(({ place, kind }) => `${kind} ${printPlace(place)}`))
  const all: Defect[] = [
    ...inputs.run.runFailures.map((text): Defect => ({ kind: 'run-failure', id: 'run', text, place: '' })),
    ...findings.map(({ kind, id, text, place }): Defect => ({ kind, id, text, place: printPlace(place) })),
    // A reader that has reported a link without a target is not repeated.
    ...links.defects.filter(({ kind, place }) => !(kind === 'dangling' && reported.has(`dangling ${place}`))),
    ...tests.defects,
  ]
  for (const at of cycles) {
    const item = requirements[at]?.item
    if (item !== undefined) all.push(defectOf('ambiguous', item, 'its links lead back to itself: it has no deep coverage'))
  }
  for (const { item, verdict, states, missing } of requirements) {
    if (states.includes('duplicate') && !reported.has(`duplicate ${printPlace(item.place)}`))
      all.push(defectOf('duplicate', item, 'another item has the same id and revision'))
    if (verdict === 'uncovered' || verdict === 'partial') all.push(defectOf(verdict, item, missing.join('; ')))
  }
  all.push(...justificationDefects(requirements, justifications, index))
  const { severities } = inputs.policy
  return order.flatMap((kind) => (severities[kind] === 'ignore' ? [] : all.filter((defect) => defect.kind === kind)))
}

function justificationDefects(
  requirements: readonly TracedRequirement[],
  justifications: DefectInputs['justifications'],
  index: RequirementIndex,
): Defect[] {
  const used = new Map(
    requirements.flatMap(({ justification, verdict }) => (justification === null ? [] : [[justification, verdict] as const])),
  )
  return [...justifications.values()].flatMap((justification): Defect[] => {
    const { concerns, state, expires, place } = justification
    const verdict = used.get(justification)
    if (verdict === undefined) {
      const what = index.find(concerns) === null ? 'justifies what no item has as its id' : 'justifies another revision than the item has'
      return [{ kind: 'dangling', id: concerns, text: what, place }]
    }
    if (state === 'expired') return [{ kind: 'expired', id: concerns, text: `its justification was in force until ${expires}`, place }]
    if (state === 'not-judged') return [{ kind: 'unused', id: concerns, text: 'its justification is not judged: no day was given', place }]
    if (verdict === 'passed') return [{ kind: 'unused', id: concerns, text: 'its justification is not needed any more', place }]
    return []
  })
}

function defectOf(kind: Defect['kind'], { id, place }: RequirementItem, text: string): Defect {
  return { kind, id, text, place: printPlace(place) }
}

function uncoveredFunctions(coverage: CoverageReport | null): string[] {
  return (coverage?.modules ?? []).flatMap(({ path, uncoveredFunctions: functions }) =>
    functions.map(({ name, line }) => `${path}${line === null ? '' : `:${line}`} ${name}`),
  )
}

/** Component ids mean other things in other versions of the Common Criteria. */
function refuseMixedVersions(items: readonly RequirementItem[], { commonCriteria }: Policy): void {
  const first = new Map<string, RequirementItem>()
  for (const item of items) if (item.ccVersion !== null && !first.has(item.ccVersion)) first.set(item.ccVersion, item)
  const refused = commonCriteria === null ? [...first].slice(1) : [...first].filter(([version]) => !commonCriteria.has(version))
  const [found] = refused
  if (found === undefined) return
  const [version, item] = found
  const allowed = commonCriteria === null ? [...first.keys()][0] : [...commonCriteria].join(', ')
  throw new EvidenceError(
    'mixed-versions',
    item.place,
    `${item.id} is of the Common Criteria ${version}, beside ${allowed ?? 'none'}`,
    'trace them apart, or name both versions under commonCriteria in the policy',
  )
}

function refuseNothing({ sets, run }: TraceInputs, items: readonly RequirementItem[]): void {
  if (items.length === 0)
    throw new EvidenceError('no-requirement', { file: fileOf(sets) }, 'holds no requirement', 'name the file that holds the requirements')
  if (run.tests.length === 0)
    throw new EvidenceError(
      'nothing-executed',
      { file: run.files[0] ?? 'results' },
      'holds no test',
      'name the results of a run that ran something',
    )
}

function refuseNoneRequired({ sets }: TraceInputs): never {
  throw new EvidenceError(
    'no-requirement',
    { file: fileOf(sets) },
    'holds no requirement that needs a test',
    'say in the policy, under kinds, what needs one',
  )
}

const fileOf = (sets: readonly RequirementSet[]): string => sets.flatMap(({ files }) => files)[0] ?? 'requirements'
