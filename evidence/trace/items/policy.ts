/**
 * What a project wants of its requirements: which kind of item needs what, how tests name requirements, which states are errors, and
 * which gates must hold. Read from a file of schema `bulkhead.policy/1`, or the default below.
 */
import type { InclusionStatus } from '../../items/requirement-item.js'
import type { WrittenArtefact } from '../../items/traced-method.js'
import type { Defect } from '../../items/traced-set.js'

/**
 * `test`: needs a passing test, by itself or, where other requirements detail it, by those. `container`: holds elements, which are
 * judged in its place; without any it is judged as `test`. `below`: judged by what is below it alone. `test-case`: describes a test,
 * whose results count for what it covers. `nothing`: needs none.
 */
export const wants = ['test', 'container', 'below', 'test-case', 'nothing'] as const
export type Want = (typeof wants)[number]

/** `error`: the trace does not pass. `note`: listed. `ignore`: not listed. */
export const severities = ['error', 'note', 'ignore'] as const
export type Severity = (typeof severities)[number]

/** A bound of a gate: a number of things, or a share of the total that belongs to the measure. */
export interface GateBound {
  readonly value: number
  readonly percent: boolean
}

export interface Gate {
  /** Path in the summary: `requirements.closed`, `scenarios.passed`, `coverage.lines`, `states.orphaned`. */
  readonly measure: string
  readonly relation: 'at-least' | 'at-most'
  readonly bound: GateBound
}

export interface ReferencePattern {
  readonly source: string
  /** Group `id`, or the first group, is the id; group `revision` its revision. */
  readonly expression: RegExp
}

export interface WrittenJustification {
  readonly concerns: string
  readonly reason: string
  readonly author: string
  readonly reviewer: string
  /** ISO 8601 days. */
  readonly date: string
  readonly expires: string
  readonly place: string
}

export interface Policy {
  readonly title: string
  /** By kind in lower case with `-` between words; `*`: every other kind. */
  readonly kinds: ReadonlyMap<string, Want>
  /** Items of these words of the lifecycle need nothing. Lower case. */
  readonly excludedStatus: ReadonlySet<string>
  readonly included: ReadonlySet<InclusionStatus>
  /** Roles of links, in lower case, whose target is above or below the item that has the link; other roles relate and no more. */
  readonly above: ReadonlySet<string>
  readonly below: ReadonlySet<string>
  readonly references: {
    readonly patterns: readonly ReferencePattern[]
    /** Words before `:` that make a tag a reference, in lower case. */
    readonly prefixes: ReadonlySet<string>
    /** Whether what looks like an id of the set counts as a reference to one. */
    readonly infer: boolean
  }
  /** What a test of a container shows for each of its elements. */
  readonly containers: 'full' | 'partial' | 'nothing'
  /** Versions of the Common Criteria that may stand side by side; null: one alone, whichever it is. */
  readonly commonCriteria: ReadonlySet<string> | null
  /** `all`: a requirement that names analysis or inspection as well is no more than partly verified by tests. */
  readonly methods: 'all' | 'test'
  readonly severities: Readonly<Record<Defect['kind'], Severity>>
  readonly gates: readonly Gate[]
  readonly justifications: readonly WrittenJustification[]
  /** Analyses and inspections; null: no register, and a requirement that names no test is not judged. */
  readonly artefacts: readonly WrittenArtefact[] | null
}

const kindsThatNeedNothing =
  'threat assumption policy osp organizational-security-policy objective security-objective environment-objective objective-environment ' +
  'goal feat feature heading section chapter folder title text info information note comment definition glossary term rationale ' +
  'spd-element requirement-specification impl implementation code source function module interface justification ' +
  'audit-event management-function sar assurance assurance-component assurance-element assurance-class class family activity package base-pp ' +
  'component-definition element-definition base-unchanged ' +
  'image table figure bib'

const kindsThatDescribeTests =
  'test test-case testcase test-spec test-specification utest itest stest atest unit-test integration-test system-test tst verification'

const kindsThatContain = 'component sfr f-component functional-component'

const entries = (words: string, want: Want): readonly (readonly [string, Want])[] => words.split(' ').map((word) => [word, want])

export const defaultPolicy: Policy = {
  title: 'default policy',
  kinds: new Map<string, Want>([
    ...entries(kindsThatNeedNothing, 'nothing'),
    ...entries(kindsThatDescribeTests, 'test-case'),
    ...entries(kindsThatContain, 'container'),
    ['*', 'test'],
  ]),
  excludedStatus: new Set(['rejected', 'obsolete', 'deleted', 'withdrawn', 'retired', 'removed', 'inactive']),
  included: new Set(['mandatory', 'optional', 'objective', 'selection-based', 'implementation-based', 'unstated']),
  above: new Set(
    'refines covers satisfies derives derived-from derives-from parent parents up trace traces traces-to trace-to implements fulfils fulfills details ref refs verifies'.split(
      ' ',
    ),
  ),
  below: new Set('contains children child down refined-by satisfied-by detailed-by'.split(' ')),
  references: {
    patterns: [],
    prefixes: new Set(
      'req reqs requirement requirements verifies covers satisfies implements validates fullyverifies partiallyverifies'.split(' '),
    ),
    infer: true,
  },
  containers: 'partial',
  commonCriteria: null,
  methods: 'all',
  severities: {
    covered: 'ignore',
    uncovered: 'note',
    orphaned: 'error',
    outdated: 'error',
    predated: 'error',
    ambiguous: 'error',
    duplicate: 'error',
    unwanted: 'error',
    partial: 'note',
    justified: 'ignore',
    stale: 'note',
    dangling: 'note',
    unused: 'note',
    unreadable: 'error',
    'run-failure': 'error',
    expired: 'error',
    gate: 'error',
  },
  gates: [
    { measure: 'requirements.closed', relation: 'at-least', bound: { value: 100, percent: true } },
    { measure: 'scenarios.passed', relation: 'at-least', bound: { value: 100, percent: true } },
  ],
  justifications: [],
  artefacts: null,
}

/** Spelling under which a kind is looked up: `SOFTWARE_REQUIREMENT` and `Software requirement` are one. */
export function kindName(kind: string): string {
  return kind
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, '-')
}

export function wantOf({ kinds }: Policy, kind: string): Want {
  return kinds.get(kindName(kind)) ?? kinds.get('*') ?? 'test'
}
