/**
 * The kernel's own memory by physical address, through the hart that trapped: translated, permission-checked and charged
 * like any access of that hart. A refused access to the kernel's own memory means the platform or the tables are broken.
 */
import { isFault, type AccessFault, type HostedPort } from '../../common/hosted-port.js'

/** Virtual address of physical address 0 in every address space: supervisor-only, read and write, never executable. */
export const DIRECT_MAP = 0x20_0000_0000

/** The kernel cannot reach its own memory: the only answer is to halt (SKPP FPT_FLS.1). */
export class KernelIntegrityError extends Error {
  override readonly name = 'KernelIntegrityError'
  constructor(
    readonly address: number,
    readonly exception: number,
  ) {
    super(`the kernel's access to physical address 0x${address.toString(16)} was refused with exception ${exception}`)
  }
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

  time(address: number): number {
    return Number(this.u64(address))
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
    if (isFault(value)) throw new KernelIntegrityError(address, value.cause)
    return value
  }

  private done(address: number, fault: AccessFault | undefined): void {
    if (fault !== undefined) throw new KernelIntegrityError(address, fault.cause)
  }
}
