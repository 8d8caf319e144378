/** needs.json of sphinx-needs: the needs of its current version, in the order of the file. Computed `_back` lists are left out. */
import type { InputFile } from '../../../items/reader.js'
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { EvidenceError, type SourcePlace } from '../../../model/errors.js'
import { parseJson } from '../../json/json-document.js'
import { isJsonRecord, jsonRecord, member, textMember, textsMember, type JsonRecord } from '../../json/json-fields.js'
import { readSourceText } from '../../text/source-text.js'
import { attributeOf, setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding, makeSet } from '../set/make-set.js'
import { linkFields, targetId } from './link-fields.js'

const fields = new Set(['id', 'type', 'title', 'status', 'parent_need'])

interface NeedsFile {
  readonly file: string
  readonly needs: JsonRecord
  readonly links: ReadonlySet<string>
}

/** @throws EvidenceError `malformed-json`, `schema-violation`, `no-items` */
export async function readSphinxNeeds(files: readonly InputFile[]): Promise<RequirementSet> {
  const items: RequirementItem[] = []
  const findings: SourceFinding[] = []
  const attributes: AttributeRecord = {}
  let title = ''
  let version = ''
  for (const file of files) {
    const document = parseJson(file.name, await readSourceText(file))
    const root = jsonRecord(document.value, 'the file', { file: file.name })
    const current = currentVersion(root, file.name)
    const content = jsonRecord(jsonRecord(root['versions'], 'versions', { file: file.name })[current], `version ${current}`, {
      file: file.name,
    })
    const needs = jsonRecord(member(content, 'needs') ?? {}, 'needs', { file: file.name })
    title ||= textMember(root, 'project', { file: file.name })
    version ||= current
    for (const [name, value] of Object.entries(root))
      if (name !== 'versions' && value !== null) setAttribute(attributes, name, attributeOf(value))
    const source = { file: file.name, needs, links: linkFields(content, needs) }
    for (const { name, line } of document.entries(['versions', current, 'needs']))
      items.push(readNeed(source, name, { file: file.name, line }, findings))
    countNeeds(content, needs, file.name, findings)
  }
  return makeSet({ format: 'sphinx-needs', version, title, files: files.map(({ name }) => name), items, findings, attributes })
}

function currentVersion(root: JsonRecord, file: string): string {
  const versions = jsonRecord(member(root, 'versions'), 'versions', { file })
  const current = textMember(root, 'current_version', { file })
  if (Object.hasOwn(versions, current)) return current
  const [only, ...others] = Object.keys(versions)
  if (only !== undefined && others.length === 0 && current === '') return only
  throw new EvidenceError(
    'schema-violation',
    { file },
    `current_version ${JSON.stringify(current)} is none of the versions`,
    'build the documentation again',
  )
}

function countNeeds(content: JsonRecord, needs: JsonRecord, file: string, findings: SourceFinding[]): void {
  const stated = member(content, 'needs_amount')
  const found = Object.keys(needs).length
  if (typeof stated === 'number' && stated !== found)
    findings.push(finding('unreadable', file, `needs_amount is ${stated}, and ${found} needs stand in the file`, { file }))
}

function readNeed(source: NeedsFile, name: string, place: SourcePlace, findings: SourceFinding[]): RequirementItem {
  const need = jsonRecord(source.needs[name], `need ${name}`, place)
  const id = textMember(need, 'id', place) || name
  if (id !== name) findings.push(finding('unreadable', id, `need ${name} calls itself ${id}; read as ${id}`, place))
  const text = textMember(need, 'content', place) || textMember(need, 'description', place)
  const parent = textMember(need, 'parent_need', place)
  return makeItem({
    id,
    revision: textMember(need, 'version', place) || null,
    kind: textMember(need, 'type', place) || 'need',
    title: textMember(need, 'title', place),
    text,
    rationale: textMember(need, 'rationale', place),
    status: textMember(need, 'status', place),
    parent: parent === '' ? null : parent,
    links: [...source.links].flatMap((field) =>
      textsMember(need, field, place).map((entry) => readLink(field, entry, source.needs, place)),
    ),
    attributes: attributes(need, source.links),
    place: documentPlace(need, place),
  })
}

function readLink(role: string, entry: string, needs: JsonRecord, place: SourcePlace): ItemLink {
  const target = targetId(entry)
  const revision = /\[\s*version\s*==\s*["']?([\w.-]+)["']?\s*\]$/.exec(entry)?.[1] ?? null
  const extent = /partial/i.test(role) ? 'partial' : 'full'
  if (Object.hasOwn(needs, target)) return makeLink(role, target, place, revision, extent)
  const dot = target.lastIndexOf('.')
  const whole = needs[target.slice(0, Math.max(0, dot))]
  const parts = isJsonRecord(whole) ? member(whole, 'parts') : undefined
  const isPart = isJsonRecord(parts) && Object.hasOwn(parts, target.slice(dot + 1))
  return isPart ? makeLink(role, target.slice(0, dot), place, revision, 'partial') : makeLink(role, target, place, revision, extent)
}

/** `docname` and `lineno`, when the file has them: where the need stands in the documentation. */
function documentPlace(need: JsonRecord, place: SourcePlace): SourcePlace {
  const document = member(need, 'docname')
  const line = member(need, 'lineno')
  if (typeof document !== 'string' || document === '' || typeof line !== 'number' || !Number.isSafeInteger(line) || line < 1) return place
  const type = member(need, 'doctype')
  return { file: document + (typeof type === 'string' ? type : ''), line }
}

function attributes(need: JsonRecord, links: ReadonlySet<string>): AttributeRecord {
  const kept: AttributeRecord = {}
  for (const name of Object.keys(need)) {
    const value = need[name]
    if (fields.has(name) || name === 'content' || name.endsWith('_back') || value === null || value === '') continue
    if (Array.isArray(value) && (value.length === 0 || (links.has(name) && !value.some(hasCondition)))) continue
    setAttribute(kept, name, attributeOf(value))
  }
  return kept
}

function hasCondition(entry: unknown): boolean {
  return typeof entry === 'string' && entry.includes('[')
}
