/** Words of a line from left to right. Nearly every line is in that order already; one with right-to-left text is put into it. */
import type { FontSet } from './font-set.js'
import type { Piece, Word } from './word.js'
import { directionOf, inReadingOrder, mirroredText, type Directed } from './reading-order.js'

/** A piece, or the space before a word. */
interface LinePart extends Directed {
  readonly piece: Piece | null
  readonly space: number
}

export function visualWords(fonts: FontSet, words: readonly Word[]): readonly Word[] {
  if (!words.some(({ pieces }) => pieces.some(({ shaped }) => shaped?.rightToLeft === true))) return words
  const ordered = inReadingOrder(words.flatMap(partsOf), (part) => mirrored(fonts, part))
  const visual: { pieces: Piece[]; space: number }[] = []
  for (const { piece, space } of ordered) {
    if (piece === null || visual.length === 0) visual.push({ pieces: piece === null ? [] : [piece], space })
    else visual.at(-1)?.pieces.push(piece)
  }
  return visual.map(({ pieces, space }) => ({
    pieces,
    space,
    width: pieces.reduce((sum, piece) => sum + piece.width, 0),
    breakBefore: false,
    joined: false,
  }))
}

function partsOf({ pieces, space }: Word): readonly LinePart[] {
  const own = pieces.map((piece): LinePart => ({ direction: directionOf(piece.text), piece, space: 0 }))
  return space === 0 ? own : [{ direction: 'neutral', piece: null, space }, ...own]
}

function mirrored(fonts: FontSet, part: LinePart): LinePart {
  if (part.piece === null || part.piece.shaped === null) return part
  const { style } = part.piece
  const text = mirroredText(part.piece.text)
  const shaped = fonts.word(style.face, text)
  return { ...part, piece: { ...part.piece, text, shaped, width: (shaped.width * style.size) / 1000 } }
}
