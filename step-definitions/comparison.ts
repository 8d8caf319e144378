/**
 * One comparison of a scenario, as it is recorded: what was expected, what was observed, how the two were compared, and where
 * the observation comes from. The record is an attachment of the step; evidence reads nothing else.
 */
export const COMPARISON_MEDIA_TYPE = 'application/vnd.bulkhead.comparison+json'

export type ComparisonKind = 'equal' | 'at-least' | 'at-most' | 'unchanged'
export type ComparisonSource = 'memory' | 'register' | 'device' | 'clock' | 'audit' | 'build'

export interface Comparison {
  readonly what: string
  readonly expected: string
  readonly observed: string
  readonly comparison: ComparisonKind
  readonly source: ComparisonSource
}

export function holds({ comparison, expected, observed }: Comparison): boolean {
  switch (comparison) {
    case 'equal':
    case 'unchanged':
      return expected === observed
    case 'at-least':
      return BigInt(observed) >= BigInt(expected)
    case 'at-most':
      return BigInt(observed) <= BigInt(expected)
  }
}

/** The same comparison with an expected value that what was observed cannot meet. */
export function falsified(comparison: Comparison): Comparison {
  const { observed } = comparison
  switch (comparison.comparison) {
    case 'equal':
    case 'unchanged':
      return { ...comparison, expected: `other than ${observed}` }
    case 'at-least':
      return { ...comparison, expected: String(BigInt(observed) + 1n) }
    case 'at-most':
      return { ...comparison, expected: String(BigInt(observed) - 1n) }
  }
}
