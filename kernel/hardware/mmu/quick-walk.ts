/**
 * The walk of page tables in the usual case, on numbers: a hart without V in S or U, tables and page in RAM, A and D as the access wants
 * them, nothing that an extension defines. It does what the whole walk would do, or nothing; then the whole walk decides.
 * RISC-V Privileged, "Virtual Address Translation Process". Addresses come in halves of 32 bits.
 */
import { PAGE_BYTES } from '../../common/units.js'
import type { Bus } from '../bus/bus.js'
import type { HartState } from '../hart/hart-state.js'
import { M, S, U } from '../hart/privilege.js'
import { RAM } from '../memory/layout.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import { RAM_BASE } from '../memory/physical-memory.js'
import type { Access } from '../memory/tlb.js'
import { PERMISSION, type PmpRange } from './pmp.js'

/** The range as numbers: those beyond 2^53 lie far outside RAM, rounded or not. */
interface Range {
  readonly start: number
  readonly end: number
  readonly configuration: number
}

/** Bits of a page-table entry's low half. */
const [VALID, READ, WRITE, EXECUTE, USER, ACCESSED, DIRTY] = [1, 2, 4, 8, 0x10, 0x40, 0x80]
const LEAF = READ | WRITE | EXECUTE
/** What an access needs to find, and what a leaf must be to be readable at all where it is writable. */
const NEEDED: Readonly<Record<Access, number>> = {
  fetch: VALID | EXECUTE | ACCESSED,
  load: VALID | READ | ACCESSED,
  store: VALID | READ | WRITE | ACCESSED | DIRTY,
}
/** Levels by satp.MODE less 8, and how far the address's high half must be shifted to leave only copies of the sign. */
const LEVELS = [3, 4, 5]
const SIGN_SHIFT = [6, 15, 24]
/** Status under which a permission depends on more than the entry. */
const MXR_BIT = 1 << 19
const PPN_HIGH = 0x3f_ffff
const RESERVED_SHIFT = 22

export class QuickWalk {
  private readonly known = new WeakMap<readonly PmpRange[], readonly Range[]>()

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
  ) {}

  /** Enters the page of the address in the set in force and returns the page's offset in machine memory; `undefined`: nothing happened. */
  fill(hart: HartState, low: number, high: number, access: Access, pmp: readonly PmpRange[]): number | undefined {
    const { block } = hart
    const { privilege } = block
    if (privilege === M || block.virtual || (access === 'load' && (block.lowHalf('mstatus') & MXR_BIT) !== 0)) return undefined
    const satpHigh = block.highHalf('satp')
    const mode = (satpHigh >>> 28) - 8
    const levels = LEVELS[mode]
    const sign = high >> (SIGN_SHIFT[mode] ?? 0)
    if (levels === undefined || (sign !== 0 && sign !== -1)) return undefined
    const ranges = this.rangesOf(pmp)
    let table = (satpHigh & 0xfff) * 2 ** 32 + block.lowHalf('satp')
    for (let level = levels - 1; level >= 0; level--) {
      const at = this.inRam(table * PAGE_BYTES)
      if (at === undefined || !permitted(ranges, table * PAGE_BYTES, PERMISSION.load)) return undefined
      const entry = at + pageNumber(low, high, level) * 8
      const flags = this.memory.view.getUint32(entry, true)
      const upper = this.memory.view.getUint32(entry + 4, true)
      if (upper >>> RESERVED_SHIFT !== 0) return undefined
      const next = (upper & PPN_HIGH) * 2 ** 22 + (flags >>> 10)
      if ((flags & LEAF) === 0) {
        if ((flags & (VALID | USER | ACCESSED | DIRTY)) !== VALID) return undefined
        table = next
        continue
      }
      if ((flags & NEEDED[access]) !== NEEDED[access] || (flags & USER) !== (privilege === U ? USER : 0)) return undefined
      if (privilege !== U && privilege !== S) return undefined
      return this.enter(hart, low, high, access, { page: next, level, ranges })
    }
    return undefined
  }

  private enter(
    hart: HartState,
    low: number,
    high: number,
    access: Access,
    { page, level, ranges }: { readonly page: number; readonly level: number; readonly ranges: readonly Range[] },
  ): number | undefined {
    const pages = 2 ** (9 * level)
    if (page % pages !== 0 || level > 2) return undefined
    const within = level === 0 ? 0 : level === 1 ? (low >>> 12) & 0x1ff : ((low >>> 12) | (high << 20)) & 0x3_ffff
    const address = (page + within) * PAGE_BYTES
    const offset = this.inRam(address)
    if (offset === undefined || !permitted(ranges, address, PERMISSION[access])) return undefined
    if (access === 'store' && this.bus.watchesPage(address, PAGE_BYTES)) return undefined
    const guarded = access === 'store' && this.memory.code.holds(offset)
    hart.tlb.fillHalves(hart.block.tlbSet(access), low, high, offset, { large: level > 0, guarded })
    if (access === 'store') this.memory.markDirty(offset)
    return offset
  }

  private inRam(address: number): number | undefined {
    return address >= RAM_BASE && address < RAM_BASE + this.memory.ramBytes ? RAM + (address - RAM_BASE) : undefined
  }

  private rangesOf(pmp: readonly PmpRange[]): readonly Range[] {
    const known = this.known.get(pmp)
    if (known !== undefined) return known
    const ranges = pmp.map(({ start, end, configuration }) => ({ start: Number(start), end: Number(end), configuration }))
    this.known.set(pmp, ranges)
    return ranges
  }
}

/** Index in the table of a level: VPN[level]. */
function pageNumber(low: number, high: number, level: number): number {
  switch (level) {
    case 0:
      return (low >>> 12) & 0x1ff
    case 1:
      return (low >>> 21) & 0x1ff
    case 2:
      return ((low >>> 30) | (high << 2)) & 0x1ff
    case 3:
      return (high >>> 7) & 0x1ff
    default:
      return (high >>> 16) & 0x1ff
  }
}

/** Of S and U, for a whole page; a page of which entries see parts only is not permitted here. */
function permitted(ranges: readonly Range[], page: number, permission: number): boolean {
  for (const { start, end, configuration } of ranges) {
    if (end <= page || page + PAGE_BYTES <= start) continue
    return start <= page && page + PAGE_BYTES <= end && (configuration & permission) !== 0
  }
  return false
}
