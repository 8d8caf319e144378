/**
 * Links from tests to requirements, both ways, and what is wrong with them. A test that names a requirement twice is linked once, as
 * fully as it says anywhere. O(tests + references).
 */
import { printPlace } from '../../model/errors.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { TestItem, TestReference } from '../../items/test-item.js'
import type { Defect, TracedTest, TraceState } from '../../items/traced-set.js'
import type { Freshness } from './freshness.js'
import { inWords, noPositions } from './item-links.js'
import { wantOf, type Policy } from './policy.js'
import type { Reference, TestReferences } from './test-references.js'

export interface TestLinks {
  readonly tests: readonly TracedTest[]
  /** By position of the requirement: tests that name it; undefined: none does. */
  readonly byRequirement: readonly (readonly number[] | undefined)[]
  /** Whether the test verifies a part of the requirement only. */
  isPartial(requirement: number, test: number): boolean
  readonly stale: ReadonlySet<number>
  readonly defects: readonly Defect[]
}

const noStates: readonly TraceState[] = []
const noTexts: readonly string[] = []

export function linkTests(
  items: readonly RequirementItem[],
  tests: readonly TestItem[],
  references: TestReferences,
  freshness: Freshness,
  policy: Policy,
): TestLinks {
  const byRequirement: (number[] | undefined)[] = new Array<undefined>(items.length).fill(undefined)
  const partial = new Set<string>()
  const stale = new Set<number>()
  const defects: Defect[] = []
  let next = 0
  const traced = tests.map((item, index): TracedTest => {
    const found = linkTest(item, references, next, items, policy, defects)
    next += item.references.length
    for (const at of found.targets) {
      const known = byRequirement[at]
      if (known === undefined) byRequirement[at] = [index]
      else known.push(index)
      if (found.parts?.has(at) === true) partial.add(`${at} ${index}`)
    }
    const reason = freshness.reasonOf(item)
    if (reason !== null) {
      stale.add(index)
      found.states = [...found.states, 'stale']
      defects.push({ kind: 'stale', id: item.name, text: reason, place: printPlace(item.place) })
    }
    return {
      item,
      index,
      states: found.states,
      requirements: found.targets,
      dangling: found.dangling,
    }
  })
  return {
    tests: traced,
    byRequirement,
    isPartial: (requirement, test) => partial.size > 0 && partial.has(`${requirement} ${test}`),
    stale,
    defects,
  }
}

interface FoundLinks {
  targets: readonly number[]
  /** Targets of which the test verifies a part only. */
  parts: Set<number> | undefined
  states: readonly TraceState[]
  dangling: readonly string[]
}

/** @param first where the references of this test begin among those of the run */
function linkTest(
  item: TestItem,
  references: TestReferences,
  first: number,
  items: readonly RequirementItem[],
  policy: Policy,
  defects: Defect[],
): FoundLinks {
  const found: FoundLinks = { targets: noPositions, parts: undefined, states: noStates, dangling: noTexts }
  for (const [at, reference] of item.references.entries()) {
    const meant = references.resolved[first + at] ?? null
    if (meant === null) continue
    if (typeof meant === 'number') {
      addTarget(found, meant, reference)
      const requirement = items[meant]
      if (requirement === undefined || !isUnwanted(requirement, policy)) continue
    } else found.dangling = [...found.dangling, reference.text]
    const kind = typeof meant === 'number' ? 'unwanted' : meant.kind
    if (!found.states.includes(kind)) found.states = [...found.states, kind]
    defects.push({ kind, id: item.name, text: `${reference.text}${whatIsWrong(meant, items)}`, place: placeOf(item, reference) })
  }
  return found
}

function addTarget(found: FoundLinks, at: number, { extent }: TestReference): void {
  const known = found.targets.includes(at)
  if (!known) found.targets = [...found.targets, at]
  if (extent === 'full') found.parts?.delete(at)
  else if (!known) (found.parts ??= new Set()).add(at)
}

function whatIsWrong(meant: NonNullable<Reference>, items: readonly RequirementItem[]): string {
  if (typeof meant === 'number') return `: it needs ${items[meant]?.needs.join(', ') ?? ''} and no test`
  if (meant.kind !== 'orphaned') return `: ${inWords[meant.kind]}`
  return ` names no requirement${meant.meant === undefined ? '' : `; ${meant.meant} exists`}`
}

/** OpenFastTrace: an item that names the kinds it needs asks for no others. */
function isUnwanted({ needs }: RequirementItem, policy: Policy): boolean {
  return needs.length > 0 && !needs.some((kind) => wantOf(policy, kind) === 'test-case')
}

function placeOf({ place }: TestItem, { line }: TestReference): string {
  return printPlace(line === null ? place : { file: place.file, line })
}
