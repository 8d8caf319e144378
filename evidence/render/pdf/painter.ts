/**
 * Paints finished pages with PDFKit: decoration first as artifacts, then text in reading order inside its structure elements, then
 * running head and foot. Also places what links and bookmarks lead to. ISO 14289-1: everything is content or artifact.
 */
import { RenderError } from '../render-error.js'
import { visibleText } from '../visible-text.js'
import type { Theme } from '../theme.js'
import type { FontSet } from './font-set.js'
import { pageMarks, type PageRecord } from './page-record.js'
import type { Strip, TextMark } from './strip.js'
import { structureNode, type StructureNode } from './structure.js'
import { drawShape } from './status-shape.js'

export interface PaintOptions {
  readonly theme: Theme
  readonly fonts: FontSet
  /** Left of the running head. */
  readonly title: string
  /** Middle of the foot. */
  readonly footNote: string
  readonly pages: number
  /** Anchor to name of its destination; an anchor that is not here has no text to lead to. */
  readonly destinations: ReadonlyMap<string, string>
}

type Element = PDFKit.PDFStructureElement
type Outline = PDFKit.PDFOutline

/** PDFKit takes these; its type declarations do not list them. */
interface PlacedText extends PDFKit.Mixins.TextOptions {
  readonly textWidth: number
  readonly wordCount: number
}
interface LinkTarget extends PDFKit.Mixins.AnnotationOption {
  readonly structParent: Element
}
interface BookmarkPlace {
  readonly expanded: boolean
  readonly fit: boolean
  readonly left: number
  readonly top: number
  readonly zoom: number
}

export class Painter {
  readonly root: StructureNode = structureNode('Document', null)
  private readonly structure = new WeakMap<StructureNode, Element>()
  private readonly bookmarks: { readonly level: number; readonly item: Outline }[] = []
  /** Structure node whose marked content is open on the page. */
  private current: StructureNode | null = null
  private colour = ''
  private number = 0

  constructor(
    private readonly document: PDFKit.PDFDocument,
    private readonly options: PaintOptions,
  ) {
    const element = document.struct('Document')
    document.addStructure(element)
    this.structure.set(this.root, element)
  }

  page(page: PageRecord): void {
    this.number += 1
    this.document.addPage({ size: [page.width, page.height], margin: 0 })
    this.colour = ''
    this.decoration(page)
    for (const { y, strip } of page.placed) this.strip(page, y, strip)
    this.leave()
    if (page.kind !== 'cover') this.running(page)
  }

  private decoration(page: PageRecord): void {
    const { theme } = this.options
    this.document.markContent('Artifact', { type: 'Layout' })
    for (const mark of pageMarks(page)) {
      if (mark.kind === 'fill') this.document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.colour)
      else if (mark.kind === 'shape') drawShape(this.document, mark.tone, mark.x, mark.y, mark.size, theme.light)
      else if (mark.kind === 'logo') {
        const scale = mark.height / theme.mark.height
        this.document.save().translate(mark.x, mark.y).scale(scale).path(theme.mark.path).fill(mark.colour, 'even-odd').restore()
      } else if (mark.node === null) this.write(mark, mark.x, mark.y)
    }
    this.document.endMarkedContent()
    this.colour = ''
  }

  private strip(page: PageRecord, y: number, strip: Strip): void {
    for (const anchor of strip.anchors) this.destination(anchor, page.left, y)
    if (strip.heading !== null) this.bookmark(strip.heading.level, strip.heading.title, y)
    for (const mark of strip.marks) {
      if (mark.kind !== 'text' || mark.node === null) continue
      if (mark.link !== null) this.link(mark, mark.node, page.left + mark.x, y + mark.y)
      else {
        this.enter(mark.node)
        this.write(mark, page.left + mark.x, y + mark.y)
      }
    }
    for (const node of strip.closes) {
      if (this.current !== null && within(this.current, node)) this.leave()
      this.structure.get(node)?.end()
    }
  }

  private enter(node: StructureNode): void {
    if (this.current === node) return
    this.leave()
    this.element(node).add(this.document.markStructureContent(node.type))
    this.current = node
  }

  private leave(): void {
    if (this.current !== null) this.document.endMarkedContent()
    this.current = null
  }

  private element(node: StructureNode): Element {
    const known = this.structure.get(node)
    if (known !== undefined) return known
    const options: PDFKit.Mixins.StructureElementOptions & { scope?: string } = node.scope === undefined ? {} : { scope: node.scope }
    const element = this.document.struct(node.type, options)
    this.structure.set(node, element)
    if (node.parent !== null) this.element(node.parent).add(element)
    return element
  }

  /** Its own structure element per line, finished at once: PDFKit ties an annotation to the page that is current when it ends. */
  private link(mark: TextMark, node: StructureNode, x: number, y: number): void {
    const target = this.options.destinations.get(mark.link ?? '')
    if (target === undefined)
      throw new RenderError(
        'dangling-link',
        `page ${this.number}`,
        `link to "${mark.link ?? ''}", which is nowhere`,
        'give the template an element with that id',
      )
    this.leave()
    const element = this.document.struct('Link')
    this.element(node).add(element)
    element.add(this.document.markStructureContent('Link'))
    this.write(mark, x, y)
    this.document.endMarkedContent()
    const options: LinkTarget = { structParent: element, Contents: pdfString(`Go to ${mark.text.trim()}`) }
    this.document.goTo(x, y, mark.width, mark.height, target, options)
    element.end()
  }

  private write(mark: TextMark, x: number, y: number): void {
    if (this.colour !== mark.colour) this.document.fillColor(mark.colour)
    this.colour = mark.colour
    const options: PlacedText = { lineBreak: false, baseline: 'alphabetic', textWidth: mark.width, wordCount: 1 }
    this.document
      .font(mark.face)
      .fontSize(mark.size)
      .text(mark.text, x, y + mark.baseline, options)
  }

  private destination(anchor: string, x: number, y: number): void {
    const name = this.options.destinations.get(anchor)
    if (name !== undefined) this.document.addNamedDestination(name, 'XYZ', x, Math.max(0, y - 6), null)
  }

  private bookmark(level: number, title: string, y: number): void {
    if (level > 3) return
    while ((this.bookmarks.at(-1)?.level ?? 0) >= level) this.bookmarks.pop()
    const parent = this.bookmarks.at(-1)?.item ?? this.document.outline
    const place: BookmarkPlace = {
      expanded: level === 1 && this.number < 4,
      fit: false,
      left: this.document.page.width,
      top: Math.max(0, y - 6),
      zoom: 0,
    }
    this.bookmarks.push({ level, item: parent.addItem(title, place) })
  }

  private running(page: PageRecord): void {
    const { theme, fonts, title, footNote, pages } = this.options
    const size = 7.6
    const [left, right] = [page.left, page.width - page.left]
    const place = (text: string, y: number, align: 'left' | 'right', share: number): void => {
      const runs = fonts.fitted('text', size, visibleText(text), (right - left) * share)
      let x = align === 'left' ? left : right - runs.reduce((sum, run) => sum + fonts.width(run.face, size, run.text), 0)
      for (const run of runs) {
        this.document.font(run.face).fontSize(size).text(run.text, x, y, { lineBreak: false, baseline: 'alphabetic' })
        x += fonts.width(run.face, size, run.text)
      }
    }
    this.document.markContent('Artifact', { type: 'Pagination', attached: ['Top'] })
    this.document
      .rect(left, 48, right - left, 0.4)
      .fill(theme.light.rule)
      .fillColor(theme.light.muted)
    place(title, 41, 'left', 0.38)
    place(page.section === '' ? page.part : `${page.part}  ·  ${page.section}`, 41, 'right', 0.58)
    this.document.endMarkedContent()
    this.document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
    place(footNote, page.height - 34, 'left', 0.75)
    place(`page ${this.number} of ${pages}`, page.height - 34, 'right', 0.2)
    this.document.endMarkedContent()
    this.colour = ''
  }
}

/** A text string object, as opposed to a name: PDFKit tells them apart by the wrapper. */
function pdfString(text: string): string {
  return new String(text) as string
}

function within(node: StructureNode, ancestor: StructureNode): boolean {
  for (let at: StructureNode | null = node; at !== null; at = at.parent) if (at === ancestor) return true
  return false
}
