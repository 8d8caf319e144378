/** What a reader of a trace must know, worst first: faults of the run, of the sources, of links, and what is not verified. */
import { printPlace } from '../../model/errors.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { SourceFinding } from '../../items/requirement-set.js'
import type { Defect, TracedRequirement } from '../../items/traced-set.js'
import type { ItemLinks } from './item-links.js'
import type { JudgedJustification } from './justifications.js'
import type { Policy } from './policy.js'
import type { RequirementIndex } from './requirement-index.js'
import type { TestLinks } from './test-links.js'

export interface DefectInputs {
  readonly policy: Policy
  readonly runFailures: readonly string[]
  readonly requirements: readonly TracedRequirement[]
  readonly links: ItemLinks
  readonly tests: TestLinks
  readonly findings: readonly SourceFinding[]
  readonly cycles: readonly number[]
  readonly justifications: ReadonlyMap<string, JudgedJustification>
  /** Of the artefacts of analysis and inspection. */
  readonly artefacts: readonly Defect[]
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

export interface CollectedDefects {
  /** Worst first, without those the policy leaves out. */
  readonly listed: readonly Defect[]
  /** What the gate on defects judges: every fault of links and items, and of findings those that no item speaks for. */
  readonly counted: readonly Defect[]
}

export function collectDefects(inputs: DefectInputs): CollectedDefects {
  const { runFailures, requirements, links, tests, cycles, justifications, index, policy } = inputs
  const own: Defect[] = [
    ...runFailures.map((text): Defect => ({ kind: 'run-failure', id: 'run', text, place: '' })),
    ...links.defects,
    ...tests.defects,
  ]
  for (const at of cycles) {
    const item = requirements[at]?.item
    if (item !== undefined) own.push(defectOf('ambiguous', item, 'its links lead back to itself: it has no deep coverage'))
  }
  for (const { item, verdict, states, missing } of requirements) {
    if (states.includes('duplicate')) own.push(defectOf('duplicate', item, 'another item has the same id and revision'))
    if (verdict === 'uncovered' || verdict === 'partial') own.push(defectOf(verdict, item, missing.join('; ')))
  }
  for (const defect of justificationDefects(requirements, justifications, index)) own.push(defect)
  for (const defect of inputs.artefacts) own.push(defect)
  const duplicates = new Set([...index.duplicates].map((at) => requirements[at]?.item.id))
  const found = inputs.findings.filter((finding) => !isRepeated(finding, links, duplicates))
  const reported = found.map(({ kind, id, text, place }): Defect => ({ kind, id, text, place: printPlace(place) }))
  const all = [...own, ...reported]
  return {
    listed: order.flatMap((kind) => (policy.severities[kind] === 'ignore' ? [] : all.filter((defect) => defect.kind === kind))),
    // An id that stands twice inside a source and is no requirement's (a selection of a profile, say) changes no verdict.
    counted: [...own, ...reported.filter(({ kind }) => kind !== 'duplicate')],
  }
}

/** What a reader found and the links or items say again, with more. */
function isRepeated({ kind, id, place }: SourceFinding, links: ItemLinks, duplicates: ReadonlySet<string | undefined>): boolean {
  if (kind === 'dangling') return links.missing.has(`${printPlace(place)} ${id}`)
  return kind === 'duplicate' && duplicates.has(id)
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
    const { concerns, state, date, expires, place } = justification
    const verdict = used.get(justification)
    if (verdict === undefined) {
      const what = index.find(concerns) === null ? 'justifies what no item has as its id' : 'justifies another revision than the item has'
      return [{ kind: 'dangling', id: concerns, text: what, place }]
    }
    if (state === 'expired') return [{ kind: 'expired', id: concerns, text: `its justification was in force until ${expires}`, place }]
    if (state === 'not-judged')
      return [{ kind: 'unused', id: concerns, text: `its justification is not in force: it counts from ${date}, with --as-of`, place }]
    if (verdict === 'passed') return [{ kind: 'unused', id: concerns, text: 'its justification is not needed any more', place }]
    return []
  })
}

function defectOf(kind: Defect['kind'], { id, place }: RequirementItem, text: string): Defect {
  return { kind, id, text, place: printPlace(place) }
}
