/**
 * Links between requirements, both ways, and what is wrong with them. A link counts only when it leads to one item, at the revision
 * that item has, and that item asks for what this one is (OpenFastTrace user guide, "Coverage status"). O(items + links).
 */
import { printPlace } from '../../model/errors.js'
import type { ItemLink, RequirementItem } from '../../items/requirement-item.js'
import type { SourceMapping } from '../../items/requirement-set.js'
import type { Defect, TraceState } from '../../items/traced-set.js'
import { kindName, type Policy } from './policy.js'
import type { RequirementIndex } from './requirement-index.js'

export const noPositions: readonly number[] = []

export interface ItemLinks {
  /** By position: items above and below, each once, in the order of the sources. */
  readonly above: readonly (readonly number[])[]
  readonly below: readonly (readonly number[])[]
  /** Pairs `above below` of links that verify or detail a part only. */
  readonly partial: ReadonlySet<string>
  /** By position: items it holds (elements of a component), and of each item the one that holds it. */
  readonly parts: readonly (readonly number[])[]
  readonly holder: ReadonlyMap<number, number>
  /** States that an item has for its own links. */
  readonly states: ReadonlyMap<number, readonly TraceState[]>
  readonly defects: readonly Defect[]
  /** `place id` of each link or parent without an item, under the id that has it and the id it names. */
  readonly missing: ReadonlySet<string>
}

export function linkItems(
  items: readonly RequirementItem[],
  mappings: readonly SourceMapping[],
  index: RequirementIndex,
  policy: Policy,
): ItemLinks {
  const linker = new Linker(items, index, policy)
  for (const [at, item] of items.entries()) {
    if (item.parent !== null) linker.addParent(at, item, item.parent)
    for (const link of item.links) linker.addLink(at, item, link)
  }
  for (const mapping of mappings) linker.addMapping(mapping)
  return linker
}

interface Role {
  /** In small letters. */
  readonly role: string
  readonly direction: 'above' | 'below' | 'beside'
}

/** Up to here a list is searched from its start. */
const shortList = 16

class Linker implements ItemLinks {
  readonly above: number[][] = []
  readonly below: number[][] = []
  readonly parts: number[][] = []
  readonly holder = new Map<number, number>()
  readonly partial = new Set<string>()
  private readonly roles = new Map<string, Role>()
  private readonly manyAbove = new Map<number, Set<number>>()
  readonly states = new Map<number, TraceState[]>()
  readonly defects: Defect[] = []
  readonly missing = new Set<string>()

  constructor(
    private readonly items: readonly RequirementItem[],
    private readonly index: RequirementIndex,
    private readonly policy: Policy,
  ) {
    // One list for all that have no links: most items of a large set have them in one direction only.
    const none: number[] = []
    for (const list of [this.above, this.below, this.parts]) for (let at = items.length; at > 0; at--) list.push(none)
  }

  addParent(at: number, item: RequirementItem, parent: string): void {
    const match = this.index.match(parent, null) ?? this.index.find(parent)
    if (typeof match !== 'number') {
      if (match === null) this.miss(item, parent, item.place)
      this.note('dangling', item, match === null ? `its parent ${parent} is no item` : `its parent ${parent} is not one item`, item.place)
      return
    }
    if (match === at) return
    this.hold(match, at)
    this.join(match, at)
  }

  addLink(at: number, item: RequirementItem, link: ItemLink): void {
    const { role, direction } = this.roleOf(link.role)
    const match = link.revision === null ? this.index.find(link.target) : this.index.match(link.target, link.revision)
    if (typeof match === 'number') {
      if (match !== at && direction !== 'beside') this.relate(at, match, role, direction === 'above', link)
      return
    }
    const target = printTarget(link)
    if (match === null) {
      const state = direction === 'above' ? 'orphaned' : 'dangling'
      if (state === 'orphaned') this.addState(at, state)
      this.miss(item, link.target, link.place)
      this.note(state, item, `${link.role} ${target}, which no item has as its id`, link.place)
      return
    }
    this.addState(at, match.kind)
    this.note(match.kind, item, `${link.role} ${target}: ${inWords[match.kind]}${this.revisionsOf(match.at)}`, link.place)
  }

  private relate(at: number, target: number, role: string, isAbove: boolean, link: ItemLink): void {
    const [upper, lower] = isAbove ? [target, at] : [at, target]
    const item = this.items[at]
    if (role === 'covers' && item !== undefined && this.isUnwanted(upper, item.kind)) {
      this.addState(at, 'unwanted')
      const needs = this.items[upper]?.needs.join(', ') ?? ''
      this.note('unwanted', item, `covers ${printTarget(link)}, which needs ${needs} and no ${item.kind}`, link.place)
      return
    }
    if (role === 'contains') this.hold(upper, lower)
    this.join(upper, lower)
    if (link.extent === 'partial') this.partial.add(`${upper} ${lower}`)
  }

  private roleOf(written: string): Role {
    const known = this.roles.get(written)
    if (known !== undefined) return known
    const role = written.toLowerCase()
    const direction = this.policy.above.has(role) ? 'above' : this.policy.below.has(role) ? 'below' : 'beside'
    this.roles.set(written, { role, direction })
    return { role, direction }
  }

  /** Readers report a mapping whose ends do not exist; here it joins what exists. */
  addMapping({ from, to }: SourceMapping): void {
    const [upper, lower] = [this.index.find(from), this.index.find(to)]
    if (typeof upper === 'number' && typeof lower === 'number' && upper !== lower) this.join(upper, lower)
  }

  private isUnwanted(upper: number, kind: string): boolean {
    const needs = this.items[upper]?.needs ?? []
    return needs.length > 0 && !needs.some((need) => kindName(need) === kindName(kind))
  }

  private hold(upper: number, lower: number): void {
    if (this.holder.has(lower)) return
    this.holder.set(lower, upper)
    push(this.parts, upper, lower)
  }

  private join(upper: number, lower: number): void {
    const known = this.above[lower] ?? noPositions
    if (known.length > shortList ? this.isJoined(upper, lower, known) : known.includes(upper)) return
    push(this.below, upper, lower)
    push(this.above, lower, upper)
  }

  /** Of an item with many items above it: a set, so that the work stays in proportion to the links. */
  private isJoined(upper: number, lower: number, known: readonly number[]): boolean {
    const all = this.manyAbove.get(lower) ?? new Set(known)
    this.manyAbove.set(lower, all)
    if (all.has(upper)) return true
    all.add(upper)
    return false
  }

  private addState(at: number, state: TraceState): void {
    const states = this.states.get(at) ?? []
    if (!states.includes(state)) this.states.set(at, [...states, state])
  }

  private miss({ id }: RequirementItem, target: string, place: ItemLink['place']): void {
    this.missing.add(`${printPlace(place)} ${id}`)
    this.missing.add(`${printPlace(place)} ${target}`)
  }

  private note(kind: Defect['kind'], { id }: RequirementItem, text: string, place: ItemLink['place']): void {
    this.defects.push({ kind, id, text, place: printPlace(place) })
  }

  private revisionsOf(positions: readonly number[]): string {
    const revisions = positions.slice(0, 3).map((at) => this.items[at]?.revision ?? 'none')
    return ` (${positions.length > 1 ? 'revisions' : 'revision'} ${revisions.join(', ')}${positions.length > 3 ? ' ...' : ''})`
  }
}

export const inWords = {
  outdated: 'made for an older revision than the item has',
  predated: 'made for a revision that the item does not have yet',
  ambiguous: 'several items have this id',
} as const

function printTarget({ target, revision }: ItemLink): string {
  return revision === null ? target : `${target}~${revision}`
}

function push(lists: number[][], at: number, value: number): void {
  const list = lists[at]
  if (list === undefined || list.length === 0) lists[at] = [value]
  else list.push(value)
}
