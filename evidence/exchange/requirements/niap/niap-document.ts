/**
 * One document of the NIAP schema (protection profile, PP-Module, functional package): its tree, what each element stands in, and what
 * its XML ids lead to. Two namespaces and three generations of ids are in use; names are compared without their prefix.
 */
import type { SourcePlace } from '../../../model/errors.js'
import { localName } from '../../xml/local-name.js'
import { elementsBelow, type XmlElement } from '../../xml/xml-tree.js'

const SECTIONS = 'https://niap-ccevs.org/cc/v1/section'

/** Where an element comes from that a technical decision brought into the document. */
export interface NiapOrigin {
  readonly file: string
  readonly decision: string
}

export interface PlacedElement {
  readonly element: XmlElement
  /** From the root down; without the element itself. */
  readonly ancestors: readonly XmlElement[]
}

export class NiapDocument {
  readonly kind: string
  /** The first generation spells CC ids out in `id` and has no `cc-id`. */
  readonly spelledIds: boolean
  private readonly byName = new Map<string, PlacedElement[]>()
  /** Elements by their `id`, in document order: more than one is a duplicate. */
  readonly byId = new Map<string, PlacedElement[]>()
  /** Elements of the section namespace have their name for an id (`<sec:Threats>`), however often it occurs. */
  readonly sections = new Set<string>()
  private readonly sectionPrefixes: readonly string[]
  /** Of `origins` and of all that stands in them. */
  private readonly originOf = new Map<XmlElement, NiapOrigin>()

  constructor(
    readonly file: string,
    readonly root: XmlElement,
    /** Elements that decisions brought. */
    readonly origins: ReadonlyMap<XmlElement, NiapOrigin> = new Map(),
  ) {
    this.kind = localName(root.name)
    this.spelledIds = Object.values(root.attributes).includes('http://common-criteria.rhcloud.com/ns/cc')
    this.sectionPrefixes = Object.entries(root.attributes).flatMap(([name, value]) =>
      value === SECTIONS ? [name.replace('xmlns', '').slice(1)] : [],
    )
    this.index(root, [], undefined)
  }

  /** Elements of that name in document order. */
  all(...names: readonly string[]): readonly PlacedElement[] {
    return names.flatMap((name) => this.byName.get(name) ?? [])
  }

  first(name: string): XmlElement | undefined {
    return this.byName.get(name)?.[0]?.element
  }

  /** File and line, which are those of the decision for what a decision brought. */
  placeOf(element: XmlElement): SourcePlace {
    return { file: this.originOf.get(element)?.file ?? this.file, line: element.line }
  }

  /** Decisions that changed the element or a part of it. */
  decisionsIn(element: XmlElement): readonly string[] {
    if (this.originOf.size === 0) return []
    const decisions = [...elementsBelow(element)].map((part) => this.originOf.get(part)?.decision)
    return [...new Set(decisions.filter((decision) => decision !== undefined))]
  }

  private index(element: XmlElement, ancestors: readonly XmlElement[], around: NiapOrigin | undefined): void {
    const origin = this.origins.get(element) ?? around
    if (origin !== undefined) this.originOf.set(element, origin)
    const placed = { element, ancestors }
    const name = localName(element.name)
    append(this.byName, name, placed)
    if (this.sectionPrefixes.some((prefix) => element.name === `${prefix}:${name}`)) this.sections.add(name)
    // What replaces a part of another document keeps the ids and the references of that document.
    if (name === 'xpath-specified') return
    const id = element.attributes['id']
    if (id !== undefined && id !== '') append(this.byId, id, placed)
    const path = [...ancestors, element]
    for (const child of element.children) this.index(child, path, origin)
  }
}

export function childrenNamed(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.filter((child) => names.includes(localName(child.name)))
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => localName(child.name) === name)
}

export function elementsNamedBelow(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return [...elementsBelow(element)].filter((part) => names.includes(localName(part.name)))
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
