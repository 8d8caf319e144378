/**
 * Where the data of an instruction lie, and the exception when they may not be accessed. The MMU's answer for one page; an access that
 * is misaligned has a part in each page it touches. RISC-V Privileged, "Misaligned Atomicity Granule PMA".
 */
import { LOAD_ACCESS_FAULT, LOAD_ADDRESS_MISALIGNED, STORE_ACCESS_FAULT, STORE_ADDRESS_MISALIGNED } from '../../hart/causes.js'
import { S, U } from '../../hart/privilege.js'
import { SPVP } from '../../hart/status-fields.js'
import type { MemoryWidth } from '../../isa/algebra.js'
import { transformedInstruction } from '../../isa/transformed-instruction.js'
import type { FaultedTranslation, Mmu } from '../../mmu/mmu.js'
import type { AccessRequest } from '../../mmu/translate.js'
import type { Execution } from './execution.js'
import { unsigned } from './integer-operations.js'

export type DataAccess = 'load' | 'store'

/** HLV, HLVX or HSV; `undefined`: an access in the hart's own mode. */
export type GuestPermission = 'read' | 'execute' | undefined

/** `watched`: the physical address, where stores are seen one by one. */
export interface MemoryPlace {
  readonly kind: 'memory'
  readonly offset: number
  readonly watched: number | undefined
}
type Target = MemoryPlace | { readonly kind: 'device'; readonly address: number }

const PAGE = 4096n

export const misaligned = (address: bigint, width: number): boolean => (Number(address & 7n) & (width - 1)) !== 0

const accessFault = (access: DataAccess): number => (access === 'load' ? LOAD_ACCESS_FAULT : STORE_ACCESS_FAULT)

export class DataAddress {
  constructor(
    private readonly execution: Execution,
    private readonly mmu: Mmu,
  ) {}

  /** Of an aligned access; `undefined` when it trapped. Alignment is looked at before translation. */
  place(width: MemoryWidth, address: bigint, access: DataAccess, permission?: GuestPermission): Target | undefined {
    if (this.execution.stopped) return undefined
    const part: Target | FaultedTranslation = misaligned(address, width)
      ? { kind: 'fault', cause: access === 'load' ? LOAD_ADDRESS_MISALIGNED : STORE_ADDRESS_MISALIGNED }
      : this.part(address, width, access, permission)
    if (part.kind !== 'fault') return part
    this.trap(part, address, address, permission)
    return undefined
  }

  /** Of an access that only main memory supports; `undefined` when it trapped. */
  memoryPlace(width: MemoryWidth, address: bigint, access: DataAccess): MemoryPlace | undefined {
    const place = this.place(width, address, access)
    if (place === undefined || place.kind === 'memory') return place
    this.refuse(access, address, undefined)
    return undefined
  }

  /**
   * The bytes of a misaligned access, in one page or in two; a fault reports where the part that failed begins. Only main memory
   * supports such accesses ("Memory Access Exceptions").
   */
  bytes(width: MemoryWidth, address: bigint, access: DataAccess, permission: GuestPermission): MemoryPlace[] | undefined {
    if (this.execution.stopped) return undefined
    const inPage = Number(PAGE - (address & (PAGE - 1n)))
    const lengths = inPage < width ? [inPage, width - inPage] : [width]
    const bytes: MemoryPlace[] = []
    for (const length of lengths) {
      const begin = unsigned(address + BigInt(bytes.length))
      const part = this.part(begin, length, access, permission)
      if (part.kind !== 'memory') {
        this.trap(part.kind === 'fault' ? part : { cause: accessFault(access) }, address, begin, permission)
        return undefined
      }
      for (let at = 0; at < length; at++) bytes.push(placeAfter(part, at))
    }
    return bytes
  }

  /** Bytes within one page. */
  part(address: bigint, length: number, access: DataAccess, permission?: GuestPermission): Target | FaultedTranslation {
    const { hart } = this.execution
    const known = permission === undefined ? this.mmu.lookup(hart, address, 1, access) : undefined
    if (known !== undefined) return { kind: 'memory', offset: known, watched: undefined }
    return permission === undefined
      ? this.mmu.translate(hart, address, length, access)
      : this.mmu.translateFor(hart, address, length, this.guestRequest(access, permission))
  }

  /** An access fault at `address`. */
  refuse(access: DataAccess, address: bigint, permission: GuestPermission): void {
    this.trap({ cause: accessFault(access) }, address, address, permission)
  }

  /** `begin` is the first byte of the access, `address` that of the part that trapped. */
  trap({ cause, guest }: Omit<FaultedTranslation, 'kind'>, begin: bigint, address: bigint, permission: GuestPermission): void {
    const { hart, current } = this.execution
    const virtual = permission !== undefined || hart.dataMode.virtual
    const instruction = hart.has('H') ? current : undefined
    const transformed = instruction === undefined ? 0n : transformedInstruction(instruction, Number(address - begin))
    this.execution.fault(cause, address, virtual, guest, transformed)
  }

  /** As VS or VU by hstatus.SPVP, whatever the hart's own mode. */
  private guestRequest(access: DataAccess, permission: 'read' | 'execute'): AccessRequest {
    const privilege = (this.execution.hart.block.get('hstatus') & SPVP) === 0n ? U : S
    return { access, mode: { privilege, virtual: true }, executeToRead: permission === 'execute' }
  }
}

/** `distance` bytes further on, in the same page. */
export const placeAfter = ({ kind, offset, watched }: MemoryPlace, distance: number): MemoryPlace => ({
  kind,
  offset: offset + distance,
  watched: watched === undefined ? undefined : watched + distance,
})
