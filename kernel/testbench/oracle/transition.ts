/**
 * What is recorded each time a partition gives up the hart or gets it back: the transitions of the system, as the hart shows
 * them. Cycles since power-on; registers x0 to x31.
 */
export interface Trap {
  readonly partition: string
  /** Whatever tells the threads of a partition apart: sscratch, where the trap saves its registers. */
  readonly thread: bigint
  readonly cycle: number
  readonly cause: { readonly kind: 'exception' | 'interrupt'; readonly code: number }
  /** Address of the instruction that trapped (sepc). */
  readonly pc: bigint
  /** Faulting address (stval), where there is one. */
  readonly address: bigint
  readonly registers: readonly bigint[]
}

export interface Resume {
  readonly partition: string
  readonly thread: bigint
  readonly cycle: number
  readonly pc: bigint
  readonly registers: readonly bigint[]
  /** Cycle at which frame 0 began. */
  readonly epoch: number
  /** The kernel left its permission for memory of partitions on (sstatus.SUM). */
  readonly userMemoryOpen: boolean
}

/** Memory of a partition as it is at the moment of a transition; addresses are the partition's own. */
export interface PartitionMemory {
  /** `undefined`: some byte is not readable by the partition. */
  readUser(partition: string, address: bigint, length: number): Uint8Array | undefined
  mayWrite(partition: string, address: bigint, length: number): boolean
  /** The whole of its private memory, and the image it starts from. */
  code(partition: string): Uint8Array
  data(partition: string): Uint8Array
  image(partition: string): Uint8Array
}
