/**
 * Structural coverage of any producer, folded to what the producer measured. A metric that the format lacks is null, never 0 of 0.
 * `metric` names what the numbers mean in the producer's own terms (V8 block coverage is no decision coverage).
 */
export interface CoverageCount {
  readonly covered: number
  readonly total: number
}

export interface FileCoverage {
  readonly path: string
  readonly statements: CoverageCount | null
  readonly branches: CoverageCount | null
  readonly functions: CoverageCount | null
  readonly lines: CoverageCount | null
  /** Hits by 1-based line; empty: the format has no lines. */
  readonly lineHits: ReadonlyMap<number, number>
  readonly uncoveredFunctions: readonly { readonly name: string; readonly line: number | null }[]
}

export interface CoverageReport {
  /** `istanbul`, `v8`, `lcov`, `cobertura`, `clover`. */
  readonly format: string
  readonly files: readonly string[]
  readonly metric: string
  readonly modules: readonly FileCoverage[]
  readonly totals: {
    readonly statements: CoverageCount | null
    readonly branches: CoverageCount | null
    readonly functions: CoverageCount | null
    readonly lines: CoverageCount | null
  }
  /** What a reader of the figures must know: stated totals that differ from the lines, sources that were not mapped back. */
  readonly notes?: readonly string[]
  /** Totals of a whole report that are larger than all it lists: part of what was measured is not in these figures. */
  readonly lost?: readonly string[]
}
