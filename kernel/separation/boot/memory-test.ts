/**
 * The memory test at boot: every page of RAM that holds nothing measured is written with a pattern and its complement, read
 * back, and left zero. SKPP FPT_AMT.1; the zeroes serve FDP_RIP.2.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { MemoryRange } from '../config/configuration.js'
import type { KernelMemory } from '../memory/kernel-memory.js'

const ZEROES = Buffer.alloc(PAGE_BYTES)
const PATTERNS = [0xaa, 0x55].map((pattern) => Buffer.alloc(PAGE_BYTES, pattern))

/** The first page that does not hold what was written, or `undefined`. */
export function testAndClear(memory: KernelMemory, range: MemoryRange): number | undefined {
  for (let page = range.address; page < range.address + range.bytes; page += PAGE_BYTES) {
    for (const pattern of PATTERNS) {
      memory.setBytes(page, pattern)
      if (!pattern.equals(memory.bytes(page, PAGE_BYTES))) return page
    }
    memory.setBytes(page, ZEROES)
  }
  return undefined
}
