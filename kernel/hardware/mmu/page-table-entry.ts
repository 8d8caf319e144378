/**
 * A page-table entry of Sv39, Sv48 and Sv57 and of their G-stage variants: its bits, and what a leaf allows.
 * RISC-V Privileged, "Sv39: Page-Based 39-bit Virtual-Memory System", "Svnapot", "Svpbmt".
 */
import type { Access } from '../memory/tlb.js'

const V = 1n
const R = 2n
const W = 4n
const X = 8n
const U = 16n
const A = 64n
const D = 128n
const PPN = (1n << 44n) - 1n
const PBMT = 3n << 61n
const N = 1n << 63n
/** Bits 60:54. */
const RESERVED = 0x7fn << 54n
/** The only NAPOT size: 64 KiB, by PPN[3:0] = 1000. */
const NAPOT_MASK = 0xfn
const NAPOT_64_KIB = 0x8n

/** Who asks, and by which rules. */
export interface LeafRules {
  readonly user: boolean
  /** SUM: S may touch pages of U. */
  readonly sum: boolean
  /** MXR: what may be executed may be read. */
  readonly mxr: boolean
  /** HLVX: execute permission takes the place of read permission. */
  readonly executeToRead: boolean
  /** Svpbmt is enabled. */
  readonly pbmt: boolean
  /** Svadu is enabled: A and D are set; else that they are clear is a fault (Svade). */
  readonly updates: boolean
}

/** Step 3 of the walk: not valid, or an encoding that is reserved under these rules. */
export function invalid(pte: bigint, { pbmt }: LeafRules): boolean {
  const type = pte & PBMT
  return (pte & V) === 0n || (pte & (R | W)) === W || (pte & RESERVED) !== 0n || type === PBMT || (type !== 0n && !pbmt)
}

export const isPointer = (pte: bigint): boolean => (pte & (R | X)) === 0n

/** D, A, U, PBMT and N are reserved in a pointer. */
export const invalidPointer = (pte: bigint): boolean => (pte & (D | A | U | PBMT | N)) !== 0n

export const tableOf = (pte: bigint): bigint => ((pte >> 10n) & PPN) << 12n

/** log2 of the bytes that a leaf maps; `undefined`: a misaligned superpage or a reserved NAPOT encoding. */
export function leafShift(pte: bigint, level: number): bigint | undefined {
  const ppn = (pte >> 10n) & PPN
  if ((pte & N) !== 0n) return level === 0 && (ppn & NAPOT_MASK) === NAPOT_64_KIB ? 16n : undefined
  const low = BigInt(9 * level)
  return (ppn & ((1n << low) - 1n)) === 0n ? 12n + low : undefined
}

/** PBMT: 0 as the memory's attributes say, 1 NC, 2 IO. */
export const memoryType = (pte: bigint): bigint => (pte & PBMT) >> 61n

/** The address that a leaf of 2^shift bytes gives. */
export function mapped(pte: bigint, address: bigint, shift: bigint): bigint {
  const offset = (1n << shift) - 1n
  return (tableOf(pte) & ~offset) | (address & offset)
}

export function allows(pte: bigint, access: Access, { user, sum, mxr, executeToRead }: LeafRules): boolean {
  const userPage = (pte & U) !== 0n
  if (user !== userPage && (user || access === 'fetch' || !sum)) return false
  if (access === 'fetch' || executeToRead) return (pte & X) !== 0n
  return (pte & (access === 'store' ? W : mxr ? R | X : R)) !== 0n
}

/** The entry with A, and for a store D, set. */
export const touched = (pte: bigint, access: Access): bigint => pte | A | (access === 'store' ? D : 0n)
