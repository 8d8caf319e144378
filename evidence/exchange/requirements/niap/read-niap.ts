/**
 * Reads protection profiles, PP-Modules and functional packages in the XML of NIAP (schemas CCProtectionProfile, CCModule, CCPackage) as
 * one requirement set. Nothing is fetched: packages and base profiles that a document includes must be given as files of their own.
 */
import { EvidenceError } from '../../../model/errors.js'
import type { InputFile, ReaderOptions } from '../../../items/reader.js'
import type { AttributeValue } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceFinding } from '../../../items/requirement-set.js'
import { localName } from '../../xml/local-name.js'
import { readXmlFileTree, textOf, type XmlElement } from '../../xml/xml-tree.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { baseModificationsOf } from './niap-base.js'
import { componentsOf, type NiapContext } from './niap-components.js'
import { applyDecisions, decisionRecord, decisionsOf, isDecisionsRoot, type NiapDecision } from './niap-decisions.js'
import { childNamed, childrenNamed, NiapDocument } from './niap-document.js'
import { isNiapRoot } from './niap-root.js'
import { findingsOf } from './niap-findings.js'
import type { NiapChoice } from './niap-operations.js'
import { problemOf } from './niap-problem.js'
import { decidedItems, readTarget } from './niap-target.js'
import { NiapText } from './niap-text.js'

/** @throws EvidenceError as readXmlFile, and `unknown-format` */
export async function readNiap(files: readonly InputFile[], { map }: ReaderOptions = { map: null }): Promise<RequirementSet> {
  const target = map === null ? null : readTarget(map)
  const roots: { readonly file: string; readonly root: XmlElement }[] = []
  for (const file of files) roots.push(await readRoot(file))
  const findings: SourceFinding[] = []
  const choices = new Map<string, NiapChoice>()
  const published = roots.filter(({ root }) => !isDecisionsRoot(root)).map(({ file, root }) => new NiapDocument(file, root))
  const decisions = decisionsOf(roots.filter(({ root }) => isDecisionsRoot(root)))
  const [first] = files
  if (published.length === 0 && first !== undefined)
    throw new EvidenceError('no-items', { file: first.name }, 'technical decisions alone', 'give the document that they change with them')
  const { documents, made } = applyDecisions(published, decisions, findings)
  const contexts = documents.map((document): NiapContext => ({
    document,
    text: new NiapText(document),
    ccVersion: ccVersionOf(document),
    findings,
    choices,
  }))
  const problems = contexts.map((context) => problemOf(context))
  const profile = contexts.flatMap((context, at) => [
    ...(problems[at]?.items ?? []),
    ...componentsOf(context),
    ...baseModificationsOf(context),
  ])
  const items = target === null ? profile : decidedItems(profile, choices, target)
  const mappings = problems.flatMap((problem) => problem.mappings)
  return {
    format: 'niap-xml',
    version: versionOf(documents, made),
    title: documents.map((document) => titleOf(document)).join(', '),
    files: files.map(({ name }) => name),
    items,
    mappings: mappings.map(({ from, to, rationale, place }) => ({ from, to, rationale, place })),
    findings: [...findings, ...findingsOf(documents, items, mappings)],
    attributes: setAttributes(contexts, decisions, made),
  }
}

/** `1.1 with TD0588`: the wording is that of the document and the decisions together. */
function versionOf(documents: readonly NiapDocument[], made: ReadonlyMap<NiapDecision, number>): string {
  const versions = documents.map((document) => reference(document, 'PPVersion')).filter((version) => version !== '')
  const applied = [...made.keys()].map(({ id }) => id)
  return applied.length === 0 ? versions.join(', ') : `${versions.join(', ')} with ${applied.join(', ')}`
}

function setAttributes(
  contexts: readonly NiapContext[],
  decisions: readonly NiapDecision[],
  made: ReadonlyMap<NiapDecision, number>,
): RequirementSet['attributes'] {
  const record: AttributeRecord = {}
  for (const { document, text, ccVersion } of contexts) setAttribute(record, document.file, documentAttributes(document, text, ccVersion))
  if (decisions.length > 0) record['technical-decisions'] = decisions.map((decision) => decisionRecord(decision, made.get(decision) ?? 0))
  return record
}

async function readRoot(file: InputFile): Promise<{ readonly file: string; readonly root: XmlElement }> {
  const root = await readXmlFileTree(file)
  if (isNiapRoot(root) || isDecisionsRoot(root)) return { file: file.name, root }
  throw new EvidenceError(
    'unknown-format',
    { file: file.name, line: root.line },
    `the root element <${root.name}> is none of the NIAP schema`,
    'give a protection profile, PP-Module or package',
  )
}

function reference(document: NiapDocument, name: string): string {
  const element = document.first(name)
  return element === undefined ? '' : textOf(element).trim()
}

function titleOf(document: NiapDocument): string {
  const title = reference(document, 'PPTitle')
  if (title !== '') return title
  const { name = '', 'target-product': product = name } = document.root.attributes
  if (document.kind === 'PP' || /^(?:PP-Module|Functional Package)\b/u.test(name)) return name || product
  return `${document.kind === 'Module' ? 'PP-Module' : 'Functional Package'} for ${name || product}`
}

/**
 * `cc-2022r1` or `CCVersion` where the schema has it; else the version that the conformance claims, the other text or the references
 * give for the Common Criteria; null where nothing says so.
 */
export function ccVersionOf(document: NiapDocument): string | null {
  const stated = document.first('CClaimsInfo')?.attributes['cc-version'] ?? reference(document, 'CCVersion')
  const [, version] = /^(?:cc-?)?(2022|[23]\.\d)/iu.exec(stated) ?? []
  if (version !== undefined) return version === '2022' ? 'CC:2022' : version
  const claims = document.all('cclaims', 'Conformance_Claims', 'section').map(({ element }) => element)
  const isClaim = ({ name, attributes }: XmlElement) => localName(name) !== 'section' || /conformance/iu.test(attributes['title'] ?? '')
  return (
    ccVersionIn(
      claims
        .filter(isClaim)
        .map((element) => textOf(element))
        .join('\n'),
    ) ?? ccVersionIn(textOf(document.root))
  )
}

function ccVersionIn(text: string): string | null {
  const [, version] =
    /Common\s+Criteria\b[^.]{0,150}?\b(?:Version\s+|v)([23]\.\d)/u.exec(text) ?? /\bCCMB-[\d-]+,\s+Version\s+([23]\.\d)/u.exec(text) ?? []
  if (version !== undefined) return version
  return /\bCCMB-2022-/u.test(text) ? 'CC:2022' : null
}

function documentAttributes(document: NiapDocument, text: NiapText, ccVersion: string | null): AttributeValue {
  const history = document.first('RevisionHistory')
  return {
    ...document.root.attributes,
    kind: document.kind,
    title: titleOf(document),
    version: reference(document, 'PPVersion'),
    date: reference(document, 'PPPubDate'),
    author: reference(document, 'PPAuthor'),
    'cc-version': ccVersion ?? '',
    history: history === undefined ? [] : childrenNamed(history, 'entry').map((entry) => recordOf(entry, text)),
    includes: document.all('include-pkg', 'module', 'base-pp').map(({ element }) => inclusionOf(element)),
    features: document.all('feature', 'usecase').map(({ element }) => ({ ...element.attributes, kind: localName(element.name) })),
  }
}

function recordOf(element: XmlElement, text: NiapText): AttributeValue {
  return Object.fromEntries(element.children.map((child) => [localName(child.name), text.of(child)]))
}

/** A package, module or base profile that the document names, with where it was taken from. */
function inclusionOf(element: XmlElement): AttributeValue {
  const git = childNamed(element, 'git')
  const location = childNamed(element, 'url') ?? (git === undefined ? undefined : childNamed(git, 'url'))
  const branch = git === undefined ? undefined : childNamed(git, 'branch')
  return {
    ...element.attributes,
    kind: localName(element.name),
    url: location === undefined ? '' : textOf(location).trim(),
    branch: branch === undefined ? '' : textOf(branch).trim(),
  }
}
