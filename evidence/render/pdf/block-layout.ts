/**
 * Blocks of the HTML subset to strips: headings, paragraphs, lists, descriptions, listings, panels, sections; tables are laid out
 * by `table-layout`. One pass, lazily: a section of any length needs the memory of one row. Lengths in points.
 */
import { RenderError } from '../render-error.js'
import { statusTones, type StatusTone } from '../status-tone.js'
import type { Theme } from '../theme.js'
import type { Blocks, Flow } from './flow.js'
import type { FontSet } from './font-set.js'
import { InlineLayout, type InlineItem } from './inline-layout.js'
import type { TextStyle } from './word.js'
import { isBlock, textOf, type Markup, type MarkupElement } from './markup.js'
import { panelled } from './panel.js'
import { preformattedRows } from './preformatted.js'
import { rowStrip } from './row-strip.js'
import { emptyStrip, moved, type Mark, type PageKind, type Strip } from './strip.js'
import { structureNode, type StructureNode, type StructureType } from './structure.js'
import { layoutTable } from './table-layout.js'

const leading = 1.42
const indent = 16

export class BlockLayout implements Blocks {
  readonly inline: InlineLayout

  constructor(
    readonly place: string,
    private readonly fonts: FontSet,
    readonly theme: Theme,
  ) {
    this.inline = new InlineLayout(fonts)
  }

  /** The flow of a page: `kind` decides its width. */
  flow(kind: PageKind, node: StructureNode): Flow {
    const { page, sizes, light } = this.theme
    const width = (kind === 'landscape' ? page.height : page.width) - 2 * page.side
    return {
      x: 0,
      width,
      style: { face: 'text', size: sizes.body, colour: light.ink, link: null, node: null },
      align: 'left',
      node,
      cell: false,
    }
  }

  *blocks(children: readonly Markup[], flow: Flow): Generator<Strip> {
    let pending: Markup[] = []
    const paragraph = (): readonly Strip[] => {
      const content = pending
      pending = []
      return textOf(content).trim() === '' ? [] : this.text(content, flow, flow.cell ? flow.node : structureNode('P', flow.node), 0, 0)
    }
    for (const [index, child] of children.entries()) {
      if (!isBlock(child)) {
        pending.push(child)
        continue
      }
      yield* paragraph()
      const strips = this.block(child, flow)
      // A paragraph that introduces a listing, a table or a list of descriptions stays with it.
      if (child.tag === 'p' && introduced.has(nextTag(children, index))) yield* kept(strips)
      else yield* strips
    }
    yield* paragraph()
  }

  private *block(element: MarkupElement, flow: Flow): Generator<Strip> {
    const strips = this.unanchored(element, flow)
    let anchors: readonly string[] = element.id === '' ? [] : [element.id]
    for (const strip of strips) {
      // A strip that only begins a page is no place to lead to.
      const takes = anchors.length > 0 && strip.page === null
      yield takes ? { ...strip, anchors: [...anchors, ...strip.anchors] } : strip
      if (takes) anchors = []
    }
    if (anchors.length > 0) yield { ...emptyStrip, anchors }
  }

  private unanchored(element: MarkupElement, flow: Flow): Iterable<Strip> {
    const has = (name: string): boolean => element.classes.includes(name)
    switch (element.tag) {
      case 'section':
      case 'div':
      case 'figure':
        if (has('panel')) return this.panel(element, flow)
        return this.section(element, flow)
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
        return this.heading(element, flow)
      case 'p':
      case 'figcaption':
        return this.paragraph(element, flow)
      case 'ul':
      case 'ol':
        return this.list(element, flow)
      case 'dl':
        return this.descriptions(element, flow)
      case 'pre':
        return this.listing(element, flow)
      case 'table':
        if (flow.cell) throw this.unsupported('a table inside a table cell')
        return layoutTable(this, element, flow)
      default:
        throw this.unsupported(`<${element.tag}> outside its parent`)
    }
  }

  unsupported(what: string): RenderError {
    return new RenderError('unsupported-markup', this.place, what, 'write it with the elements of the subset')
  }

  private *section(element: MarkupElement, flow: Flow): Generator<Strip> {
    const node = element.tag === 'section' ? structureNode('Sect', flow.node) : flow.node
    const kind: PageKind | null = element.classes.includes('landscape')
      ? 'landscape'
      : element.classes.includes('cover')
        ? 'cover'
        : element.classes.includes('new-page')
          ? 'portrait'
          : null
    if (kind !== null) yield { ...emptyStrip, page: kind }
    if (kind === 'cover') yield this.logo()
    const inner = kind === null ? { ...flow, node } : this.flow(kind, node)
    yield* this.blocks(element.children, this.restyled(element, inner))
    const closes = node === flow.node ? [] : [node]
    yield { ...emptyStrip, closes, page: kind === 'landscape' ? 'portrait' : null }
  }

  private logo(): Strip {
    const height = 42
    return { ...emptyStrip, height, after: 34, marks: [{ kind: 'logo', x: 0, y: 0, height, colour: this.theme.light.accent }] }
  }

  /** Classes that change the text of a block. */
  private restyled(element: MarkupElement, flow: Flow): Flow {
    const { sizes, light } = this.theme
    let { style } = flow
    if (element.classes.includes('muted')) style = { ...style, colour: light.muted }
    if (element.classes.includes('small')) style = { ...style, size: sizes.table }
    if (element.classes.includes('lead')) style = { ...style, size: sizes.body * 1.2 }
    return { ...flow, style }
  }

  private *heading(element: MarkupElement, flow: Flow): Generator<Strip> {
    const level = Number(element.tag.slice(1))
    const size = (this.theme.sizes.headings[level - 1] ?? this.theme.sizes.body) * (element.classes.includes('title') ? 1.5 : 1)
    const colour = level === 1 ? this.theme.light.accent : this.theme.light.ink
    const node = structureNode(`H${level}` as StructureType, flow.node)
    const style: TextStyle = { ...flow.style, face: 'textBold', size, colour }
    const gap = [0, 22, 17, 13][level - 1] ?? 12
    const strips = this.text(element.children, { ...flow, style }, node, gap, level === 1 ? 12 : 5, 1.25)
    const listed = level < 3 && !element.classes.includes('item')
    const title = textOf(element.children).replace(/\s+/g, ' ').trim()
    for (const [index, strip] of strips.entries())
      yield { ...strip, keepNext: true, heading: index === 0 ? { level, title, listed } : null }
  }

  private *paragraph(element: MarkupElement, flow: Flow): Generator<Strip> {
    const inner = this.restyled(element, flow)
    const caption = element.tag === 'figcaption'
    const style = caption ? { ...inner.style, face: 'textBold' as const, size: this.theme.sizes.table } : inner.style
    const gap = flow.cell ? 2 : 6
    const strips = this.text(element.children, { ...inner, style }, structureNode('P', flow.node), gap, caption ? 3 : gap)
    // No single line alone at the foot or the head of a page.
    for (const [index, strip] of strips.entries())
      yield caption || (strips.length > 1 && (index === 0 || index === strips.length - 2)) ? { ...strip, keepNext: true } : strip
  }

  /** Inline content as one strip per line; structure node `node` holds it and is closed with the last line. */
  text(children: readonly Markup[], flow: Flow, node: StructureNode, before: number, after: number, spread = leading): readonly Strip[] {
    const anchors: string[] = []
    const items = this.items(children, { ...flow.style, node }, anchors)
    const height = flow.style.size * spread
    const lines = this.inline.lines(items, flow.width, height, flow.align)
    return lines.map((marks, index) => ({
      ...emptyStrip,
      height,
      before: index === 0 ? before : 0,
      after: index === lines.length - 1 ? after : 0,
      marks: moved(marks, flow.x, 0),
      anchors: index === 0 ? anchors : [],
      closes: index === lines.length - 1 && node !== flow.node ? [node] : [],
    }))
  }

  /** Inline elements to items; ids met on the way are added to `anchors`. */
  items(children: readonly Markup[], style: TextStyle, anchors: string[]): readonly InlineItem[] {
    return children.flatMap((child): readonly InlineItem[] => {
      if (typeof child === 'string') return [{ kind: 'text', text: child, style }]
      if (child.id !== '') anchors.push(child.id)
      const inner = this.inlineStyle(child, style)
      switch (child.tag) {
        case 'br':
          return [{ kind: 'break' }]
        case 'strong': {
          const tone = child.classes.includes('status') ? toneIn(child.classes) : null
          if (tone === null) return this.items(child.children, inner, anchors)
          const toned = { ...inner, colour: this.theme.light[tone] }
          return [{ kind: 'shape', tone, style: toned }, ...this.items(child.children, toned, anchors)]
        }
        case 'span': {
          const share = /^--share:(\d{1,3}(?:\.\d)?)%$/.exec(child.attributes['style'] ?? '')?.[1]
          const text = this.items(child.children, inner, anchors)
          return share === undefined
            ? text
            : [{ kind: 'bar', tone: toneIn(child.classes) ?? 'note', share: Math.min(1, Number(share) / 100), style: inner }, ...text]
        }
        case 'a':
        case 'em':
        case 'code':
          return this.items(child.children, inner, anchors)
        default:
          throw this.unsupported(`<${child.tag}> inside a line of text`)
      }
    })
  }

  private inlineStyle(element: MarkupElement, style: TextStyle): TextStyle {
    const bold = style.face === 'textBold' || style.face === 'monoBold'
    const { light } = this.theme
    const own: TextStyle = element.classes.includes('muted') ? { ...style, colour: light.muted } : style
    if (element.tag === 'strong') return { ...own, face: style.face.startsWith('mono') ? 'monoBold' : 'textBold' }
    if (element.tag === 'em') return { ...own, face: 'textItalic', colour: light.muted }
    if (element.tag === 'code') return { ...own, face: bold ? 'monoBold' : 'mono', size: own.size * 0.92 }
    const href = element.tag === 'a' ? (element.attributes['href'] ?? '') : ''
    return href.startsWith('#') ? { ...own, colour: light.accent, link: href.slice(1) } : own
  }

  private *list(element: MarkupElement, flow: Flow): Generator<Strip> {
    const list = structureNode('L', flow.node)
    const plain = element.classes.includes('plain')
    const step = plain ? 0 : flow.cell ? (element.tag === 'ol' ? 14 : 9) : indent
    let number = 0
    for (const child of element.children) {
      if (typeof child === 'string') continue
      if (child.tag !== 'li') throw this.unsupported(`<${child.tag}> as a child of a list`)
      number += 1
      const item = structureNode('LI', list)
      const label = structureNode('Lbl', item)
      const body = structureNode('LBody', item)
      const text = plain ? '' : element.tag === 'ol' ? `${number}.` : '•'
      const height = flow.style.size * leading
      const marks = this.inline.lines([{ kind: 'text', text, style: { ...flow.style, node: label } }], indent * 2, height, 'left')[0] ?? []
      const strips = this.blocks(child.children, { ...flow, x: flow.x + step, width: flow.width - step, node: body })
      let marker: readonly Mark[] = moved(marks, flow.x, 0)
      let first = true
      for (const strip of strips) {
        const before = first ? Math.max(strip.before, flow.cell ? 1 : 3) : strip.before
        yield {
          ...strip,
          before,
          marks: [...marker, ...strip.marks],
          anchors: first && child.id !== '' ? [child.id, ...strip.anchors] : strip.anchors,
        }
        marker = []
        first = false
      }
      yield { ...emptyStrip, closes: [item] }
    }
    yield { ...emptyStrip, closes: [list], after: 0 }
  }

  /** Term beside its description, both cut together when they must be. */
  private *descriptions(element: MarkupElement, flow: Flow): Generator<Strip> {
    const list = structureNode('L', flow.node)
    const terms = Math.min(150, flow.width * 0.28)
    let term: MarkupElement | null = null
    let first = true
    for (const child of element.children) {
      if (typeof child === 'string') continue
      if (child.tag === 'dt') {
        term = child
        continue
      }
      if (child.tag !== 'dd' || term === null) throw this.unsupported(`<${child.tag}> in a list of descriptions without a term`)
      const item = structureNode('LI', list)
      const label = structureNode('Lbl', item)
      const style: TextStyle = { ...flow.style, colour: this.theme.light.muted }
      const name = this.text(term.children, { ...flow, x: 0, width: terms - 10, style, node: label, cell: true }, label, 0, 0)
      const body = { ...flow, x: 0, width: flow.width - terms, node: structureNode('LBody', item), cell: true }
      const cells = [
        { x: flow.x, strips: name },
        { x: flow.x + terms, strips: [...this.blocks(child.children, body)] },
      ]
      const anchors = [term.id, child.id].filter((id) => id !== '')
      const before = first && !flow.cell ? 6 : 0
      first = false
      yield rowStrip(cells, { padding: 1.5, before, after: 0, rule: null, header: null, keepNext: false, anchors, closes: [item] })
    }
    yield { ...emptyStrip, closes: [list] }
    if (!flow.cell) yield spacer(6)
  }

  /** Preformatted text in a panel: white space kept, tabs to multiples of 8, long lines continued under a mark. */
  private *listing(element: MarkupElement, flow: Flow): Generator<Strip> {
    const paragraph = structureNode('P', flow.node)
    const node = structureNode('Code', paragraph)
    const size = this.theme.sizes.code
    const pad = flow.cell ? 4 : 8
    const width = flow.width - 2 * pad
    const columns = Math.max(8, Math.floor(width / this.fonts.width('mono', size, '0')))
    const height = size * 1.45
    const style: TextStyle = { face: 'mono', size, colour: this.theme.light.ink, link: null, node }
    const rows = preformattedRows(textOf(element.children), columns)
    const strips = rows.map((row): Strip => {
      let x = flow.x + pad
      const marks = this.fonts.cover('mono', row).map(({ face, text }): Mark => {
        const own = this.fonts.width(face, size, text)
        x += own
        return {
          kind: 'text',
          x: x - own,
          y: 0,
          width: own,
          height,
          baseline: height / 2 + size * 0.35,
          text,
          shaped: null,
          ...style,
          face,
        }
      })
      return { ...emptyStrip, height, marks }
    })
    yield* panelled(strips, { x: flow.x, width: flow.width, pad: 5, gap: flow.cell ? 2 : 7, colour: this.theme.light.panel, bar: null })
    yield { ...emptyStrip, closes: [paragraph] }
  }

  private *panel(element: MarkupElement, flow: Flow): Generator<Strip> {
    const node = structureNode('Div', flow.node)
    const tone = toneIn(element.classes)
    const colour = tone === null ? this.theme.light.accent : this.theme.light[tone]
    const inner = this.restyled(element, { ...flow, x: flow.x + 14, width: flow.width - 26, node })
    const bar = { width: 3, colour }
    yield* panelled([...this.blocks(element.children, inner)], {
      x: flow.x,
      width: flow.width,
      pad: 9,
      gap: 9,
      colour: this.theme.light.panel,
      bar,
    })
    yield { ...emptyStrip, closes: [node] }
  }
}

const introduced: ReadonlySet<string> = new Set(['pre', 'table', 'dl'])

/** Tag of the element after the one at `index`; empty: none. */
function nextTag(children: readonly Markup[], index: number): string {
  for (let at = index + 1; at < children.length; at++) {
    const child = children[at]
    if (typeof child === 'object') return child.tag
  }
  return ''
}

function* kept(strips: Iterable<Strip>): Generator<Strip> {
  for (const strip of strips) yield { ...strip, keepNext: true }
}

/** Space below what came before; too thin to see where a page begins with it. */
function spacer(height: number): Strip {
  return { ...emptyStrip, height: 0.01, after: height }
}

function toneIn(classes: readonly string[]): StatusTone | null {
  return statusTones.find((tone) => classes.includes(tone)) ?? null
}
