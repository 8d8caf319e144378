/**
 * Items of a plain JSON object or list: `{"reqs": [{"id": ..., "text": ..., "up": ...}], "tests": [...]}`, a bare list, or an object
 * whose member names are the ids. Members that no role takes are attributes; lists of children become items under their parent.
 */
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { SourcePlace } from '../../../model/errors.js'
import { isJsonRecord, type JsonRecord } from '../../json/json-fields.js'
import { attributeOf, noAttributes, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { readReference, splitReferences } from '../set/item-reference.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding } from '../set/make-set.js'
import { readMethods } from '../set/verification-methods.js'
import { guessColumns, type ColumnRole } from '../table/column-roles.js'
import type { JsonMap } from './json-map.js'

type Role = { readonly role: ColumnRole; readonly linkRole: string }

/** What the members of an object are, worked out once for all objects with the same member names. */
interface MemberPlan {
  readonly names: readonly string[]
  /** The member of a role; of several the first. */
  readonly first: Readonly<Partial<Record<ColumnRole, string>>>
  /** Members with links, and the role of the link. */
  readonly links: readonly (readonly [name: string, linkRole: string])[]
  readonly members: readonly PlannedMember[]
  /** Those of `childMembers` that the object has, in their order. */
  readonly children: readonly string[]
}

interface PlannedMember {
  readonly name: string
  readonly role: ColumnRole | undefined
  readonly isChild: boolean
}

/** Members that hold ids of other items, beyond the words for a column; the role of the link. */
const linkMembers: Readonly<Record<string, string>> = {
  up: 'refines',
  covers: 'covers',
  refines: 'refines',
  satisfies: 'satisfies',
  implements: 'implements',
  verifies: 'verifies',
  tests: 'verifies',
  refs: 'refines',
  traces: 'refines',
  derivedFrom: 'refines',
  derived_from: 'refines',
  dependsOn: 'depends',
  depends_on: 'depends',
}

const childMembers = ['children', 'requirements', 'subrequirements', 'items']

/** Name of a list to the kind of what it holds; other names stand for themselves, without a plural s. */
const kinds: Readonly<Record<string, string>> = {
  reqs: 'requirement',
  req: 'requirement',
  objs: 'objective',
  obj: 'objective',
  items: 'requirement',
  data: 'requirement',
  entries: 'requirement',
  '': 'requirement',
}

export function kindOfList(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1)
  return (Object.hasOwn(kinds, last) ? kinds[last] : undefined) ?? (/[^s]s$/.test(last) ? last.slice(0, -1) : last)
}

export class PlainItems {
  readonly items: RequirementItem[] = []
  private readonly plans = new Map<string, MemberPlan>()
  private last: MemberPlan | undefined

  constructor(
    private readonly map: JsonMap | undefined,
    private readonly findings: SourceFinding[],
  ) {}

  /** `name`: the member under which the item stands, when that is its id. */
  add(value: unknown, kind: string, place: SourcePlace, name = '', parent: string | null = null): void {
    if (!isJsonRecord(value)) {
      this.findings.push(finding('unreadable', name, 'entry that is no object; left out', place))
      return
    }
    const plan = this.planOf(value)
    const id = textIn(value, plan, 'id') || name
    if (id === '') {
      this.findings.push(finding('unreadable', '', 'entry without an id; left out', place))
      return
    }
    this.items.push(this.item(id, value, plan, kind, place, parent))
    for (const child of plan.children) {
      const list = value[child]
      if (isItemList(list)) for (const entry of list) this.add(entry, kind, place, '', id)
    }
  }

  /** Has a text or a title. */
  describes(value: JsonRecord): boolean {
    const plan = this.planOf(value)
    return textIn(value, plan, 'text') !== '' || textIn(value, plan, 'title') !== ''
  }

  private item(id: string, value: JsonRecord, plan: MemberPlan, kind: string, place: SourcePlace, parent: string | null): RequirementItem {
    const text = (role: ColumnRole): string => textIn(value, plan, role)
    const read = readMethods(text('methods'))
    for (const word of read.unknown)
      this.findings.push(finding('unreadable', id, `verification method ${JSON.stringify(word)} is no test, analysis or inspection`, place))
    return makeItem({
      id,
      revision: text('revision') || null,
      kind: text('kind') || (this.map?.kind ?? kind),
      title: text('title'),
      text: text('text'),
      rationale: text('rationale'),
      status: text('status'),
      methods: read.methods,
      parent: text('parent') || parent,
      links: links(value, plan, place),
      attributes: attributes(value, plan),
      place,
    })
  }

  private planOf(value: JsonRecord): MemberPlan {
    const names = Object.keys(value)
    if (this.last !== undefined && equalNames(this.last.names, names)) return this.last
    const key = names.join('\u0000')
    const plan = this.plans.get(key) ?? this.planFor(names)
    this.plans.set(key, plan)
    this.last = plan
    return plan
  }

  private planFor(names: readonly string[]): MemberPlan {
    const roles = this.map === undefined ? guessRoles(names) : new Map([...this.map.fields].filter(([name]) => names.includes(name)))
    const first: Partial<Record<ColumnRole, string>> = {}
    for (const [name, { role }] of roles) first[role] ??= name
    const links = [...roles].filter(([, { role }]) => role === 'links').map(([name, { linkRole }]) => [name, linkRole] as const)
    const members = names.map((name) => ({ name, role: roles.get(name)?.role, isChild: childMembers.includes(name) }))
    return { names, first, links, members, children: childMembers.filter((name) => names.includes(name)) }
  }
}

function equalNames(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Lists are joined by commas: methods and parents may stand in one. */
function textIn(value: JsonRecord, { first }: MemberPlan, role: ColumnRole): string {
  const name = first[role]
  return name === undefined ? '' : scalar(value[name])
}

function guessRoles(names: readonly string[]): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>()
  const linked = new Set(names.filter((name) => Object.hasOwn(linkMembers, name)))
  for (const name of linked) roles.set(name, { role: 'links', linkRole: linkMembers[name] ?? 'refines' })
  const rest = names.filter((name) => !linked.has(name) && !childMembers.includes(name))
  const guessed = guessColumns(rest) ?? guessColumns([...rest, 'id'])
  rest.forEach((name, i) => {
    const role = guessed?.roles[i] ?? null
    if (role !== null) roles.set(name, { role, linkRole: 'refines' })
  })
  return roles
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(scalar).join(', ')
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function links(value: JsonRecord, plan: MemberPlan, place: SourcePlace): ItemLink[] {
  const found: ItemLink[] = []
  for (const [name, linkRole] of plan.links)
    for (const target of targets(value[name])) {
      const { id, revision } = readReference(target)
      found.push(makeLink(linkRole, id, place, revision))
    }
  return found
}

/** Ids in a text, a list of texts, or a list of objects with an id. */
function targets(value: unknown): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((entry: unknown) =>
      isJsonRecord(entry) ? targets(entry['id'] ?? entry['target']) : typeof entry === 'string' ? [entry] : [],
    )
  return typeof value === 'string' ? splitReferences(value, ',') : []
}

function attributes(value: JsonRecord, { members }: MemberPlan): Readonly<AttributeRecord> {
  let kept: AttributeRecord | undefined
  for (const { name, role, isChild } of members) {
    const content = value[name]
    if (content === null || (isChild && isItemList(content))) continue
    if (role === undefined || role === 'methods' || isLost(content, role)) setAttribute((kept ??= {}), name, attributeOf(content))
  }
  return kept ?? noAttributes
}

/** A field that held something else than a text, or links that held something else than ids. */
function isLost(content: unknown, role: ColumnRole): boolean {
  if (role === 'links') return Array.isArray(content) ? content.some((entry) => typeof entry !== 'string') : typeof content !== 'string'
  return typeof content === 'object'
}

export function isItemList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isJsonRecord)
}
