/**
 * Reads ReqIF 1.0 to 1.2 documents and ReqIFz archives as one requirement set. A file is read as a stream; an archive is unpacked in
 * memory, member by member, within bounds. Attachments are listed, never unpacked.
 */
import { readFile, stat } from 'node:fs/promises'
import { EvidenceError } from '../../../model/errors.js'
import type { InputFile } from '../../../items/reader.js'
import type { AttributeValue } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { readXmlBytes, readXmlFile } from '../../xml/read-xml.js'
import { zipMembers, type ZipMember } from '../../zip/zip-archive.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { duplicateIds } from './reqif-duplicates.js'
import { ReqifCollector } from './reqif-collector.js'
import type { ReqifContent, ReqifDatatype, ReqifRelation } from './reqif-content.js'
import { attributesOf, ReqifIndex } from './reqif-index.js'
import { reqifItems } from './reqif-items.js'

/** Bytes of an archive; it is held in memory whole. */
const LARGEST_ARCHIVE = 512 * 1024 * 1024

interface Document {
  readonly content: ReqifContent
  /** Other members of its archive. */
  readonly attachments: readonly ZipMember[]
}

/** @throws EvidenceError as readXmlFile and zipMembers, and `unknown-format` */
export async function readReqif(files: readonly InputFile[]): Promise<RequirementSet> {
  const documents: Document[] = []
  for (const file of files) documents.push(...(await readDocuments(file)))
  const findings: SourceFinding[] = []
  const items = documents.flatMap(({ content }) => reqifItems(content, findings))
  const titles = documents.map(({ content: { header } }) => header['TITLE'] ?? '').filter((title) => title !== '')
  const versions = new Set(documents.map(({ content: { header } }) => header['REQ-IF-VERSION'] ?? '').filter((version) => version !== ''))
  return {
    format: 'reqif',
    version: [...versions].join(', '),
    title: titles.join(', '),
    files: files.map(({ name }) => name),
    items,
    mappings: [],
    findings: [...findings, ...duplicateIds(items)],
    attributes: Object.fromEntries(documents.map((document) => [document.content.file, documentAttributes(document)])),
  }
}

async function readDocuments(file: InputFile): Promise<readonly Document[]> {
  const { size } = await sizeOf(file)
  if (/\.(?:reqifz|zip)$/iu.test(file.name)) return readArchive(file, size)
  const collector = new ReqifCollector(file.name)
  await readXmlFile(file, collector)
  return [{ content: recognised(collector), attachments: [] }]
}

async function sizeOf({ name, path }: InputFile): Promise<{ readonly size: number }> {
  try {
    return await stat(path)
  } catch (cause) {
    throw new EvidenceError('unreadable-file', { file: name }, 'cannot be read', 'check name and permissions', { cause })
  }
}

async function readArchive({ name, path }: InputFile, size: number): Promise<readonly Document[]> {
  if (size > LARGEST_ARCHIVE)
    throw new EvidenceError('too-large', { file: name }, `an archive of more than ${LARGEST_ARCHIVE} bytes`, 'export it in parts')
  const members = zipMembers(await readFile(path), name)
  const isDocument = (member: ZipMember) => /\.(?:reqif|xml)$/iu.test(member.name) && !member.name.startsWith('__MACOSX/')
  const attachments = members.filter((member) => !isDocument(member))
  const documents = members.filter(isDocument).map((member) => {
    const collector = new ReqifCollector(`${name}/${member.name}`)
    readXmlBytes(member.read(), collector.content.file, collector)
    return { content: recognised(collector), attachments }
  })
  if (documents.length === 0)
    throw new EvidenceError('unknown-format', { file: name }, 'an archive without a .reqif document', 'give a ReqIFz archive')
  return documents
}

function recognised(collector: ReqifCollector): ReqifContent {
  const { content, root } = collector
  if (root === 'REQ-IF') return content
  throw new EvidenceError('unknown-format', { file: content.file }, `the root element is <${root}>, not <REQ-IF>`, 'give a ReqIF document')
}

/** Header, datatypes, types, specifications and groups: what a re-export needs besides the items. */
function documentAttributes({ content, attachments }: Document): AttributeValue {
  const index = new ReqifIndex(content, [])
  const record: AttributeRecord = {
    header: content.header,
    datatypes: content.datatypes.map((datatype) => datatypeRecord(datatype)),
    types: content.types.map(({ element, attributes, definitions }) => ({
      element,
      ...attributes,
      definitions: definitions.map(({ kind, datatype, attributes: own }) => ({ kind, datatype, ...own })),
    })),
    specifications: content.specifications.map((part) => ({
      ...part.attributes,
      TYPE: part.type,
      values: attributesOf(index.valuesOf(part).values),
    })),
    groups: content.groups.map((part) => ({ ...part.attributes, TYPE: part.type, relations: part.relations })),
    // A relation is a link of its source; one whose source is not here has no item to stand in.
    relations: content.relations.filter(({ source }) => !index.objects.has(source)).map((part) => relationRecord(part, index)),
    attachments: attachments.map(({ name, size }) => ({ name, size: String(size) })),
  }
  if (content.extensions !== '') setAttribute(record, 'tool-extensions', content.extensions)
  return record
}

function relationRecord(part: ReqifRelation, index: ReqifIndex): AttributeValue {
  return {
    ...part.attributes,
    TYPE: part.type,
    SOURCE: part.source,
    TARGET: part.target,
    values: attributesOf(index.valuesOf(part).values),
  }
}

function datatypeRecord({ kind, attributes, values }: ReqifDatatype): AttributeValue {
  const choices = values.map(({ attributes: own, embedded }) => ({ ...own, ...embedded }))
  return choices.length === 0 ? { kind, ...attributes } : { kind, ...attributes, values: choices }
}
