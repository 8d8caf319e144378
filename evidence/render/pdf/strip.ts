/**
 * The unit of page layout: a horizontal strip of marks that is never cut. A paragraph is one strip per line, a table one per row.
 * Coordinates in points, x from the left edge of the text block, y downwards from the top of the strip.
 */
import type { Face } from '../theme.js'
import type { StatusTone } from '../status-tone.js'
import type { ShapedText } from './face-shaper.js'
import type { StructureNode } from './structure.js'

export interface TextMark {
  readonly kind: 'text'
  readonly x: number
  /** Top of the line box; `height` is its height, `baseline` is measured from `y`. */
  readonly y: number
  readonly width: number
  readonly height: number
  readonly baseline: number
  readonly text: string
  /** Its glyphs where the layout has them already; null: found when it is painted. */
  readonly shaped: readonly ShapedText[] | null
  readonly face: Face
  readonly size: number
  readonly colour: string
  /** Null: an artifact (decoration, or a repeated table header) that a screen reader skips. */
  readonly node: StructureNode | null
  /** Anchor it leads to, without `#`. */
  readonly link: string | null
}

/** Filled rectangle. Panels of one `box` that touch are joined, so that a background shows no seams. */
export interface FillMark {
  readonly kind: 'fill'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour: string
  readonly box: number
}

export interface ShapeMark {
  readonly kind: 'shape'
  readonly x: number
  readonly y: number
  readonly size: number
  readonly tone: StatusTone
}

/** A bar of which `share`, from 0 to 1, is filled. */
export interface BarMark {
  readonly kind: 'bar'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly tone: StatusTone
  readonly share: number
}

/** The mark of the theme, scaled to `height`. */
export interface LogoMark {
  readonly kind: 'logo'
  readonly x: number
  readonly y: number
  readonly height: number
  readonly colour: string
}

export type Mark = TextMark | FillMark | ShapeMark | BarMark | LogoMark

export interface Heading {
  readonly level: number
  readonly title: string
  /** Stands in the table of contents; every heading of the first three levels has a bookmark. */
  readonly listed: boolean
}

export interface Strip {
  readonly height: number
  /** Space to the neighbour above and below; of two neighbours the larger counts, none at the top of a page. */
  readonly before: number
  readonly after: number
  readonly marks: readonly Mark[]
  /** Must share a page with the next strip. */
  readonly keepNext: boolean
  readonly anchors: readonly string[]
  readonly heading: Heading | null
  /** Structure nodes that have all their content once this strip is placed. */
  readonly closes: readonly StructureNode[]
  /** Repeated above this strip when it is the first on a page. */
  readonly header: Strip | null
  /** Cuts between lines so that the first part is at most `room` high; null: not possible. */
  readonly split: ((room: number) => readonly [Strip, Strip] | null) | null
  /** Begins a page of this kind. */
  readonly page: PageKind | null
}

export type PageKind = 'cover' | 'portrait' | 'landscape'

export const emptyStrip: Strip = {
  height: 0,
  before: 0,
  after: 0,
  marks: [],
  keepNext: false,
  anchors: [],
  heading: null,
  closes: [],
  header: null,
  split: null,
  page: null,
}

export function moved(marks: readonly Mark[], dx: number, dy: number): readonly Mark[] {
  return dx === 0 && dy === 0 ? marks : marks.map((mark) => ({ ...mark, x: mark.x + dx, y: mark.y + dy }))
}
