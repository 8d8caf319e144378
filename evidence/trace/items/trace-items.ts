/**
 * Traces: requirement sets, a run, coverage and a policy in, every item with its verdict, states and links out. Pure: it reads no file
 * and no clock; equal inputs give equal sets. O(items + tests + links).
 */
import { EvidenceError } from '../../model/errors.js'
import type { CoverageReport } from '../../items/coverage-report.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { RequirementSet } from '../../items/requirement-set.js'
import type { TestRun } from '../../items/test-run.js'
import {
  traceStates,
  type Defect,
  type RequirementVerdict,
  type TracedRequirement,
  type TracedSet,
  type TraceState,
} from '../../items/traced-set.js'
import { collectDefects } from './trace-defects.js'
import { deepCoverage } from './deep-coverage.js'
import { Freshness, type Baseline, type RunDigests } from './freshness.js'
import { gateResults } from './gate-results.js'
import { linkItems, noPositions, type ItemLinks } from './item-links.js'
import { judgeArtefacts } from './method-artefacts.js'
import { judgeJustifications } from './justifications.js'
import type { Policy } from './policy.js'
import { RequirementIndex } from './requirement-index.js'
import { RequirementVerdicts, type JudgedRequirement } from './requirement-verdicts.js'
import { summarise } from './summarise.js'
import { linkTests } from './test-links.js'
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
  /** Of the artefacts of analysis and inspection, by path; a path that is missing has no file. SHA-256. */
  readonly artefactDigests: ReadonlyMap<string, string>
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
  const facts = { digests: inputs.artefactDigests, system: inputs.baseline.system, asOf: inputs.asOf }
  const artefacts = judgeArtefacts(policy.artefacts ?? [], facts, index)
  const verdicts = new RequirementVerdicts({
    items,
    links,
    tests,
    artefacts: artefacts.byRequirement,
    duplicates: index.duplicates,
    justifications,
    policy,
  })
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
      methods: own.methods,
    }
  })
  const { listed: defects, counted } = collectDefects({
    policy,
    runFailures: run.runFailures,
    requirements,
    links,
    tests,
    findings,
    cycles,
    justifications,
    artefacts: artefacts.defects,
    index,
  })
  const counts = summarise({ requirements, tests: tests.tests, coverage, defects })
  const gates = gateResults(counts, counted, policy, uncoveredFunctions(coverage))
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

const notJudged: JudgedRequirement = { verdict: 'uncovered', byTest: 'none', missing: ['no test'], justification: null, methods: [] }

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
