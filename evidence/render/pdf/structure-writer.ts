/**
 * Writes the logical structure: each element as soon as it has all its content, so that open ones alone are held. What is kept of
 * a page is the number of its list of elements. ISO 32000-1, "Logical structure"; ISO 14289-1 (PDF/UA-1).
 */
import assert from 'node:assert/strict'
import type { PackDocument } from './pack-document.js'
import { RawObject, reference } from './raw-object.js'
import type { StructureNode, StructureType } from './structure.js'

/** A structure element that is not written yet. */
export interface OpenElement {
  readonly id: number
  readonly type: StructureType | 'Link'
  readonly parent: OpenElement | null
  readonly scope: 'Column' | 'Row' | null
  readonly kids: string[]
  readonly open: Set<OpenElement>
  /** Object number of the first page with content of it; 0: none yet. */
  page: number
}

export class StructureWriter {
  private readonly elements = new Map<StructureNode, OpenElement>()
  private readonly nodes = new Map<OpenElement, StructureNode>()
  private readonly numbers: string[] = []
  private readonly roots: OpenElement[] = []
  private readonly closed = new WeakSet<StructureNode>()
  private nextKey = 0
  /** Elements of the marked contents of the page that is open, in the order of their numbers. */
  private marked: OpenElement[] = []
  private page = 0

  constructor(private readonly document: PackDocument) {}

  /** @returns the key of the page in the parent tree. */
  beginPage(page: number): number {
    this.page = page
    this.marked = []
    this.nextKey += 1
    return this.nextKey - 1
  }

  endPage(key: number): void {
    const id = this.document.reserve()
    this.document.writeObject(id, `[${this.marked.map((element) => reference(element.id)).join(' ')}]`)
    this.numbers.push(`${key} ${reference(id)}`)
  }

  element(node: StructureNode): OpenElement {
    const known = this.elements.get(node)
    if (known !== undefined) return known
    assert.ok(!this.closed.has(node), `content for a ${node.type} that is already written`)
    const element = this.child(node.type, node.parent === null ? null : this.element(node.parent), node.scope ?? null)
    this.elements.set(node, element)
    this.nodes.set(element, node)
    return element
  }

  child(type: OpenElement['type'], parent: OpenElement | null, scope: OpenElement['scope'] = null): OpenElement {
    const element: OpenElement = { id: this.document.reserve(), type, parent, scope, kids: [], open: new Set(), page: 0 }
    if (parent === null) this.roots.push(element)
    else {
      parent.kids.push(reference(element.id))
      parent.open.add(element)
    }
    return element
  }

  /** Begins marked content of the element on the open page. @returns its number there. */
  mark(element: OpenElement): number {
    const number = this.marked.push(element) - 1
    if (element.page === 0) element.page = this.page
    const here = element.page === this.page
    element.kids.push(here ? String(number) : `<< /Type /MCR /Pg ${reference(this.page)} /MCID ${number} >>`)
    return number
  }

  /** Ties an annotation of the open page to the element. @returns its key in the parent tree. */
  annotate(element: OpenElement, annotation: number): number {
    element.kids.push(`<< /Type /OBJR /Obj ${reference(annotation)} /Pg ${reference(this.page)} >>`)
    this.numbers.push(`${this.nextKey} ${reference(element.id)}`)
    this.nextKey += 1
    return this.nextKey - 1
  }

  /** Writes the element and what is still open in it; a node without content has none. */
  close(node: StructureNode): void {
    const element = this.elements.get(node)
    if (element !== undefined) this.closeElement(element)
  }

  closeElement(element: OpenElement): void {
    for (const inner of element.open) this.closeElement(inner)
    const { id, type, parent, scope, kids, page } = element
    const node = this.nodes.get(element)
    if (node !== undefined) {
      this.elements.delete(node)
      this.closed.add(node)
    }
    this.nodes.delete(element)
    parent?.open.delete(element)
    const above = parent === null ? this.document.catalogue.StructTreeRoot.id : parent.id
    const place = page === 0 ? '' : ` /Pg ${reference(page)}`
    const attributes = scope === null ? '' : ` /A << /O /Table /Scope /${scope} >>`
    this.document.writeObject(id, `<< /S /${type} /P ${reference(above)}${place}${attributes} /K [${kids.join(' ')}] >>`)
  }

  finish(): void {
    for (const root of this.roots) this.closeElement(root)
    const { data } = this.document.catalogue.StructTreeRoot
    const tree = this.document.reserve()
    // Keys of annotations are given while their page is open, so they are not in order yet.
    const sorted = this.numbers.map((entry) => [Number.parseInt(entry, 10), entry] as const).sort(([a], [b]) => a - b)
    this.document.writeObject(tree, `<< /Nums [${sorted.map(([, entry]) => entry).join('\n')}] >>`)
    data.K = new RawObject(`[${this.roots.map(({ id }) => reference(id)).join(' ')}]`)
    data.ParentTree = new RawObject(reference(tree))
    data.ParentTreeNextKey = this.nextKey
  }
}
