/**
 * Doorstop: one file an item, YAML or Markdown with YAML in front; `.doorstop.yml` describes the document. The name of the file is the id.
 * Links lead to the parent document. Fingerprints of reviewed links are kept as attributes: whether a link is suspect is Doorstop's to say.
 */
import { posix } from 'node:path'
import type { InputFile } from '../../../items/reader.js'
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { EvidenceError } from '../../../model/errors.js'
import { isJsonRecord, member, textMember, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { parseWrittenYaml, type WrittenYaml } from '../../yaml/written-yaml.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding, makeSet } from '../set/make-set.js'

/** Bytes. One item, or the settings of a document; YAML that is wrong in every line takes long to refuse. */
const longestItem = 1024 * 1024

const fields = new Set(['text', 'header'])

/** @throws EvidenceError `malformed-yaml`, `schema-violation`, `no-items` */
export async function readDoorstop(files: readonly InputFile[]): Promise<RequirementSet> {
  const documents = new Map<string, JsonRecord>()
  const attributes: AttributeRecord = {}
  for (const file of files.filter(isConfiguration)) {
    const { value } = parseWrittenYaml(file.name, await readSourceText(file, longestItem))
    const settings = isJsonRecord(value) ? member(value, 'settings') : undefined
    if (!isJsonRecord(settings))
      throw new EvidenceError('schema-violation', { file: file.name }, 'no settings', 'give the file as Doorstop wrote it')
    documents.set(posix.dirname(file.name), settings)
    setAttribute(attributes, file.name, attributeOf(value))
  }
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  for (const file of files)
    if (!isConfiguration(file)) items.push(readItem(file.name, await readSourceText(file, longestItem), documents, findings))
  return makeSet({ format: 'doorstop', files: files.map(({ name }) => name), items, findings, attributes })
}

function isConfiguration({ name }: InputFile): boolean {
  return posix.basename(name) === '.doorstop.yml'
}

function readItem(file: string, text: string, documents: ReadonlyMap<string, JsonRecord>, findings: SourceFinding[]): RequirementItem {
  const id = posix.basename(file).replace(/\.(yml|yaml|md)$/i, '')
  const front = frontMatter(file, text)
  const yaml = parseWrittenYaml(file, front.yaml, front.firstLine)
  const place = { file, line: 1 }
  if (!isJsonRecord(yaml.value))
    throw new EvidenceError('schema-violation', place, 'no mapping of an item', 'give the file as Doorstop wrote it')
  const item = yaml.value
  const title = textMember(item, 'header', place).trim()
  const settings = documents.get(posix.dirname(file))
  return makeItem({
    id,
    kind: (settings === undefined ? '' : textMember(settings, 'prefix', place)) || prefixOf(id),
    title: title === '' ? front.title : title,
    text: textMember(item, 'text', place).trim() || front.body,
    status: textMember(item, 'active', place) === 'false' ? 'inactive' : '',
    links: links(id, yaml, item, findings),
    attributes: attributesOf(item),
    place,
  })
}

/** Letters before the number: `REQ` of `REQ001` and `REQ-001`. */
function prefixOf(id: string): string {
  return id.replace(/[-_.]?\d+$/, '') || 'item'
}

interface Front {
  readonly yaml: string
  readonly firstLine: number
  readonly title: string
  readonly body: string
}

/** Markdown items carry their mapping between two lines `---`; the first heading is the title. */
function frontMatter(file: string, text: string): Front {
  if (!/\.md$/i.test(file)) return { yaml: text, firstLine: 1, title: '', body: '' }
  const begin = /^---\r?\n/.exec(text)
  const end = text.search(/\n---[ \t]*(?:\r?\n|$)/)
  if (begin === null || end < 0)
    throw new EvidenceError('schema-violation', { file, line: 1 }, 'no mapping between lines ---', 'give the file as Doorstop wrote it')
  const after = text.indexOf('\n', end + 1)
  const body = after < 0 ? '' : text.slice(after + 1).trim()
  const heading = /^#+ +(.*)(?:\r?\n|$)/.exec(body)
  return {
    yaml: text.slice(begin[0].length, end + 1),
    firstLine: 2,
    title: heading?.[1]?.trim() ?? '',
    body: heading === null ? body : body.slice(heading[0].length).trim(),
  }
}

/** `- REQ001` or `- REQ001: fingerprint`. */
function links(id: string, yaml: WrittenYaml, item: JsonRecord, findings: SourceFinding[]): ItemLink[] {
  const value = member(item, 'links')
  if (value === undefined || value === '' || value === 'null') return []
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  if (!Array.isArray(value)) findings.push(finding('unreadable', id, 'links is no list', { file: yaml.file, line: yaml.lineOf('links') }))
  return list.flatMap((entry, i) => {
    const place = { file: yaml.file, line: yaml.lineOf('links', i) }
    const targets = typeof entry === 'string' ? [entry] : isJsonRecord(entry) ? Object.keys(entry) : []
    if (targets.length === 0) findings.push(finding('unreadable', id, 'entry of links without an id', place))
    return targets.map((target) => makeLink('refines', target.trim(), place))
  })
}

function attributesOf(item: JsonRecord): AttributeRecord {
  const kept: AttributeRecord = {}
  for (const [name, value] of Object.entries(item)) {
    const isBlank =
      value === '' || value === 'null' || (Array.isArray(value) && value.every((entry) => name === 'links' && typeof entry === 'string'))
    if (!fields.has(name) && !isBlank) setAttribute(kept, name, attributeOf(value))
  }
  return kept
}
