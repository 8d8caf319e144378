/**
 * Which tables of a document are tables of requirements. Documents hold tables of all kinds: one counts when a header says `requirement`, or the heading of
 * the section does, or when beside an id and a text there is a column that only requirements have.
 */
import { guessColumns, type TableColumns } from '../table/column-roles.js'

export function requirementColumns(headers: readonly string[], heading: string): TableColumns | undefined {
  const columns = guessColumns(headers)
  if (columns === undefined) return undefined
  const { roles } = columns
  if (!roles.includes('text') && !roles.includes('title')) return undefined
  const saysSo = [...headers, heading].some((header) => /\breq(uirement)?s?\b/i.test(header))
  return saysSo || ['rationale', 'methods', 'links', 'parent'].some((role) => roles.some((known) => known === role)) ? columns : undefined
}
