/** Requirements as the explorer holds them: the columns of the list, the texts for search, and details in chunks. */
import { printPlace } from '../../model/errors.js'
import type { RequirementItem } from '../../items/requirement-item.js'
import type { SourceMapping } from '../../items/requirement-set.js'
import { traceStates, type TracedRequirement, type TracedSet, type TraceState } from '../../items/traced-set.js'
import { encodeNames, encodeNumbers, joinTexts } from './format/column.js'
import type { LinkDetail, RequirementDetail, RequirementListData } from './format/data-shape.js'
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
    states: encodeNumbers(requirements.map(({ states }) => stateBits(states))),
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

/** Bit n: state n of `traceStates`. */
export function stateBits(states: readonly TraceState[]): number {
  return states.reduce((bits, state) => bits | (1 << traceStates.indexOf(state)), 0)
}

/** One line: the title, or where the source gives none the beginning of the text. */
function label(title: string, text: string): string {
  if (title !== '') return /\s{2}|[\n\t]/.test(title) ? title.replace(/\s+/g, ' ') : title
  const line = text
    .slice(0, 2 * LABEL_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > LABEL_LENGTH ? `${line.slice(0, LABEL_LENGTH)}…` : line
}

/** Lets a detail name the target of a link; an id that several items have leads to the first of them. */
export function targetFinder(requirements: readonly TracedRequirement[]): (target: string) => number | undefined {
  const places = new Map<string, number>()
  for (const { item, index } of requirements) {
    if (!places.has(item.id)) places.set(item.id, index)
    if (item.revision !== null && !places.has(`${item.id}~${item.revision}`)) places.set(`${item.id}~${item.revision}`, index)
  }
  return (target) => places.get(target)
}

/** Mappings by the ids they join; a mapping of two items stands with both. */
export function mappingsById(mappings: readonly SourceMapping[]): ReadonlyMap<string, readonly SourceMapping[]> {
  const byId = new Map<string, SourceMapping[]>()
  for (const mapping of mappings) {
    for (const id of new Set([mapping.from, mapping.to])) {
      const known = byId.get(id)
      if (known === undefined) byId.set(id, [mapping])
      else known.push(mapping)
    }
  }
  return byId
}

export function requirementDetail(
  { item, byTest, deep, above, below, tests, missing, justification }: TracedRequirement,
  mappings: readonly SourceMapping[],
  find: (target: string) => number | undefined,
): RequirementDetail {
  return {
    byTest,
    deep,
    ...(item.place.line === undefined ? {} : { line: item.place.line }),
    ...(item.rationale === '' ? {} : { rationale: item.rationale }),
    ...(item.status === '' ? {} : { status: item.status }),
    ...(item.methods.length === 0 ? {} : { methods: item.methods }),
    ...(item.ccVersion === null ? {} : { ccVersion: item.ccVersion }),
    ...(item.parent === null ? {} : { parent: item.parent }),
    ...(above.length === 0 ? {} : { above }),
    ...(below.length === 0 ? {} : { below }),
    ...(tests.length === 0 ? {} : { tests }),
    ...(missing.length === 0 ? {} : { missing }),
    ...(justification === null ? {} : { justification }),
    ...(item.links.length === 0 ? {} : { links: item.links.map((link) => linkDetail(link, find)) }),
    ...(item.needs.length === 0 ? {} : { needs: item.needs }),
    ...(item.operations.length === 0 ? {} : { operations: item.operations }),
    ...(item.activities.length === 0 ? {} : { activities: item.activities }),
    ...(isEmpty(item.attributes) ? {} : { attributes: item.attributes }),
    ...(mappings.length === 0 ? {} : { mappings: mappings.map((mapping) => ({ ...mapping, place: printPlace(mapping.place) })) }),
  }
}

function linkDetail(
  { role, target, revision, extent, place }: TracedRequirement['item']['links'][number],
  find: (target: string) => number | undefined,
): LinkDetail {
  const to = (revision === null ? undefined : find(`${target}~${revision}`)) ?? find(target)
  return {
    role,
    target,
    extent,
    place: printPlace(place),
    ...(revision === null ? {} : { revision }),
    ...(to === undefined ? {} : { to }),
  }
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0
}
