/**
 * Which RAM pages were stored to, and since when: one byte for each page, a bit for each question. A store through a TLB marks nothing:
 * its page was marked when it entered the TLB, so whoever clears a mark must know which pages are still there. Pages by number.
 */
import { PAGE_BYTES } from '../../common/units.js'
import { DIRTY_MAP } from './layout.js'

/** Since the machine was made: a page without this mark holds zeros. */
export const WRITTEN = 1
/** Since the snapshot that the machine can return to. */
export const SINCE_SNAPSHOT = 2
/** Since the digest was last taken. */
export const SINCE_DIGEST = 4

export class DirtyMap {
  private readonly marks: Uint8Array
  private readonly words: Uint32Array

  constructor(wasm: WebAssembly.Memory, ramBytes: number) {
    const pages = ramBytes / PAGE_BYTES
    this.marks = new Uint8Array(wasm.buffer, DIRTY_MAP, pages)
    this.words = new Uint32Array(wasm.buffer, DIRTY_MAP, pages / 4)
  }

  /** Ascending. */
  pages(mark: number): number[] {
    const { marks, words } = this
    const pages: number[] = []
    const wanted = mark * 0x0101_0101
    for (let index = 0; index < words.length; index++) {
      if (((words[index] ?? 0) & wanted) === 0) continue
      for (let page = index * 4; page < index * 4 + 4; page++) if (((marks[page] ?? 0) & mark) !== 0) pages.push(page)
    }
    return pages
  }

  /** What the page is marked with from now on. */
  set(page: number, marks: number): void {
    this.marks[page] = marks
  }

  clear(pages: readonly number[], mark: number): void {
    for (const page of pages) this.marks[page] = (this.marks[page] ?? 0) & ~mark
  }

  add(page: number, mark: number): void {
    this.marks[page] = (this.marks[page] ?? 0) | mark
  }
}
