/**
 * A stranger's files may hold texts that print as nothing. Each is said in words, so that no cell of a document is empty; compared
 * values are left alone, since there an empty text is a value, which the templates print as such.
 */
const blank = 'blank in the source'
const values: ReadonlySet<string> = new Set(['expected', 'observed'])

export function printable<Row>(row: Row): Row {
  return said(row) as Row
}

function said(value: unknown): unknown {
  if (typeof value === 'string') return /^[\s\p{DI}]*$/u.test(value) ? blank : value
  if (Array.isArray(value)) return value.map(said)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, values.has(key) && typeof entry === 'string' ? entry : said(entry)]),
  )
}
