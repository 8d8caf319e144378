/** Items for specs: what a case does not name is empty. */
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet } from '../../../items/requirement-set.js'
import type { TestItem } from '../../../items/test-item.js'
import type { TestRun } from '../../../items/test-run.js'
import type { TracedSet } from '../../../items/traced-set.js'
import { noBaseline, unstatedRun } from '../freshness.js'
import { defaultPolicy } from '../policy.js'
import { traceItems, type TraceInputs } from '../trace-items.js'

export function requirement(id: string, parts: Partial<RequirementItem> = {}): RequirementItem {
  return {
    id,
    revision: null,
    kind: 'requirement',
    title: id,
    text: `Text of ${id}`,
    rationale: '',
    inclusion: 'unstated',
    status: '',
    methods: [],
    ccVersion: null,
    parent: null,
    links: [],
    needs: [],
    operations: [],
    activities: [],
    attributes: {},
    place: { file: 'requirements.csv', line: 1 },
    ...parts,
  }
}

export function link(role: string, target: string, parts: Partial<ItemLink> = {}): ItemLink {
  return { role, target, revision: null, extent: 'full', place: { file: 'requirements.csv', line: 1 }, ...parts }
}

/** A test that passed and carries the tags. */
export function scenario(name: string, tags: readonly string[], parts: Partial<TestItem> = {}): TestItem {
  return {
    key: name,
    suite: 'suite',
    name,
    example: [],
    place: { file: 'a.feature', line: 3 },
    references: tags.map((text) => ({ text, via: 'tag', extent: 'full', line: 2 })),
    verdict: 'passed',
    attempts: 1,
    steps: [],
    sourceDigest: null,
    configurationDigest: null,
    interfaces: [],
    modules: [],
    ...parts,
  }
}

export function setOf(items: readonly RequirementItem[], parts: Partial<RequirementSet> = {}): RequirementSet {
  return { format: 'csv', version: '', title: '', files: ['requirements.csv'], items, mappings: [], findings: [], attributes: {}, ...parts }
}

export function runOf(tests: readonly TestItem[], parts: Partial<TestRun> = {}): TestRun {
  return { format: 'junit-xml', files: ['results.xml'], producers: [], tests, runFailures: [], findings: [], ...parts }
}

export function trace(items: readonly RequirementItem[], tests: readonly TestItem[], parts: Partial<TraceInputs> = {}): TracedSet {
  return traceItems({
    title: 'case',
    sets: [setOf(items)],
    run: runOf(tests),
    coverage: null,
    policy: defaultPolicy,
    baseline: noBaseline,
    runDigests: unstatedRun,
    asOf: null,
    artefactDigests: new Map(),
    sources: [],
    ...parts,
  })
}

/** Verdicts in order, for a short comparison. */
export const verdictsOf = (set: TracedSet): readonly string[] => set.requirements.map(({ verdict }) => verdict)
