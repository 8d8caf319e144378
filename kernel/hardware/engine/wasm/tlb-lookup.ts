/** The look into a set of the TLB, emitted; what an entry holds says memory/tlb.ts. */
import type { MemoryWidth } from '../../isa/algebra.js'
import { TLB_ENTRIES, TLB_ENTRY_BYTES } from '../../memory/layout.js'
import type { FunctionBody, Local } from './function-body.js'

export const TLB_ADDEND = 8
const PAGE_SHIFT = 12
const INDEX_SHIFT = PAGE_SHIFT - Math.log2(TLB_ENTRY_BYTES)
const INDEX_MASK = (TLB_ENTRIES - 1) * TLB_ENTRY_BYTES

/** Leaves the place of the entry for an address, which is on the stack as an i32, in the set that `set` leaves. */
export function emitEntry(body: FunctionBody, set: () => void): void {
  body.i32(INDEX_SHIFT).op('i32.shr_u').i32(INDEX_MASK).op('i32.and')
  set()
  body.op('i32.add')
}

/** Leaves 1 when the entry is not that of the page of `address`, or the address is no multiple of the width. */
export function emitMiss(body: FunctionBody, entry: Local, address: () => void, width: MemoryWidth): void {
  body.get(entry).memory('i64.load')
  address()
  body
    .i64(BigInt(-4096 | (width - 1)))
    .op('i64.and')
    .op('i64.xor')
    .i64(-1n)
    .op('i64.ne')
}

/** Leaves the place in machine memory of `address`, an i64, whose page the entry holds. */
export function emitPlace(body: FunctionBody, entry: Local, address: () => void): void {
  address()
  body.op('i32.wrap_i64').get(entry).memory('i32.load', TLB_ADDEND).op('i32.add')
}

/** Position of a page's entry in any set: a constant part of addresses. */
export const entryPosition = (page: bigint): number => Number((page >> BigInt(PAGE_SHIFT)) & BigInt(TLB_ENTRIES - 1)) * TLB_ENTRY_BYTES
