/**
 * A hart's translation look-aside buffers: direct-mapped, 4 KiB granules, one set per kind of access and context. Every engine
 * looks them up and only the slow path fills them, so engines agree even about software that omits an SFENCE.VMA.
 *
 * Entry: 8 bytes tag (complement of the page's virtual address; 0 never matches), 4 bytes addend (memory offset = low 32 bits
 * of the virtual address + addend, modulo 2^32), 4 bytes unused.
 */
import { hartOffset, TLB, TLB_BYTES, TLB_ENTRIES, TLB_ENTRY_BYTES, TLB_SET_BYTES } from './layout.js'
import type { MachineMemory } from './machine-memory.js'

export type Access = 'fetch' | 'load' | 'store'

/** Effective privilege of an access; S-mode with mstatus.SUM set apart, so that changing SUM needs no flush. */
export type TlbContext = 'M' | 'U' | 'S' | 'S-SUM'

const ACCESSES: Readonly<Record<Access, number>> = { fetch: 0, load: 1, store: 2 }
const CONTEXTS: Readonly<Record<TlbContext, number>> = { M: 0, U: 1, S: 2, 'S-SUM': 3 }

export class Tlb {
  /** Counts flushes: what was derived from PMP or page tables before the last one is stale. */
  generation = 0
  private readonly base: number
  private readonly view: DataView

  constructor(
    private readonly memory: MachineMemory,
    hart: number,
  ) {
    this.base = hartOffset(hart) + TLB
    this.view = memory.view
  }

  /** Offset in machine memory of the set for an access and a context. */
  setOffset(access: Access, context: TlbContext): number {
    return this.base + (ACCESSES[access] * 4 + CONTEXTS[context]) * TLB_SET_BYTES
  }

  /** Offset in machine memory of the byte at `address`; `undefined`: not in the buffer, or not a multiple of `width`. */
  lookup(set: number, address: bigint, width: number): number | undefined {
    const low = Number(address & 0xffff_ffffn)
    const entry = set + ((low >>> 12) % TLB_ENTRIES) * TLB_ENTRY_BYTES
    if (this.view.getUint32(entry, true) !== ~(low & (-4096 | (width - 1))) >>> 0) return undefined
    if (this.view.getUint32(entry + 4, true) !== ~Number(address >> 32n) >>> 0) return undefined
    return (low + this.view.getUint32(entry + 8, true)) >>> 0
  }

  /** Enters the page of `address`, whose byte 0 lies at `pageOffset` in machine memory. */
  fill(set: number, address: bigint, pageOffset: number): void {
    const page = address & ~0xfffn
    const low = Number(page & 0xffff_ffffn)
    const entry = set + ((low >>> 12) % TLB_ENTRIES) * TLB_ENTRY_BYTES
    this.view.setBigUint64(entry, BigInt.asUintN(64, ~page), true)
    this.view.setUint32(entry + 8, (pageOffset - low) >>> 0, true)
  }

  flush(): void {
    this.generation += 1
    this.memory.clear(this.base, TLB_BYTES)
  }
}
