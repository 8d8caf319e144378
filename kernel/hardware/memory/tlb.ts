/**
 * A hart's translation look-aside buffers: direct-mapped, 4 KiB granules. A set serves one kind of access in one context and
 * one address space, so that a change of privilege, SUM, MXR, V, ASID or VMID chooses other sets and flushes nothing. There are
 * TLB_SETS of them; the one that was chosen longest ago is given away. Every engine looks sets up and only the slow path fills
 * them, so engines agree even about software that omits a fence.
 *
 * Entry: 8 bytes tag (complement of the page's virtual address; 0 never matches), 4 bytes addend (memory offset = low 32 bits
 * of the virtual address + addend, modulo 2^32), 4 bytes unused. An entry for stores to a page that holds translated code is
 * guarded: bit 11 of its tag is 0, so that emitted code does not find it and every store there takes the slow path, which does.
 */
import { hartOffset, TLB, TLB_CLOCK, TLB_ENTRIES, TLB_ENTRY_BYTES, TLB_SET_BYTES, TLB_SETS, TLB_STAMPS } from './layout.js'
import type { MachineMemory } from './machine-memory.js'

export type Access = 'fetch' | 'load' | 'store'

/** Everything but page tables and PMP that a translation depends on. Numbers of address spaces come from `space`. */
export interface TlbContext {
  readonly privilege: number
  readonly space: number
  readonly sum: boolean
  /** mstatus.MXR, and of a guest vsstatus.MXR. */
  readonly mxr: boolean
  readonly guestMxr: boolean
}

/** An address space as fences name it: `vmid` of a guest's, else absent. */
export interface SpaceIdentifiers {
  readonly asid: number
  readonly vmid: number | undefined
}

interface TlbSet {
  readonly offset: number
  /** Where its stamp lies. */
  readonly stamp: number
  key: number
  /** An entry came from a superpage or a NAPOT range: a fence for one address must forget the whole set. */
  large: boolean
}

/** M-mode, and nothing else, translates nothing. */
export const NO_SPACE = 0
/** Then all numbers are given out anew. */
export const MOST_SPACES = 4096
const NO_KEY = -1

const GUARD = 0x800

const ACCESSES: Readonly<Record<Access, number>> = { fetch: 0, load: 1, store: 2 }

const ACCESS_BITS = 3

/** What a fill says beside address and place. */
export interface TlbFill {
  /** The leaf maps more than this page. */
  readonly large: boolean
  readonly guarded: boolean
}
const PLAIN: TlbFill = { large: false, guarded: false }

/** What an access does not depend on leaves the key alone: SUM concerns S only and no fetch, MXR loads only. */
function keyOf(access: Access, { privilege, space, sum, mxr, guestMxr }: TlbContext): number {
  const supervisor = privilege === 1
  let key = ACCESSES[access] | (privilege << 2)
  if (sum && supervisor && access !== 'fetch') key |= 1 << 4
  if (mxr && access === 'load') key |= 1 << 5
  if (guestMxr && access === 'load') key |= 1 << 6
  return key + space * 128
}

export class Tlb {
  /** Counts full flushes: what was derived from PMP before the last one is stale. */
  generation = 0
  /** Counts sets that were given away or given a new meaning: offsets of sets that were remembered before are stale. */
  evictions = 0
  private readonly base: number
  private readonly view: DataView
  private readonly sets: readonly TlbSet[]
  private readonly byKey = new Map<number, TlbSet>()
  private readonly byOffset = new Map<number, TlbSet>()
  private readonly spaces = new Map<string, number>()
  private identifiers: (SpaceIdentifiers | undefined)[] = [undefined]
  private readonly clock: number

  constructor(
    private readonly memory: MachineMemory,
    hart: number,
  ) {
    this.base = hartOffset(hart) + TLB
    this.view = memory.view
    this.clock = hartOffset(hart) + TLB_CLOCK
    this.sets = Array.from({ length: TLB_SETS }, (_, index) => ({
      offset: this.base + index * TLB_SET_BYTES,
      stamp: hartOffset(hart) + TLB_STAMPS + index * 8,
      key: NO_KEY,
      large: false,
    }))
    for (const set of this.sets) this.byOffset.set(set.offset, set)
  }

  /** Numbers of the address spaces of these registers. Contexts made of earlier numbers are void: numbers may be given out anew. */
  spacesOf(satp: bigint, vsatp: bigint, hgatp: bigint): { readonly host: number; readonly guest: number } {
    if (this.identifiers.length + 2 > MOST_SPACES) this.forgetSpaces()
    return { host: this.space(satp, undefined), guest: this.space(vsatp, hgatp) }
  }

  /** Offset in machine memory of the set for an access in a context. */
  setOffset(access: Access, context: TlbContext): number {
    const key = keyOf(access, context)
    const set = this.byKey.get(key) ?? this.take(key)
    const now = this.view.getFloat64(this.clock, true) + 1
    this.view.setFloat64(this.clock, now, true)
    this.view.setFloat64(set.stamp, now, true)
    return set.offset
  }

  /** Offset in machine memory of the byte at `address`; `undefined`: not in the buffer, or not a multiple of `width`. */
  lookup(set: number, address: bigint, width: number): number | undefined {
    const low = Number(address & 0xffff_ffffn)
    const entry = set + ((low >>> 12) % TLB_ENTRIES) * TLB_ENTRY_BYTES
    if ((this.view.getUint32(entry, true) | GUARD) >>> 0 !== ~(low & (-4096 | (width - 1))) >>> 0) return undefined
    if (this.view.getUint32(entry + 4, true) !== ~Number(address >> 32n) >>> 0) return undefined
    return (low + this.view.getUint32(entry + 8, true)) >>> 0
  }

  /** Enters the page of `address`, whose byte 0 lies at `pageOffset` in machine memory. */
  fill(set: number, address: bigint, pageOffset: number, how?: TlbFill): void {
    this.fillHalves(set, Number(address & 0xffff_ffffn), Number((address >> 32n) & 0xffff_ffffn), pageOffset, how)
  }

  /** The same with an address in halves of 32 bits. */
  fillHalves(set: number, low: number, high: number, pageOffset: number, { large, guarded } = PLAIN): void {
    const page = (low & -4096) >>> 0
    const entry = set + ((low >>> 12) % TLB_ENTRIES) * TLB_ENTRY_BYTES
    this.view.setInt32(entry, guarded ? ~page & ~GUARD : ~page, true)
    this.view.setInt32(entry + 4, ~high, true)
    this.view.setUint32(entry + 8, (pageOffset - page) >>> 0, true)
    const known = large ? this.byOffset.get(set) : undefined
    if (known !== undefined) known.large = true
  }

  /** Guards the entries for stores to the page at `pageOffset`, or ends that. */
  guard(pageOffset: number, guarded: boolean): void {
    const { view } = this
    for (const { offset, key } of this.sets) {
      if ((key & ACCESS_BITS) !== ACCESSES.store) continue
      for (let entry = offset; entry < offset + TLB_SET_BYTES; entry += TLB_ENTRY_BYTES) {
        const tag = view.getUint32(entry, true)
        if (tag === 0 || ((~tag & -4096) + view.getUint32(entry + 8, true)) >>> 0 !== pageOffset) continue
        view.setUint32(entry, guarded ? tag & ~GUARD : tag | GUARD, true)
      }
    }
  }

  /** Offsets in machine memory of the pages that stores reach through the buffers. */
  storePages(): number[] {
    const pages: number[] = []
    for (const { offset, key } of this.sets) {
      if (key === NO_KEY || (key & 3) !== ACCESSES.store) continue
      for (let entry = offset; entry < offset + TLB_SET_BYTES; entry += TLB_ENTRY_BYTES) {
        if (this.view.getBigUint64(entry, true) === 0n) continue
        const page = (~(this.view.getUint32(entry, true) | GUARD) & -4096) >>> 0
        pages.push((page + this.view.getUint32(entry + 8, true)) >>> 0)
      }
    }
    return pages
  }

  flush(): void {
    this.generation += 1
    for (const set of this.sets) if (set.key !== NO_KEY) this.clear(set)
  }

  /** Forgets what the address spaces that `chosen` names know, about one page when an address is given. */
  flushSpaces(chosen: (space: SpaceIdentifiers) => boolean, address?: bigint): void {
    for (const set of this.sets) {
      const space = set.key === NO_KEY ? undefined : this.identifiers[Math.floor(set.key / 128)]
      if (space === undefined || !chosen(space)) continue
      if (address === undefined || set.large) this.clear(set)
      else this.view.setBigUint64(set.offset + Number((address >> 12n) & BigInt(TLB_ENTRIES - 1)) * TLB_ENTRY_BYTES, 0n, true)
    }
  }

  private space(satp: bigint, hgatp: bigint | undefined): number {
    const name = hgatp === undefined ? satp.toString(36) : `${satp.toString(36)}/${hgatp.toString(36)}`
    const known = this.spaces.get(name)
    if (known !== undefined) return known
    const number = this.identifiers.length
    this.spaces.set(name, number)
    this.identifiers.push({
      asid: Number((satp >> 44n) & 0xffffn),
      vmid: hgatp === undefined ? undefined : Number((hgatp >> 44n) & 0x3fffn),
    })
    return number
  }

  private take(key: number): TlbSet {
    const chosen = ({ stamp }: TlbSet): number => this.view.getFloat64(stamp, true)
    const set = this.sets.reduce((oldest, candidate) => (chosen(candidate) < chosen(oldest) ? candidate : oldest))
    this.evictions += 1
    this.byKey.delete(set.key)
    if (set.key !== NO_KEY) this.clear(set)
    set.key = key
    this.byKey.set(key, set)
    return set
  }

  private clear(set: TlbSet): void {
    this.memory.clear(set.offset, TLB_SET_BYTES)
    set.large = false
  }

  private forgetSpaces(): void {
    this.flush()
    this.evictions += 1
    this.spaces.clear()
    this.byKey.clear()
    for (const set of this.sets) set.key = NO_KEY
    this.identifiers = [undefined]
  }
}
