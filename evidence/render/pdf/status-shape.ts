/** The five shapes beside status words, drawn rather than set in type, so that no font decides whether they appear. */
import type { Palette } from '../theme.js'
import type { StatusTone } from '../status-tone.js'

/** `x`, `y`: top left of a square of `size` points. */
export function drawShape(document: PDFKit.PDFDocument, tone: StatusTone, x: number, y: number, size: number, palette: Palette): void {
  const radius = size / 2
  const [cx, cy] = [x + radius, y + radius]
  const stroke = size * 0.14
  const at = (dx: number, dy: number): [number, number] => [x + dx * size, y + dy * size]
  document.save().lineWidth(stroke)
  switch (tone) {
    case 'good':
      document.circle(cx, cy, radius).fill(palette.good)
      document
        .moveTo(...at(0.27, 0.53))
        .lineTo(...at(0.44, 0.69))
        .lineTo(...at(0.74, 0.34))
        .stroke(palette.paper)
      break
    case 'bad':
      document.rect(x, y, size, size).fill(palette.bad)
      document
        .moveTo(...at(0.27, 0.27))
        .lineTo(...at(0.73, 0.73))
        .moveTo(...at(0.73, 0.27))
        .lineTo(...at(0.27, 0.73))
        .stroke(palette.paper)
      break
    case 'partly':
      document.circle(cx, cy, radius - stroke / 2).stroke(palette.partly)
      document.path(`M${cx} ${y} A${radius} ${radius} 0 0 0 ${cx} ${y + size} Z`).fill(palette.partly)
      break
    case 'open':
      document.circle(cx, cy, radius - stroke / 2).stroke(palette.open)
      break
    case 'note':
      document
        .moveTo(...at(0.5, 0.02))
        .lineTo(...at(1, 0.95))
        .lineTo(...at(0, 0.95))
        .closePath()
        .fill(palette.note)
      break
    default: {
      const never: never = tone
      throw new Error(`no shape for ${String(never)}`)
    }
  }
  document.restore()
}
