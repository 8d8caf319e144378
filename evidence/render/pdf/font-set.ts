/**
 * Widths and glyph cover of the theme's fonts, measured with the document that will print them. A character no font has is
 * replaced by its number in text: a missing-glyph box is never printed. Widths in points.
 */
import { readFileSync } from 'node:fs'
import type { Face } from '../theme.js'
import { faces, type Theme } from '../theme.js'
import { RenderError } from '../render-error.js'
import { characterNumber } from '../visible-text.js'

export interface FaceText {
  readonly face: Face
  readonly text: string
}

const printableAscii = /^[\x20-\x7e]*$/
/** Distinct words remembered per face; beyond it the memory starts anew. */
const rememberedWords = 20_000

export class FontSet {
  private readonly widths = new Map<Face, Map<string, number>>()
  private readonly covers = new Map<Face, (codePoint: number) => boolean>()

  constructor(
    private readonly document: PDFKit.PDFDocument,
    theme: Theme,
  ) {
    for (const face of faces) document.registerFont(face, fontProgram(theme.fonts[face]))
  }

  /** Width of `text`, all of whose characters `face` covers. */
  width(face: Face, size: number, text: string): number {
    let known = this.widths.get(face)
    if (known === undefined || known.size > rememberedWords) this.widths.set(face, (known = new Map<string, number>()))
    let unit = known.get(text)
    if (unit === undefined) known.set(text, (unit = this.document.font(face).fontSize(1000).widthOfString(text) / 1000))
    return unit * size
  }

  /** Splits at changes of font: the face itself where it has the glyphs, else the fallback, else the characters' numbers. */
  cover(face: Face, text: string): readonly FaceText[] {
    if (printableAscii.test(text)) return [{ face, text }]
    const fallback: Face = face.startsWith('mono') ? 'monoFallback' : 'fallback'
    const runs: { face: Face; text: string }[] = []
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0
      const own = this.covered(face, codePoint)
      const chosen = own || !this.covered(fallback, codePoint) ? face : fallback
      const printed = own || chosen === fallback ? character : characterNumber(character)
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

  private covered(face: Face, codePoint: number): boolean {
    let covers = this.covers.get(face)
    if (covers === undefined) this.covers.set(face, (covers = glyphCover(this.document.font(face), face)))
    return covers(codePoint)
  }
}

/**
 * Some fonts end with a glyph that has no outline (the space of IBM Plex Mono), and fontkit reads a header there all the same:
 * a few zero bytes behind the last table give it one. They are not part of any table, so the embedded font is unchanged.
 */
function fontProgram(file: string): Uint8Array {
  return Buffer.concat([readFileSync(file), Buffer.alloc(16)])
}

/** PDFKit keeps the font program it opened at `_font.font`; its glyph cover has no public door. */
function glyphCover(document: PDFKit.PDFDocument, face: Face): (codePoint: number) => boolean {
  const program = (
    document as unknown as { readonly _font?: { readonly font?: { hasGlyphForCodePoint?: (codePoint: number) => boolean } } }
  )._font?.font
  if (typeof program?.hasGlyphForCodePoint !== 'function')
    throw new RenderError('missing-font', `font ${face}`, 'its glyph cover cannot be read', 'name a TrueType or OpenType file in the theme')
  return (codePoint) => program.hasGlyphForCodePoint?.(codePoint) === true
}
