/**
 * The Sv39 page-table walk, Svade: A = 0, or a store with D = 0, is a page fault.
 * RISC-V Privileged, "Sv39: Page-Based 39-bit Virtual-Memory System" and "Virtual Address Translation Process".
 */
import { SATP_PPN } from '../hart/status-fields.js'
import type { Access } from '../memory/tlb.js'

const V = 1n
const R = 2n
const W = 4n
const X = 8n
const U = 16n
const A = 64n
const D = 128n
/** Bits 63:54: N (Svnapot) and PBMT (Svpbmt) are not implemented, the others reserved. */
const RESERVED = 0x3ffn << 54n
const PPN = (1n << 44n) - 1n
const LEVELS = 3
const PTE_BYTES = 8n

/** What decides about a leaf, beside the leaf itself. */
export interface WalkContext {
  readonly satp: bigint
  readonly user: boolean
  /** mstatus.SUM and mstatus.MXR. */
  readonly sum: boolean
  readonly mxr: boolean
}

export type WalkResult =
  { readonly kind: 'translated'; readonly physical: bigint } | { readonly kind: 'page-fault' } | { readonly kind: 'access-fault' }

const PAGE_FAULT: WalkResult = { kind: 'page-fault' }

/** `readPte` is an S-mode load of 8 bytes at a physical address; `undefined` when physical memory refuses it. */
export function walkSv39(
  address: bigint,
  access: Access,
  context: WalkContext,
  readPte: (physical: bigint) => bigint | undefined,
): WalkResult {
  // Bits 63:39 must all equal bit 38.
  if (BigInt.asUintN(64, BigInt.asIntN(39, address)) !== address) return PAGE_FAULT
  let table = (context.satp & SATP_PPN) << 12n // Step 1
  for (let level = LEVELS - 1; level >= 0; level--) {
    const shift = 12n + 9n * BigInt(level)
    const pte = readPte(table + ((address >> shift) & 0x1ffn) * PTE_BYTES) // Step 2
    if (pte === undefined) return { kind: 'access-fault' }
    if ((pte & V) === 0n || (pte & (R | W)) === W || (pte & RESERVED) !== 0n) return PAGE_FAULT // Step 3
    const ppn = (pte >> 10n) & PPN
    if ((pte & (R | X)) === 0n) {
      // Step 4: a pointer; D, A and U are reserved in it.
      if ((pte & (D | A | U)) !== 0n) return PAGE_FAULT
      table = ppn << 12n
      continue
    }
    const offsetMask = (1n << shift) - 1n
    if (((ppn << 12n) & offsetMask) !== 0n) return PAGE_FAULT // Step 5: misaligned superpage
    if (!leafAllows(pte, access, context)) return PAGE_FAULT // Steps 6 to 9
    return { kind: 'translated', physical: (ppn << 12n) | (address & offsetMask) }
  }
  return PAGE_FAULT
}

function leafAllows(pte: bigint, access: Access, { user, sum, mxr }: WalkContext): boolean {
  const userPage = (pte & U) !== 0n
  if (user !== userPage && (user || access === 'fetch' || !sum)) return false
  const permission = access === 'fetch' ? X : access === 'store' ? W : mxr ? R | X : R
  if ((pte & permission) === 0n || (pte & A) === 0n) return false
  return access !== 'store' || (pte & D) !== 0n
}
