/**
 * The kernel's own memory by physical address, through the hart that trapped: translated, permission-checked and charged
 * like any access of that hart. A refused access to the kernel's own memory means the platform or the tables are broken.
 */
import { isFault, type AccessFault, type HostedPort } from '../../common/hosted-port.js'

/** Virtual address of physical address 0 in every address space: supervisor-only, read and write, never executable. */
export const DIRECT_MAP = 0x20_0000_0000

/** The kernel cannot reach its own memory, or finds there what it never wrote: the only answer is to halt (SKPP FPT_FLS.1). */
export class KernelIntegrityError extends Error {
  override readonly name: string = 'KernelIntegrityError'
}

/** The hart refused the kernel an access; `exception`: RISC-V Privileged, "mcause". */
export class KernelAccessError extends KernelIntegrityError {
  override readonly name = 'KernelAccessError'
  constructor(
    readonly address: number,
    readonly exception: number,
  ) {
    super(`the kernel's access to physical address 0x${address.toString(16)} was refused with exception ${exception}`)
  }
}

const LATEST = BigInt(Number.MAX_SAFE_INTEGER)

/** States what the kernel's own records always hold; anything else was put there by nobody but a fault. */
export function requireIntact(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new KernelIntegrityError(`kernel memory holds ${otherwise}`)
}

export class KernelMemory {
  /** `base`: DIRECT_MAP when the hart translates, 0 before. */
  constructor(
    readonly port: HostedPort,
    private readonly base: number,
  ) {}

  u32(address: number): number {
    return this.must(address, this.port.load(this.base + address, 4))
  }

  u64(address: number): bigint {
    return this.must(address, this.port.load64(this.base + address))
  }

  /** Clocks and counters stay below 2^53 for any uptime: a larger one is no value of theirs. */
  time(address: number): number {
    const value = this.u64(address)
    requireIntact(value <= LATEST, 'a time beyond any uptime')
    return Number(value)
  }

  setU32(address: number, value: number): void {
    this.done(address, this.port.store(this.base + address, 4, value >>> 0))
  }

  setU64(address: number, value: bigint): void {
    this.done(address, this.port.store64(this.base + address, BigInt.asUintN(64, value)))
  }

  bytes(address: number, length: number): Uint8Array {
    return this.must(address, this.port.readBytes(this.base + address, length))
  }

  setBytes(address: number, bytes: Uint8Array): void {
    this.done(address, this.port.writeBytes(this.base + address, bytes))
  }

  /** The address at which machine code of the kernel (the trap stub) sees a physical address. */
  kernelAddress(address: number): number {
    return DIRECT_MAP + address
  }

  private must<T>(address: number, value: T | AccessFault): T {
    if (isFault(value)) throw new KernelAccessError(address, value.cause)
    return value
  }

  private done(address: number, fault: AccessFault | undefined): void {
    if (fault !== undefined) throw new KernelAccessError(address, fault.cause)
  }
}
