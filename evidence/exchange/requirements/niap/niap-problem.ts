/**
 * Security problem definition and objectives, and the three ways in which the schema maps them: a threat, assumption or policy refers to
 * objectives (`objective-refer`); an objective is addressed by components (`addressed-by`, formerly `component-refer`); in a direct
 * rationale profile the threat itself is addressed by components.
 */
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { SourceMapping } from '../../../items/requirement-set.js'
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { makeItem } from '../set/make-item.js'
import type { NiapContext } from './niap-components.js'
import { childNamed, childrenNamed } from './niap-document.js'

const KINDS: Readonly<Record<string, string>> = {
  threat: 'threat',
  assumption: 'assumption',
  OSP: 'policy',
  SO: 'objective',
  SOE: 'environment-objective',
}

/** A component as an `addressed-by` names it; words in brackets behind it say where it comes from or what its status is. */
const NAMED_COMPONENT = /^([A-Z]{3}_[A-Z0-9^]+(?:_EXT)?\.\d+(?:\.\d+)?(?:\/[\w.-]+|\(\d+\))?)\s*(?:\(([^)]*)\)|from [^,]*|\*+)?$/iu

export interface NiapMapping extends SourceMapping {
  readonly to: string
  /** The words in brackets: `(TLS Package)`; empty: none. */
  readonly remark: string
}

export interface NiapProblem {
  readonly items: readonly RequirementItem[]
  readonly mappings: readonly NiapMapping[]
}

export function problemOf(context: NiapContext): NiapProblem {
  const placed = context.document.all(...Object.keys(KINDS)).filter(({ ancestors }) => !isQuoted(ancestors.at(-1)))
  const items = placed.flatMap(({ element }) => problemItem(element, context))
  const mappings = placed.flatMap(({ element }) => mappingsOf(element, context))
  return { items, mappings }
}

/** `con-mod` and the like repeat names of the base profile in running text. */
function isQuoted(parent: XmlElement | undefined): boolean {
  return parent !== undefined && !/^(?:threats|assumptions|OSPs|SOs|SOEs)$/u.test(localName(parent.name))
}

/** The first generation has the name in `id`. */
function nameOf({ attributes }: XmlElement): string | undefined {
  return (attributes['name'] ?? attributes['id'])?.trim()
}

function problemItem(element: XmlElement, { document, text, findings, ccVersion }: NiapContext): readonly RequirementItem[] {
  const id = nameOf(element)
  const place = document.placeOf(element)
  const name = localName(element.name)
  if (id === undefined || id === '') {
    findings.push({ kind: 'unreadable', id: '', text: `a ${name} without a name`, place })
    return []
  }
  const description = childNamed(element, 'description')
  const rationale = childrenNamed(element, 'consistency-rationale')
    .map((part) => text.of(part))
    .join('\n')
  const addressed = childrenNamed(element, 'addressed-by').map((part) => text.of(part))
  const attributes = addressed.length === 0 ? {} : { 'addressed-by': addressed }
  const wording = description === undefined ? '' : text.of(description)
  return [makeItem({ id, kind: KINDS[name] ?? name, title: id, text: wording, rationale, ccVersion, attributes, place })]
}

function mappingsOf(element: XmlElement, { document, text }: NiapContext): readonly NiapMapping[] {
  const from = nameOf(element)
  if (from === undefined) return []
  return element.children.flatMap((child, index) => {
    const place = document.placeOf(child)
    const inner = childNamed(child, 'rationale')
    switch (localName(child.name)) {
      case 'objective-refer':
        return [
          { from, to: (child.attributes['ref'] ?? '').trim(), rationale: inner === undefined ? '' : text.of(inner), place, remark: '' },
        ]
      case 'component-refer':
        return namedComponents(child.attributes['ref'] ?? '').map(({ to, remark }) => ({
          from,
          to: to.toUpperCase(),
          rationale: text.of(child),
          place,
          remark,
        }))
      case 'addressed-by': {
        const next = element.children[index + 1]
        const rationale = next !== undefined && localName(next.name) === 'rationale' ? text.of(next) : ''
        return namedComponents(text.of(child)).map(({ to, remark }) => ({ from, to, rationale, place, remark }))
      }
      default:
        return []
    }
  })
}

/** One or, in some profiles, a list. Words that name no component are kept whole: what they lead to is a finding. */
export function namedComponents(text: string): readonly { readonly to: string; readonly remark: string }[] {
  return text
    .split(/[,;\n](?![^(]*\))|(?<=[\d)]) +(?=[A-Z]{3}_)/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, id, remark = ''] = NAMED_COMPONENT.exec(entry) ?? []
      return id === undefined ? { to: entry, remark: '' } : { to: id, remark: remark.trim() }
    })
}
