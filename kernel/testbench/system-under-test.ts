/**
 * What a scenario may do to a system and ask of it. Scenarios of the profile's vocabulary are written against this contract
 * alone, so they run on any separation kernel for which somebody writes these five operations.
 * Times in the system's own cycles; values as 64-bit unsigned integers or bytes; names are those of its configuration.
 */

export interface SystemIdentity {
  readonly name: string
  /** SHA-256 of the configuration the system was built with, or null where it has none. */
  readonly configurationDigest: string | null
}

/** Something in the system that has an address: observed raw, and altered by stimuli. */
export type Place =
  | { readonly kind: 'code' | 'data'; readonly partition: string; readonly offset: number; readonly bytes: number }
  /** The whole of a partition's private data. */
  | { readonly kind: 'all-data'; readonly partition: string }
  | { readonly kind: 'port'; readonly port: string }
  | { readonly kind: 'shared'; readonly region: string; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'page-tables'; readonly partition: string }
  | { readonly kind: 'kernel-stub' }
  | { readonly kind: 'configuration' }
  /** The ring of audit records, and the record that outlives a reset. */
  | { readonly kind: 'audit-trail' }
  | { readonly kind: 'crash-record' }
  | { readonly kind: 'image'; readonly partition: string }

/** What is measured at boot, and may be altered before it. */
export type BootInput = 'trap stub' | 'configuration' | 'image' | 'boot code' | 'hosted code'

/** Who signed the configuration. */
export type Signer = 'its owner' | 'a stranger' | 'nobody'

export type Stimulus =
  | { readonly kind: 'run-frames'; readonly frames: number }
  | { readonly kind: 'run-cycles'; readonly cycles: number }
  | { readonly kind: 'flip-bit'; readonly place: Place; readonly byte: number; readonly bit: number }
  | { readonly kind: 'console-input'; readonly bytes: Uint8Array }
  | { readonly kind: 'alter-boot-input'; readonly input: BootInput; readonly partition?: string }
  /** Before the start: the boot ROM names the owner of the configuration and the least revision, instead of one digest. */
  | { readonly kind: 'trust-owner'; readonly leastRevision: number; readonly signer: Signer }
  /** What a power cycle or a reset line does: the system boots again. */
  | { readonly kind: 'reset' }

export type Observation =
  | { readonly kind: 'register'; readonly partition: string; readonly register: number }
  | { readonly kind: 'memory'; readonly place: Place }
  | { readonly kind: 'console' }
  | { readonly kind: 'partition-mode'; readonly partition: string }
  | { readonly kind: 'restarts'; readonly partition: string }
  | { readonly kind: 'power' }
  | { readonly kind: 'windows' }
  | { readonly kind: 'audit' }
  /** Whether the records of the audit trail are those that were written, judged by an oracle apart from the system. */
  | { readonly kind: 'audit-chain' }
  /** What every partition can reach, judged against the policy by an oracle apart from the system. */
  | { readonly kind: 'isolation' }
  /** What every use of the hart by a partition did, judged against the policy by a model apart from the system. */
  | { readonly kind: 'transitions' }

export type ObservationSource = 'memory' | 'register' | 'device' | 'clock' | 'audit'

/** The first instruction of a partition after it was given the hart, in cycles since power-on and since the first frame began. */
export interface WindowStart {
  readonly partition: string
  readonly cycle: number
  readonly sinceEpoch: number
}

export interface AuditRecord {
  readonly sequence: number
  readonly time: number
  readonly event: string
  readonly subject: string | undefined
  readonly object: number | undefined
  readonly outcome: string
  readonly detail: bigint
  readonly address: bigint
}

export type PowerState = { readonly state: 'on' } | { readonly state: 'off'; readonly reason: string } | { readonly state: 'reset' }

/** The value of each kind of observation. */
export interface Observed {
  readonly register: bigint
  readonly memory: Uint8Array
  readonly console: string
  readonly 'partition-mode': string
  readonly restarts: number
  readonly power: PowerState
  readonly windows: readonly WindowStart[]
  readonly audit: readonly AuditRecord[]
  /** `whole`, or where it is broken. */
  readonly 'audit-chain': string
  /** One line for each departure from the policy. */
  readonly isolation: readonly string[]
  /** One line for each transition that the policy does not permit. */
  readonly transitions: readonly string[]
}

/** One use of the system's interface, as seen from outside it. */
export interface InterfaceUse {
  readonly entry: string
  readonly outcome: string
  readonly partition: string | undefined
}

export interface SystemUnderTest {
  identify(): SystemIdentity
  /** Gives a partition its program, in the system's assembly; before `boot`. Other partitions spin. @throws for a program that does not assemble */
  load(partition: string, program: string): void
  /** Powers the system on and runs it until its first partition may run, or until it refused to go on. */
  boot(): void
  stimulate(stimulus: Stimulus): void
  observe<Kind extends Observation['kind']>(observation: Extract<Observation, { readonly kind: Kind }>): Observed[Kind]
  /** Every use of the interface since power-on, in order. */
  interfaceUses(): readonly InterfaceUse[]
  /** Instructions retired and cycles passed since power-on. */
  effort(): { readonly instructions: number; readonly cycles: number }
}
