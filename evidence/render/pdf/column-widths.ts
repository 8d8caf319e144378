/**
 * Widths of table columns from what the cells need. CSS 2.1, "Automatic table layout": every column gets what it cannot do without,
 * the rest goes where text would otherwise wrap; when even the least does not fit, all give way in proportion. Lengths in points.
 */
export interface ColumnNeed {
  /** Widest unbreakable part. */
  readonly least: number
  /** Width on one line. */
  readonly most: number
}

/** Widths sum to `available` exactly when `stretch`, else to at most that. Long text counts up to `enough`. */
export function columnWidths(needs: readonly ColumnNeed[], available: number, stretch: boolean, enough = 320): readonly number[] {
  const least = needs.map((need) => need.least)
  const most = needs.map((need) => Math.max(need.least, Math.min(need.most, enough)))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const [leastSum, mostSum] = [sum(least), sum(most)]
  if (leastSum >= available) return least.map((width) => (width * available) / leastSum)
  if (mostSum <= available) {
    if (!stretch) return most
    const spare = available - mostSum
    return most.map((width) => width + (spare * width) / mostSum)
  }
  const share = (available - leastSum) / (mostSum - leastSum)
  return most.map((width, index) => (least[index] ?? 0) + (width - (least[index] ?? 0)) * share)
}
