/**
 * Content stream of one page, written operator by operator: what a page shows costs more than its layout when each text goes through
 * general drawing calls. Coordinates in points, y downwards from the top left, as PDFKit turns each page. ISO 32000-1, "Content streams".
 */
import type { EmbeddedFace, ShapedText } from './face-shaper.js'
import type { FontSet } from './font-set.js'
import type { PackDocument } from './pack-document.js'
import { decimal } from './raw-object.js'
import type { TextMark } from './strip.js'

/** What PDFKit knows of the open page. */
interface OpenPage {
  readonly fonts: Record<string, unknown>
  readonly xobjects: Record<string, unknown>
  write(bytes: Uint8Array): void
}

export type WrittenText = Pick<TextMark, 'face' | 'size' | 'text' | 'colour' | 'shaped'>

const colours = new Map<string, string>()

export class PageContent {
  private text = ''
  private colour = ''
  private face: EmbeddedFace | null = null
  private size = 0

  constructor(
    private readonly document: PackDocument,
    private readonly fonts: FontSet,
  ) {}

  /** Content that is not page content has resources of its own. */
  raw(operators: string): void {
    this.text += `${operators}\n`
  }

  artifact(kind: 'Layout' | 'Top' | 'Bottom'): void {
    this.text += kind === 'Layout' ? '/Artifact << /Type /Layout >> BDC\n' : `/Artifact << /Type /Pagination /Attached [/${kind}] >> BDC\n`
  }

  begin(tag: string, number: number): void {
    this.text += `/${tag} << /MCID ${number} >> BDC\n`
  }

  end(): void {
    this.text += 'EMC\n'
  }

  rectangle(x: number, y: number, width: number, height: number, colour: string): void {
    this.fill(colour)
    this.text += `${decimal(x)} ${decimal(y)} ${decimal(width)} ${decimal(height)} re f\n`
  }

  /** `y`: the baseline. */
  write({ face, size, text, colour, shaped }: WrittenText, x: number, y: number): void {
    this.fill(colour)
    let font = ''
    const embedded = this.fonts.embedded(face)
    if (this.face !== embedded || this.size !== size) {
      this.face = embedded
      this.size = size
      this.open.fonts[embedded.id] ??= embedded.ref()
      font = ` /${embedded.id} ${size} Tf`
    }
    this.text += `BT${font} 1 0 0 -1 ${decimal(x)} ${decimal(y)} Tm ${showText(shaped ?? this.fonts.shaped(face, text), size)} ET\n`
  }

  /** A form XObject, scaled and moved. */
  form(name: string, reference: unknown, x: number, y: number, scale: number): void {
    this.open.xobjects[name] ??= reference
    this.text += `q ${decimal(scale)} 0 0 ${decimal(scale)} ${decimal(x)} ${decimal(y)} cm /${name} Do Q\n`
  }

  /** Hands over what was written; drawing calls of PDFKit may follow. They leave the state of the page as it is. */
  flush(): void {
    if (this.text !== '') this.open.write(Buffer.from(this.text, 'latin1'))
    this.text = ''
  }

  private get open(): OpenPage {
    return this.document.page
  }

  private fill(colour: string): void {
    if (this.colour === colour) return
    this.colour = colour
    this.text += `${rgb(colour)} rg\n`
  }
}

export function showText(shaped: readonly ShapedText[], size: number): string {
  let codes = ''
  let rise = 0
  for (const { runs } of shaped)
    for (const run of runs) {
      if (run.rise !== rise) {
        rise = run.rise
        codes += `] TJ ${decimal((rise * size) / 1000)} Ts [`
      }
      codes += run.codes
    }
  return `[${codes}] TJ${rise === 0 ? '' : ' 0 Ts'}`
}

/** `#rrggbb` as three operands from 0 to 1. */
export function rgb(colour: string): string {
  let operands = colours.get(colour)
  if (operands === undefined) {
    const part = (at: number): string => String(Math.round((Number.parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000)
    colours.set(colour, (operands = `${part(1)} ${part(3)} ${part(5)}`))
  }
  return operands
}
