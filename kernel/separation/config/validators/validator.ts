/** A rule that a system must keep, with a name for messages, reports and tests. */
import type { Configuration } from '../configuration.js'
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'

/** Where the rule is broken, and how. */
export interface Violation {
  readonly path: Path
  readonly what: string
}

/**
 * Who keeps the rule, beside the compiler. `compiler`: nobody else; the vector does not show it, or breaking it harms nobody but its
 * author. `boot`: the kernel's own check of the vector refuses what the rule is about. `run time`: the kernel refuses the call that
 * would break it.
 */
export type Enforced = 'compiler' | 'boot' | 'run time'

export interface Rule {
  readonly name: string
  readonly enforced: Enforced
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
