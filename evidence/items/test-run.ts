/** The tests of one run, merged from any number of result files. */
import type { SourceFinding } from './requirement-set.js'
import type { TestItem } from './test-item.js'

export interface TestRun {
  /** `cucumber-messages`, `cucumber-json`, `junit-xml`; several: `mixed`. */
  readonly format: string
  readonly files: readonly string[]
  /** Producer as the files state it: `cucumber-js 12.9.0, protocol 32.3.1`; empty: not stated. */
  readonly producers: readonly string[]
  readonly tests: readonly TestItem[]
  /** Failures of the run itself: a global hook, a parse error, a stream that ends before the run did. */
  readonly runFailures: readonly string[]
  readonly findings: readonly SourceFinding[]
}
