/**
 * Short numbers for what is named often: `S012` for a scenario, in the order in which they are printed in full, `M007` for a module.
 * They hold within one report; titles and paths stay the identity. Without them a matrix of scenarios and modules would fill
 * hundreds of pages with repeated names.
 */
import type { AssuranceCase, Link } from '../model/assurance-case.js'
import { RenderError } from './render-error.js'

export interface Numbering {
  /** @throws RenderError `dangling-link` for an anchor that is neither a scenario's nor a module's. */
  label(anchor: string): string
  /** Consecutive numbers joined, `S001–S004, S007`, in ascending order, each end with its anchor; what has no number keeps its text. */
  ranges(links: readonly Link[]): readonly NumberRange[]
}

export interface NumberRange {
  readonly first: Link
  /** Null: a single number. */
  readonly last: Link | null
}

export function numberingOf(view: AssuranceCase, printed: readonly { readonly anchor: string }[]): Numbering {
  return createNumbering([
    ['S', printed.map(({ anchor }) => anchor)],
    ['M', view.modules.map(({ anchor }) => anchor)],
  ])
}

export function createNumbering(series: readonly (readonly [string, readonly string[]])[]): Numbering {
  const numbers = new Map<string, { readonly prefix: string; readonly number: number; readonly label: string }>()
  for (const [prefix, anchors] of series) {
    const digits = Math.max(3, String(anchors.length).length)
    for (const [index, anchor] of anchors.entries()) {
      const label = `${prefix}${String(index + 1).padStart(digits, '0')}`
      numbers.set(anchor, { prefix, number: index + 1, label })
    }
  }
  const find = (anchor: string): { readonly prefix: string; readonly number: number; readonly label: string } => {
    const found = numbers.get(anchor)
    if (found !== undefined) return found
    throw new RenderError('dangling-link', 'templates', `"${anchor}" has no number`, 'number scenarios and modules only')
  }
  return {
    label: (anchor) => find(anchor).label,
    ranges(links) {
      const named = links.filter(({ anchor }) => !numbers.has(anchor))
      const sorted = [...new Set(links.map(({ anchor }) => anchor))]
        .filter((anchor) => numbers.has(anchor))
        .map((anchor) => ({ anchor, ...find(anchor) }))
        .sort((a, b) => (a.prefix === b.prefix ? a.number - b.number : a.prefix < b.prefix ? -1 : 1))
      const out: { first: Link; last: Link | null; prefix: string; number: number }[] = []
      for (const { anchor, prefix, number, label } of sorted) {
        const open = out.at(-1)
        if (open !== undefined && open.prefix === prefix && open.number === number - 1) {
          open.last = { text: label, anchor }
          open.number = number
        } else out.push({ first: { text: label, anchor }, last: null, prefix, number })
      }
      return [...out.map(({ first, last }) => ({ first, last })), ...named.map((first) => ({ first, last: null }))]
    },
  }
}
