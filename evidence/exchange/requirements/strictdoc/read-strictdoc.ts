/**
 * StrictDoc documents: every node but sections and plain texts is an item. Included documents and grammars are looked for among the
 * files given, never opened by the name that a file states.
 */
import { posix } from 'node:path'
import { printPlace } from '../../../model/errors.js'
import type { InputFile } from '../../../items/reader.js'
import type { ItemLink, RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { readSourceText } from '../../text/source-text.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeItem, makeLink } from '../set/make-item.js'
import { finding, makeSet } from '../set/make-set.js'
import { readMethods } from '../set/verification-methods.js'
import { checkGrammar } from './check-grammar.js'
import { parseSdoc } from './parse-sdoc.js'
import { fieldOf, type SdocDocument, type SdocGrammar, type SdocNode } from './sdoc-document.js'

/** Text of the document, no requirement of its own; an item only where a relation leads to it. */
const texts = new Set(['SECTION', 'TEXT'])

const fields = new Set(['UID', 'TITLE', 'STATEMENT', 'RATIONALE', 'STATUS'])

/** @throws EvidenceError as `parseSdoc`, `no-items` */
export async function readStrictDoc(files: readonly InputFile[]): Promise<RequirementSet> {
  const documents: SdocDocument[] = []
  for (const file of files) documents.push(parseSdoc(file.name, await readSourceText(file)))
  const findings: SourceFinding[] = []
  const attributes: AttributeRecord = {}
  const targets = new Set(documents.flatMap(({ nodes }) => nodes.flatMap(({ relations }) => relations.map(({ target }) => target))))
  const items = documents.flatMap((document) => readDocument(document, documents, targets, findings))
  for (const document of documents) describeDocument(document, documents, attributes, findings)
  const titled = documents.filter(({ nodes }) => nodes.length > 0)
  return makeSet({
    format: 'strictdoc',
    title: titled.length === 1 ? fieldOf(titled[0]?.fields ?? [], 'TITLE') : '',
    version: titled.length === 1 ? fieldOf(titled[0]?.fields ?? [], 'VERSION') : '',
    files: files.map(({ name }) => name),
    items,
    findings,
    attributes,
  })
}

function readDocument(
  document: SdocDocument,
  documents: readonly SdocDocument[],
  targets: ReadonlySet<string>,
  findings: SourceFinding[],
): RequirementItem[] {
  const { file } = document
  const grammar = document.grammar ?? importedGrammar(document, documents)
  return document.nodes.flatMap((node) => {
    const id = idOf(node)
    if (grammar !== undefined) checkGrammar(file, node, id, grammar, findings)
    if (texts.has(node.tag) && !targets.has(id)) return []
    if (id !== '') return [readNode(document, node, id, findings)]
    const place = { file, line: node.line }
    const text = `${node.tag} ${JSON.stringify(fieldOf(node.fields, 'TITLE').slice(0, 80))} without UID: it is named by its place, and no test can refer to it`
    findings.push(finding('unused', printPlace(place), text, place))
    return [readNode(document, node, printPlace(place), findings)]
  })
}

function idOf(node: SdocNode): string {
  return fieldOf(node.fields, 'UID') || fieldOf(node.fields, 'MID')
}

function readNode({ file, fields: head }: SdocDocument, node: SdocNode, id: string, findings: SourceFinding[]): RequirementItem {
  const text = (name: string): string => fieldOf(node.fields, name)
  const read = readMethods(text('VERIFICATION_METHOD') || text('VERIFICATION'))
  for (const word of read.unknown)
    findings.push(
      finding('unreadable', id, `verification method ${JSON.stringify(word)} is no test, analysis or inspection`, {
        file,
        line: node.line,
      }),
    )
  return makeItem({
    id,
    kind: node.tag,
    title: text('TITLE'),
    text: text('STATEMENT'),
    rationale: text('RATIONALE'),
    status: text('STATUS'),
    methods: read.methods,
    parent: enclosing(node),
    links: links(file, node, id, findings),
    attributes: attributes(node, fieldOf(head, 'TITLE')),
    place: { file, line: node.line },
  })
}

/** The requirement around it; sections are no items. */
function enclosing(node: SdocNode): string | null {
  for (let outer = node.within; outer !== undefined; outer = outer.within)
    if (!texts.has(outer.tag) && idOf(outer) !== '') return idOf(outer)
  return null
}

function links(file: string, node: SdocNode, id: string, findings: SourceFinding[]): ItemLink[] {
  return node.relations.flatMap(({ type, target, role, line }) => {
    const place = { file, line }
    if (type === 'Parent') return [makeLink(role || 'refines', target, place)]
    if (type === 'Child') return [makeLink('contains', target, place)]
    if (type === 'File') return [makeLink('file', target, place)]
    findings.push(finding('unreadable', id, `relation of unknown type ${JSON.stringify(type)} to ${target}`, place))
    return []
  })
}

function attributes(node: SdocNode, document: string): AttributeRecord {
  const kept: AttributeRecord = { DOCUMENT: document }
  const path: string[] = []
  for (let outer = node.within; outer !== undefined; outer = outer.within) path.unshift(fieldOf(outer.fields, 'TITLE'))
  if (path.length > 0) kept['SECTIONS'] = path
  const values = new Map<string, string[]>()
  for (const { name, value } of node.fields) {
    if (fields.has(name) || (name === 'MID' && value === idOf(node))) continue
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  for (const [name, [first = '', ...others]] of values) setAttribute(kept, name, others.length === 0 ? first : [first, ...others])
  const children = node.relations.filter(({ type, role }) => type !== 'Parent' && role !== '')
  if (children.length > 0) kept['ROLES'] = children.map(({ type, role, target }) => `${type} ${target}: ${role}`)
  return kept
}

function importedGrammar(document: SdocDocument, documents: readonly SdocDocument[]): SdocGrammar | undefined {
  const name = document.importedGrammar?.value
  return name === undefined ? undefined : documentNamed(document.file, name, documents)?.grammar
}

/** By the name relative to the file that names it. */
function documentNamed(from: string, name: string, documents: readonly SdocDocument[]): SdocDocument | undefined {
  const path = posix.normalize(posix.join(posix.dirname(from), name))
  return documents.find(({ file }) => posix.normalize(file) === path)
}

function describeDocument(
  document: SdocDocument,
  documents: readonly SdocDocument[],
  attributes: AttributeRecord,
  findings: SourceFinding[],
): void {
  for (const { value, line } of document.included)
    if (documentNamed(document.file, value, documents) === undefined)
      findings.push(finding('dangling', value, `included document ${value} is not among the files`, { file: document.file, line }))
  const about: AttributeRecord = {}
  for (const { name, value } of document.fields) setAttribute(about, name, value)
  if (document.importedGrammar !== undefined)
    about['GRAMMAR'] =
      `${document.importedGrammar.value}${importedGrammar(document, documents) === undefined ? ', not given: fields are not checked' : ''}`
  if (Object.keys(about).length > 0) setAttribute(attributes, document.file, about)
}
