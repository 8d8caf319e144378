/**
 * What a hart's CSRs reach of its IMSIC. RISC-V AIA, "CSRs for external interrupts via an IMSIC".
 */
export interface InterruptFileAccess {
  /** A register by its number, 0x70 to 0xff; `undefined`: not there with XLEN = 64. */
  read(register: number): bigint | undefined
  write(register: number, value: bigint): void
  /** The value of mtopei, stopei or vstopei; 0: no interrupt. */
  readonly top: number
  /** Clears the pending bit of the interrupt that `top` names. */
  claim(): void
}

export interface InterruptFiles {
  readonly machine: InterruptFileAccess
  readonly supervisor: InterruptFileAccess
  /** Guest interrupt file 1 is first. */
  readonly guests: readonly InterruptFileAccess[]
}
