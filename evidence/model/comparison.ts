/**
 * One comparison a step made: the unit of observation. Values are printed text, chosen by the scenario (expected) and by
 * what was read from the system under test (observed).
 */
export const comparisonKinds = ['equal', 'at-least', 'at-most', 'unchanged', 'contains'] as const
export type ComparisonKind = (typeof comparisonKinds)[number]

/** `build`: outcome of the configuration compiler or of a command; no machine was observed. */
export const observationSources = ['memory', 'register', 'device', 'clock', 'audit', 'build'] as const
export type ObservationSource = (typeof observationSources)[number]

export interface Comparison {
  readonly what: string
  readonly expected: string
  readonly observed: string
  readonly comparison: ComparisonKind
  readonly source: ObservationSource
  readonly holds: boolean
}
