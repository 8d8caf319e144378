/**
 * The table of contents: headings of the first two levels with page numbers and links. It is laid
 * out last. Lengths in points.
 */
import type { Theme } from '../theme.js'
import type { FontSet } from './font-set.js'
import { InlineLayout } from './inline-layout.js'
import type { TextStyle } from './word.js'
import { emptyStrip, moved, type Heading, type Mark, type Strip } from './strip.js'
import { structureNode, type StructureNode } from './structure.js'

export interface ContentsEntry extends Heading {
  readonly anchor: string
  /** As printed. */
  readonly page: string
}

const numberWidth = 34

export function* layoutContents(entries: readonly ContentsEntry[], fonts: FontSet, theme: Theme, root: StructureNode): Generator<Strip> {
  const inline = new InlineLayout(fonts)
  const width = theme.page.width - 2 * theme.page.side
  const { light, sizes } = theme
  yield { ...emptyStrip, page: 'portrait' }
  const heading = structureNode('H1', root)
  const titleStyle: TextStyle = { face: 'textBold', size: sizes.headings[0] ?? 20, colour: light.accent, link: null, node: heading }
  const title = inline.lines([{ kind: 'text', text: 'Contents', style: titleStyle }], width, titleStyle.size * 1.25, 'left')[0] ?? []
  yield {
    ...emptyStrip,
    height: titleStyle.size * 1.25,
    after: 12,
    marks: title,
    keepNext: true,
    heading: { level: 1, title: 'Contents', listed: false },
    closes: [heading],
  }
  const list = structureNode('TOC', root)
  for (const { level, title: text, anchor, page } of entries) {
    const item = structureNode('TOCI', list)
    const inset = level === 1 ? 0 : 14
    const style: TextStyle = {
      face: level === 1 ? 'textBold' : 'text',
      size: level === 1 ? sizes.body : sizes.body * 0.95,
      colour: light.ink,
      link: anchor,
      node: item,
    }
    const height = style.size * 1.5
    const lines = inline.lines([{ kind: 'text', text, style }], width - inset - numberWidth, height, 'left')
    const number = inline.lines([{ kind: 'text', text: page, style }], numberWidth, height, 'right')[0] ?? []
    for (const [index, marks] of lines.entries()) {
      const last = index === lines.length - 1
      const own = moved(marks, inset, 0)
      const row = last ? [...leader(own, width - numberWidth, height, light.rule), ...own, ...moved(number, width - numberWidth, 0)] : own
      yield {
        ...emptyStrip,
        height,
        before: index === 0 && level === 1 ? 6 : 0,
        marks: row,
        keepNext: !last || level === 1,
        closes: last ? [item] : [],
      }
    }
  }
  yield { ...emptyStrip, closes: [list] }
}

/** A thin line from the end of the title to the page number. */
function leader(marks: readonly Mark[], right: number, height: number, colour: string): readonly Mark[] {
  const end = Math.max(0, ...marks.map((mark) => (mark.kind === 'text' ? mark.x + mark.width : 0))) + 6
  return end >= right ? [] : [{ kind: 'fill', x: end, y: height * 0.72, width: right - end, height: 0.4, colour, box: 0 }]
}
