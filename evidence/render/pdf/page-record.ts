/** A finished page: strips with their tops, ready to be painted or inspected. Coordinates in points from the top left of the page. */
import type { Mark, PageKind, Strip } from './strip.js'
import { moved } from './strip.js'

export interface PageRecord {
  readonly kind: PageKind
  /** Titles in force, for the running head: first and second level. */
  readonly part: string
  readonly section: string
  readonly width: number
  readonly height: number
  /** Left edge of the text block. */
  readonly left: number
  readonly placed: readonly { readonly y: number; readonly strip: Strip }[]
}

/** Takes pages in order as they are finished; a page is not kept by the layout. */
export type PageSink = (page: PageRecord) => void

/** All marks of a page where they will be painted; touching panels of one box are joined. */
export function pageMarks(page: PageRecord): readonly Mark[] {
  return placedMarks(page, () => true)
}

/** Those that are no content: a screen reader skips them. */
export function decorationMarks(page: PageRecord): readonly Mark[] {
  return placedMarks(page, (mark) => mark.kind !== 'text' || mark.node === null)
}

function placedMarks(page: PageRecord, wanted: (mark: Mark) => boolean): readonly Mark[] {
  const marks: Mark[] = []
  const open = new Map<string, number>()
  for (const { y, strip } of page.placed)
    for (const mark of moved(strip.marks.filter(wanted), page.left, y)) {
      if (mark.kind !== 'fill' || mark.box === 0) {
        marks.push(mark)
        continue
      }
      const key = `${mark.box} ${mark.x} ${mark.width} ${mark.colour}`
      const index = open.get(key)
      const known = index === undefined ? undefined : marks[index]
      if (index !== undefined && known?.kind === 'fill' && Math.abs(known.y + known.height - mark.y) < 0.01)
        marks[index] = { ...known, height: known.height + mark.height }
      else open.set(key, marks.push(mark) - 1)
    }
  return marks
}
