/**
 * From a virtual address to what answers there: TLB, translation, PMP, bus. Shared by all engines and by hosted code.
 * RISC-V Privileged, "Supervisor Address Translation and Protection (`satp`) Register", "Physical Memory Protection and Paging".
 */
import type { Bus } from '../bus/bus.js'
import {
  INSTRUCTION_ACCESS_FAULT,
  INSTRUCTION_GUEST_PAGE_FAULT,
  INSTRUCTION_PAGE_FAULT,
  LOAD_ACCESS_FAULT,
  LOAD_GUEST_PAGE_FAULT,
  LOAD_PAGE_FAULT,
  STORE_ACCESS_FAULT,
  STORE_GUEST_PAGE_FAULT,
  STORE_PAGE_FAULT,
} from '../hart/causes.js'
import type { HartState } from '../hart/hart-state.js'
import { S, U } from '../hart/privilege.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { Access } from '../memory/tlb.js'
import { checkPmp, pmpRanges, type PmpRange } from './pmp.js'
import { QuickWalk } from './quick-walk.js'
import { translate, type AccessFaultOfWalk, type AccessRequest, type GuestPageFault, type PhysicalTables } from './translate.js'

/** `guest`: what htval and htinst tell beside the cause. */
export interface FaultedTranslation {
  readonly kind: 'fault'
  readonly cause: number
  readonly guest?: GuestPageFault
}

/** `offset` is a place in machine memory; `watched`: the physical address of a store there that the bus wants to hear of. */
export type Translation =
  | { readonly kind: 'memory'; readonly offset: number; readonly watched: number | undefined }
  | { readonly kind: 'device'; readonly address: number }
  | FaultedTranslation

type FaultKind = 'access-fault' | 'page-fault' | 'guest-page-fault'
const CAUSES: Readonly<Record<FaultKind, Readonly<Record<Access, number>>>> = {
  'access-fault': { fetch: INSTRUCTION_ACCESS_FAULT, load: LOAD_ACCESS_FAULT, store: STORE_ACCESS_FAULT },
  'page-fault': { fetch: INSTRUCTION_PAGE_FAULT, load: LOAD_PAGE_FAULT, store: STORE_PAGE_FAULT },
  'guest-page-fault': { fetch: INSTRUCTION_GUEST_PAGE_FAULT, load: LOAD_GUEST_PAGE_FAULT, store: STORE_GUEST_PAGE_FAULT },
}

const PAGE = 4096
const PAGE_SHIFT = 12n
const REFUSED: AccessFaultOfWalk = { kind: 'access-fault' }

/** An access and the place it found, before the TLB hears of it. */
interface Found {
  readonly translation: Translation
  /** The answer holds for the whole 4 KiB page. */
  readonly uniform: boolean
  /** The leaf maps more than that page. */
  readonly large: boolean
}

export class Mmu {
  /** What the PMP CSRs say, until they change: every change flushes the TLB. */
  private readonly quick: QuickWalk
  private readonly ranges = new Map<HartState, { readonly generation: number; readonly ranges: readonly PmpRange[] }>()

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
  ) {
    this.quick = new QuickWalk(memory, bus)
  }

  /** Offset in machine memory when the hart's TLB knows the page; `address` must be a multiple of `width`. */
  lookup(hart: HartState, address: bigint, width: number, access: Access): number | undefined {
    return hart.tlb.lookup(hart.block.tlbSet(access), address, width)
  }

  /** Translates and checks an aligned access that the TLB did not know, and enters its page there if it may. */
  translate(hart: HartState, address: bigint, width: number, access: Access): Translation {
    const found = this.fill(hart, Number(address & 0xffff_ffffn) | 0, Number(address >> 32n) | 0, access)
    if (found !== undefined) return { kind: 'memory', offset: found + Number(address & 0xfffn), watched: undefined }
    const mode = access === 'fetch' ? hart.mode : hart.dataMode
    return this.enter(hart, address, width, { access, mode, executeToRead: false }, hart.block.tlbSet(access))
  }

  /** Enters a page in the TLB in the usual case (quick-walk.ts); its offset in machine memory, or `undefined`: nothing happened. */
  fill(hart: HartState, low: number, high: number, access: Access): number | undefined {
    return this.quick.fill(hart, low, high, access, this.pmpRanges(hart))
  }

  /** The same for an access in another mode than the hart's (HLV, HLVX, HSV), the TLB's answer included; HLVX has no TLB. */
  translateFor(hart: HartState, address: bigint, width: number, request: AccessRequest): Translation {
    if (request.executeToRead) return this.find(hart, address, width, request).translation
    const set = hart.tlb.setOffset(request.access, hart.context(request.mode))
    const known = hart.tlb.lookup(set, address, 1)
    return known === undefined ? this.enter(hart, address, width, request, set) : { kind: 'memory', offset: known, watched: undefined }
  }

  /** Physical address for a debugger, of what the hart could load or fetch in its present mode or in U beneath it; nothing changes. */
  probe(hart: HartState, address: bigint): bigint | undefined {
    const tables = { ...this.tables(this.pmpRanges(hart)), update: () => undefined }
    for (const privilege of [hart.block.privilege, U])
      for (const executeToRead of [false, true]) {
        const walked = translate(hart, address, { access: 'load', mode: { ...hart.mode, privilege }, executeToRead }, tables)
        if (walked.kind === 'translated') return walked.address
      }
    return undefined
  }

  private enter(hart: HartState, address: bigint, width: number, request: AccessRequest, set: number): Translation {
    const { translation, uniform, large } = this.find(hart, address, width, request)
    if (translation.kind === 'memory' && uniform && translation.watched === undefined) {
      const { offset } = translation
      const guarded = request.access === 'store' && this.memory.code.holds(offset)
      hart.tlb.fill(set, address, offset - (offset % PAGE), { large, guarded })
      if (request.access === 'store') this.memory.markDirty(offset) // stores through the TLB mark nothing
    }
    return translation
  }

  private find(hart: HartState, address: bigint, width: number, request: AccessRequest): Found {
    const ranges = this.pmpRanges(hart)
    const walked = translate(hart, address, request, this.tables(ranges))
    if (walked.kind !== 'translated') {
      const cause = CAUSES[walked.kind][request.access]
      const translation: Translation =
        walked.kind === 'guest-page-fault' ? { kind: 'fault', cause, guest: walked } : { kind: 'fault', cause }
      return { translation, uniform: false, large: false }
    }
    const { allowed, uniform } = this.permitted(ranges, walked.address, width, request)
    const refused: Translation = { kind: 'fault', cause: CAUSES['access-fault'][request.access] }
    const translation = allowed ? (this.place(walked.address, request.access) ?? refused) : refused
    return { translation, uniform, large: walked.shift > PAGE_SHIFT }
  }

  /** HLVX needs what a fetch and what a load need. */
  private permitted(
    ranges: readonly PmpRange[],
    address: bigint,
    width: number,
    { access, mode, executeToRead }: AccessRequest,
  ): { readonly allowed: boolean; readonly uniform: boolean } {
    const verdict = checkPmp(ranges, address, width, access, mode.privilege)
    if (!executeToRead) return verdict
    return { allowed: verdict.allowed && checkPmp(ranges, address, width, 'fetch', mode.privilege).allowed, uniform: verdict.uniform }
  }

  /** `undefined`: nothing there that allows such an access. */
  private place(address: bigint, access: Access): Translation | undefined {
    const target = this.bus.target(address)
    if (target === undefined) return undefined
    const place = Number(address)
    if (target.kind === 'device') return access === 'fetch' ? undefined : { kind: 'device', address: place }
    if (target.kind === 'rom' && access === 'store') return undefined
    const watched = access === 'store' && this.bus.watchesPage(place - (place % PAGE), PAGE)
    return { kind: 'memory', offset: target.offset, watched: watched ? place : undefined }
  }

  private pmpRanges(hart: HartState): readonly PmpRange[] {
    const known = this.ranges.get(hart)
    if (known !== undefined && known.generation === hart.tlb.generation) return known.ranges
    const ranges = pmpRanges(hart.block)
    this.ranges.set(hart, { generation: hart.tlb.generation, ranges })
    return ranges
  }

  /** Page tables are used with S-mode permission and lie in RAM, or to be read only in ROM; devices hold none. */
  private tables(ranges: readonly PmpRange[]): PhysicalTables {
    const offset = (address: bigint, access: Access): number | undefined => {
      if (!checkPmp(ranges, address, 8, access, S).allowed) return undefined
      const target = this.bus.target(address)
      return target === undefined || target.kind === 'device' || (target.kind === 'rom' && access === 'store') ? undefined : target.offset
    }
    return {
      read: (address) => {
        const place = offset(address, 'load')
        return place === undefined ? REFUSED : this.memory.load(place, 8)
      },
      update: (address, pte) => {
        const place = offset(address, 'store')
        if (place === undefined) return REFUSED
        this.memory.store(place, 8, pte)
        return undefined
      },
    }
  }
}
