/** Line numbers as a reader sees them: `3, 7-9`. The first of very many: a table cell is no place for thousands. */
const mostRanges = 60

export function lineRanges(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && line <= last.to + 1) last.to = line
    else ranges.push({ from: line, to: line })
  }
  const printed = ranges.slice(0, mostRanges).map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
  return printed.join(', ') + (ranges.length > mostRanges ? ` and ${ranges.length - mostRanges} more ranges` : '')
}
