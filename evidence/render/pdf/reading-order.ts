/**
 * The parts of a line from left to right as they are read: right-to-left words stand in their own order. Unicode Bidirectional
 * Algorithm (UAX #9), "Reordering Resolved Levels", for parts that are already shaped and a line without explicit embeddings, which
 * are never printed as such: parts between two right-to-left ones with no left-to-right letter between them go with those.
 */

/** `neutral`: white space, punctuation, digits, drawings. */
export type Direction = 'left-to-right' | 'right-to-left' | 'neutral'

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const letter = /\p{L}/u

export function directionOf(text: string): Direction {
  if (rightToLeft.test(text)) return 'right-to-left'
  return letter.test(text) ? 'left-to-right' : 'neutral'
}

export interface Directed {
  readonly direction: Direction
}

/** A line without left-to-right letters is right-to-left as a whole. */
export function inReadingOrder<Part extends Directed>(parts: readonly Part[], mirrored: (part: Part) => Part): readonly Part[] {
  if (!parts.some(({ direction }) => direction === 'right-to-left')) return parts
  const turned = (span: readonly Part[]): readonly Part[] =>
    [...span].reverse().map((part) => (part.direction === 'neutral' ? mirrored(part) : part))
  if (!parts.some(({ direction }) => direction === 'left-to-right')) return turned(parts)
  const ordered: Part[] = []
  for (let at = 0; at < parts.length;) {
    const end = parts[at]?.direction === 'right-to-left' ? spanEnd(parts, at) : at + 1
    ordered.push(...(end > at + 1 ? turned(parts.slice(at, end)) : parts.slice(at, end)))
    at = end
  }
  return ordered
}

/** Behind the last right-to-left part that is reached without a left-to-right one. */
function spanEnd(parts: readonly Directed[], from: number): number {
  let end = from + 1
  for (let at = from + 1; at < parts.length && parts[at]?.direction !== 'left-to-right'; at += 1)
    if (parts[at]?.direction === 'right-to-left') end = at + 1
  return end
}

/** Unicode, "Bidi_Mirrored": the pairs that texts use. */
const mirrors: ReadonlyMap<string, string> = new Map(
  ['()', '[]', '{}', '<>', '«»', '‹›', '≤≥'].flatMap((pair) => {
    const [open = '', close = ''] = pair
    return [
      [open, close],
      [close, open],
    ] as const
  }),
)

/** The whole turned: brackets face the other way, and what is no number stands in the other order. */
export function mirroredText(text: string): string {
  const parts = text.match(/\p{Nd}+(?:[.,:/]\p{Nd}+)*|[\s\S]/gu) ?? []
  return parts
    .reverse()
    .map((part) => mirrors.get(part) ?? part)
    .join('')
}
