/**
 * The map of a built system: where things lie in physical memory. Plain data, made by the build; the oracle knows the system
 * through it and through the YAML policy, and through nothing of the kernel.
 */
export interface Extent {
  readonly address: number
  readonly bytes: number
}

export interface PartitionMap {
  readonly name: string
  readonly code: Extent
  readonly data: Extent
  readonly image: Extent
  readonly tables: Extent
  /** Root of its page tables: the hart's satp names it while the partition is current. */
  readonly root: number
  /** Leaf page table of shared memory and devices, and the virtual addresses where the configuration puts them. */
  readonly sharedLeaves: number
  readonly shared: readonly { readonly entry: 'shared_region' | 'console'; readonly virtual: number }[]
  /** Saved registers: pc in slot 0, x1 to x31, 8 bytes each. */
  readonly context: number
  /** 4-byte words of the partition's record. */
  readonly mode: number
  readonly restarts: number
}

export interface SystemMap {
  readonly stub: Extent
  readonly configuration: Extent
  readonly partitions: readonly PartitionMap[]
  readonly ports: ReadonlyMap<string, Extent>
  readonly shared: ReadonlyMap<string, Extent>
  readonly audit: {
    readonly ring: number
    /** MAC of the last record, then of the record before the oldest one; the key of the chain. */
    readonly chain: number
    readonly key: number
    readonly capacity: number
    readonly next: number
    readonly oldest: number
    readonly lost: number
  }
  /** Keeps its content over a reset. */
  readonly crash: Extent
  readonly control: { readonly state: number; readonly frameStart: number; readonly frame: number; readonly slot: number }
  /** Names of the numbers in mode, state and halt reason words. */
  readonly modes: readonly string[]
  readonly states: readonly string[]
  readonly haltReasons: readonly string[]
}
