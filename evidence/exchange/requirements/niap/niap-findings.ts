/**
 * What is wrong with the ids of NIAP documents: references that lead to nothing, ids given twice, components and objectives that no
 * mapping uses. Ids of XML are judged within their document, Common Criteria ids over all documents given together.
 */
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { SourceFinding } from '../../../items/requirement-set.js'
import { localName } from '../../xml/local-name.js'
import { textOf, type XmlElement } from '../../xml/xml-tree.js'
import { dependencyIds } from './niap-dependencies.js'
import type { NiapDocument } from './niap-document.js'
import { withoutIteration } from './niap-ids.js'
import type { NiapMapping } from './niap-problem.js'

/** Words behind a component that place it in another document. */
const ELSEWHERE = /\b(?:package|module|base|PP|profile)\b/iu
/** Sections and references that publishing adds to every document. */
const GENERATED =
  /^(?:S[FA]Rs|bib(?:CC|CEM|ERRv\d+)|glossary|acronyms|toc|(?:optional|objective|feat-based|sel-based)-reqs|use-case-appendix)$/u
const OBJECTIVES = new Set(['objective', 'environment-objective'])

export function findingsOf(
  documents: readonly NiapDocument[],
  items: readonly RequirementItem[],
  mappings: readonly NiapMapping[],
): readonly SourceFinding[] {
  return [
    ...documents.flatMap((document) => danglingIds(document, items)),
    ...danglingMappings(items, mappings),
    ...documents.flatMap((document) => duplicateIds(document)),
    ...duplicateItems(items),
    ...unusedItems(items, mappings),
  ]
}

function danglingMappings(items: readonly RequirementItem[], mappings: readonly NiapMapping[]): readonly SourceFinding[] {
  const ids = new Set(
    items.flatMap(({ id, attributes: { component } }) => [id, ...(typeof component === 'string' ? [component] : [])]).map(upper),
  )
  const iterations = grouped(items.filter(isComponent), ({ id }) => withoutIteration(id).toUpperCase())
  return mappings
    .filter(({ to, remark }) => !ids.has(to.toUpperCase()) && !ELSEWHERE.test(remark))
    .map(({ from, to, place }) => {
      const known = iterations.get(to.toUpperCase())?.map(({ id }) => id)
      const hint = known === undefined ? '' : `; there are ${known.join(', ')}`
      return { kind: 'dangling', id: to, text: `${from} is mapped to ${to || 'nothing'}, which is not defined here${hint}`, place }
    })
}

function upper(text: string): string {
  return text.toUpperCase()
}

/** References of the schema to XML ids: dependencies, `ref-id`, cross references, changes to base profiles. */
function danglingIds(document: NiapDocument, items: readonly RequirementItem[]): readonly SourceFinding[] {
  const names = new Set(items.map(({ id }) => id.toUpperCase()))
  for (const { element } of document.all('f-component', 'base-sfr-spec')) names.add((element.attributes['cc-id'] ?? '').toUpperCase())
  const known = (id: string) => document.byId.has(id) || document.sections.has(id) || GENERATED.test(id) || names.has(id.toUpperCase())
  const missing = (what: string, element: XmlElement, targets: readonly string[]): readonly SourceFinding[] =>
    targets
      .filter((id) => !known(id))
      .map((id) => ({ kind: 'dangling', id, text: `${what} refers to the id ${id}, which nothing has`, place: document.placeOf(element) }))
  return [
    ...document
      .all('depends', 'selection-depends')
      .flatMap(({ element }) => missing(localName(element.name), element, dependencyIds(element))),
    ...document
      .all('ref-id')
      .filter(({ ancestors }) => localName(ancestors.at(-1)?.name ?? '') !== 'doc')
      .flatMap(({ element }) => missing('ref-id', element, [textOf(element).trim()])),
    ...document.all('xref').flatMap(({ element }) => missing('xref', element, present(element.attributes['to']))),
    ...document.all('con-mod').flatMap(({ element }) => missing('con-mod', element, present(element.attributes['ref']?.trim()))),
  ]
}

function present(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id]
}

function duplicateIds(document: NiapDocument): readonly SourceFinding[] {
  return [...document.byId].flatMap(([id, placed]) =>
    placed.slice(1).map(({ element }) => ({
      kind: 'duplicate' as const,
      id,
      text: `the id ${id} is given again, after line ${placed[0]?.element.line ?? 0}`,
      place: document.placeOf(element),
    })),
  )
}

function duplicateItems(items: readonly RequirementItem[]): readonly SourceFinding[] {
  return [...grouped(items, ({ id }) => id)].flatMap(([id, same]) =>
    same.slice(1).map((item) => ({ kind: 'duplicate' as const, id, text: duplicateText(item, same[0] ?? item), place: item.place })),
  )
}

function duplicateText(item: RequirementItem, first: RequirementItem): string {
  const [base, firstBase] = [item, first].map(({ attributes }) => baseOf(attributes))
  const bases = base === undefined || base === firstBase ? '' : ` (for the base ${base}, before for ${firstBase ?? 'every base'})`
  return `${item.id} is defined again, after line ${first.place.line ?? 0}${bases}`
}

function baseOf(attributes: RequirementItem['attributes']): string | undefined {
  const base = attributes['base-pp']
  return typeof base === 'string' ? base : undefined
}

/** Judged only where the documents map at all: a package or a module may leave that to its base profile. */
function unusedItems(items: readonly RequirementItem[], mappings: readonly NiapMapping[]): readonly SourceFinding[] {
  const used = new Set(mappings.map(({ to }) => to.toUpperCase()))
  const isUsed = ({ id }: RequirementItem) => used.has(id.toUpperCase()) || used.has(withoutIteration(id).toUpperCase())
  const judged = [items.filter(isComponent), items.filter(({ kind }) => OBJECTIVES.has(kind))]
  return judged
    .filter((group) => group.some(isUsed))
    .flatMap((group) => group.filter((item) => !isUsed(item)))
    .map(({ id, kind, place }) => ({
      kind: 'unused',
      id,
      text: `no ${isFunctional(kind) ? 'objective or threat' : 'threat, assumption or policy'} is mapped to ${id}`,
      place,
    }))
}

function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return groups
}

function isFunctional(kind: string): boolean {
  return kind === 'component'
}

function isComponent({ kind }: RequirementItem): boolean {
  return isFunctional(kind)
}
