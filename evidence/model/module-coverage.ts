/**
 * V8 block coverage of one module, folded to functions and lines. Not decision coverage: V8's block counts say which blocks ran,
 * not which outcomes a decision took, and c8's statements are lines.
 */
import type { ModulePath } from './ids.js'

export interface LineRange {
  /** 1-based, both inclusive. */
  readonly first: number
  readonly last: number
}

export interface UncoveredFunction {
  readonly name: string
  readonly line: number
  readonly lastLine: number
}

export interface ModuleCoverage {
  readonly module: ModulePath
  readonly functions: { readonly covered: number; readonly total: number }
  readonly lines: { readonly covered: number; readonly total: number }
  readonly uncoveredFunctions: readonly UncoveredFunction[]
  readonly uncoveredLines: readonly LineRange[]
}
