/**
 * Links from tests to requirements, both ways, and what is wrong with them. A test that names a requirement twice is linked once, as
 * fully as it says anywhere. O(tests + references).
 */
import { printPlace } from '../../model/errors.js'
import type { LinkExtent, RequirementItem } from '../../items/requirement-item.js'
import type { TestItem, TestReference } from '../../items/test-item.js'
import type { Defect, TracedTest, TraceState } from '../../items/traced-set.js'
import type { Freshness } from './freshness.js'
import { inWords, noPositions } from './item-links.js'
import { wantOf, type Policy } from './policy.js'
import type { TestReferences } from './test-references.js'

export interface TestLink {
  readonly test: number
  readonly extent: LinkExtent
}

export interface TestLinks {
  readonly tests: readonly TracedTest[]
  /** By position of the requirement. */
  readonly byRequirement: ReadonlyMap<number, readonly TestLink[]>
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
  const byRequirement = new Map<number, TestLink[]>()
  const stale = new Set<number>()
  const defects: Defect[] = []
  const traced = tests.map((item, index): TracedTest => {
    const found = linkTest(item, items, references, policy, defects)
    for (const [at, extent] of found.targets) {
      const known = byRequirement.get(at)
      if (known === undefined) byRequirement.set(at, [{ test: index, extent }])
      else known.push({ test: index, extent })
    }
    const reason = freshness.reasonOf(item)
    if (reason !== null) {
      stale.add(index)
      found.states.push('stale')
      defects.push({ kind: 'stale', id: item.name, text: reason, place: printPlace(item.place) })
    }
    return {
      item,
      index,
      states: found.states.length === 0 ? noStates : found.states,
      requirements: found.targets.size === 0 ? noPositions : [...found.targets.keys()],
      dangling: found.dangling.length === 0 ? noTexts : found.dangling,
    }
  })
  return { tests: traced, byRequirement, stale, defects }
}

interface FoundLinks {
  readonly targets: Map<number, LinkExtent>
  readonly states: TraceState[]
  readonly dangling: string[]
}

function linkTest(
  item: TestItem,
  items: readonly RequirementItem[],
  references: TestReferences,
  policy: Policy,
  defects: Defect[],
): FoundLinks {
  const found: FoundLinks = { targets: new Map(), states: [], dangling: [] }
  for (const reference of item.references) {
    const meant = references.resolve(reference)
    const wrong = (kind: TraceState, text: string): void => {
      if (!found.states.includes(kind)) found.states.push(kind)
      defects.push({ kind, id: item.name, text, place: placeOf(item, reference) })
    }
    if (meant.kind === 'other') continue
    if (meant.kind === 'orphaned') {
      found.dangling.push(reference.text)
      const hint = meant.meant === undefined ? '' : `; ${meant.meant} exists`
      wrong('orphaned', `${reference.text} names no requirement${hint}`)
    } else if (meant.match.kind === 'exact') {
      const { at } = meant.match
      const requirement = items[at]
      if (requirement !== undefined && isUnwanted(requirement, policy))
        wrong('unwanted', `${reference.text}: it needs ${requirement.needs.join(', ')} and no test`)
      if (found.targets.get(at) !== 'full') found.targets.set(at, reference.extent)
    } else {
      found.dangling.push(reference.text)
      wrong(meant.match.kind, `${reference.text}: ${inWords[meant.match.kind]}`)
    }
  }
  return found
}

/** OpenFastTrace: an item that names the kinds it needs asks for no others. */
function isUnwanted({ needs }: RequirementItem, policy: Policy): boolean {
  return needs.length > 0 && !needs.some((kind) => wantOf(policy, kind) === 'test-case')
}

function placeOf({ place }: TestItem, { line }: TestReference): string {
  return printPlace(line === null ? place : { file: place.file, line })
}
