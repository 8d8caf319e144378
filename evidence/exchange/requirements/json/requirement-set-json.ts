/**
 * `bulkhead.requirements/1`: a requirement set as JSON, member by member as evidence/items has it. What `import` writes and any reader of
 * requirements takes; docs/reference describes it.
 */
import type {
  AttributeValue,
  InclusionStatus,
  ItemActivity,
  ItemLink,
  ItemOperation,
  RequirementItem,
} from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding, SourceMapping } from '../../../items/requirement-set.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import { methods } from '../../../model/verdict.js'
import type { JsonDocument } from '../../json/json-document.js'
import { isJsonRecord, jsonList, jsonRecord, member, textMember, textsMember, type JsonRecord } from '../../json/json-fields.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem } from '../set/make-item.js'
import { requirementsSchema } from '../set/print-set.js'

/** @throws EvidenceError `schema-violation` */
export function readRequirementSetJson(document: JsonDocument): RequirementSet {
  const place = { file: document.file }
  const root = jsonRecord(document.value, 'the file', place)
  const schema = textMember(root, 'schema', place)
  if (schema !== requirementsSchema) throw refuse('schema', requirementsSchema, place)
  const lines = document.entries(['items'])
  return {
    format: textMember(root, 'format', place),
    version: textMember(root, 'version', place),
    title: textMember(root, 'title', place),
    files: textsMember(root, 'files', place),
    items: jsonList(member(root, 'items'), 'items', place).map((item, i) => readItem(item, { ...place, line: lines[i]?.line ?? 1 })),
    mappings: records(root, 'mappings', place).map((mapping) => readMapping(mapping, place)),
    findings: records(root, 'findings', place).map((found) => readFinding(found, place)),
    attributes: readAttributes(member(root, 'attributes'), place),
  }
}

const inclusions = ['mandatory', 'optional', 'objective', 'selection-based', 'implementation-based', 'unstated'] as const
const activityKinds = ['TSS', 'Guidance', 'KMD', 'Tests', 'other'] as const
const operationKinds = ['selection', 'assignment', 'refinement', 'iteration'] as const
const findingKinds = ['dangling', 'duplicate', 'unused', 'unreadable'] as const
const extents = ['full', 'partial'] as const

function readItem(value: unknown, here: SourcePlace): RequirementItem {
  const item = jsonRecord(value, 'entry of items', here)
  const text = (name: string): string => textMember(item, name, here)
  const id = text('id')
  if (id === '') throw refuse('id', 'a text', here)
  const place = readPlace(item, here)
  return makeItem({
    id,
    revision: textOrNull(item, 'revision', here),
    kind: text('kind') || 'requirement',
    title: text('title'),
    text: text('text'),
    rationale: text('rationale'),
    inclusion: oneOf<InclusionStatus>(item, 'inclusion', inclusions, 'unstated', here),
    status: text('status'),
    methods: textsMember(item, 'methods', here).map(
      (method) => methods.find((known) => known === method) ?? fail('methods', methods, here),
    ),
    ccVersion: textOrNull(item, 'ccVersion', here),
    parent: textOrNull(item, 'parent', here),
    links: records(item, 'links', here).map((link) => readLink(link, place)),
    needs: textsMember(item, 'needs', here),
    operations: records(item, 'operations', here).map((operation) => readOperation(operation, here)),
    activities: records(item, 'activities', here).map((activity) => readActivity(activity, here)),
    attributes: readAttributes(member(item, 'attributes'), here),
    place,
  })
}

function readLink(link: JsonRecord, item: SourcePlace): ItemLink {
  const target = textMember(link, 'target', item)
  if (target === '') throw refuse('target', 'a text', item)
  return {
    role: textMember(link, 'role', item) || 'refines',
    target,
    revision: textOrNull(link, 'revision', item),
    extent: oneOf(link, 'extent', extents, 'full', item),
    place: readPlace(link, item),
  }
}

function readOperation(operation: JsonRecord, here: SourcePlace): ItemOperation {
  return {
    kind: oneOf(operation, 'kind', operationKinds, undefined, here),
    id: textMember(operation, 'id', here),
    choices: textsMember(operation, 'choices', here),
    decided: textOrNull(operation, 'decided', here),
  }
}

function readActivity(activity: JsonRecord, here: SourcePlace): ItemActivity {
  return {
    kind: oneOf(activity, 'kind', activityKinds, undefined, here),
    text: textMember(activity, 'text', here),
    explicitNone: member(activity, 'explicitNone') === true,
  }
}

function readMapping(mapping: JsonRecord, here: SourcePlace): SourceMapping {
  const text = (name: string): string => textMember(mapping, name, here)
  return { from: text('from'), to: text('to'), rationale: text('rationale'), place: readPlace(mapping, here) }
}

function readFinding(found: JsonRecord, here: SourcePlace): SourceFinding {
  const kind = oneOf(found, 'kind', findingKinds, undefined, here)
  return { kind, id: textMember(found, 'id', here), text: textMember(found, 'text', here), place: readPlace(found, here) }
}

function readPlace(record: JsonRecord, otherwise: SourcePlace): SourcePlace {
  const place = member(record, 'place')
  if (!isJsonRecord(place)) return otherwise
  const { file, line } = place
  if (typeof file !== 'string') return otherwise
  return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? { file, line } : { file }
}

function readAttributes(value: unknown, here: SourcePlace): Readonly<AttributeRecord> {
  const kept: Record<string, AttributeValue> = {}
  for (const [name, attribute] of Object.entries(jsonRecord(value ?? {}, 'attributes', here)))
    setAttribute(kept, name, attributeOf(attribute))
  return kept
}

function records(record: JsonRecord, name: string, here: SourcePlace): JsonRecord[] {
  return jsonList(member(record, name) ?? [], name, here).map((value) => jsonRecord(value, `entry of ${name}`, here))
}

function textOrNull(record: JsonRecord, name: string, here: SourcePlace): string | null {
  return member(record, name) === null ? null : textMember(record, name, here) || null
}

function oneOf<Value extends string>(
  record: JsonRecord,
  name: string,
  values: readonly Value[],
  otherwise: Value | undefined,
  here: SourcePlace,
): Value {
  const value = member(record, name)
  if (value === undefined && otherwise !== undefined) return otherwise
  return values.find((known) => known === value) ?? fail(name, values, here)
}

function fail(name: string, values: readonly string[], here: SourcePlace): never {
  throw refuse(name, `one of ${values.join(', ')}`, here)
}

function refuse(name: string, expected: string, place: SourcePlace): EvidenceError {
  return new EvidenceError('schema-violation', place, `${name} is not ${expected}`, `see the description of ${requirementsSchema}`)
}
