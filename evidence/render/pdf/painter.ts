/**
 * Paints finished pages: decoration first as artifacts, then text in reading order inside its structure elements, then
 * running head and foot. Also places what links and bookmarks lead to. ISO 14289-1: everything is content or artifact.
 * The table of contents is painted last, when its numbers are known, and takes its place between front and body.
 */
import { visibleText } from '../visible-text.js'
import type { Theme } from '../theme.js'
import { Destinations } from './destinations.js'
import type { FontSet } from './font-set.js'
import type { PackDocument } from './pack-document.js'
import { PageContent, rgb, showText } from './page-content.js'
import { decorationMarks, type PageRecord } from './page-record.js'
import { decimal, RawObject, reference, textString } from './raw-object.js'
import { romanNumber } from './roman-number.js'
import { drawShape } from './status-shape.js'
import type { FillMark, Mark, Strip, TextMark } from './strip.js'
import { structureNode, type StructureNode } from './structure.js'
import { StructureWriter, type OpenElement } from './structure-writer.js'
import type { StatusTone } from '../status-tone.js'

export interface PaintOptions {
  readonly theme: Theme
  readonly fonts: FontSet
  /** Left of the running head. */
  readonly title: string
  /** Right of the foot. */
  readonly footNote: string
}

export type Region = 'front' | 'contents' | 'body'

type Outline = PDFKit.PDFOutline

interface BookmarkPlace {
  readonly expanded: boolean
  readonly fit: boolean
  readonly left: number
  readonly top: number
  readonly zoom: number
}

/** PDFKit's object of a page or of a form; what it holds is given up once it is written. */
interface PageObject {
  readonly id: number
  data: Record<string, unknown>
}

const footSize = 7.6

export class Painter {
  /** Front, contents and body, in reading order whatever the order in which they are painted. */
  readonly roots: Readonly<Record<Region, StructureNode>>
  private readonly structure: StructureWriter
  private readonly destinations = new Destinations()
  private readonly bookmarks: { readonly level: number; readonly item: Outline }[] = []
  private readonly counts: Record<Region, number> = { front: 0, contents: 0, body: 0 }
  /** Bookmarks of the first level before the contents. */
  private frontBookmarks = 0
  /** Structure element whose marked content is open on the page. */
  private current: OpenElement | null = null
  private content: PageContent
  private annotations: string[] = []
  private last: PageObject | null = null
  private readonly total: PDFKit.PDFKitReference
  private readonly shapes = new Map<StatusTone, PDFKit.PDFKitReference>()
  private readonly fitted = new Map<string, readonly { readonly text: string; readonly face: TextMark['face']; readonly width: number }[]>()

  constructor(
    private readonly document: PackDocument,
    private readonly options: PaintOptions,
  ) {
    this.structure = new StructureWriter(document)
    const root = structureNode('Document', null)
    const part = (): StructureNode => structureNode('Sect', root)
    this.roots = { front: part(), contents: part(), body: part() }
    for (const region of ['front', 'contents', 'body'] as const) this.structure.element(this.roots[region])
    this.content = new PageContent(document, options.fonts)
    this.total = document.ref({})
  }

  page(region: Region, page: PageRecord): void {
    this.counts[region] += 1
    if (region === 'body' && this.counts.body === 1) this.frontBookmarks = this.document.outline.children.length
    const { document, structure } = this
    document.addPage({ size: [page.width, page.height], margin: 0 })
    this.release()
    const object = (document.page as unknown as { readonly dictionary: PageObject }).dictionary
    this.last = object
    this.content = new PageContent(document, this.options.fonts)
    const key = structure.beginPage(object.id)
    object.data['StructParents'] = key
    this.annotations = []
    this.decoration(page)
    for (const { y, strip } of page.placed) this.strip(page, object.id, y, strip)
    this.leave()
    if (page.kind !== 'cover') this.running(region, page)
    this.content.flush()
    structure.endPage(key)
    if (this.annotations.length > 0) object.data['Annots'] = new RawObject(`[${this.annotations.join(' ')}]`)
  }

  /** @param entries number of pages of each region is final now. */
  finish(): void {
    const { document, counts, options } = this
    const { catalogue } = document
    const contents = catalogue.Pages.data.Kids.splice(counts.front + counts.body)
    catalogue.Pages.data.Kids.splice(counts.front, 0, ...contents)
    const items = document.outline.children
    items.splice(this.frontBookmarks, 0, ...items.splice(items.length - (counts.contents > 0 ? 1 : 0)))
    catalogue.PageLabels = new RawObject(`<< /Nums [0 << /S /r >> ${counts.front + counts.contents} << /S /D >>] >>`)
    this.destinations.finish(document)
    this.structure.finish()
    const font = options.fonts.embedded('text')
    Object.assign(this.total.data, formDictionary(60, 12, { Font: { [font.id]: font.ref() } }))
    const number = showText(options.fonts.shaped('text', String(counts.body)), footSize)
    this.total.end(Buffer.from(`BT ${rgb(options.theme.light.muted)} rg /${font.id} ${footSize} Tf 1 0 0 -1 0 9 Tm ${number} ET`, 'latin1'))
    document.end()
  }

  /** PDFKit holds each page until the file ends; once the next one has begun nothing asks for it but its number. */
  private release(): void {
    if (this.last !== null) this.last.data = {}
  }

  private decoration(page: PageRecord): void {
    const marks = decorationMarks(page)
    if (marks.length === 0) return
    this.content.artifact('Layout')
    for (const mark of marks) this.decorate(mark)
    this.content.end()
  }

  private decorate(mark: Mark): void {
    const { theme } = this.options
    switch (mark.kind) {
      case 'fill':
        this.fill(mark)
        break
      case 'shape':
        this.content.form(`S${mark.tone}`, this.shape(mark.tone), mark.x, mark.y, mark.size)
        break
      case 'bar':
        this.content.rectangle(mark.x, mark.y, mark.width, mark.height, theme.light.panel)
        if (mark.share > 0) this.content.rectangle(mark.x, mark.y, mark.width * mark.share, mark.height, theme.light[mark.tone])
        break
      case 'logo': {
        this.content.flush()
        const scale = mark.height / theme.mark.height
        this.document.save().translate(mark.x, mark.y).scale(scale).path(theme.mark.path).fill(mark.colour, 'even-odd').restore()
        break
      }
      case 'text':
        this.content.write(mark, mark.x, mark.y + mark.baseline)
        break
      default: {
        const never: never = mark
        throw new Error(`no decoration ${String(never)}`)
      }
    }
  }

  private fill(mark: FillMark): void {
    this.content.rectangle(mark.x, mark.y, mark.width, mark.height, mark.colour)
  }

  /** A status shape of one point by one: written once, used on every page. */
  private shape(tone: StatusTone): PDFKit.PDFKitReference {
    const known = this.shapes.get(tone)
    if (known !== undefined) return known
    const form = this.document.ref(formDictionary(1, 1, {}))
    form.end(Buffer.from(drawShape(tone, this.options.theme.light), 'latin1'))
    this.shapes.set(tone, form)
    return form
  }

  private strip(page: PageRecord, object: number, y: number, strip: Strip): void {
    for (const anchor of strip.anchors) this.destinations.add(anchor, object, page.left, page.height - Math.max(0, y - 6))
    if (strip.heading !== null) this.bookmark(strip.heading.level, strip.heading.title, y)
    for (const mark of strip.marks) {
      if (mark.kind !== 'text' || mark.node === null) continue
      if (mark.link !== null) this.link(mark, mark.node, mark.link, page, y)
      else {
        this.enter(mark.node)
        this.content.write(mark, page.left + mark.x, y + mark.y + mark.baseline)
      }
    }
    for (const node of strip.closes) {
      this.leave()
      this.structure.close(node)
    }
  }

  private enter(node: StructureNode): void {
    const element = this.structure.element(node)
    if (this.current === element) return
    this.leave()
    this.content.begin(element.type, this.structure.mark(element))
    this.current = element
  }

  private leave(): void {
    if (this.current !== null) this.content.end()
    this.current = null
  }

  /** Its own structure element per line: an annotation belongs to one page. */
  private link(mark: TextMark, node: StructureNode, anchor: string, page: PageRecord, top: number): void {
    const { document, structure, content } = this
    this.destinations.want(anchor, `page ${this.counts.front + this.counts.contents + this.counts.body}`)
    this.leave()
    const element = structure.child('Link', structure.element(node))
    content.begin('Link', structure.mark(element))
    const [x, y] = [page.left + mark.x, top + mark.y]
    content.write(mark, x, y + mark.baseline)
    content.end()
    const id = document.reserve()
    const key = structure.annotate(element, id)
    const box = [x, page.height - y - mark.height, x + mark.width, page.height - y].map(decimal).join(' ')
    const says = textString(`Go to ${mark.text.trim()}`)
    document.writeObject(
      id,
      `<< /Type /Annot /Subtype /Link /Rect [${box}] /Border [0 0 0] /F 4 /Contents ${says} /Dest (${anchor}) /StructParent ${key} >>`,
    )
    this.annotations.push(reference(id))
    structure.closeElement(element)
  }

  private bookmark(level: number, title: string, y: number): void {
    if (level > 3) return
    while ((this.bookmarks.at(-1)?.level ?? 0) >= level) this.bookmarks.pop()
    const parent = this.bookmarks.at(-1)?.item ?? this.document.outline
    const place: BookmarkPlace = { expanded: false, fit: false, left: this.document.page.width, top: Math.max(0, y - 6), zoom: 0 }
    this.bookmarks.push({ level, item: parent.addItem(title, place) })
  }

  private running(region: Region, page: PageRecord): void {
    const { theme, title, footNote } = this.options
    const { muted, rule } = theme.light
    const { content } = this
    const [left, right] = [page.left, page.width - page.left]
    content.artifact('Top')
    content.rectangle(left, 48, right - left, 0.4, rule)
    this.place(title, left, 41, 'left', (right - left) * 0.38)
    this.place(page.section === '' ? page.part : `${page.part}  ·  ${page.section}`, right, 41, 'right', (right - left) * 0.58)
    content.end()
    content.artifact('Bottom')
    const y = page.height - 34
    const own = region === 'body' ? `page ${this.counts.body} of ` : `page ${romanNumber(this.counts.front + this.counts.contents)}`
    content.write({ face: 'text', size: footSize, text: own, colour: muted, shaped: null }, left, y)
    if (region === 'body') content.form('Total', this.total, left + this.options.fonts.width('text', footSize, own), y - 9, 1)
    this.place(footNote, right, y, 'right', (right - left) * 0.75)
    content.end()
  }

  private place(text: string, x: number, y: number, align: 'left' | 'right', most: number): void {
    const { fonts, theme } = this.options
    const key = `${most} ${text}`
    let runs = this.fitted.get(key)
    if (runs === undefined) {
      if (this.fitted.size > 100) this.fitted.clear()
      runs = fonts
        .fitted('text', footSize, visibleText(text), most)
        .map((run) => ({ ...run, width: fonts.width(run.face, footSize, run.text) }))
      this.fitted.set(key, runs)
    }
    let at = align === 'left' ? x : x - runs.reduce((sum, run) => sum + run.width, 0)
    for (const run of runs) {
      this.content.write({ ...run, size: footSize, colour: theme.light.muted, shaped: null }, at, y)
      at += run.width
    }
  }
}

function formDictionary(width: number, height: number, resources: object): Record<string, unknown> {
  return { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height], Resources: { ProcSet: ['PDF', 'Text'], ...resources } }
}
