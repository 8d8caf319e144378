/** Requirements as the explorer holds them: the columns of the list, the texts for search, and details in chunks. */
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { SourceMapping } from '../../../items/requirement-set.js'
import { traceStates, type TracedRequirement, type TracedSet, type TraceState } from '../../../items/traced-set.js'
import { FlagColumn, NameColumn, NumberColumn, TextColumn } from '../format/column-writer.js'
import type { RequirementListData } from '../format/data-shape.js'
import { requirementVerdicts } from '../format/verdict-words.js'

/** Longest text of a list row, in UTF-16 code units. */
const LABEL_LENGTH = 160

export function requirementList({ requirements }: TracedSet): RequirementListData {
  const [ids, revisions, titles] = [new TextColumn(), new TextColumn(), new TextColumn()]
  const [untitled, unconfirmed] = [new FlagColumn(), new FlagColumn()]
  const [verdicts, states] = [new NameColumn(requirementVerdicts), new NameColumn()]
  const [kinds, inclusions, sources] = [new NameColumn(), new NameColumn(), new NameColumn()]
  const tests = new NumberColumn()
  let numbered = false
  for (const requirement of requirements) {
    const { item } = requirement
    ids.add(item.id)
    revisions.add(item.revision ?? '')
    numbered ||= item.revision !== null && item.revision !== ''
    titles.add(label(item.title, item.text))
    untitled.add(item.title === '')
    unconfirmed.add(isUnconfirmed(item))
    verdicts.add(requirement.verdict)
    states.add(stateBits(requirement.states))
    kinds.add(item.kind)
    inclusions.add(item.inclusion)
    sources.add(item.place.file)
    tests.add(requirement.tests.length)
  }
  return {
    count: requirements.length,
    ids: ids.finish(),
    revisions: numbered ? revisions.finish() : '',
    titles: titles.finish(),
    untitled: untitled.finish(),
    unconfirmed: unconfirmed.finish(),
    verdicts: verdicts.finish(),
    states: states.finish(),
    kinds: kinds.finish(),
    inclusions: inclusions.finish(),
    sources: sources.finish(),
    tests: tests.finish(),
  }
}

/** A source that knows doubt says `unconfirmed` in the status of an item or in one of its attributes. */
function isUnconfirmed({ status, attributes }: RequirementItem): boolean {
  return status === 'unconfirmed' || Object.values(attributes).some((value) => typeof value === 'string' && value.startsWith('unconfirmed'))
}

/** Lists of states are shared by the items that have them, so few are worked out. */
const knownBits = new WeakMap<readonly TraceState[], string>()

/** Bit n: state n of `traceStates`; as a text, because few combinations occur and each becomes one character. */
export function stateBits(states: readonly TraceState[]): string {
  let bits = knownBits.get(states)
  if (bits === undefined) {
    bits = String(states.reduce((sum, state) => sum | (1 << traceStates.indexOf(state)), 0))
    knownBits.set(states, bits)
  }
  return bits
}

/** One line: the title, or where the source gives none the beginning of the text. */
function label(title: string, text: string): string {
  if (title !== '') return inOneLine(title)
  const line = inOneLine(text.slice(0, LABEL_LENGTH)).trim()
  return text.length > LABEL_LENGTH ? `${line} ...` : line
}

function inOneLine(text: string): string {
  return text.includes('\n') || text.includes('\t') || text.includes('  ') ? text.replace(/\s+/g, ' ') : text
}

/** Index of the item that a link of `from` names, -1: none. Of several items of an id it is the one of the revision, or the first. */
export type TargetFinder = (from: TracedRequirement, target: string, revision: string | null) => number

/** Trace has joined most links: their target is among the few neighbours, and the table of all ids is made when one is not. */
export function targetFinder(requirements: readonly TracedRequirement[]): TargetFinder {
  let find: ReturnType<typeof finderOfAll> | undefined
  const isTarget = (index: number, target: string, revision: string | null): boolean => {
    const item = requirements[index]?.item
    return item?.id === target && item.revision === revision
  }
  return ({ above, below }, target, revision) => {
    for (const neighbours of [above, below])
      if (neighbours.length <= FEW_NEIGHBOURS) for (const index of neighbours) if (isTarget(index, target, revision)) return index
    find ??= finderOfAll(requirements)
    return find(target, revision)
  }
}

/** A longer list is not searched from its start. */
const FEW_NEIGHBOURS = 16

function finderOfAll(requirements: readonly TracedRequirement[]): (target: string, revision: string | null) => number {
  const first = new Map<string, number>()
  const others = new Map<string, number[]>()
  for (const { item, index } of requirements) {
    if (!first.has(item.id)) first.set(item.id, index)
    else (others.get(item.id) ?? newList(others, item.id)).push(index)
  }
  return (target, revision) => {
    const place = first.get(target) ?? -1
    const more = revision === null ? undefined : others.get(target)
    if (more === undefined) return place
    return [place, ...more].find((index) => requirements[index]?.item.revision === revision) ?? place
  }
}

function newList<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list: Item[] = []
  lists.set(key, list)
  return list
}

/** Mappings by the ids they join; a mapping of two items stands with both. */
export function mappingsById(mappings: readonly SourceMapping[]): ReadonlyMap<string, readonly SourceMapping[]> {
  const byId = new Map<string, SourceMapping[]>()
  for (const mapping of mappings) {
    for (const id of new Set([mapping.from, mapping.to])) {
      ;(byId.get(id) ?? newList(byId, id)).push(mapping)
    }
  }
  return byId
}
