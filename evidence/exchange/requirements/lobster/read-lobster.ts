/**
 * LOBSTER interchange files (schemas lobster-req-trace 3 and 4, lobster-imp-trace 3, lobster-act-trace 3). A tag is `namespace name@version`;
 * the namespace `req` is that of every requirement and is left out of ids, so that `req a.b` is found as `a.b`.
 */
import type { InputFile } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { isJsonRecord, jsonList, jsonRecord, member, textMember, textsMember, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding, makeSet } from '../set/make-set.js'

/** Schema to the kind of its items and the role of their references; a requirement keeps the kind that the file gives it. */
const schemas: Readonly<Record<string, { readonly kind: string | null; readonly role: string }>> = {
  'lobster-req-trace': { kind: null, role: 'refines' },
  'lobster-imp-trace': { kind: 'impl', role: 'covers' },
  'lobster-act-trace': { kind: 'test', role: 'covers' },
}

/** Read into fields of an item; everything else is an attribute. */
const fields = new Set(['tag', 'name', 'text', 'refs', 'status', 'location'])

/** @throws EvidenceError `malformed-json`, `schema-violation`, `no-items` */
export async function readLobster(files: readonly InputFile[]): Promise<RequirementSet> {
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  const versions = new Set<string>()
  for (const file of files) versions.add(readFile(file.name, await readSourceText(file), items, findings))
  return makeSet({ format: 'lobster', version: [...versions].join(', '), files: files.map(({ name }) => name), items, findings })
}

function readFile(file: string, text: string, items: RequirementItem[], findings: SourceFinding[]): string {
  const document = parseJson(file, text)
  const root = jsonRecord(document.value, 'the file', { file })
  const schema = textMember(root, 'schema', { file })
  const known = Object.hasOwn(schemas, schema) ? schemas[schema] : undefined
  if (known === undefined)
    throw new EvidenceError(
      'schema-violation',
      { file },
      `schema ${JSON.stringify(schema)} is none of ${Object.keys(schemas).join(', ')}`,
      'give the files of the LOBSTER tools, not the report made from them',
    )
  const lines = document.entries(['data'])
  jsonList(member(root, 'data'), 'data', { file }).forEach((value, i) => {
    const place = { file, line: lines[i]?.line ?? 1 }
    const item = readItem(value, place, known)
    if (item === undefined) findings.push(finding('unreadable', '', 'entry without a tag "namespace name"; left out', place))
    else items.push(item)
  })
  return `${schema} ${textMember(root, 'version', { file })}`.trim()
}

function readItem(
  value: unknown,
  place: SourcePlace,
  { kind, role }: { readonly kind: string | null; readonly role: string },
): RequirementItem | undefined {
  const record = jsonRecord(value, 'entry of data', place)
  const tag = readTag(textMember(record, 'tag', place))
  if (tag === undefined) return undefined
  const itemPlace = location(record, place)
  return makeItem({
    id: tag.id,
    revision: tag.revision,
    kind: kind ?? (textMember(record, 'kind', place) || 'requirement'),
    title: textMember(record, 'name', place),
    text: textMember(record, 'text', place),
    status: textMember(record, 'status', place),
    links: textsMember(record, 'refs', place).map((ref) => {
      const target = readTag(ref)
      return makeLink(role, target?.id ?? ref, place, target?.revision ?? null)
    }),
    attributes: attributes(record, itemPlace),
    place: itemPlace,
  })
}

function readTag(tag: string): { readonly id: string; readonly revision: string | null } | undefined {
  const space = tag.indexOf(' ')
  if (space <= 0 || space === tag.length - 1) return undefined
  const namespace = tag.slice(0, space)
  const at = tag.indexOf('@', space)
  const name = at < 0 ? tag.slice(space + 1) : tag.slice(space + 1, at)
  return { id: namespace === 'req' ? name : `${namespace} ${name}`, revision: at < 0 ? null : tag.slice(at + 1) }
}

/** Where the item itself stands, when the file says so by a relative name; an absolute one would name a machine. */
function location(record: JsonRecord, place: SourcePlace): SourcePlace {
  const where = member(record, 'location')
  if (!isJsonRecord(where)) return place
  const { file, line } = where
  if (typeof file !== 'string' || file === '' || /^([/\\]|[A-Za-z]:)/.test(file)) return place
  return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? { file, line } : { file }
}

/** Empty lists and nulls say nothing and are left out; of a location in a file that became the place of the item, so are file and line. */
function attributes(record: JsonRecord, place: SourcePlace): AttributeRecord {
  const kept: AttributeRecord = {}
  for (const name of Object.keys(record)) {
    const value = record[name]
    if (fields.has(name) || value === null || (Array.isArray(value) && value.length === 0)) continue
    setAttribute(kept, name, attributeOf(value))
  }
  const where = record['location']
  if (!isJsonRecord(where)) return kept
  if (where['kind'] !== 'file' || where['file'] !== place.file) setAttribute(kept, 'location', attributeOf(where))
  else if (where['column'] !== null && where['column'] !== undefined) setAttribute(kept, 'column', attributeOf(where['column']))
  return kept
}
