/**
 * Whether a result still counts: it does for the bytes it was obtained with and no others. What a baseline states and a result does
 * not carry cannot be shown to be the same, so such a result is stale as well.
 */
import type { TestItem } from '../../items/test-item.js'

/** The digests of what is current; null: not judged. SHA-256, lower-case hexadecimal. */
export interface Baseline {
  /** By the path that results print; null: not judged. A path that is missing here is no longer there. */
  readonly features: ReadonlyMap<string, string> | null
  /** Whether a result without the digest of its feature is stale, or not judged by it (a project folder says nothing of JUnit XML). */
  readonly unstatedFeatures: 'stale' | 'not-judged'
  /** Configurations that are current. */
  readonly configurations: ReadonlySet<string> | null
  readonly system: string | null
  readonly steps: string | null
}

/** What the run itself was obtained with, as its facts state it; null: not stated. */
export interface RunDigests {
  readonly system: string | null
  readonly steps: string | null
}

export const noBaseline: Baseline = { features: null, unstatedFeatures: 'stale', configurations: null, system: null, steps: null }
export const unstatedRun: RunDigests = { system: null, steps: null }

export class Freshness {
  /** Holds for every result of the run. */
  private readonly ofRun: string | null

  constructor(
    private readonly baseline: Baseline,
    run: RunDigests,
  ) {
    this.ofRun = differs('system under test', baseline.system, run.system) ?? differs('step definitions', baseline.steps, run.steps)
  }

  /** Null: it counts. Otherwise why not, in words. */
  reasonOf({ place, sourceDigest, configurationDigest }: TestItem): string | null {
    if (this.ofRun !== null) return this.ofRun
    const { features, unstatedFeatures, configurations } = this.baseline
    if (features !== null && !(sourceDigest === null && unstatedFeatures === 'not-judged')) {
      const current = features.get(place.file)
      if (current === undefined) return `${place.file} is not there any more`
      const reason = differs('feature', current, sourceDigest)
      if (reason !== null) return reason
    }
    if (configurations === null) return null
    if (configurationDigest === null) return 'the result does not state its configuration'
    return configurations.has(configurationDigest) ? null : 'obtained with another configuration'
  }
}

function differs(what: string, current: string | null, then: string | null): string | null {
  if (current === null || current === then) return null
  return then === null ? `the result does not state its ${what}` : `obtained with another ${what}`
}
