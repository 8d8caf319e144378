/**
 * Text of one font to glyph codes with kerning. Characters of scripts that need no shaping are looked up one by one, with the kerning of
 * each pair; anything else is shaped by fontkit word by word. Units: thousandths of the type size.
 */
import { RenderError } from '../render-error.js'
import { characterNumber } from '../../model/character-number.js'
import { directionOf } from './reading-order.js'

/** Glyphs on one height, as the operand of TJ: `<0012> -20 <0034>`. ISO 32000-1, "Text-showing operators". */
export interface GlyphRun {
  readonly rise: number
  readonly codes: string
}

export interface ShapedText {
  readonly width: number
  readonly runs: readonly GlyphRun[]
  /** Its glyphs stand from left to right, its characters do not. */
  readonly rightToLeft: boolean
}

interface Position {
  readonly xAdvance: number
  readonly xOffset: number
  readonly yOffset: number
  readonly advanceWidth: number
}

/** What PDFKit knows of an embedded font; its type declarations do not list it. */
export interface EmbeddedFace {
  readonly id: string
  ref(): unknown
  encode(text: string): readonly [readonly string[], readonly Position[]]
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean }
}

interface Sign {
  readonly code: string
  readonly advance: number
  /** By index of the sign that follows. */
  readonly kerning: (number | undefined)[]
  readonly index: number
}

/** Latin, Greek and Cyrillic without combining marks, and general punctuation: one glyph per character. */
const simple = /^[\u0020-\u007e\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2200-\u22ff]*$/

/** Distinct words remembered; beyond it the memory starts anew. */
const rememberedWords = 20_000

export class FaceShaper {
  /** Between words. */
  readonly space: ShapedText
  private readonly signs = new Map<string, Sign>()
  private words = new Map<string, ShapedText>()
  private readonly covers = new Map<string, boolean>()
  /** By index of the sign. */
  private readonly characters: string[] = []

  constructor(readonly face: EmbeddedFace) {
    if (typeof face.font.hasGlyphForCodePoint !== 'function')
      throw new RenderError('missing-font', 'font', 'its glyph cover cannot be read', 'name a TrueType or OpenType file in the theme')
    this.space = this.word(' ')
  }

  covered(character: string): boolean {
    let known = this.covers.get(character)
    if (known === undefined) {
      known = this.face.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
      this.covers.set(character, known)
    }
    return known
  }

  /** A word, or anything else without a space inside. */
  word(text: string): ShapedText {
    const known = this.words.get(text)
    if (known !== undefined) return known
    if (this.words.size >= rememberedWords) this.words = new Map()
    const shaped = simple.test(text) ? this.simple(text) : this.shaped(text)
    this.words.set(text, shaped)
    return shaped
  }

  private simple(text: string): ShapedText {
    let width = 0
    let codes = '<'
    let before: Sign | null = null
    for (const character of text) {
      const sign = this.sign(character)
      if (before !== null) {
        const kerning = this.kerning(before, sign, character)
        if (kerning !== 0) codes += `> ${Math.round(-kerning * 10) / 10} <`
        width += kerning
      }
      codes += sign.code
      width += sign.advance
      before = sign
    }
    return { width, runs: [{ rise: 0, codes: `${codes}>` }], rightToLeft: false }
  }

  private sign(character: string): Sign {
    const known = this.signs.get(character)
    if (known !== undefined) return known
    const [codes, positions] = this.face.encode(character)
    const [code, position] = [codes[0], positions[0]]
    if (code === undefined || position === undefined || codes.length !== 1)
      throw new RenderError(
        'missing-font',
        `font ${this.face.id}`,
        `no single glyph for ${characterNumber(character)}`,
        'name another font',
      )
    const sign: Sign = { code, advance: position.advanceWidth, kerning: [], index: this.characters.push(character) - 1 }
    this.signs.set(character, sign)
    return sign
  }

  /** A pair that the font would draw as one sign (a ligature) stays two: extracted text is what was written. */
  private kerning(before: Sign, sign: Sign, character: string): number {
    let kerning = before.kerning[sign.index]
    if (kerning === undefined) {
      const [codes, positions] = this.face.encode((this.characters[before.index] ?? '') + character)
      const first = positions[0]
      kerning = codes.length === 2 && first !== undefined ? first.xAdvance - first.advanceWidth : 0
      before.kerning[sign.index] = kerning
    }
    return kerning
  }

  private shaped(text: string): ShapedText {
    const [codes, positions] = this.face.encode(text)
    const runs: { rise: number; codes: string }[] = []
    let width = 0
    for (const [index, code] of codes.entries()) {
      const position = positions[index]
      if (position === undefined) continue
      const run = runs.at(-1)?.rise === position.yOffset ? runs.at(-1) : undefined
      const before = position.xOffset === 0 ? '' : `${-position.xOffset} `
      const after = position.xOffset + position.advanceWidth - position.xAdvance
      const printed = `${before}<${code}>${after === 0 ? '' : ` ${after}`}`
      if (run === undefined) runs.push({ rise: position.yOffset, codes: printed })
      else run.codes += ` ${printed}`
      width += position.xAdvance
    }
    return { width, runs, rightToLeft: directionOf(text) === 'right-to-left' }
  }
}
