/**
 * From a virtual address to a supervisor physical address: one stage for HS and U, two for a guest, none for M.
 * RISC-V Privileged, "Virtual Address Translation Process"; "Two-Stage Address Translation",
 * "Guest-Page Faults".
 */
import type { HartState } from '../hart/hart-state.js'
import { M, U, type PrivilegeMode } from '../hart/privilege.js'
import { ADUE, MXR, PBMTE, SUM } from '../hart/status-fields.js'
import type { Access } from '../memory/tlb.js'
import type { LeafRules } from './page-table-entry.js'
import { schemeOf, walk, type TableMemory, type Walked } from './page-walk.js'

/** An access by an instruction, or HLVX. */
export interface AccessRequest {
  readonly access: Access
  readonly mode: PrivilegeMode
  /** HLVX: read what may be executed. */
  readonly executeToRead: boolean
}

/** PMP or the bus refused what the walk itself wanted. */
export interface AccessFaultOfWalk {
  readonly kind: 'access-fault'
}

/** `implicit`: the guest physical address is that of a page-table entry of the guest's, which the walk read or updated. */
export interface GuestPageFault {
  readonly kind: 'guest-page-fault'
  readonly address: bigint
  readonly implicit: 'read' | 'write' | undefined
}

export type TranslationFault = { readonly kind: 'page-fault' } | AccessFaultOfWalk | GuestPageFault

/** Physical memory as page tables use it: with S-mode permission, 8 bytes. */
export type PhysicalTables = TableMemory<AccessFaultOfWalk>

/** No translation: the page itself. */
const BARE_SHIFT = 12n

export function translate(hart: HartState, address: bigint, request: AccessRequest, tables: PhysicalTables): Walked | TranslationFault {
  const { privilege, virtual } = request.mode
  if (privilege === M) return bare(address)
  return virtual ? translateGuest(hart, address, request, tables) : translateHost(hart, address, request, tables)
}

const bare = (address: bigint): Walked => ({ kind: 'translated', address, shift: BARE_SHIFT })

function translateHost(hart: HartState, address: bigint, request: AccessRequest, tables: PhysicalTables): Walked | TranslationFault {
  const satp = hart.block.get('satp')
  const scheme = schemeOf(satp, false)
  if (scheme === undefined) return bare(address)
  const status = hart.block.get('mstatus')
  const environment = hart.block.get('menvcfg')
  return walk(address, request.access, satp, scheme, rulesOf(request, status, 0n, environment), tables)
}

function rulesOf({ mode, executeToRead }: AccessRequest, status: bigint, hostStatus: bigint, environment: bigint): LeafRules {
  return {
    user: mode.privilege === U,
    sum: (status & SUM) !== 0n,
    mxr: ((status | hostStatus) & MXR) !== 0n,
    executeToRead,
    pbmt: (environment & PBMTE) !== 0n,
    updates: (environment & ADUE) !== 0n,
  }
}

/** VS-stage, whose page tables lie at guest physical addresses, then G-stage. */
function translateGuest(hart: HartState, address: bigint, request: AccessRequest, tables: PhysicalTables): Walked | TranslationFault {
  const { block } = hart
  const vsatp = block.get('vsatp')
  const scheme = schemeOf(vsatp, false)
  const environment = block.get('henvcfg') & block.get('menvcfg')
  const rules = rulesOf(request, block.get('vsstatus'), block.get('mstatus'), environment)
  const first = scheme === undefined ? bare(address) : walk(address, request.access, vsatp, scheme, rules, guestTables(hart, tables))
  if (first.kind !== 'translated') return first
  const explicit = { mxr: (block.get('mstatus') & MXR) !== 0n, executeToRead: request.executeToRead }
  const second = guestPhysical(hart, first.address, request.access, explicit, undefined, tables)
  // A large leaf of one stage over small ones of the other: a fence for the large one must find every page of it.
  if (second.kind !== 'translated' || second.shift >= first.shift) return second
  return { ...second, shift: first.shift }
}

/** G-stage: every access counts as one by U, and the G-stage's page tables lie at supervisor physical addresses. */
function guestPhysical(
  hart: HartState,
  address: bigint,
  access: Access,
  explicit: { readonly mxr: boolean; readonly executeToRead: boolean },
  implicit: GuestPageFault['implicit'],
  tables: PhysicalTables,
): Walked | TranslationFault {
  const hgatp = hart.block.get('hgatp')
  const scheme = schemeOf(hgatp, true)
  if (scheme === undefined) return bare(address)
  const environment = hart.block.get('menvcfg')
  const pbmt = (environment & PBMTE) !== 0n
  const rules = { ...explicit, user: true, sum: false, pbmt, updates: (environment & ADUE) !== 0n }
  const walked = walk(address, access, hgatp, scheme, rules, tables)
  return walked.kind === 'page-fault' ? { kind: 'guest-page-fault', address, implicit } : walked
}

const IMPLICIT = { mxr: false, executeToRead: false }

/** The guest's page tables: reads and updates go through the G-stage as implicit loads and stores. */
function guestTables(
  hart: HartState,
  tables: PhysicalTables,
): TableMemory<AccessFaultOfWalk | GuestPageFault | { readonly kind: 'page-fault' }> {
  return {
    read: (address) => {
      const place = guestPhysical(hart, address, 'load', IMPLICIT, 'read', tables)
      return place.kind === 'translated' ? tables.read(place.address) : place
    },
    update: (address, pte) => {
      const place = guestPhysical(hart, address, 'store', IMPLICIT, 'write', tables)
      return place.kind === 'translated' ? tables.update(place.address, pte) : place
    },
  }
}
