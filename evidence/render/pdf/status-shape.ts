/** The five shapes beside status words, drawn rather than set in type, so that no font decides whether they appear. */
import type { Palette } from '../theme.js'
import type { StatusTone } from '../status-tone.js'
import { rgb } from './page-content.js'

const stroke = 0.14

/** Operators for a square of one by one, y downwards. */
export function drawShape(tone: StatusTone, palette: Palette): string {
  switch (tone) {
    case 'good':
      return `${rgb(palette.good)} rg ${circle(0.5)} f ${line(palette.paper)} 0.27 0.53 m 0.44 0.69 l 0.74 0.34 l S`
    case 'bad':
      return `${rgb(palette.bad)} rg 0 0 1 1 re f ${line(palette.paper)} 0.27 0.27 m 0.73 0.73 l 0.73 0.27 m 0.27 0.73 l S`
    case 'partly':
      return `${line(palette.partly)} ${circle(0.5 - stroke / 2)} S ${rgb(palette.partly)} rg 0 0 0.5 1 re W n ${circle(0.5)} f`
    case 'open':
      return `${line(palette.open)} ${circle(0.5 - stroke / 2)} S`
    case 'note':
      return `${rgb(palette.note)} rg 0.5 0.02 m 1 0.95 l 0 0.95 l h f`
    default: {
      const never: never = tone
      throw new Error(`no shape for ${String(never)}`)
    }
  }
}

function line(colour: string): string {
  return `${stroke} w ${rgb(colour)} RG`
}

/** Around the centre, of four Bézier curves. */
function circle(radius: number): string {
  const bend = radius * 0.5523
  const at = (x: number, y: number): string => `${round(0.5 + x)} ${round(0.5 + y)}`
  const curve = (a: string, b: string, c: string): string => `${a} ${b} ${c} c`
  return [
    `${at(radius, 0)} m`,
    curve(at(radius, bend), at(bend, radius), at(0, radius)),
    curve(at(-bend, radius), at(-radius, bend), at(-radius, 0)),
    curve(at(-radius, -bend), at(-bend, -radius), at(0, -radius)),
    curve(at(bend, -radius), at(radius, -bend), at(radius, 0)),
    'h',
  ].join(' ')
}

function round(value: number): string {
  return String(Math.round(value * 10_000) / 10_000)
}
