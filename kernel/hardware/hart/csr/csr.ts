/**
 * A row of the CSR table, and rows of the usual kinds.
 * RISC-V Privileged, "CSR Address Mapping Conventions" and "CSR Field Specifications".
 */
import type { HartSlot } from '../../memory/layout.js'
import type { HartState } from '../hart-state.js'
import type { PrivilegeMode } from '../privilege.js'

export interface Csr {
  readonly number: number
  readonly name: string
  read(hart: HartState): bigint
  /** `value` is the whole register as the instruction computed it; the row applies the WARL rules. */
  write(hart: HartState, value: bigint): void
  /** What CSRRS and CSRRC set and clear bits of, where that is not what a read gives. */
  modified?(hart: HartState): bigint
  /** Present on every hart unless the row says otherwise. */
  exists?(hart: HartState): boolean
  /** Whether the state behind the register is switched off, for M too. */
  off?(hart: HartState, mode: PrivilegeMode): boolean
  /** Whether an access below M is illegal, beyond what the number says; for a guest, whether HS itself could not make it. */
  illegal?(hart: HartState, mode: PrivilegeMode): boolean
  /** Whether an access by a guest is a virtual instruction, though the number allows it to VS. */
  virtual?(hart: HartState, mode: PrivilegeMode, access: 'read' | 'write'): boolean
}

export const IGNORED = (): void => undefined
export const ALL = (1n << 64n) - 1n

export const constant = (number: number, name: string, value: bigint): Csr => ({ number, name, read: () => value, write: IGNORED })

/** A register of which the bits in `mask` can be written. */
export const masked = (number: number, name: HartSlot, mask: bigint): Csr => ({
  number,
  name,
  read: ({ block }) => block.get(name),
  write: ({ block }, value) => block.set(name, value & mask),
})

/** trap-vector MODE is Direct or Vectored: bit 1 is zero. */
export const TVEC = ALL & ~2n

/** Bit 0 of an exception program counter is zero (IALIGN = 16). */
export const EPC = ALL & ~1n

export const withH = (csr: Csr): Csr => ({ ...csr, exists: (hart) => hart.has('H') })
