/**
 * A traceability matrix, sparse and dense. Sparse rows always hold; dense bands (at most 16 columns each, so that one fits a
 * landscape page) are made only while rows times columns stay within 100,000 cells.
 */
import type { Link } from './view-parts.js'

export interface MatrixView {
  readonly anchor: string
  readonly title: string
  readonly caption: string
  readonly rowHeading: string
  readonly columnHeading: string
  /** Mark to meaning, for the legend. */
  readonly legend: readonly { readonly mark: string; readonly text: string }[]
  readonly columns: readonly MatrixColumn[]
  /** Rows without any cell first, then in catalogue order. */
  readonly rows: readonly MatrixRow[]
  readonly bands: readonly MatrixBand[]
  readonly emptyRows: number
  readonly emptyColumns: number
  readonly note: string
}

export interface MatrixColumn extends Link {
  /** `C1`, `C2` ...: short heading for narrow columns. */
  readonly short: string
  readonly cells: number
}

export interface MatrixRow extends Link {
  readonly title: string
  readonly state: string
  readonly verdict: string
  /** Only cells with a link. */
  readonly cells: readonly MatrixCell[]
}

export interface MatrixCell {
  readonly column: string
  readonly anchor: string
  /** `P` all scenarios passed, `F` at least one failed, `N` not run or nothing compared, `A` allocated or declared only, `-` no link. */
  readonly mark: 'P' | 'F' | 'N' | 'A' | '-'
  /** `2 scenarios, passed`. */
  readonly text: string
  readonly scenarios: number
}

export interface MatrixBand {
  readonly number: number
  readonly of: number
  readonly columns: readonly MatrixColumn[]
  /** `cells` is dense: one per column of the band. */
  readonly rows: readonly MatrixRow[]
}
