/**
 * A row of cells side by side as one strip: the row of a table, or a term with its description. It stays whole where it can; where
 * it is taller than the room it is cut between lines, all cells at once.
 */
import { emptyStrip, moved, type FillMark, type Mark, type Strip } from './strip.js'
import type { StructureNode } from './structure.js'

export interface Cell {
  readonly x: number
  readonly strips: readonly Strip[]
}

export interface RowStyle {
  readonly padding: number
  readonly before: number
  readonly after: number
  /** Line under the row; null: none. */
  readonly rule: { readonly x: number; readonly width: number; readonly thickness: number; readonly colour: string } | null
  readonly header: Strip | null
  readonly keepNext: boolean
  readonly anchors: readonly string[]
  readonly closes: readonly StructureNode[]
}

interface Placed {
  readonly y: number
  readonly strip: Strip
}

export function rowStrip(cells: readonly Cell[], style: RowStyle): Strip {
  const stacks = cells.map(({ x, strips }) => ({ x, placed: stack(strips) }))
  const content = Math.max(0, ...stacks.map(({ placed }) => bottom(placed)))
  const height = content + 2 * style.padding
  const marks = stacks.flatMap(({ x, placed }) => placed.flatMap(({ y, strip }) => moved(strip.marks, x, y + style.padding)))
  const anchors = [...style.anchors, ...cells.flatMap(({ strips }) => strips.flatMap((strip) => strip.anchors))]
  return {
    ...emptyStrip,
    height,
    before: style.before,
    after: style.after,
    marks: [...underline(style, height), ...marks],
    keepNext: style.keepNext,
    anchors,
    closes: style.closes,
    header: style.header,
    split: (room) => splitRow(cells, style, room),
  }
}

/** One above the other, gaps as between strips on a page. */
export function stack(strips: readonly Strip[]): readonly Placed[] {
  let y = 0
  let after = 0
  return strips.map((strip, index) => {
    y += index === 0 ? 0 : Math.max(after, strip.before)
    const placed = { y, strip }
    y += strip.height
    after = strip.after
    return placed
  })
}

export function bottom(placed: readonly Placed[]): number {
  const last = placed.at(-1)
  return last === undefined ? 0 : last.y + last.strip.height
}

function splitRow(cells: readonly Cell[], style: RowStyle, room: number): readonly [Strip, Strip] | null {
  const limit = room - 2 * style.padding
  const parts = cells.map(({ x, strips }) => {
    const kept = stack(strips).filter(({ y, strip }) => y + strip.height <= limit).length
    return { x, first: strips.slice(0, kept), rest: strips.slice(kept) }
  })
  // Every cell with content must begin on the first page, and something must remain for the second.
  if (parts.some(({ first, rest }) => first.length === 0 && rest.length > 0) || parts.every(({ rest }) => rest.length === 0)) return null
  const first = rowStrip(
    parts.map((part) => ({ x: part.x, strips: part.first })),
    { ...style, after: 0, keepNext: false, closes: [] },
  )
  const rest = rowStrip(
    parts.map((part) => ({ x: part.x, strips: part.rest })),
    { ...style, before: 0, anchors: [] },
  )
  return [first, rest]
}

function underline({ rule }: RowStyle, height: number): readonly Mark[] {
  if (rule === null) return []
  const line: FillMark = {
    kind: 'fill',
    x: rule.x,
    y: height - rule.thickness,
    width: rule.width,
    height: rule.thickness,
    colour: rule.colour,
    box: 0,
  }
  return [line]
}
