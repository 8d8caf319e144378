/**
 * Physical memory protection: 16 entries, OFF, TOR, NA4 and NAPOT, locks. Physical addresses in bytes.
 * RISC-V Privileged, "Physical Memory Protection".
 */
import { M } from '../hart/privilege.js'
import type { HartBlock } from '../memory/hart-block.js'
import { PMPADDR_SLOTS } from '../memory/layout.js'
import type { Access } from '../memory/tlb.js'

const READ = 1
const WRITE = 2
const EXECUTE = 4
const LOCKED = 0x80
/** The bit of a configuration that an access needs. */
export const PERMISSION: Readonly<Record<Access, number>> = { fetch: EXECUTE, load: READ, store: WRITE }

/** One entry's range, `end` exclusive. */
export interface PmpRange {
  readonly start: bigint
  readonly end: bigint
  readonly configuration: number
}

/** The ranges in force, lowest-numbered entry first; entries that match nothing are left out. */
export function pmpRanges(block: HartBlock): readonly PmpRange[] {
  const ranges: PmpRange[] = []
  let previous = 0n // TOR of entry 0 begins at 0
  for (const [entry, slot] of PMPADDR_SLOTS.entries()) {
    const configuration = Number((block.get(entry < 8 ? 'pmpcfg0' : 'pmpcfg2') >> BigInt((entry % 8) * 8)) & 0xffn)
    const address = block.get(slot)
    const range = rangeOf((configuration >> 3) & 3, address, previous)
    if (range !== undefined && range.start < range.end) ranges.push({ ...range, configuration })
    previous = address
  }
  return ranges
}

function rangeOf(mode: number, address: bigint, previous: bigint): { start: bigint; end: bigint } | undefined {
  switch (mode) {
    case 1: // TOR
      return { start: previous << 2n, end: address << 2n }
    case 2: // NA4
      return { start: address << 2n, end: (address << 2n) + 4n }
    case 3: {
      // NAPOT: the trailing ones give the size; all 54 ones cover everything.
      const size = (address ^ (address + 1n)) + 1n
      const start = (address & ~(size - 1n)) << 2n
      return { start, end: start + (size << 2n) }
    }
    default:
      return undefined
  }
}

/** `uniform`: the answer holds for every access of this kind and privilege in the 4 KiB page. */
export interface PmpVerdict {
  readonly allowed: boolean
  readonly uniform: boolean
}

/**
 * "Priority and Matching Logic": the lowest-numbered entry that matches any byte decides, and fails the access unless it
 * matches all of them. Without a match M succeeds, and S and U fail, because entries are implemented.
 */
export function checkPmp(ranges: readonly PmpRange[], address: bigint, width: number, access: Access, privilege: number): PmpVerdict {
  const end = address + BigInt(width)
  const page = address & ~0xfffn
  const pageEnd = page + 0x1000n
  let uniform = true
  for (const range of ranges) {
    if (range.end <= page || pageEnd <= range.start) continue
    uniform &&= range.start <= page && pageEnd <= range.end
    if (range.end <= address || end <= range.start) continue
    const whole = range.start <= address && end <= range.end
    const applies = privilege !== M || (range.configuration & LOCKED) !== 0
    return { allowed: whole && (!applies || (range.configuration & PERMISSION[access]) !== 0), uniform }
  }
  return { allowed: privilege === M, uniform }
}
