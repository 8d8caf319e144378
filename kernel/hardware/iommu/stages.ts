/**
 * First-stage and second-stage address translation for a device, over the walk that the harts use. Addresses in bytes.
 * RISC-V IOMMU, "Process to translate an IOVA", steps 17 and 19; RISC-V Privileged, "Two-Stage Address Translation".
 */
import type { Access } from '../memory/tlb.js'
import { memoryType, type LeafRules } from '../mmu/page-table-entry.js'
import { schemeOf, walk, type TableMemory, type Walked } from '../mmu/page-walk.js'
import type { IommuMemory } from './iommu-memory.js'
import { stageFault, type IommuFault } from './transaction.js'

/** `memoryType`: PBMT of the leaf, 0 where a stage is Bare. */
export interface StageResult extends Walked {
  readonly memoryType: bigint
}

export interface SecondStage {
  readonly iohgatp: bigint
  /** GADE: A and D are updated. */
  readonly updates: boolean
}

export interface FirstStage {
  readonly iosatp: bigint
  /** SADE. */
  readonly updates: boolean
  readonly supervisor: boolean
  readonly sum: boolean
}

/** A walk that accesses memory for itself; faults name the access for which it is made. */
type Implicit = 'read' | 'write'

const IOTVAL2_IMPLICIT = 1n
const IOTVAL2_WRITE = 2n
const GPA_BITS = ~3n

/** Where a stage is Bare, its translation holds for any range. */
const BARE_SHIFT = 64n
const bare = (address: bigint): StageResult => ({ kind: 'translated', address, shift: BARE_SHIFT, memoryType: 0n })

const GUEST_RULES = { user: true, sum: false, mxr: false, executeToRead: false, pbmt: true }

/** Guest physical to supervisor physical. */
export function secondStage(stage: SecondStage, address: bigint, access: Access, memory: IommuMemory): StageResult | IommuFault {
  return guestPhysical(stage, address, access, { for: access, implicit: undefined }, memory)
}

/**
 * The doublewords at a guest physical address, for a process directory or a page table; `undefined`: access fault. `access` is
 * that of the transaction.
 */
export function loadGuest(
  stage: SecondStage,
  address: bigint,
  doublewords: number,
  access: Access,
  memory: IommuMemory,
): readonly bigint[] | IommuFault | undefined {
  const place = guestPhysical(stage, address, 'load', { for: access, implicit: 'read' }, memory)
  if (place.kind === 'translated') return memory.loadDoublewords(place.address, doublewords)
  return isAccessFault(place, access) ? undefined : place
}

/** IOVA to guest physical, or to supervisor physical where the second stage is Bare. */
export function firstStage(
  { iosatp, updates, supervisor, sum }: FirstStage,
  second: SecondStage,
  iova: bigint,
  access: Access,
  memory: IommuMemory,
): StageResult | IommuFault {
  const scheme = schemeOf(iosatp, false)
  if (scheme === undefined) return bare(iova)
  const rules: LeafRules = { user: !supervisor, sum, mxr: false, executeToRead: false, pbmt: true, updates }
  const tables: TableMemory<IommuFault> = {
    read: (address) => {
      const words = loadGuest(second, address, 1, access, memory)
      if (words === undefined) return stageFault('access-fault', access)
      return 'cause' in words ? words : (words[0] ?? 0n)
    },
    update: (address, pte) => {
      const place = guestPhysical(second, address, 'store', { for: access, implicit: 'write' }, memory)
      if (place.kind !== 'translated') return place
      return memory.storeDoublewords(place.address, [pte]) ? undefined : stageFault('access-fault', access)
    },
  }
  const walked = walk(iova, access, iosatp, scheme, rules, tables)
  if (walked.kind === 'page-fault') return stageFault('page-fault', access)
  return walked.kind === 'fault' ? walked : { ...walked, memoryType: memoryType(walked.pte) }
}

function guestPhysical(
  { iohgatp, updates }: SecondStage,
  address: bigint,
  access: Access,
  reason: { readonly for: Access; readonly implicit: Implicit | undefined },
  memory: IommuMemory,
): StageResult | IommuFault {
  const scheme = schemeOf(iohgatp, true)
  if (scheme === undefined) return bare(address)
  const refused = stageFault('access-fault', reason.for)
  const tables: TableMemory<IommuFault> = {
    read: (place) => memory.load64(place) ?? refused,
    update: (place, pte) => (memory.storeDoublewords(place, [pte]) ? undefined : refused),
  }
  const walked = walk(address, access, iohgatp, scheme, { ...GUEST_RULES, updates }, tables)
  if (walked.kind === 'page-fault') return stageFault('guest-page-fault', reason.for, guestFaultValue(address, reason.implicit))
  return walked.kind === 'fault' ? walked : { ...walked, memoryType: memoryType(walked.pte) }
}

/** `iotval2` of a guest-page fault ("Fault/Event-Queue (`FQ`)"). */
function guestFaultValue(address: bigint, implicit: Implicit | undefined): bigint {
  const flags = implicit === undefined ? 0n : implicit === 'read' ? IOTVAL2_IMPLICIT : IOTVAL2_IMPLICIT | IOTVAL2_WRITE
  return (address & GPA_BITS) | flags
}

const isAccessFault = ({ cause }: IommuFault, access: Access): boolean => cause === stageFault('access-fault', access).cause
