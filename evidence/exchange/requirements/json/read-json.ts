/** Requirements in JSON: our own interchange, or plain lists of objects. */
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding, SourceMapping } from '../../../items/requirement-set.js'
import { EvidenceError } from '../../../model/errors.js'
import { parseJson, type JsonDocument } from '../../json/json-document.js'
import { isJsonRecord, member } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeSet, type SetParts } from '../set/make-set.js'
import { mapFor } from '../set/reader-map.js'
import { readJsonMap, type JsonMap } from './json-map.js'
import { isItemList, kindOfList, PlainItems } from './plain-items.js'
import { readRequirementSetJson } from './requirement-set-json.js'

/** @throws EvidenceError `malformed-json`, `malformed-map`, `schema-violation`, `no-items` */
export async function readJson(files: readonly InputFile[], options: ReaderOptions): Promise<RequirementSet> {
  const stated = mapFor('json', options)
  const map = stated === null ? undefined : readJsonMap(stated)
  const parts: Parts = { items: [], mappings: [], findings: [], attributes: {}, formats: new Set(), files: [], title: '', version: '' }
  for (const file of files) {
    const document = parseJson(file.name, await readSourceText(file))
    if (isJsonRecord(document.value) && isOwn(document.value['schema'])) addOwn(readRequirementSetJson(document), parts)
    else addPlain(document, map, parts)
  }
  const [format, ...others] = [...parts.formats]
  return makeSet({
    ...parts,
    format: format !== undefined && others.length === 0 ? format : 'json',
    targets: format === 'source-tags' ? 'elsewhere' : 'here',
  })
}

interface Parts extends Omit<SetParts, 'format'> {
  readonly items: RequirementItem[]
  readonly mappings: SourceMapping[]
  readonly findings: SourceFinding[]
  readonly attributes: AttributeRecord
  readonly formats: Set<string>
  files: readonly string[]
  title: string
  version: string
}

function isOwn(schema: unknown): boolean {
  return typeof schema === 'string' && schema.startsWith('bulkhead.requirements/')
}

/** A set that `import` wrote keeps its format, files and findings; those that follow from its items are found again. */
function addOwn(set: RequirementSet, parts: Parts): void {
  for (const item of set.items) parts.items.push(item)
  for (const mapping of set.mappings) parts.mappings.push(mapping)
  for (const found of set.findings) if (found.kind === 'unused' || found.kind === 'unreadable') parts.findings.push(found)
  for (const [name, value] of Object.entries(set.attributes)) setAttribute(parts.attributes, name, value)
  parts.formats.add(set.format)
  parts.files = [...parts.files, ...set.files]
  parts.title ||= set.title
  parts.version ||= set.version
}

function addPlain(document: JsonDocument, map: JsonMap | undefined, parts: Parts): void {
  parts.formats.add('json')
  parts.files = [...parts.files, document.file]
  const plain = new PlainItems(map, parts.findings)
  for (const path of map?.items ?? listsOf(document.value)) addList(document, path, plain, map?.items !== undefined)
  if (plain.items.length === 0 && isJsonRecord(document.value)) addKeyed(document, plain)
  else keepAttributes(document, map?.items, parts.attributes)
  for (const item of plain.items) parts.items.push(item)
}

/** Paths of the lists of objects at the top; empty path: the file is a list. */
function listsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return ['']
  return isJsonRecord(value) ? Object.keys(value).filter((name) => isItemList(value[name])) : []
}

function addList(document: JsonDocument, path: string, plain: PlainItems, isMapped: boolean): void {
  const names = path === '' ? [] : isMapped ? path.split('.') : [path]
  let value = document.value
  for (const name of names) value = isJsonRecord(value) ? member(value, name) : undefined
  if (!Array.isArray(value) && !(isMapped && isJsonRecord(value)))
    throw new EvidenceError(
      'malformed-map',
      { file: document.file },
      `no list ${JSON.stringify(path)}`,
      'name a list of the file under items',
    )
  const kind = kindOfList(path)
  document.entries(names).forEach(({ name, line }, i) => {
    const entry: unknown = Array.isArray(value) ? value[i] : isJsonRecord(value) ? value[name] : undefined
    plain.add(entry, kind, { file: document.file, line }, name)
  })
}

/** An object of objects that all describe something: its member names are the ids. Any other object is not taken for requirements. */
function addKeyed(document: JsonDocument, plain: PlainItems): void {
  const { value } = document
  if (!isJsonRecord(value) || !Object.values(value).every((entry) => isJsonRecord(entry) && plain.describes(entry))) return
  for (const { name, line } of document.entries([])) plain.add(value[name], 'requirement', { file: document.file, line }, name)
}

function keepAttributes(document: JsonDocument, mapped: readonly string[] | undefined, attributes: AttributeRecord): void {
  if (!isJsonRecord(document.value)) return
  for (const [name, value] of Object.entries(document.value)) {
    const isRead = mapped === undefined ? isItemList(value) : mapped.some((path) => path.split('.')[0] === name)
    if (!isRead && value !== null) setAttribute(attributes, name, attributeOf(value))
  }
}
