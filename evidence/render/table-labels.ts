/**
 * On a narrow screen a table is read cell by cell; each cell then carries the heading of its column. The labels are added here, so
 * that templates need not repeat them.
 */
export function labelCells(html: string): string {
  return html.replace(/<table\b[^]*?<\/table>/g, (table) => {
    const head = /<thead>([^]*?)<\/thead>/.exec(table)?.[1] ?? ''
    const labels = [...head.matchAll(/<th\b[^>]*>([^]*?)<\/th>/g)].map((match) =>
      (match[1] ?? '').replace(/<[^>]*>/g, '').replace(/"/g, '&quot;'),
    )
    return table.replace(/<tbody>[^]*<\/tbody>/, (body) =>
      body.replace(/<tr\b[^>]*>[^]*?<\/tr>/g, (row) => {
        let column = 0
        return row.replace(/<(t[dh])\b/g, (open) => {
          const label = labels[column]
          column += 1
          return label === undefined || column === 1 ? open : `${open} data-label="${label}"`
        })
      }),
    )
  })
}
