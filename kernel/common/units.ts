/**
 * Branded numbers. Cycles stay below 2^53, so they are plain numbers; 64-bit register values are bigint.
 * A value enters its brand once, where it enters the program.
 */
declare const brand: unique symbol
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** Model cycles since reset: retired instructions plus declared charges. Never host time. */
export type Cycles = Branded<number, 'Cycles'>

export const cycles = (value: number): Cycles => value as Cycles

export const KIB = 1024
export const MIB = 1024 * KIB
/** Bytes of a page (RISC-V Privileged, "Sv39"). */
export const PAGE_BYTES = 4096
