/**
 * Tables to strips: caption, header, one strip per row. The header is repeated on every page as decoration; a row is cut only when
 * it is taller than a page has room for. Column widths come from all rows. Lengths in points.
 */
import { RenderError } from '../render-error.js'
import { columnWidths, type ColumnNeed } from './column-widths.js'
import type { Blocks, Flow } from './flow.js'
import type { Alignment } from './inline-layout.js'
import { elements, isBlock, textOf, type Markup, type MarkupElement } from './markup.js'
import { rowStrip, type Cell } from './row-strip.js'
import { emptyStrip, type Mark, type Strip } from './strip.js'
import { structureNode, type StructureNode } from './structure.js'

const padding = { x: 5, y: 3.2 }
/** A part up to this wide is not broken. */
const unbroken = 96

interface Column {
  readonly x: number
  readonly width: number
}

export function* layoutTable(layout: Blocks, table: MarkupElement, flow: Flow): Generator<Strip> {
  const node = structureNode('Table', flow.node)
  const heads = elements(elements(table.children, 'thead')[0]?.children ?? [], 'tr')
  const bodies = elements(table.children, 'tbody').flatMap((body) => elements(body.children, 'tr'))
  if (heads.length !== 1) throw layout.unsupported('a table without exactly one header row')
  const columns = arrange(layout, [...heads, ...bodies], table, flow)
  for (const caption of elements(table.children, 'caption')) yield* captionStrips(layout, caption, flow, node)
  const head = structureNode('THead', node)
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const header = heads.map((row) =>
    rowOf(layout, row, columns, flow, head, null, { x: flow.x, width, thickness: 0.9, colour: layout.theme.light.muted }),
  )[0]
  if (header === undefined) return
  yield { ...header, keepNext: true }
  const repeated: Strip = { ...header, marks: header.marks.map(decoration), closes: [], anchors: [], split: null }
  const body = structureNode('TBody', node)
  for (const [index, row] of bodies.entries()) {
    const rule = { x: flow.x, width, thickness: index === bodies.length - 1 ? 0.9 : 0.4, colour: layout.theme.light.rule }
    const strip = rowOf(layout, row, columns, flow, body, repeated, rule)
    yield index === bodies.length - 1 ? { ...strip, after: 10 } : strip
  }
  yield { ...emptyStrip, closes: [node], after: 0 }
}

function* captionStrips(layout: Blocks, caption: MarkupElement, flow: Flow, table: StructureNode): Generator<Strip> {
  const style = { ...flow.style, face: 'textBold' as const, size: layout.theme.sizes.table, colour: layout.theme.light.ink }
  const strips = layout.text(caption.children, { ...flow, style }, structureNode('Caption', table), 9, 2)
  for (const strip of strips) yield { ...strip, keepNext: true }
}

function rowOf(
  layout: Blocks,
  row: MarkupElement,
  columns: readonly Column[],
  flow: Flow,
  section: StructureNode,
  header: Strip | null,
  rule: { readonly x: number; readonly width: number; readonly thickness: number; readonly colour: string },
): Strip {
  const node = structureNode('TR', section)
  const markup = elements(row.children)
  if (markup.length !== columns.length) throw layout.unsupported(`a row of ${markup.length} cells in a table of ${columns.length} columns`)
  const cells = columns.flatMap((column, index): readonly Cell[] => {
    const cell = markup[index]
    if (cell === undefined) return []
    const strips = [...cellStrips(layout, cell, flow, column.width - 2 * padding.x, node)]
    const anchors = cell.id === '' ? [] : [cell.id]
    return [
      {
        x: column.x + padding.x,
        strips: strips.map((strip, line) => (line === 0 ? { ...strip, anchors: [...anchors, ...strip.anchors] } : strip)),
      },
    ]
  })
  const anchors = row.id === '' ? [] : [row.id]
  return rowStrip(cells, { padding: padding.y, before: 0, after: 0, rule, header, keepNext: false, anchors, closes: [node] })
}

function cellStrips(layout: Blocks, cell: MarkupElement, flow: Flow, width: number, row: StructureNode): Iterable<Strip> {
  if (textOf(cell.children).trim() === '')
    throw new RenderError('empty-cell', layout.place, 'a table cell is empty', 'print "none", or what is missing')
  const scope = cell.attributes['scope'] === 'row' ? ('Row' as const) : ('Column' as const)
  const node: StructureNode = cell.tag === 'th' ? { type: 'TH', parent: row, scope } : { type: 'TD', parent: row }
  return layout.blocks(cell.children, { x: 0, width, style: cellStyle(layout, cell, flow), align: alignment(cell), node, cell: true })
}

function cellStyle(layout: Blocks, cell: MarkupElement, flow: Flow): Flow['style'] {
  const size = layout.theme.sizes.table
  if (cell.tag === 'th' && cell.attributes['scope'] === 'col')
    return { ...flow.style, size, face: 'textBold', colour: layout.theme.light.muted }
  const colour = cell.attributes['data-mark'] === '-' ? layout.theme.light.muted : flow.style.colour
  return { ...flow.style, size, colour, face: cell.tag === 'th' ? 'textBold' : 'text' }
}

function alignment(cell: MarkupElement): Alignment {
  return cell.classes.includes('num') ? 'right' : cell.classes.includes('mark') ? 'centre' : 'left'
}

function arrange(layout: Blocks, rows: readonly MarkupElement[], table: MarkupElement, flow: Flow): readonly Column[] {
  const needs: { least: number; most: number }[] = []
  for (const row of rows) {
    for (const [index, cell] of elements(row.children).entries()) {
      const text = cellNeed(layout, cell.children, cellStyle(layout, cell, flow))
      const need = cell.classes.includes('num') ? { least: Math.min(text.most, unbroken), most: text.most } : text
      const known = (needs[index] ??= { least: 0, most: 0 })
      known.least = Math.max(known.least, need.least)
      known.most = Math.max(known.most, need.most)
    }
  }
  const padded = needs.map(({ least, most }) => ({ least: least + 2 * padding.x + 0.5, most: most + 2 * padding.x + 0.5 }))
  let x = flow.x
  return columnWidths(padded, flow.width, !table.classes.includes('compact')).map((width) => {
    x += width
    return { x: x - width, width }
  })
}

function cellNeed(layout: Blocks, children: readonly Markup[], style: Flow['style']): ColumnNeed {
  const nested = children.filter(isBlock)
  if (nested.length === 0) return layout.inline.extent(layout.inline.words(layout.items(children, style, [])), unbroken)
  const needs = nested.map((child) => {
    if (child.tag === 'pre') return { least: 120, most: 320 }
    const inset = child.tag === 'li' ? 10 : 0
    const need = cellNeed(layout, child.children, style)
    return { least: need.least + inset, most: need.most + inset }
  })
  return { least: Math.max(...needs.map((need) => need.least)), most: Math.max(...needs.map((need) => need.most)) }
}

function decoration(mark: Mark): Mark {
  return mark.kind === 'text' ? { ...mark, node: null, link: null } : mark
}
