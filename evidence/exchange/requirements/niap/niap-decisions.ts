/**
 * Technical decisions of NIAP in XML (schema TechnicalDecisions, and the older form with `bunch` and `change`): each changes a published
 * document at places it names. A change is made where its path fits exactly one element; every other one is reported and not made.
 */
import type { SourceFinding } from '../../../items/requirement-set.js'
import { localName } from '../../xml/local-name.js'
import { elementsBelow, replaceElement, textOf, withContent, type XmlElement } from '../../xml/xml-tree.js'
import { childNamed, elementsNamedBelow, NiapDocument, type NiapOrigin } from './niap-document.js'
import { elementsAt } from './niap-path.js'

export interface NiapDecision {
  /** `TD0588`. */
  readonly id: string
  readonly file: string
  readonly element: XmlElement
  readonly changes: readonly DecisionChange[]
}

interface DecisionChange {
  readonly path: string
  readonly mode: 'replace' | 'add'
  /** The new elements. */
  readonly content: readonly XmlElement[]
  readonly line: number
}

export function isDecisionsRoot({ name }: Pick<XmlElement, 'name'>): boolean {
  return localName(name) === 'technical-decisions'
}

/** In the order of their numbers: a later decision sees what an earlier one made. */
export function decisionsOf(files: readonly { readonly file: string; readonly root: XmlElement }[]): readonly NiapDecision[] {
  return files
    .flatMap(({ file, root }) =>
      elementsNamedBelow(root, 'decision').map((element) => ({ id: decisionId(element), file, element, changes: changesOf(element) })),
    )
    .sort((a, b) => numberOf(a.id) - numberOf(b.id))
}

function decisionId({ attributes }: XmlElement): string {
  const id = (attributes['id'] ?? '').trim()
  return /^\d+$/u.test(id) ? `TD${id.padStart(4, '0')}` : id
}

function numberOf(id: string): number {
  return Number(/\d+/u.exec(id)?.[0] ?? Infinity)
}

/** `xpath-specified` and `change` name a path; an `f-element` straight in `replace` takes the place of the one with its id. */
function changesOf(decision: XmlElement): readonly DecisionChange[] {
  const reused = new Map(elementsNamedBelow(decision, 'xpath-specified').map((part) => [part.attributes['reuse-id'], part.children]))
  return [...elementsBelow(decision)].flatMap((element): readonly DecisionChange[] => {
    const { attributes, children, line } = element
    const name = localName(element.name)
    if (name === 'xpath-specified') {
      const content = reused.get(attributes['reuse-ref'] ?? '') ?? children
      return [{ path: attributes['xpath'] ?? '', mode: 'replace', content, line }]
    }
    if (name === 'change')
      return [{ path: attributes['xpath'] ?? '', mode: attributes['mode'] === 'add' ? 'add' : 'replace', content: children, line }]
    if (name !== 'replace') return []
    return children
      .filter((child) => localName(child.name) === 'f-element')
      .map((child) => ({ path: `//f-element[@id='${child.attributes['id'] ?? ''}']`, mode: 'replace', content: [child], line: child.line }))
  })
}

export interface DecidedDocuments {
  readonly documents: readonly NiapDocument[]
  /** Changes made, by decision. */
  readonly made: ReadonlyMap<NiapDecision, number>
}

export function applyDecisions(
  documents: readonly NiapDocument[],
  decisions: readonly NiapDecision[],
  findings: SourceFinding[],
): DecidedDocuments {
  const made = new Map<NiapDecision, number>()
  let current = documents
  for (const decision of decisions) {
    if (decision.changes.length === 0) report(decision, decision.element.line, 'states its change in words only', findings)
    for (const change of decision.changes) {
      const next = applyChange(current, decision, change)
      if (typeof next === 'string') report(decision, change.line, `${next}: ${change.path}`, findings)
      else {
        current = next
        made.set(decision, (made.get(decision) ?? 0) + 1)
      }
    }
  }
  return { documents: current, made }
}

function report({ id, file }: NiapDecision, line: number, why: string, findings: SourceFinding[]): void {
  findings.push({ kind: 'unreadable', id, text: `${id} is not applied here: it ${why}`, place: { file, line } })
}

/** @returns why not */
function applyChange(documents: readonly NiapDocument[], decision: NiapDecision, change: DecisionChange): readonly NiapDocument[] | string {
  const fitting = documents.map((document) => elementsAt(document.root, change.path))
  const found = fitting.flatMap((elements, at) => (elements ?? []).map((element) => ({ element, at })))
  const [first, second] = found
  if (fitting.includes(undefined)) return 'names its place in a way that is not read here'
  if (first === undefined) return 'changes what no document given has'
  if (second !== undefined) return `fits ${found.length} places and not one`
  const document = documents[first.at]
  if (document === undefined || first.element === document.root) return 'replaces a whole document'
  return documents.map((other) => (other === document ? changed(document, first.element, decision, change) : other))
}

function changed(document: NiapDocument, target: XmlElement, { id, file }: NiapDecision, { content, mode }: DecisionChange): NiapDocument {
  const origins = new Map<XmlElement, NiapOrigin>(document.origins)
  for (const element of content) origins.set(element, { file, decision: id })
  const renewed = (before: XmlElement, after: XmlElement) => {
    const origin = origins.get(before)
    if (origin !== undefined) origins.set(after, origin)
  }
  const added = mode === 'add' ? withContent(target, [...target.content, ...content]) : undefined
  if (added !== undefined) renewed(target, added)
  return new NiapDocument(document.file, replaceElement(document.root, target, added === undefined ? content : [added], renewed), origins)
}

/** What a decision says of itself, for the attributes of the set. */
export function decisionRecord(decision: NiapDecision, made: number): Readonly<Record<string, string>> {
  const { id, file, element, changes } = decision
  const words = ['notes', 'Issue_Description', 'Resolution', 'Justification'].flatMap((name): readonly (readonly [string, string])[] => {
    const part = childNamed(element, name)
    return part === undefined ? [] : [[name, textOf(part).replace(/\s+/gu, ' ').trim()]]
  })
  return { ...element.attributes, id, file, changes: String(changes.length), applied: String(made), ...Object.fromEntries(words) }
}
