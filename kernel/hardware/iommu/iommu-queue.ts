/**
 * A queue in memory: base, head, tail and control. RISC-V IOMMU, "In-memory queue interface", "Command-queue base (`cqb`)",
 * "Command-queue CSR (`cqcsr`)" and the same of the fault queue.
 */
const LOG2SZ_1 = 0x1fn
const PPN = ((1n << 44n) - 1n) << 10n

/** Bits of `cqcsr` and `fqcsr` alike. */
export const QUEUE_ENABLE = 1
export const QUEUE_INTERRUPT_ENABLE = 2
export const QUEUE_ON = 1 << 16
/** `cqmf` and `fqmf`. */
export const QUEUE_MEMORY_FAULT = 1 << 8

export interface IommuQueueState {
  readonly base: bigint
  readonly head: number
  readonly tail: number
  readonly csr: number
}

export class IommuQueue {
  private base = 0n
  private headIndex = 0
  private tailIndex = 0
  csr = 0

  /** `errors`: bits of the control register that software clears by writing 1. */
  constructor(
    private readonly entryBytes: number,
    private readonly errors: number,
  ) {}

  get head(): number {
    return this.headIndex
  }

  set head(index: number) {
    this.headIndex = this.wrapped(index)
  }

  get tail(): number {
    return this.tailIndex
  }

  set tail(index: number) {
    this.tailIndex = this.wrapped(index)
  }

  get baseRegister(): bigint {
    return this.base
  }

  get on(): boolean {
    return (this.csr & QUEUE_ON) !== 0
  }

  get full(): boolean {
    return this.wrapped(this.tailIndex + 1) === this.headIndex
  }

  /** While the queue is on the write is void, which the specification leaves open. */
  writeBase(value: bigint): void {
    if (this.on) return
    this.base = value & (LOG2SZ_1 | PPN)
    this.head = this.headIndex
    this.tail = this.tailIndex
  }

  /** Returns whether the queue has just been turned on; then its errors are gone. Turning takes no time: `busy` is always 0. */
  writeControl(value: number): boolean {
    const { on } = this
    const kept = this.csr & this.errors & ~value
    const enable = (value & QUEUE_ENABLE) !== 0
    const started = enable && !on
    this.csr = (value & (QUEUE_ENABLE | QUEUE_INTERRUPT_ENABLE)) | (enable ? QUEUE_ON : 0) | (started ? 0 : kept)
    return started
  }

  addressOf(index: number): bigint {
    return (((this.base & PPN) >> 10n) << 12n) + BigInt(index) * BigInt(this.entryBytes)
  }

  reset(): void {
    this.base = 0n
    this.headIndex = 0
    this.tailIndex = 0
    this.csr = 0
  }

  snapshot(): IommuQueueState {
    return { base: this.base, head: this.headIndex, tail: this.tailIndex, csr: this.csr }
  }

  restore({ base, head, tail, csr }: IommuQueueState): void {
    this.base = base
    this.headIndex = head
    this.tailIndex = tail
    this.csr = csr
  }

  /** Only the low LOG2SZ bits of an index exist; there are up to 2^32 entries. */
  private wrapped(index: number): number {
    return index % 2 ** (Number(this.base & LOG2SZ_1) + 1)
  }
}
