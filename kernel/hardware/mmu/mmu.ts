/**
 * From a virtual address to what answers there: TLB, Sv39, PMP, bus. Shared by all engines and by hosted code.
 * RISC-V Privileged, "Supervisor Address Translation and Protection (`satp`) Register", "Physical Memory Protection and Paging".
 */
import type { Bus } from '../bus/bus.js'
import {
  INSTRUCTION_ACCESS_FAULT,
  INSTRUCTION_PAGE_FAULT,
  LOAD_ACCESS_FAULT,
  LOAD_PAGE_FAULT,
  STORE_ACCESS_FAULT,
  STORE_PAGE_FAULT,
} from '../hart/causes.js'
import { fetchContext, type HartState } from '../hart/hart-state.js'
import { M, S, U } from '../hart/privilege.js'
import { MXR, SATP_BARE, SATP_MODE_SHIFT, SUM } from '../hart/status-fields.js'
import type { MachineMemory } from '../memory/machine-memory.js'
import type { Access } from '../memory/tlb.js'
import { checkPmp, pmpRanges, type PmpRange } from './pmp.js'
import { walkSv39 } from './sv39.js'

/** `address` is physical; `offset` a place in machine memory; `watched`: the bus wants to hear of a store there. */
export type Translation =
  | { readonly kind: 'memory'; readonly offset: number; readonly address: number; readonly watched: boolean }
  | { readonly kind: 'device'; readonly address: number }
  | { readonly kind: 'fault'; readonly cause: number }

const ACCESS_FAULT: Readonly<Record<Access, number>> = {
  fetch: INSTRUCTION_ACCESS_FAULT,
  load: LOAD_ACCESS_FAULT,
  store: STORE_ACCESS_FAULT,
}
const PAGE_FAULT: Readonly<Record<Access, number>> = { fetch: INSTRUCTION_PAGE_FAULT, load: LOAD_PAGE_FAULT, store: STORE_PAGE_FAULT }

const PAGE = 4096

export class Mmu {
  /** What the PMP CSRs say, until they change: every change flushes the TLB. */
  private readonly ranges = new Map<HartState, { readonly generation: number; readonly ranges: readonly PmpRange[] }>()

  constructor(
    private readonly memory: MachineMemory,
    private readonly bus: Bus,
  ) {}

  /** Offset in machine memory when the hart's TLB knows the page; `address` must be a multiple of `width`. */
  lookup(hart: HartState, address: bigint, width: number, access: Access): number | undefined {
    const context = access === 'fetch' ? fetchContext(hart.block.privilege) : hart.context(hart.dataPrivilege)
    return hart.tlb.lookup(hart.tlb.setOffset(access, context), address, width)
  }

  /** Translates and checks an aligned access that the TLB did not know, and enters its page there if it may. */
  translate(hart: HartState, address: bigint, width: number, access: Access): Translation {
    const privilege = access === 'fetch' ? hart.block.privilege : hart.dataPrivilege
    const ranges = this.pmpRanges(hart)
    const walked = this.physical(hart, ranges, address, access, privilege)
    if (typeof walked !== 'bigint') return walked
    const { allowed, uniform } = checkPmp(ranges, walked, width, access, privilege)
    const target = allowed ? this.bus.target(walked) : undefined
    if (target === undefined) return { kind: 'fault', cause: ACCESS_FAULT[access] }
    const place = Number(walked)
    if (target.kind === 'device')
      return access === 'fetch' ? { kind: 'fault', cause: ACCESS_FAULT.fetch } : { kind: 'device', address: place }
    if (target.kind === 'rom' && access === 'store') return { kind: 'fault', cause: ACCESS_FAULT.store }
    const page = place - (place % PAGE)
    const watched = access === 'store' && this.bus.watchesPage(page, PAGE)
    if (uniform && !watched) this.fill(hart, address, access, privilege, target.offset)
    return { kind: 'memory', offset: target.offset, address: place, watched }
  }

  private pmpRanges(hart: HartState): readonly PmpRange[] {
    const known = this.ranges.get(hart)
    if (known !== undefined && known.generation === hart.tlb.generation) return known.ranges
    const ranges = pmpRanges(hart.block)
    this.ranges.set(hart, { generation: hart.tlb.generation, ranges })
    return ranges
  }

  private fill(hart: HartState, address: bigint, access: Access, privilege: number, offset: number): void {
    const context = access === 'fetch' ? fetchContext(privilege) : hart.context(privilege)
    hart.tlb.fill(hart.tlb.setOffset(access, context), address, offset - (offset % PAGE))
    if (access === 'store') this.memory.markDirty(offset) // stores through the TLB mark nothing
  }

  private physical(
    hart: HartState,
    ranges: readonly PmpRange[],
    address: bigint,
    access: Access,
    privilege: number,
  ): bigint | { readonly kind: 'fault'; readonly cause: number } {
    const satp = hart.block.get('satp')
    if (privilege === M || satp >> SATP_MODE_SHIFT === SATP_BARE) return address
    const mstatus = hart.block.get('mstatus')
    const context = { satp, user: privilege === U, sum: (mstatus & SUM) !== 0n, mxr: (mstatus & MXR) !== 0n }
    const walked = walkSv39(address, access, context, (physical) => this.readPte(ranges, physical))
    if (walked.kind === 'translated') return walked.physical
    return { kind: 'fault', cause: walked.kind === 'page-fault' ? PAGE_FAULT[access] : ACCESS_FAULT[access] }
  }

  /** Page tables are read with S-mode permission and lie in RAM or ROM; devices hold none. */
  private readPte(ranges: readonly PmpRange[], physical: bigint): bigint | undefined {
    if (!checkPmp(ranges, physical, 8, 'load', S).allowed) return undefined
    const target = this.bus.target(physical)
    return target === undefined || target.kind === 'device' ? undefined : this.memory.load(target.offset, 8)
  }
}
