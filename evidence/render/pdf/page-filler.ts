/**
 * Strips to pages. A strip is never cut by a page edge; strips that must stay together move together; a table header is repeated;
 * a row taller than a third of a page may be cut between lines. Lengths in points.
 */
import { RenderError } from '../render-error.js'
import type { Theme } from '../theme.js'
import type { PageRecord, PageSink } from './page-record.js'
import type { PageKind, Strip } from './strip.js'

interface OpenPage {
  readonly kind: PageKind
  readonly width: number
  readonly height: number
  readonly placed: { readonly y: number; readonly strip: Strip }[]
  y: number
  after: number
  filled: boolean
  section: string
}

export class PageFiller {
  private page: OpenPage | null = null
  private kind: PageKind = 'portrait'
  private group: Strip[] = []
  /** Empty strips met between two pages: they go to the head of the next. */
  private carried: Strip[] = []
  private part = ''
  private section = ''

  constructor(
    private readonly theme: Theme,
    private readonly sink: PageSink,
  ) {}

  fill(strips: Iterable<Strip>): void {
    for (const strip of strips) {
      if (strip.page !== null) {
        this.placeGroup()
        this.placeStrip({ ...strip, page: null })
        this.endPage()
        this.kind = strip.page
        continue
      }
      this.group.push(strip)
      if (!this.goesOn(strip)) this.placeGroup()
    }
  }

  finish(): void {
    this.placeGroup()
    this.endPage()
  }

  /** An empty strip that carries an anchor waits for its text; one that only closes structure does not break a group up. */
  private goesOn(strip: Strip): boolean {
    if (strip.height > 0) return strip.keepNext
    return strip.anchors.length > 0 || (this.group.findLast(({ height }) => height > 0)?.keepNext ?? false)
  }

  private placeGroup(): void {
    const group = this.group
    this.group = []
    if (group.some(({ height }) => height > 0)) this.place(group)
    else this.placeAll(group)
  }

  private place(group: readonly Strip[]): void {
    if (this.fits(group)) {
      this.placeAll(group)
      return
    }
    if (this.placeSplit(group)) return
    if (this.page?.filled === true) {
      this.endPage()
      this.place(group)
      return
    }
    if (group.length > 1) {
      for (const strip of group) this.place([strip])
      return
    }
    const what = `a line ${Math.round(group[0]?.height ?? 0)} points high does not fit on a page`
    throw new RenderError('does-not-fit', 'page layout', what, 'make the page of the theme larger, or its type smaller')
  }

  /** Cuts the last strip of the group at the page edge when it is tall, or when a whole page would not hold it. */
  private placeSplit(group: readonly Strip[]): boolean {
    const at = group.findLastIndex(({ height }) => height > 0)
    const last = group[at]
    if (last === undefined || last.split === null) return false
    const page = this.open()
    if (page.filled && last.height < this.room(page.kind) / 3) return false
    const lead = group.slice(0, at)
    const bottom = this.bottomOf([...lead, { ...last, height: 0 }])
    const parts = last.split(this.limit(page) - bottom)
    if (parts === null) return false
    this.placeAll([...lead, parts[0]])
    this.endPage()
    this.place([parts[1], ...group.slice(at + 1)])
    return true
  }

  private fits(group: readonly Strip[]): boolean {
    return this.bottomOf(group) <= this.limit(this.open()) + 0.01
  }

  /** Where the last strip of the group would end on the open page. */
  private bottomOf(group: readonly Strip[]): number {
    const page = this.open()
    let { y, after, filled } = page
    for (const strip of group) {
      if (strip.height === 0 && strip.split === null) continue
      if (!filled && strip.header !== null) y += strip.header.height
      else if (filled) y += Math.max(after, strip.before)
      y += strip.height
      after = strip.after
      filled = true
    }
    return y
  }

  private placeAll(group: readonly Strip[]): void {
    for (const strip of group) this.placeStrip(strip)
  }

  private placeStrip(strip: Strip): void {
    if (strip.height === 0 && strip.anchors.length === 0 && strip.closes.length === 0) return
    if (strip.height === 0 && this.page === null) {
      this.carried.push(strip)
      return
    }
    const page = this.open()
    if (strip.height === 0) {
      page.placed.push({ y: page.y, strip })
      return
    }
    if (!page.filled && strip.header !== null) {
      page.placed.push({ y: page.y, strip: strip.header })
      page.y += strip.header.height
    } else if (page.filled) page.y += Math.max(page.after, strip.before)
    if (strip.heading !== null) this.enter(page, strip.heading.level, strip.heading.title)
    page.placed.push({ y: page.y, strip })
    page.y += strip.height
    page.after = strip.after
    page.filled = true
  }

  private enter(page: OpenPage, level: number, title: string): void {
    if (level === 1) {
      this.part = title
      this.section = ''
      if (!page.filled) page.section = ''
    }
    if (level !== 2) return
    this.section = title
    if (!page.filled || page.section === '') page.section = title
  }

  private open(): OpenPage {
    if (this.page !== null) return this.page
    const { page } = this.theme
    const [width, height] = this.kind === 'landscape' ? [page.height, page.width] : [page.width, page.height]
    const placed = this.carried.map((strip) => ({ y: page.top, strip }))
    this.carried = []
    this.page = { kind: this.kind, width, height, placed, y: page.top, after: 0, filled: false, section: this.section }
    return this.page
  }

  private endPage(): void {
    const page = this.page
    if (page === null) return
    this.page = null
    const record: PageRecord = { ...page, part: this.part, left: this.theme.page.side }
    this.sink(record)
    if (page.kind === 'cover') this.kind = 'portrait'
  }

  private limit(page: OpenPage): number {
    return page.height - this.theme.page.bottom
  }

  private room(kind: PageKind): number {
    const { page } = this.theme
    return (kind === 'landscape' ? page.width : page.height) - page.top - page.bottom
  }
}
