/**
 * Text with inline marks to lines. A word that fits on a line of its own is never broken; a longer one breaks after punctuation,
 * and where there is none, anywhere. Lengths in points.
 */
import type { StatusTone } from '../status-tone.js'
import type { ShapedText } from './face-shaper.js'
import type { FontSet } from './font-set.js'
import type { Mark, TextMark } from './strip.js'
import { visualWords } from './visual-words.js'
import type { Piece, TextStyle, Word } from './word.js'

export type InlineItem =
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle }
  | { readonly kind: 'shape'; readonly tone: StatusTone; readonly style: TextStyle }
  | { readonly kind: 'bar'; readonly tone: StatusTone; readonly share: number; readonly style: TextStyle }
  | { readonly kind: 'break' }

interface Line {
  readonly words: Word[]
  width: number
}

export type Alignment = 'left' | 'right' | 'centre'

const barWidth = 90

/** After these a long word may break. */
const afterPunctuation = /(?<=[/\\._\-:,;=)\]}~@|#+&?])/

export class InlineLayout {
  constructor(private readonly fonts: FontSet) {}

  /** Widest unbreakable part (but nothing above `bound` counts as unbreakable), and width on one line. */
  extent(words: readonly Word[], bound: number): { readonly least: number; readonly most: number } {
    let least = 0
    let most = 0
    let line = 0
    for (const word of words) {
      line = word.breakBefore ? word.width : line + (line === 0 ? 0 : word.space) + word.width
      most = Math.max(most, line)
      if (word.width <= bound) least = Math.max(least, word.width)
      else for (const part of this.parts(word, bound)) least = Math.max(least, part.width)
    }
    return { least, most }
  }

  lines(items: readonly InlineItem[], width: number, lineHeight: number, align: Alignment): readonly (readonly Mark[])[] {
    return this.wordLines(this.words(items), width, lineHeight, align)
  }

  wordLines(words: readonly Word[], width: number, lineHeight: number, align: Alignment): readonly (readonly Mark[])[] {
    const lines: Line[] = [{ words: [], width: 0 }]
    const place = (word: Word, space: number): boolean => {
      const line = lines.at(-1)
      if (line === undefined) return false
      const gap = line.words.length === 0 ? 0 : space
      if (line.width + gap + word.width > width + 0.01) return false
      line.words.push({ ...word, space: gap })
      line.width += gap + word.width
      return true
    }
    for (const word of words) {
      if (word.breakBefore) lines.push({ words: [], width: 0 })
      if (place(word, word.space)) continue
      if (word.width <= width) {
        lines.push({ words: [], width: 0 })
        place(word, 0)
        continue
      }
      this.parts(word, width).forEach((part, index) => {
        const joined = { ...part, joined: index > 0 }
        if (place(joined, index === 0 ? word.space : 0)) return
        lines.push({ words: [], width: 0 })
        place(joined, 0)
      })
    }
    const spaced = (index: number): boolean => lines[index + 1]?.words[0]?.joined === false
    return lines.map((line, index) => lineMarks(this.fonts, line, width, lineHeight, align, spaced(index)))
  }

  words(items: readonly InlineItem[]): readonly Word[] {
    const words: Word[] = []
    let pieces: Piece[] = []
    let space = 0
    let breakBefore = false
    const flush = (): void => {
      const [first] = pieces
      if (first === undefined) return
      const width = pieces.length === 1 ? first.width : pieces.reduce((sum, piece) => sum + piece.width, 0)
      words.push({ pieces, width, space, breakBefore, joined: false })
      pieces = []
      space = 0
      breakBefore = false
    }
    for (const item of items) {
      if (item.kind === 'break') {
        flush()
        breakBefore = true
        continue
      }
      if (item.kind === 'shape') {
        pieces.push({ text: '', shaped: null, style: item.style, width: item.style.size * 1.3, drawn: { tone: item.tone, share: null } })
        continue
      }
      if (item.kind === 'bar') {
        pieces.push({ text: '', shaped: null, style: item.style, width: barWidth + 5, drawn: { tone: item.tone, share: item.share } })
        continue
      }
      const { text, style } = item
      for (let at = 0; at < text.length;) {
        if (isSpace(text.charCodeAt(at))) {
          flush()
          space = (this.fonts.space(style.face).width * style.size) / 1000
          while (isSpace(text.charCodeAt(at))) at += 1
          continue
        }
        const from = at
        while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1
        this.addPieces(pieces, text.slice(from, at), style)
      }
    }
    flush()
    return words
  }

  private addPieces(pieces: Piece[], text: string, style: TextStyle): void {
    for (const { face, text: covered } of this.fonts.cover(style.face, text)) {
      const shaped = this.fonts.word(face, covered)
      const own = face === style.face ? style : { ...style, face }
      pieces.push({ text: covered, shaped, style: own, width: (shaped.width * style.size) / 1000, drawn: null })
    }
  }

  /** A word too long for `width`, in parts that fit. */
  private parts(word: Word, width: number): readonly Word[] {
    const single = (piece: Piece): Word => ({ pieces: [piece], width: piece.width, space: 0, breakBefore: false, joined: false })
    return word.pieces.flatMap((piece) => {
      if (piece.drawn !== null || piece.width <= width / 4) return [single(piece)]
      return piece.text.split(afterPunctuation).flatMap((part) => {
        const shaped = this.fonts.word(piece.style.face, part)
        const measured = { ...piece, text: part, shaped, width: (shaped.width * piece.style.size) / 1000 }
        return measured.width <= width ? [single(measured)] : this.characters(measured, width).map(single)
      })
    })
  }

  private characters(piece: Piece, width: number): readonly Piece[] {
    const parts: Piece[] = []
    let text = ''
    let used = 0
    const flush = (): void => {
      if (text !== '') parts.push({ ...piece, text, shaped: this.fonts.word(piece.style.face, text), width: used })
      text = ''
      used = 0
    }
    for (const character of piece.text) {
      const own = this.fonts.width(piece.style.face, piece.style.size, character)
      if (used + own > width) flush()
      text += character
      used += own
    }
    flush()
    return parts
  }
}

/** Neighbouring pieces of one style become one mark; `spaced`: the text goes on, so it ends in a space and extracted words stay apart. */
function lineMarks(fonts: FontSet, line: Line, width: number, lineHeight: number, align: Alignment, spaced: boolean): readonly Mark[] {
  const free = Math.max(0, width - line.width)
  const out: Mark[] = []
  let x = align === 'right' ? free : align === 'centre' ? free / 2 : 0
  let run: OpenRun | null = null
  for (const word of visualWords(fonts, line.words)) {
    x += word.space
    let first = word.space > 0
    for (const { style, text, shaped, drawn, width: own } of word.pieces) {
      if (shaped === null || drawn !== null) {
        if (drawn !== null) out.push(drawnMark(drawn, style, x, lineHeight))
        run = null
      } else if (run !== null && sameStyle(run, style)) {
        if (first) addSpace(fonts, run, word.space)
        run.text += text
        run.shaped.push(shaped)
        run.width = x + own - run.x
      } else {
        if (run !== null && first) addSpace(fonts, run, word.space)
        const { face, size, colour, link, node } = style
        const baseline = lineHeight / 2 + size * 0.35
        run = { kind: 'text', x, y: 0, width: own, height: lineHeight, baseline, text, shaped: [shaped], face, size, colour, link, node }
        out.push(run)
      }
      x += own
      first = false
    }
  }
  if (spaced && run !== null) addSpace(fonts, run)
  return out
}

function drawnMark({ tone, share }: NonNullable<Piece['drawn']>, { size }: TextStyle, x: number, lineHeight: number): Mark {
  if (share === null) return { kind: 'shape', x: x + size * 0.12, y: lineHeight / 2 - size * 0.42, size: size * 0.84, tone }
  return { kind: 'bar', x, y: lineHeight / 2 - size * 0.35, width: barWidth, height: size * 0.7, tone, share }
}

type OpenRun = Writable<Omit<TextMark, 'shaped'>> & { readonly shaped: ShapedText[] }

/** @param width as it was laid out, in points: that of another font where the words beside it are set in a fallback. */
function addSpace(fonts: FontSet, run: OpenRun, width?: number): void {
  const space = fonts.space(run.face)
  const excess = width === undefined ? 0 : space.width - (width * 1000) / run.size
  run.text += ' '
  run.shaped.push(Math.abs(excess) < 0.05 ? space : narrowed(space, excess))
}

/** ISO 32000-1, "Text-showing operators": a number in TJ moves the next glyph to the left. */
function narrowed({ width, runs }: ShapedText, excess: number): ShapedText {
  const moved = runs.map(({ rise, codes }) => ({ rise, codes: `${codes} ${Math.round(excess * 10) / 10}` }))
  return { width: width - excess, runs: moved, rightToLeft: false }
}

/** HTML, "ASCII whitespace". */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function sameStyle(a: TextStyle, b: TextStyle): boolean {
  return a.face === b.face && a.size === b.size && a.colour === b.colour && a.link === b.link && a.node === b.node
}
