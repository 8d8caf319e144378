/**
 * What the templates need not repeat for a browser: on a narrow screen a table is read cell by cell, so each cell carries the heading
 * of its column; and a path may break after a slash, where browsers see no place to break.
 */
export function labelCells(html: string): string {
  return html.replace(/<table\b[^]*?<\/table>/g, (table) => {
    const head = /<thead>([^]*?)<\/thead>/.exec(table)?.[1] ?? ''
    const labels = [...head.matchAll(/<th\b[^>]*>([^]*?)<\/th>/g)].map((match) =>
      (match[1] ?? '').replace(/<[^>]*>/g, '').replace(/"/g, '&quot;'),
    )
    return table.replace(/<tbody>[^]*<\/tbody>/, (body) => body.replace(/<tr\b[^>]*>[^]*?<\/tr>/g, (row) => labelRow(row, labels)))
  })
}

/** The header cell of a row speaks for itself. */
function labelRow(row: string, labels: readonly string[]): string {
  let column = -1
  return row.replace(/<t([dh])\b/g, (open, kind: string) => {
    column += 1
    const label = labels[column]
    return label === undefined || kind === 'h' ? open : `${open} data-label="${label}"`
  })
}

export function breakPaths(html: string): string {
  return html.replace(/<code>([^<]*\/[^<]*)<\/code>/g, (_, path: string) => `<code>${path.replace(/\/(?=\w)/g, '/<wbr>')}</code>`)
}
