/**
 * Where and how blocks are set, and the door by which one kind of block lays out another. Lengths in points.
 */
import type { RenderError } from '../render-error.js'
import type { Theme } from '../theme.js'
import type { Alignment, InlineItem, InlineLayout } from './inline-layout.js'
import type { TextStyle } from './word.js'
import type { Markup } from './markup.js'
import type { Strip } from './strip.js'
import type { StructureNode } from './structure.js'

export interface Flow {
  readonly x: number
  readonly width: number
  readonly style: TextStyle
  readonly align: Alignment
  readonly node: StructureNode
  /** Inside a table cell: tight, and no table. */
  readonly cell: boolean
}

export interface Blocks {
  /** Template the markup comes from, for messages. */
  readonly place: string
  readonly theme: Theme
  readonly inline: InlineLayout
  blocks(children: readonly Markup[], flow: Flow): Iterable<Strip>
  /** Inline content as one strip per line; structure node `node` holds it and is closed with the last line. */
  text(children: readonly Markup[], flow: Flow, node: StructureNode, before: number, after: number): readonly Strip[]
  /** Inline elements to items; ids met on the way are added to `anchors`. */
  items(children: readonly Markup[], style: TextStyle, anchors: string[]): readonly InlineItem[]
  unsupported(what: string): RenderError
}
