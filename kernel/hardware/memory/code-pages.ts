/**
 * Which pages of machine memory hold code that was translated, and who wants to hear of stores there. Stores through a TLB do not
 * come here: the TLB's entries of such pages are guarded (tlb.ts). Offsets in bytes of machine memory.
 */
import { PAGE_BYTES } from '../../common/units.js'

/** Called after the bytes have changed. */
export type CodeStoreListener = (offset: number, length: number) => void

export class CodePages {
  private readonly pages = new Set<number>()
  private listener: CodeStoreListener | undefined

  /** In place of whoever listened before; returns the pages that were marked for that one, and are no longer. */
  listen(listener: CodeStoreListener): readonly number[] {
    const offsets = [...this.pages].map((page) => page * PAGE_BYTES)
    this.pages.clear()
    this.listener = listener
    return offsets
  }

  mark(offset: number): void {
    this.pages.add(Math.floor(offset / PAGE_BYTES))
  }

  unmark(offset: number): void {
    this.pages.delete(Math.floor(offset / PAGE_BYTES))
  }

  holds(offset: number): boolean {
    return this.pages.size > 0 && this.pages.has(Math.floor(offset / PAGE_BYTES))
  }

  stored(offset: number, length: number): void {
    if (this.pages.size === 0) return
    const last = Math.floor((offset + length - 1) / PAGE_BYTES)
    for (let page = Math.floor(offset / PAGE_BYTES); page <= last; page++) {
      if (!this.pages.has(page)) continue
      this.listener?.(offset, length)
      return
    }
  }
}
