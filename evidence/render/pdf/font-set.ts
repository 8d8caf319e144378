/**
 * Widths and glyph cover of the theme's fonts, measured with the document that will print them. A character no font has is
 * replaced by its number in text: a missing-glyph box is never printed. Widths in points.
 */
import { readFileSync } from 'node:fs'
import { RenderError } from '../render-error.js'
import { faces, type Face, type Theme } from '../theme.js'
import { characterNumber } from '../../model/character-number.js'
import { FaceShaper, type EmbeddedFace, type ShapedText } from './face-shaper.js'

export interface FaceText {
  readonly face: Face
  readonly text: string
}

const printableAscii = /^[\x20-\x7e]*$/

export class FontSet {
  private readonly shapers = new Map<Face, FaceShaper>()
  /** Opened only when a text has a character that neither the face nor its fallback covers: some of these are large. */
  private readonly further: readonly Face[]
  private readonly files: ReadonlyMap<Face, string>
  private readonly absent = new Map<string, number>()

  constructor(
    private readonly document: PDFKit.PDFDocument,
    theme: Theme,
  ) {
    const further = theme.furtherFonts.map((file, at): [Face, string] => [`further-${at}`, file])
    this.further = further.map(([face]) => face)
    this.files = new Map<Face, string>([...faces.map((face): [Face, string] => [face, theme.fonts[face]]), ...further])
  }

  /** Characters that no font has, with how often each was set. */
  get missing(): ReadonlyMap<string, number> {
    return this.absent
  }

  /** Width of `text`, all of whose characters `face` covers. */
  width(face: Face, size: number, text: string): number {
    const shaper = this.shaper(face)
    if (!text.includes(' ')) return (shaper.word(text).width * size) / 1000
    const words = text.split(' ')
    return (words.reduce((sum, word) => sum + shaper.word(word).width, (words.length - 1) * shaper.space.width) * size) / 1000
  }

  /** A word without a space in it. */
  word(face: Face, text: string): ShapedText {
    return this.shaper(face).word(text)
  }

  space(face: Face): ShapedText {
    return this.shaper(face).space
  }

  /** Words of the text and what stands between them, ready to be shown. */
  shaped(face: Face, text: string): readonly ShapedText[] {
    const shaper = this.shaper(face)
    if (!text.includes(' ')) return [shaper.word(text)]
    return text.split(' ').flatMap((word, index) => (index === 0 ? [shaper.word(word)] : [shaper.space, shaper.word(word)]))
  }

  /** The font as PDFKit embeds it. */
  embedded(face: Face): EmbeddedFace {
    return this.shaper(face).face
  }

  /** Splits at changes of font: the face itself where it has the glyphs, else the fallback, else the characters' numbers. */
  cover(face: Face, text: string): readonly FaceText[] {
    if (printableAscii.test(text)) return [{ face, text }]
    const fallback: Face = face.startsWith('mono') ? 'monoFallback' : 'fallback'
    const candidates = [face, fallback, ...this.further]
    const runs: { face: Face; text: string }[] = []
    for (const character of text) {
      const found = candidates.find((candidate) => this.shaper(candidate).covered(character))
      if (found === undefined) this.absent.set(character, (this.absent.get(character) ?? 0) + 1)
      const [chosen, printed] = found === undefined ? [face, characterNumber(character)] : [found, character]
      const last = runs.at(-1)
      if (last?.face === chosen) last.text += printed
      else runs.push({ face: chosen, text: printed })
    }
    return runs
  }

  /** As `cover`, on one line of at most `width`; cut text ends in an ellipsis. */
  fitted(face: Face, size: number, text: string, width: number): readonly FaceText[] {
    const characters = Array.from(text.replace(/\s+/g, ' '))
    const runs = (count: number): readonly FaceText[] =>
      this.cover(face, characters.slice(0, count).join('').trimEnd() + (count < characters.length ? '…' : ''))
    let count = characters.length
    while (count > 0 && runs(count).reduce((sum, run) => sum + this.width(run.face, size, run.text), 0) > width) count -= 1
    return runs(count)
  }

  private shaper(face: Face): FaceShaper {
    let shaper = this.shapers.get(face)
    if (shaper === undefined) this.shapers.set(face, (shaper = this.open(face)))
    return shaper
  }

  private open(face: Face): FaceShaper {
    const file = this.files.get(face)
    if (file === undefined) throw new RenderError('missing-font', `font ${face}`, 'is not in the theme', 'name its file there')
    this.document.registerFont(face, fontProgram(file))
    return new FaceShaper(embeddedFace(this.document.font(face), face))
  }
}

/**
 * Some fonts end with a glyph that has no outline (the space of IBM Plex Mono), and fontkit reads a header there all the same:
 * a few zero bytes behind the last table give it one. They are not part of any table, so the embedded font is unchanged.
 */
function fontProgram(file: string): Uint8Array {
  return Buffer.concat([readFileSync(file), Buffer.alloc(16)])
}

/** PDFKit keeps the font that is in use at `_font`; it has no public door. */
function embeddedFace(document: PDFKit.PDFDocument, face: Face): EmbeddedFace {
  const { _font: font } = document as unknown as { readonly _font?: EmbeddedFace }
  if (font === undefined) throw new RenderError('missing-font', `font ${face}`, 'cannot be opened', 'name another file in the theme')
  return font
}
