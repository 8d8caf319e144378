/**
 * Items from the content of one ReqIF document: SPEC-OBJECTs in the order of the hierarchies, those in none after them; the object above
 * in the hierarchy is the parent, SPEC-RELATIONs are links of their source.
 */
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import type { Method } from '../../../model/verdict.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { readMethods } from '../set/verification-methods.js'
import type { ReqifContent, ReqifElement, ReqifNode, ReqifRelation } from './reqif-content.js'
import { attributesOf, ReqifIndex, type ReadValue } from './reqif-index.js'
import { fieldOf, type ReqifField } from './reqif-names.js'

/** Member of `attributes` that holds what is no attribute of the tool: IDENTIFIER, type, LAST-CHANGE, place in the hierarchy. */
const STRUCTURE = 'SPEC-OBJECT'

type Fields = Partial<Record<ReqifField, string>>

/** An object with what is needed to refer to it. */
interface KnownObject {
  readonly element: ReqifElement
  readonly id: string
  readonly fields: Fields
  readonly attributes: AttributeRecord
  readonly structure: AttributeRecord
}

interface Position {
  readonly parent: string | null
  readonly specification: string
}

export function reqifItems(content: ReqifContent, findings: SourceFinding[]): readonly RequirementItem[] {
  const index = new ReqifIndex(content, findings)
  const known = new Map(content.objects.map((element): [string, KnownObject] => [element.id, knownObject(element, index)]))
  const positions = positionsOf(content, known, index)
  const links = linksOf(content, known, index)
  const placed = [...positions.keys()]
  const loose = content.objects.map(({ id }) => id).filter((id) => !positions.has(id))
  return [...placed, ...loose].flatMap((id) => {
    const object = known.get(id)
    return object === undefined ? [] : [itemOf(object, index, positions.get(id) ?? [], links.get(id) ?? [])]
  })
}

function knownObject(element: ReqifElement, index: ReqifIndex): KnownObject {
  const { values, defaulted } = index.valuesOf(element)
  const fields = fieldsOf(values)
  const { IDENTIFIER: identifier = '', ...rest } = element.attributes
  const structure: AttributeRecord = { IDENTIFIER: identifier, ...rest }
  if (element.alternativeId !== '') structure['ALTERNATIVE-ID'] = element.alternativeId
  if (defaulted.length > 0) structure['DEFAULT-VALUE'] = defaulted
  if (element.id === '') index.report('unreadable', '', 'a SPEC-OBJECT without IDENTIFIER: nothing can refer to it', element)
  return { element, id: fields.id ?? element.id, fields, attributes: attributesOf(values), structure }
}

/** The value of the name that stands first in its list; empty values are none. */
function fieldsOf(values: readonly ReadValue[]): Fields {
  const fields: Fields = {}
  const ranks = new Map<ReqifField, number>()
  for (const { name, text } of values) {
    const found = fieldOf(name)
    if (found === undefined || text.trim() === '' || found.rank >= (ranks.get(found.field) ?? Infinity)) continue
    ranks.set(found.field, found.rank)
    fields[found.field] = text.trim()
  }
  return fields
}

function itemOf(
  { element, id, fields, attributes, structure }: KnownObject,
  index: ReqifIndex,
  positions: readonly Position[],
  links: readonly ItemLink[],
): RequirementItem {
  const type = index.types.get(element.type)
  if (type === undefined && element.type !== '')
    index.report('dangling', element.type, `${id} is of the type ${element.type}, which nothing defines`, element)
  if (positions.length > 0) structure['SPECIFICATION'] = positions.map(({ specification }) => specification)
  structure['TYPE'] = element.type
  setAttribute(attributes, STRUCTURE, structure)
  return makeItem({
    id,
    revision: fields.revision ?? null,
    kind: type?.attributes['LONG-NAME'] ?? (element.type || 'SPEC-OBJECT'),
    title: fields.title ?? element.attributes['LONG-NAME'] ?? '',
    text: fields.text ?? element.attributes['DESC'] ?? '',
    rationale: fields.rationale ?? '',
    status: fields.status ?? '',
    methods: methodsOf(fields.methods ?? '', id, element, index),
    parent: positions[0]?.parent ?? null,
    links,
    attributes,
    place: element.place,
  })
}

/** A method that is none of the model's is reported: the verdict of the others alone would be too good. */
function methodsOf(text: string, id: string, element: ReqifElement, index: ReqifIndex): readonly Method[] {
  const { methods, unknown } = readMethods(text)
  for (const word of unknown)
    index.report(
      'unreadable',
      id,
      `${id} names the verification method ${JSON.stringify(word)}, which is none of test, analysis, inspection`,
      element,
    )
  return methods
}

/** In the order of the hierarchies. An object may stand in several places: the first gives the parent. */
function positionsOf(
  content: ReqifContent,
  known: ReadonlyMap<string, KnownObject>,
  index: ReqifIndex,
): ReadonlyMap<string, readonly Position[]> {
  const positions = new Map<string, Position[]>()
  const visit = (nodes: readonly ReqifNode[], parent: string | null, specification: string) => {
    for (const node of nodes) {
      const object = known.get(node.object)
      if (object === undefined)
        index.report(
          'dangling',
          node.object,
          `the hierarchy of ${specification} has a node for ${node.object || 'no object'}, which is not in the file`,
          node,
        )
      else append(positions, node.object, { parent, specification })
      visit(node.children, object?.id ?? parent, specification)
    }
  }
  for (const specification of content.specifications)
    visit(specification.children, null, specification.attributes['LONG-NAME'] ?? specification.id)
  if (content.specifications.length > 0)
    for (const { element, id } of known.values())
      if (!positions.has(element.id)) index.report('unused', id, `${id} stands in no specification`, element)
  return positions
}

function linksOf(
  content: ReqifContent,
  known: ReadonlyMap<string, KnownObject>,
  index: ReqifIndex,
): ReadonlyMap<string, readonly ItemLink[]> {
  const links = new Map<string, ItemLink[]>()
  for (const relation of content.relations) {
    const source = known.get(relation.source)
    const target = known.get(relation.target)
    const role = index.types.get(relation.type)?.attributes['LONG-NAME'] ?? (relation.type || 'SPEC-RELATION')
    if (source === undefined || target === undefined)
      reportRelation(relation, role, source === undefined ? relation.source : relation.target, index)
    if (source === undefined) continue
    append(links, relation.source, makeLink(role, target?.id ?? relation.target, relation.place))
    const details = relationDetails(relation, index)
    if (details !== null) setAttribute(source.structure, `SPEC-RELATION ${relation.id}`, details)
  }
  return links
}

function reportRelation(relation: ReqifRelation, role: string, missing: string, index: ReqifIndex): void {
  index.report(
    'dangling',
    missing,
    `the relation ${relation.id} (${role}) leads to ${missing || 'no object'}, which is not in the file`,
    relation,
  )
}

/** What a relation says beyond its ends; null: nothing. */
function relationDetails(relation: ReqifRelation, index: ReqifIndex): AttributeRecord | null {
  const attributes = attributesOf(index.valuesOf(relation).values)
  for (const name of ['LONG-NAME', 'DESC']) {
    const value = relation.attributes[name]
    if (value !== undefined) setAttribute(attributes, name, value)
  }
  return Object.keys(attributes).length === 0 ? null : attributes
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
