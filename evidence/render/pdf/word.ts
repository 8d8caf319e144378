/** Words of a line and what they are made of: text of one font, or something drawn. Widths in points. */
import type { StatusTone } from '../status-tone.js'
import type { Face } from '../theme.js'
import type { ShapedText } from './face-shaper.js'
import type { StructureNode } from './structure.js'

export interface TextStyle {
  readonly face: Face
  readonly size: number
  readonly colour: string
  readonly link: string | null
  readonly node: StructureNode | null
}

export interface Piece {
  readonly text: string
  readonly shaped: ShapedText | null
  readonly style: TextStyle
  readonly width: number
  /** Drawn, not set in type: a status shape, or a bar of this share. */
  readonly drawn: { readonly tone: StatusTone; readonly share: number | null } | null
}

/** Pieces without white space between them. */
export interface Word {
  readonly pieces: readonly Piece[]
  readonly width: number
  readonly space: number
  readonly breakBefore: boolean
  /** Continues a word that was broken: no space between it and what stands before. */
  readonly joined: boolean
}
