/** A rule that a system must keep, with a name for messages, reports and tests. */
import type { Configuration } from '../configuration.js'
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'

/** Where the rule is broken, and how. */
export interface Violation {
  readonly path: Path
  readonly what: string
}

interface Rule {
  readonly name: string
  /** What holds of every accepted system, in one sentence. */
  readonly states: string
  readonly remedy: string
}

/** Judges what was written. */
export interface SourceValidator extends Rule {
  check(system: SystemSource): Iterable<Violation>
}

/** Judges what the compiler made of it: addresses, capabilities, derived flows. */
export interface CompiledValidator extends Rule {
  check(configuration: Configuration, system: SystemSource): Iterable<Violation>
}
