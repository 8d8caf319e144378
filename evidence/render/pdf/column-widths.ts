/**
 * Widths of table columns from what the cells need. CSS 2.1, "Automatic table layout": every column gets what it cannot do without,
 * the rest goes where text would otherwise wrap; when even the least does not fit, the widest columns give way. Lengths in points.
 */
export interface ColumnNeed {
  /** Widest unbreakable part. */
  readonly least: number
  /** Width on one line. */
  readonly most: number
}

/**
 * Widths sum to `available` exactly when `stretch`, else to at most that. No column claims more than a third before the others have
 * what they need on one line; what is left then goes to those that asked for more.
 */
export function columnWidths(needs: readonly ColumnNeed[], available: number, stretch: boolean): readonly number[] {
  const least = needs.map((need) => need.least)
  if (sum(least) >= available) return capped(least, available)
  const modest = needs.map((need) => Math.max(need.least, Math.min(need.most, available / 3)))
  if (sum(modest) > available) return between(least, modest, available)
  const most = needs.map((need) => Math.max(need.least, need.most))
  if (sum(most) > available) return between(modest, most, available)
  return stretch ? most.map((width) => (width * available) / sum(most)) : most
}

/** The widest give way down to one common width, so that the words of narrow columns stay whole. */
function capped(least: readonly number[], available: number): readonly number[] {
  const ascending = [...least].sort((a, b) => a - b)
  let left = available
  for (const [index, width] of ascending.entries()) {
    const share = left / (ascending.length - index)
    if (width > share) return least.map((own) => Math.min(own, share))
    left -= width
  }
  return least
}

/** From `low` towards `high`, every column by the same share of its difference, until `available` is used. */
function between(low: readonly number[], high: readonly number[], available: number): readonly number[] {
  const share = (available - sum(low)) / (sum(high) - sum(low))
  return low.map((width, index) => width + ((high[index] ?? width) - width) * share)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
