/** A light tree of elements, for formats whose meaning needs what stands around an element. Names and prefixes as spelled. */
import { readXml, readXmlFile, type XmlAttributes, type XmlFile, type XmlHandler, type XmlLimits } from './read-xml.js'

export interface XmlElement {
  readonly name: string
  readonly attributes: XmlAttributes
  /** Elements and the character data between them, in order. */
  readonly content: readonly (XmlElement | string)[]
  /** The elements of `content`. */
  readonly children: readonly XmlElement[]
  /** The character data of `content`, joined; that of children is theirs. */
  readonly text: string
  /** Line of the start tag, 1-based. */
  readonly line: number
}

interface GrowingElement extends XmlElement {
  readonly content: (XmlElement | string)[]
  readonly children: XmlElement[]
  text: string
}

/** Collects one document; `root` is there when the document has been read without an error. */
export class XmlTreeBuilder implements XmlHandler {
  private readonly path: GrowingElement[] = []
  private found: XmlElement | undefined

  open(name: string, attributes: XmlAttributes, line: number): void {
    const element: GrowingElement = { name, attributes, content: [], children: [], text: '', line }
    const parent = this.path.at(-1)
    parent?.content.push(element)
    parent?.children.push(element)
    this.found ??= element
    this.path.push(element)
  }

  text(text: string): void {
    const parent = this.path.at(-1)
    if (parent === undefined) return
    parent.content.push(text)
    parent.text += text
  }

  close(): void {
    this.path.pop()
  }

  get root(): XmlElement {
    if (this.found === undefined) throw new Error('a well-formed document has a root element')
    return this.found
  }
}

/** @throws EvidenceError as readXml */
export function readXmlTree(text: string, file: string, limits?: XmlLimits): XmlElement {
  const builder = new XmlTreeBuilder()
  readXml(text, file, builder, limits)
  return builder.root
}

/** @throws EvidenceError as readXmlFile */
export async function readXmlFileTree(file: XmlFile, limits?: XmlLimits): Promise<XmlElement> {
  const builder = new XmlTreeBuilder()
  await readXmlFile(file, builder, limits)
  return builder.root
}

/** The same element with other content. */
export function withContent(element: XmlElement, content: readonly (XmlElement | string)[]): XmlElement {
  const children = content.filter((part) => typeof part !== 'string')
  return { ...element, content, children, text: content.filter((part) => typeof part === 'string').join('') }
}

/**
 * The tree with other content in place of one element, which must not be the root. What contains it is made anew; `renewed` is told.
 * @returns the root; the same one where the element is not in the tree.
 */
export function replaceElement(
  root: XmlElement,
  target: XmlElement,
  replacement: readonly (XmlElement | string)[],
  renewed: (before: XmlElement, after: XmlElement) => void = () => undefined,
): XmlElement {
  const content = root.content.flatMap((part) => {
    if (part === target) return replacement
    return [typeof part === 'string' ? part : replaceElement(part, target, replacement, renewed)]
  })
  if (content.length === root.content.length && content.every((part, at) => part === root.content[at])) return root
  const after = withContent(root, content)
  renewed(root, after)
  return after
}

/** All character data below an element, in document order. */
export function textOf(element: XmlElement): string {
  return element.content.map((part) => (typeof part === 'string' ? part : textOf(part))).join('')
}

/** Elements below, the element itself included, in document order. */
export function* elementsBelow(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* elementsBelow(child)
}
