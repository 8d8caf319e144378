/**
 * The port through which hosted code (TypeScript standing in for machine code) reaches the hart that called it.
 * Every access is translated and permission-checked at that hart's present privilege and address space and charged
 * in cycles; a refused access is a value. Addresses are virtual when the hart translates, physical in M-mode.
 */
import type { Cycles } from './units.js'

/** S is HS where the hypervisor extension is present; VS and VU are those of a guest. */
export type Privilege = 'M' | 'S' | 'U' | 'VS' | 'VU'

/** An access the hart refused; `cause` is the exception code an instruction would have raised (RISC-V Privileged, "mcause"). */
export interface AccessFault {
  readonly kind: 'access-fault'
  readonly cause: number
  readonly address: number
}

export interface HostedPort {
  readonly hart: number
  readonly privilege: Privilege

  /** Zero-extended load of 1, 2 or 4 bytes; misaligned accesses fault. Charges 1 cycle. */
  load(address: number, width: 1 | 2 | 4): number | AccessFault
  load64(address: number): bigint | AccessFault
  store(address: number, width: 1 | 2 | 4, value: number): AccessFault | undefined
  store64(address: number, value: bigint): AccessFault | undefined
  /** Copies of whole ranges, all or nothing: every page is checked before the first byte moves. Charge 1 cycle per 8 bytes begun. */
  readBytes(address: number, length: number): Uint8Array | AccessFault
  writeBytes(address: number, bytes: Uint8Array): AccessFault | undefined

  /** Integer register 0 to 31 of the hart itself (not of a saved context). Charges nothing. */
  x(index: number): bigint
  setX(index: number, value: bigint): void

  /** `undefined`: no such CSR at this privilege. Charges 1 cycle. */
  readCsr(number: number): bigint | undefined
  /** `false`: no such CSR at this privilege, or read-only. Charges 1 cycle. */
  writeCsr(number: number, value: bigint): boolean
  /** SFENCE.VMA over all addresses and address spaces. Charges 1 cycle. */
  fenceVma(): void

  /** The hart's cycle count, including what this call has charged so far. */
  now(): Cycles
  charge(count: number): void
  /** Sets the hart's clock to exactly `time`; `false` when it is already later. */
  waitUntil(time: Cycles): boolean
}

/** `charge` is the worst case in cycles, checked on every call; the routine starts only if that fits before the hart's next event. */
export interface HostedRoutine {
  readonly name: string
  readonly charge: number
  run(port: HostedPort): void
}

/** Routines by number: `kcall n` (legal in M and S mode) and `ucall n` (legal in U mode). */
export interface HostedTable {
  readonly kcall: ReadonlyMap<number, HostedRoutine>
  readonly ucall: ReadonlyMap<number, HostedRoutine>
}

export const isFault = (value: unknown): value is AccessFault =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'access-fault'
