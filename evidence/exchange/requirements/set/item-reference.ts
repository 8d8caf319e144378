/** References to items as cells and comments carry them: several in one text, a revision after `~`. */

export interface ItemReference {
  readonly id: string
  readonly revision: string | null
}

/** `req~name~2` and `name~2`: what follows the last `~` is a revision when it is a number. */
export function readReference(text: string): ItemReference {
  const at = text.lastIndexOf('~')
  if (at < 0) return { id: text, revision: null }
  const revision = text.slice(at + 1)
  return at > 0 && /^\d{1,9}$/.test(revision) ? { id: text.slice(0, at), revision } : { id: text, revision: null }
}

const plainId = /^[\w.~/#-]+$/

/** Ids separated by commas, semicolons, bars or white space; with `separator`, by that alone. */
export function splitReferences(cell: string, separator?: string): string[] {
  // One id alone, as nearly every link has it.
  if ((separator === undefined || separator === ',') && plainId.test(cell)) return [cell]
  const parts = separator === undefined ? cell.split(/[,;|\s]+/) : cell.split(separator)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
