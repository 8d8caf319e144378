/** Markdown as the formatter of this project writes it: what is generated passes the same check as what is written by hand. */

/** A table with aligned columns. Cells are Markdown; a bar in one is escaped here. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map(cellText))
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => widthOf(cells[column] ?? ''))))
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => `${cells[column] ?? ''}${' '.repeat(width - widthOf(cells[column] ?? ''))}`).join(' | ')} |`
  const [first = [], ...rest] = lines
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n')
}

/** Text that is meant as it stands: what Markdown would read as emphasis, a link or markup is escaped, code between backticks is not. */
export function plainText(text: string): string {
  return text
    .split(/(`[^`]*`)/u)
    .map((part, index) => (index % 2 === 1 ? part.replace(/ {2,}/gu, ' ') : part.replace(/(?<!\w)_|_(?!\w)|[\\`*<[\]]/gu, '\\$&')))
    .join('')
}

/** A code span; its fence is longer than any run of backticks within. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`
}

/** The anchor that renderers derive from a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

const cellText = (text: string): string => text.replaceAll(/\s*\n\s*/gu, ' ').replaceAll('|', '\\|')

const widthOf = (text: string): number => text.length
