/** Preformatted text to rows of at most so many characters: white space kept, tabs to multiples of 8, long rows continued under a mark. */

/** A trailing line feed makes no row of its own. */
export function preformattedRows(text: string, columns: number): readonly string[] {
  const rows = text.replace(/\n+$/, '').split('\n')
  return rows.flatMap((row) => wrapped(expandTabs(row), columns))
}

function expandTabs(row: string): string {
  let out = ''
  for (const character of row) out += character === '\t' ? ' '.repeat(8 - (out.length % 8)) : character
  return out
}

/** A long row goes on under its own indentation plus two, marked with an arrow. */
function wrapped(row: string, columns: number): readonly string[] {
  const characters = Array.from(row)
  if (characters.length <= columns) return [row === '' ? ' ' : row]
  const lead = Math.min(
    characters.findIndex((character) => character !== ' '),
    Math.floor(columns / 3),
  )
  const prefix = `${' '.repeat(Math.max(0, lead))}↪ `
  const out = [characters.slice(0, columns).join('')]
  const room = columns - prefix.length
  for (let at = columns; at < characters.length; at += room) out.push(prefix + characters.slice(at, at + room).join(''))
  return out
}
