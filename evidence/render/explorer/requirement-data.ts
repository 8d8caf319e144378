/** Requirements as the explorer holds them: the columns of the list, the texts for search, and details in chunks. */
import type { RequirementItem } from '../../items/requirement-item.js'
import type { SourceMapping } from '../../items/requirement-set.js'
import { traceStates, type TracedRequirement, type TracedSet, type TraceState } from '../../items/traced-set.js'
import { encodeNames, encodeNumbers, joinTexts } from './format/column.js'
import type { RequirementListData } from './format/data-shape.js'
import { requirementVerdicts } from './format/verdict-words.js'

/** Longest text of a list row, in UTF-16 code units. */
const LABEL_LENGTH = 160

export function requirementList({ requirements }: TracedSet): RequirementListData {
  const revisions = requirements.map(({ item }) => item.revision ?? '')
  return {
    count: requirements.length,
    ids: joinTexts(requirements.map(({ item }) => item.id)),
    revisions: revisions.some((revision) => revision !== '') ? joinTexts(revisions) : '',
    titles: joinTexts(requirements.map(({ item }) => label(item.title, item.text))),
    untitled: requirements.map(({ item }) => (item.title === '' ? '1' : '0')).join(''),
    unconfirmed: requirements.map(({ item }) => (isUnconfirmed(item) ? '1' : '0')).join(''),
    verdicts: encodeNames(
      requirements.map(({ verdict }) => verdict),
      requirementVerdicts,
    ),
    states: encodeNames(requirements.map(({ states }) => stateBits(states))),
    kinds: encodeNames(requirements.map(({ item }) => item.kind)),
    inclusions: encodeNames(requirements.map(({ item }) => item.inclusion)),
    sources: encodeNames(requirements.map(({ item }) => item.place.file)),
    tests: encodeNumbers(requirements.map(({ tests }) => tests.length)),
  }
}

/** A source that knows doubt says `unconfirmed` in the status of an item or in one of its attributes. */
function isUnconfirmed({ status, attributes }: RequirementItem): boolean {
  return status === 'unconfirmed' || Object.values(attributes).some((value) => typeof value === 'string' && value.startsWith('unconfirmed'))
}

/** Bit n: state n of `traceStates`; as a text, because few combinations occur and each becomes one character. */
export function stateBits(states: readonly TraceState[]): string {
  return String(states.reduce((bits, state) => bits | (1 << traceStates.indexOf(state)), 0))
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

/** Index of the item that a link names, -1: none. Of several items of an id it is the one of the revision, or the first. */
export function targetFinder(requirements: readonly TracedRequirement[]): (target: string, revision: string | null) => number {
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
