/**
 * Evaluation activities: what the evaluator must do, by kind (TSS, guidance, KMD, tests). An activity without a `level` is one of the
 * whole component (NIAP Commons schema, aactivity); the first generation of the schema knew only activities of elements.
 */
import type { ItemActivity } from '../../../items/requirement-item.js'
import { localName } from '../../xml/local-name.js'
import { type XmlElement } from '../../xml/xml-tree.js'
import { childrenNamed } from './niap-document.js'
import type { NiapText } from './niap-text.js'

const KINDS: Readonly<Record<string, ItemActivity['kind']>> = {
  TSS: 'TSS',
  Guidance: 'Guidance',
  KMD: 'KMD',
  Tests: 'Tests',
  CustomEA: 'other',
}

/** `There are no TSS evaluation activities for this component.`: one sentence that says so, and nothing after it. */
const NONE = /^there (?:are|is) no (?:additional )?[\w -]*(?:evaluation|assurance) activit(?:y|ies)\b[^.]*\.?$/iu

/** @param level `component`: those that a reader finds below the component; `element`: those of one element alone. */
export function activitiesOf(
  element: XmlElement,
  level: 'component' | 'element',
  text: NiapText,
  spelledIds: boolean,
): readonly ItemActivity[] {
  return activitiesBelow(element)
    .filter(({ attributes }) => (attributes['level'] ?? (spelledIds ? 'element' : 'component')) === level)
    .flatMap((activity) => partsOf(activity, text))
}

/** Of the element and of the management functions in its wording. */
function activitiesBelow(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => (localName(child.name) === 'aactivity' ? [child] : activitiesBelow(child)))
}

/** Text after an empty `<TSS/>` is of that kind: the older way, which precedes the text instead of enclosing it. */
function partsOf(activity: XmlElement, text: NiapText): readonly ItemActivity[] {
  const parts: ItemActivity[] = []
  let kind: ItemActivity['kind'] = 'other'
  let loose: (XmlElement | string)[] = []
  const flush = () => {
    const words = text.ofParts(loose)
    if (words !== '') parts.push(activityOf(kind, words))
    loose = []
  }
  for (const part of activity.content) {
    const name = typeof part === 'string' ? '' : localName(part.name)
    const own = KINDS[name]
    if (typeof part === 'string' || (own === undefined && name !== 'no-tests')) loose.push(part)
    else {
      flush()
      if (own === undefined) parts.push({ kind: 'Tests', text: text.of(part), explicitNone: true })
      else if (part.content.length === 0) kind = own
      else parts.push(activityOf(own, prefixed(part, text)))
    }
  }
  flush()
  return parts
}

function prefixed(part: XmlElement, text: NiapText): string {
  const name = part.attributes['name']
  return name === undefined ? text.of(part) : `${name}: ${text.of(part)}`
}

function activityOf(kind: ItemActivity['kind'], text: string): ItemActivity {
  return { kind, text, explicitNone: NONE.test(text) }
}

/** Events that the component makes auditable: description and the additional information of the record. */
export function auditEventsOf(component: XmlElement, text: NiapText): readonly Readonly<Record<string, string>>[] {
  return childrenNamed(component, 'audit-event').map((event) => ({
    table: event.attributes['table'] ?? '',
    type: event.attributes['type'] ?? 'normal',
    description: childrenNamed(event, 'audit-event-descr')
      .map((part) => text.of(part))
      .join('\n'),
    information: childrenNamed(event, 'audit-event-info')
      .map((part) => text.of(part))
      .join('\n'),
  }))
}
