/**
 * A traced set of any size for specs and benches of what renders items: every verdict, every state, scenarios with comparisons, modules
 * with lines, and names that would run if a page took them for markup. Counts follow from the index alone, so two calls are equal.
 */
import type { Digest } from '../../model/ids.js'
import { scenarioVerdicts, type ScenarioVerdict } from '../../model/verdict.js'
import type { FileCoverage } from '../../items/coverage-report.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { TestItem, TestStep } from '../../items/test-item.js'
import type { TracedArtefact, TracedMethod } from '../../items/traced-method.js'
import type { RequirementVerdict, TracedRequirement, TracedSet, TracedTest, TraceState } from '../../items/traced-set.js'

/** Names that a page which parses texts as markup would execute: `window.attacked` says so. */
export const HOSTILE_NAMES = [
  '<img src=x onerror="window.attacked=1">',
  '</script><script>window.attacked=1</script>',
  '"><svg onload=window.attacked=1>',
  '{{constructor.constructor("window.attacked=1")()}}',
  'javascript:window.attacked=1',
  '<!--<script>line\u2028separator\u2029and \u007f delete',
  "';window.attacked=1;//",
  '\u202eevil right to left',
] as const

const CLASSES = ['FAU', 'FDP', 'FIA', 'FMT', 'FPT', 'FRU'] as const
const SUBJECTS = ['partition', 'port', 'audit record', 'page table', 'interrupt', 'channel', 'schedule', 'device'] as const
const RULES = [
  'denies what the configuration does not list',
  'keeps its window to the exact cycle',
  'leaves memory of other subjects unchanged',
  'records the refusal with its subject and object',
  'is erased before another subject receives it',
  'answers within its bound of model cycles',
] as const

const MODULES = 240

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** About one test for each requirement; one requirement in ten stands above nine others. */
export function sampleSet(size: number): TracedSet {
  const requirements = Array.from({ length: size }, (_, index) => requirement(index, size))
  const tests = Array.from({ length: size }, (_, index) => test(index))
  return {
    title: 'Separation kernel, certification build 4',
    sources: [
      { role: 'requirements', format: 'niap-xml', files: ['requirements/skpp.xml', 'requirements/derived.csv'], digest: 'a1'.repeat(32) },
      {
        role: 'results',
        format: 'cucumber-messages',
        files: Array.from({ length: 12 }, (_, shard) => `results/shard-${shard + 1}.ndjson`),
        digest: 'b2'.repeat(32),
      },
      { role: 'coverage', format: 'v8', files: ['coverage/coverage-final.json'], digest: 'c3'.repeat(32) },
      { role: 'policy', format: 'bulkhead-policy', files: ['policy.yaml'], digest: 'd4'.repeat(32) },
    ],
    requirements,
    tests,
    mappings: [
      {
        from: requirements[0]?.item.id ?? '',
        to: 'O.SEPARATION',
        rationale: 'Isolation is the objective it serves.',
        place: { file: 'requirements/skpp.xml', line: 88 },
      },
    ],
    coverage: {
      format: 'v8',
      files: ['coverage/coverage-final.json'],
      metric: 'V8 block coverage folded to lines: which blocks ran, not which outcomes a decision took',
      modules: Array.from({ length: MODULES }, (_, index) => moduleCoverage(index)),
      totals: {
        statements: { covered: 18_211, total: 19_000 },
        branches: null,
        functions: { covered: 1_790, total: 1_801 },
        lines: { covered: 18_211, total: 19_000 },
      },
    },
    findings: [
      { kind: 'duplicate', id: 'FDP_IFF.1.2', text: 'two entries have this id', place: { file: 'requirements/derived.csv', line: 12 } },
    ],
    defects: requirements
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ item }) => ({
        kind: 'gate' as const,
        id: item.id,
        text: 'a test that verifies it failed',
        place: `${item.place.file}:${item.place.line ?? 1}`,
      })),
    gates: [
      { name: 'requirements passed', wanted: 'at least 95 %', found: '83.1 %', met: false },
      { name: 'failed scenarios', wanted: 'at most 0', found: String(Math.floor(size / 90)), met: size < 90 },
      { name: 'lines covered', wanted: 'at least 95 %', found: '95.8 %', met: true },
      { name: 'functions covered', wanted: '100 %', found: '99.3 %', met: false },
    ],
    referenceRule: 'A tag @REQ:<id> or @<id> names a requirement; an id may carry ~revision.',
    passed: false,
  }
}

/** The first items carry the hostile names, in every text that a source can set. */
export function hostileSet(): TracedSet {
  const set = sampleSet(40)
  const name = (index: number): string => pick(HOSTILE_NAMES, index)
  return {
    ...set,
    title: name(0),
    requirements: set.requirements.map((traced, index) => ({
      ...traced,
      missing: [name(index)],
      item: {
        ...traced.item,
        id: `${name(index)} ${index}`,
        title: name(index),
        text: name(index),
        rationale: name(index),
        kind: name(index),
        attributes: { [name(index)]: name(index) },
      },
    })),
    tests: set.tests.map((traced, index) => ({
      ...traced,
      dangling: [name(index)],
      item: {
        ...traced.item,
        key: `${name(index)} ${index}`,
        name: name(index),
        suite: name(index),
        interfaces: [name(index)],
        modules: [name(index)],
        steps: traced.item.steps.map((step) => ({ ...step, text: name(index), message: name(index) })),
      },
    })),
    defects: set.defects.map((defect, index) => ({ ...defect, id: name(index), text: name(index), place: name(index) })),
    referenceRule: name(1),
  }
}

function verdictOf(index: number): RequirementVerdict {
  if (index % 97 === 13) return 'failed'
  if (index % 50 === 7) return 'uncovered'
  if (index % 61 === 9) return 'stale'
  if (index % 43 === 5) return 'partial'
  if (index % 120 === 11) return 'justified'
  return index % 25 === 24 ? 'not-required' : 'passed'
}

function requirement(index: number, size: number): TracedRequirement {
  const verdict = verdictOf(index)
  const leaf = index % 10 !== 0
  const below = leaf ? [] : Array.from({ length: 9 }, (_, offset) => index + 1 + offset).filter((other) => other < size)
  const states: TraceState[] = verdict === 'uncovered' ? ['uncovered'] : verdict === 'stale' ? ['covered', 'stale'] : ['covered']
  return {
    item: requirementItem(index, leaf),
    index,
    verdict,
    byTest:
      verdict === 'failed'
        ? 'failed'
        : verdict === 'uncovered' || verdict === 'justified'
          ? 'none'
          : verdict === 'stale'
            ? 'stale'
            : verdict === 'partial'
              ? 'partial'
              : 'passed',
    states,
    deep: verdict === 'uncovered' ? 'uncovered' : verdict === 'partial' ? 'partial' : verdict === 'justified' ? 'justified' : 'covered',
    tests: verdict === 'uncovered' || verdict === 'justified' ? [] : index % 7 === 3 ? [index, (index + 1) % size] : [index],
    above: leaf ? [index - (index % 10)] : [],
    below,
    missing:
      verdict === 'passed' || verdict === 'not-required'
        ? []
        : [pick(['no scenario names it', 'scenario "denied flow is audited" failed', 'result obtained with other feature text'], index)],
    justification:
      verdict === 'justified'
        ? {
            concerns: `R-${index}`,
            reason: 'Shown by inspection of the generated vector; no scenario can reach it.',
            author: 'A. Author',
            reviewer: 'R. Reviewer',
            date: '2026-09-01',
            expires: '2027-03-01',
            state: 'current',
          }
        : null,
    methods: index % 83 === 6 ? [inspected(index)] : [],
  }
}

function inspected(index: number): TracedMethod {
  const artefact: TracedArtefact = {
    id: `INS-${index}`,
    concerns: [`R-${index}`],
    method: 'inspection',
    title: 'Inspection of the generated vector',
    file: 'inspections/vector.md',
    digest: 'a'.repeat(64),
    system: null,
    author: 'A. Author',
    reviewer: 'R. Reviewer',
    date: '2026-09-01',
    expires: null,
    result: 'passed',
    place: 'artefacts.yaml:3',
    state: 'stale',
    reason: 'its file has changed since',
  }
  return { method: 'inspection', required: false, state: 'stale', detail: artefact.reason, artefacts: [artefact] }
}

function requirementItem(index: number, leaf: boolean): RequirementItem {
  const family = pick(CLASSES, Math.floor(index / 40))
  const subject = pick(SUBJECTS, index * 7)
  const rule = pick(RULES, index * 5)
  return {
    id: leaf ? `${family}_SEP.${Math.floor(index / 10) + 1}.${index % 10}` : `${family}_SEP.${Math.floor(index / 10) + 1}`,
    revision: index % 4 === 0 ? '2' : null,
    kind: leaf ? pick(['element', 'derived requirement', 'element', 'interface requirement'], index) : 'component',
    title: leaf && index % 3 === 0 ? '' : `The ${subject} ${rule}`,
    text: `Under every configured schedule the ${subject} ${rule}. A subject that asks for more is refused, the refusal is audited, and nothing else changes (case ${index}).`,
    rationale: leaf ? '' : 'Derived from the information flow policy.',
    inclusion: 'mandatory',
    status: index % 11 === 0 ? 'unconfirmed' : '',
    methods: index % 2 === 0 ? ['test'] : ['test', 'analysis'],
    ccVersion: '2.3',
    parent: leaf ? `${family}_SEP.${Math.floor(index / 10) + 1}` : null,
    links: leaf
      ? [
          {
            role: 'refines',
            target: index % 77 === 1 ? 'O.ABSENT' : `${family}_SEP.${Math.floor(index / 10) + 1}`,
            revision: null,
            extent: index % 9 === 2 ? 'partial' : 'full',
            place: { file: 'requirements/skpp.xml', line: index + 11 },
          },
        ]
      : [],
    needs: [],
    operations: index % 40 === 2 ? [{ kind: 'assignment', id: 'list of audit events', choices: [], decided: null }] : [],
    activities:
      index % 40 === 2
        ? [
            { kind: 'TSS', text: 'The evaluator shall examine the description of the schedule.', explicitNone: false },
            { kind: 'Guidance', text: '', explicitNone: true },
          ]
        : [],
    attributes: index % 5 === 0 ? { allocation: 'kernel/separation', safety: 'none' } : {},
    place: { file: leaf ? 'requirements/skpp.xml' : 'requirements/derived.csv', line: index + 10 },
  }
}

function test(index: number): TracedTest {
  const verdict: ScenarioVerdict =
    verdictOf(index) === 'failed' ? 'failed' : index % 400 === 399 ? pick(scenarioVerdicts, Math.floor(index / 400)) : 'passed'
  return {
    item: testItem(index, verdict),
    index,
    states: verdict === 'passed' ? ['covered'] : ['partial'],
    requirements: verdictOf(index) === 'uncovered' || verdictOf(index) === 'justified' ? [] : [index],
    dangling: index % 200 === 199 ? ['@REQ:absent'] : [],
  }
}

function testItem(index: number, verdict: ScenarioVerdict): TestItem {
  const subject = pick(SUBJECTS, index * 7)
  return {
    key: (index * 2_654_435_761).toString(16).padStart(16, '0').slice(-16),
    suite: `${pick(SUBJECTS, Math.floor(index / 20))} under attack`,
    name: `The ${subject} ${pick(RULES, index * 5)}`,
    example: index % 6 === 0 ? [`case=${index}`] : [],
    place: { file: `features/${pick(SUBJECTS, Math.floor(index / 20)).replace(' ', '-')}.feature`, line: (index % 20) * 9 + 7 },
    references: [{ text: `@REQ:R-${index}`, via: 'tag', extent: 'full', line: (index % 20) * 9 + 6 }],
    verdict,
    attempts: verdict === 'not-run' ? 0 : 1,
    steps: [
      step('Given', `the system "two-partitions" with a ${subject}`, 'PASSED', index),
      step('When', 'the system runs for 1 major frame', 'PASSED', index),
      step('Then', `register a0 of partition "display" holds the error PERM`, verdict === 'passed' ? 'PASSED' : 'FAILED', index),
      step('And', 'the audit trail holds 1 record "flow denied"', verdict === 'passed' ? 'PASSED' : 'SKIPPED', index),
    ],
    sourceDigest: 'e5'.repeat(32) as Digest,
    configurationDigest: null,
    interfaces: [pick(['port_send', 'port_receive', 'window_start', 'trap: guest-page fault', 'exit_page', 'audit_read'], index)],
    modules: [0, 1, 2].map((offset) => modulePath((index * 3 + offset) % MODULES)),
  }
}

function step(keyword: string, text: string, status: TestStep['status'], index: number): TestStep {
  const compares = keyword === 'Then'
  const holds = status === 'PASSED'
  return {
    kind: 'step',
    keyword,
    text,
    status,
    message: status === 'FAILED' ? 'Expected PERM (-2), observed OK (0)' : '',
    comparisons: compares
      ? [
          {
            what: 'a0 of display',
            expected: 'PERM (-2)',
            observed: holds ? 'PERM (-2)' : 'OK (0)',
            comparison: 'equal',
            source: index % 3 === 0 ? 'register' : 'memory',
            holds,
          },
        ]
      : [],
  }
}

function modulePath(index: number): string {
  return `kernel/separation/${pick(['memory', 'ipc', 'scheduler', 'audit', 'time'], index)}/module-${index}.ts`
}

function moduleCoverage(index: number): FileCoverage {
  const total = 40 + (index % 60)
  const missed = index % 4 === 0 ? 6 + (index % 20) : 0
  const lineHits = new Map(
    Array.from({ length: total }, (_, line): [number, number] => [line + 5 + Math.floor(line / 9), line < missed ? 0 : 3 + (index % 5)]),
  )
  return {
    path: modulePath(index),
    statements: null,
    branches: index % 5 === 0 ? null : { covered: total - missed, total },
    functions: { covered: missed > 0 ? 7 : 8, total: 8 },
    lines: { covered: total - missed, total },
    lineHits,
    uncoveredFunctions: missed > 0 ? [{ name: 'refuse', line: 6 }] : [],
  }
}
