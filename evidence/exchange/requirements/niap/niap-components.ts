/**
 * Components and elements, functional and assurance, of one document. A component with the status `invisible` only defines a base for
 * iterations (it is published in the extended component definitions alone): its items are of the kinds `...-definition`.
 */
import type { AttributeValue, InclusionStatus, ItemActivity, RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem } from '../set/make-item.js'
import { activitiesOf, auditEventsOf } from './niap-activities.js'
import { dependenciesOf, idsIn } from './niap-dependencies.js'
import { childNamed, childrenNamed, elementsNamedBelow, type NiapDocument, type PlacedElement } from './niap-document.js'
import { componentId, elementId } from './niap-ids.js'
import { operationsOf, selectableIds, type NiapChoice } from './niap-operations.js'
import type { NiapText } from './niap-text.js'

export interface NiapContext {
  readonly document: NiapDocument
  readonly text: NiapText
  readonly ccVersion: string | null
  readonly findings: SourceFinding[]
  /** Of all documents read together. */
  readonly choices: Map<string, NiapChoice>
}

const STATUSES: Readonly<Record<string, InclusionStatus>> = {
  mandatory: 'mandatory',
  threshold: 'mandatory',
  optional: 'optional',
  objective: 'objective',
  'sel-based': 'selection-based',
  'feat-based': 'implementation-based',
  'impl-dep': 'implementation-based',
  invisible: 'unstated',
}

/** Where a PP-Module puts its components says the same. */
const CONTAINERS: Readonly<Record<string, InclusionStatus>> = {
  'man-sfrs': 'mandatory',
  'modified-sfrs': 'mandatory',
  'additional-sfrs': 'mandatory',
  'opt-sfrs': 'optional',
  'obj-sfrs': 'objective',
  'sel-sfrs': 'selection-based',
  'impl-dep-sfrs': 'implementation-based',
}

/** Children with a field of their own; the others are kept as attributes. */
const HANDLED = new Set([
  'f-element',
  'a-element',
  'title',
  'aactivity',
  'audit-event',
  'depends',
  'selection-depends',
  'consistency-rationale',
])

export function componentsOf(context: NiapContext): readonly RequirementItem[] {
  const placed = context.document.all('f-component', 'a-component')
  return placed.flatMap((component) => componentItems(component, context))
}

function componentItems({ element: component, ancestors }: PlacedElement, context: NiapContext): readonly RequirementItem[] {
  const id = componentId(component)
  const place = context.document.placeOf(component)
  if (id === undefined || id === '') {
    context.findings.push({ kind: 'unreadable', id: component.attributes['name'] ?? '', text: 'a component without cc-id and id', place })
    return []
  }
  const inclusion = inclusionOf(component, ancestors, context.document)
  const { text, document } = context
  const elements = elementsNamedBelow(component, 'f-element', 'a-element')
  const { name: title = '', iteration } = component.attributes
  const item = makeItem({
    id,
    kind: kindOf(component, component, 'component'),
    title,
    rationale: childrenNamed(component, 'consistency-rationale')
      .map((part) => text.of(part))
      .join('\n'),
    inclusion,
    status: component.attributes['status'] ?? '',
    ccVersion: context.ccVersion,
    links: dependenciesOf(component, context),
    operations: iteration === undefined ? [] : [{ kind: 'iteration', id: iteration, choices: [], decided: iteration }],
    activities: [component, ...elements].flatMap((part) =>
      part === component ? ownActivities(part, text) : activitiesOf(part, 'component', text, document.spelledIds),
    ),
    attributes: {
      ...attributesOf(component, text),
      ...containerAttributes(ancestors),
      ...dependsAttribute(component),
      ...auditAttribute(component, text),
      ...decisionAttribute(component, document),
    },
    place,
  })
  return [item, ...elements.flatMap((element) => elementItem(component, element, item, context))]
}

/** An activity that stands in the component, outside of its elements. */
function ownActivities(component: XmlElement, text: NiapText): readonly ItemActivity[] {
  const outside = { ...component, children: component.children.filter(({ name }) => !/(?:element|group)$/u.test(name)) }
  return activitiesOf(outside, 'component', text, false)
}

function elementItem(
  component: XmlElement,
  element: XmlElement,
  parent: RequirementItem,
  context: NiapContext,
): readonly RequirementItem[] {
  const { text, document, findings } = context
  const id = elementId(component, element)
  const place = document.placeOf(element)
  const title = childNamed(element, 'title')
  if (id === undefined || id === '') {
    findings.push({ kind: 'unreadable', id: parent.id, text: `an element of ${parent.id} without an id`, place })
    return []
  }
  if (title === undefined) findings.push({ kind: 'unreadable', id, text: `the wording of ${id}: the element has no title`, place })
  return [
    makeItem({
      id,
      kind: kindOf(component, element, 'element'),
      title: parent.title,
      text: title === undefined ? '' : text.of(title),
      inclusion: STATUSES[element.attributes['status'] ?? ''] ?? parent.inclusion,
      status: element.attributes['status'] ?? parent.status,
      ccVersion: parent.ccVersion,
      parent: parent.id,
      operations: title === undefined ? [] : operationsOf(title, id, text, context.choices),
      activities: activitiesOf(element, 'element', text, document.spelledIds),
      attributes: { ...attributesOf(element, text), ...selectableAttribute(title, text), ...decisionAttribute(element, document) },
      place,
    }),
  ]
}

function kindOf(component: XmlElement, element: XmlElement, level: 'component' | 'element'): string {
  const assurance = localName(element.name).startsWith('a-') ? 'assurance-' : ''
  return `${assurance}${level}${component.attributes['status'] === 'invisible' ? '-definition' : ''}`
}

/** The status, else the place in a PP-Module, else what the component depends on (the newer way to say it). */
function inclusionOf(component: XmlElement, ancestors: readonly XmlElement[], document: NiapDocument): InclusionStatus {
  const stated = STATUSES[component.attributes['status'] ?? '']
  if (stated !== undefined) return stated
  const container = ancestors.map(({ name }) => CONTAINERS[localName(name)]).find((status) => status !== undefined)
  if (container !== undefined) return container
  const depends = childrenNamed(component, 'depends', 'selection-depends')
  const targets = depends.flatMap(({ attributes }) => Object.values(attributes))
  if (targets.some((id) => document.byId.get(id)?.some(({ element }) => localName(element.name) === 'feature')))
    return 'implementation-based'
  if (targets.length > 0) return 'selection-based'
  if (depends.some((part) => childNamed(part, 'objective') !== undefined)) return 'objective'
  return depends.some((part) => childNamed(part, 'optional') !== undefined) ? 'optional' : 'mandatory'
}

/** XML attributes as they are, and the text of each child that has no field; several of a name become a list. */
function attributesOf(element: XmlElement, text: NiapText): Record<string, AttributeValue> {
  const attributes: AttributeRecord = { ...element.attributes }
  for (const child of element.children) {
    const name = localName(child.name)
    if (HANDLED.has(name)) continue
    const key = Object.hasOwn(element.attributes, name) ? `${name} element` : name
    const before = Object.hasOwn(attributes, key) ? attributes[key] : undefined
    const value = text.of(name === 'ext-comp-def-title' ? (childNamed(child, 'title') ?? child) : child)
    if (value !== '') setAttribute(attributes, key, before === undefined ? value : [...listOf(before), value])
  }
  return attributes
}

function listOf(value: AttributeValue): readonly AttributeValue[] {
  return typeof value === 'object' && Symbol.iterator in value ? value : [value]
}

/** XML ids as spelled, those in other documents too. */
function dependsAttribute(component: XmlElement): Record<string, AttributeValue> {
  const ids = childrenNamed(component, 'depends', 'selection-depends').flatMap(({ attributes }) => idsIn(Object.values(attributes)))
  return ids.length === 0 ? {} : { depends: ids }
}

function containerAttributes(ancestors: readonly XmlElement[]): Record<string, AttributeValue> {
  const base = ancestors.find(({ name }) => localName(name) === 'base-pp')?.attributes
  if (base === undefined) return {}
  const change = ancestors.some(({ name }) => localName(name) === 'modified-sfrs') ? 'modified' : 'additional'
  return { 'base-pp': base['id'] ?? base['name'] ?? '', change }
}

function decisionAttribute(element: XmlElement, document: NiapDocument): Record<string, AttributeValue> {
  const decisions = document.decisionsIn(element)
  return decisions.length === 0 ? {} : { 'technical-decisions': decisions }
}

function auditAttribute(component: XmlElement, text: NiapText): Record<string, AttributeValue> {
  const events = auditEventsOf(component, text)
  return events.length === 0 ? {} : { 'audit-events': events }
}

function selectableAttribute(title: XmlElement | undefined, text: NiapText): Record<string, AttributeValue> {
  const ids = title === undefined ? {} : selectableIds(title, text)
  return Object.keys(ids).length === 0 ? {} : { 'selectable-ids': ids }
}
