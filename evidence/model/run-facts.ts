/** What the command states about the run (`run.json`): project, tools, configurations. No host name, no time, no absolute path. */
import type { Digest } from './ids.js'

export interface RunFacts {
  /** Null in `dirty` and `hostedDigest`: nobody stated it. */
  readonly project: { readonly name: string; readonly version: string; readonly commit: string; readonly dirty: boolean | null }
  readonly tools: Readonly<Record<string, string>>
  readonly engine: string
  readonly modes: readonly string[]
  /** SHA-256 over the hosted code of the system under test. */
  readonly hostedDigest: Digest | null
  readonly configurations: readonly { readonly name: string; readonly file: string; readonly digest: Digest }[]
  readonly commands: readonly string[]
}
