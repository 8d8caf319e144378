/**
 * Panels: a background, with or without a bar at its edge, behind strips. It has no seams inside a page and goes on over a page
 * edge. Lengths in points.
 */
import { moved, type Mark, type Strip } from './strip.js'

/** A panel of up to this many lines is not cut by a page edge. */
const wholePanel = 14

export interface Panel {
  readonly x: number
  readonly width: number
  readonly pad: number
  readonly gap: number
  readonly colour: string
  readonly bar: { readonly width: number; readonly colour: string } | null
}

/** Puts a background behind strips: gaps become part of the strips, so that it has no holes. */
export function panelled(strips: readonly Strip[], panel: Panel): readonly Strip[] {
  const solid = strips.filter((strip) => strip.height > 0)
  let after = 0
  return solid.map((strip, index) => {
    const top = index === 0 ? panel.pad : Math.max(after, strip.before)
    const last = index === solid.length - 1
    after = strip.after
    const height = top + strip.height + (last ? panel.pad : 0)
    const ground: Mark = { kind: 'fill', x: panel.x, y: 0, width: panel.width, height, colour: panel.colour, box: 1 }
    const { bar } = panel
    const edge: readonly Mark[] =
      bar === null ? [] : [{ kind: 'fill', x: panel.x, y: 0, width: bar.width, height, colour: bar.colour, box: 2 }]
    const split = null
    const keepNext = strip.keepNext || solid.length <= wholePanel || index === 0 || index === solid.length - 2
    const [before, below] = [index === 0 ? panel.gap : 0, last ? panel.gap : 0]
    return {
      ...strip,
      height,
      before,
      after: below,
      marks: [ground, ...edge, ...moved(strip.marks, 0, top)],
      keepNext: keepNext && !last,
      split,
    }
  })
}
