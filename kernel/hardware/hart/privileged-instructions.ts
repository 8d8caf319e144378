/**
 * When the privileged instructions may execute, and what the fences do. An answer is the exception to raise, or `undefined`.
 * RISC-V Privileged, "Trap-Return Instructions", "Wait for Interrupt", "Supervisor Memory-Management Fence Instruction", "Svinval";
 * "Hypervisor Instructions" and "Trap Cause Codes" (HS-qualified instructions).
 */
import type { CacheOperation, FenceStage, TrapReturn } from '../isa/algebra.js'
import type { CsrRefusal } from './csr-table.js'
import type { HartState } from './hart-state.js'
import { M, S, U } from './privilege.js'
import { ASID, ASID_SHIFT, CBCFE, CBIE, CBZE, HU, TSR, TVM, TW, VMID, VTSR, VTVM, VTW } from './status-fields.js'

const mstatus = ({ block }: HartState, bit: bigint): boolean => (block.get('mstatus') & bit) !== 0n
const hstatus = ({ block }: HartState, bit: bigint): boolean => (block.get('hstatus') & bit) !== 0n

/** A supervisor instruction: HS unless `trapped` by mstatus, VS unless `guestTrapped` by hstatus. */
function supervisorInstruction(hart: HartState, trapped: bigint, guestTrapped: bigint): CsrRefusal | undefined {
  const { privilege, virtual } = hart.block
  if (virtual) return privilege === U || hstatus(hart, guestTrapped) ? 'virtual' : undefined
  return privilege === U || (privilege === S && mstatus(hart, trapped)) ? 'illegal' : undefined
}

export function trapReturnRefused(hart: HartState, from: TrapReturn): CsrRefusal | undefined {
  if (from === 'S') return supervisorInstruction(hart, TSR, VTSR)
  return hart.block.privilege === M && (from === 'M' || hart.has('Smrnmi')) ? undefined : 'illegal'
}

/** In U and VU waiting is never bounded; TW and VTW take effect at once. */
export function waitRefused(hart: HartState): CsrRefusal | undefined {
  const { privilege, virtual } = hart.block
  if (privilege === M) return undefined
  if (mstatus(hart, TW)) return 'illegal'
  if (!virtual) return privilege === U ? 'illegal' : undefined
  return privilege === U || hstatus(hart, VTW) ? 'virtual' : undefined
}

/** SFENCE.VMA and SINVAL.VMA. */
export const fenceRefused = (hart: HartState): CsrRefusal | undefined => supervisorInstruction(hart, TVM, VTVM)

/** SFENCE.W.INVAL and SFENCE.INVAL.IR: neither TVM nor VTVM concerns them. */
export const invalidationFenceRefused = (hart: HartState): CsrRefusal | undefined => supervisorInstruction(hart, 0n, 0n)

/** HFENCE and HINVAL. */
export function guestFenceRefused(hart: HartState, stage: FenceStage): CsrRefusal | undefined {
  const { privilege, virtual } = hart.block
  if (!hart.has('H')) return 'illegal'
  if (virtual) return 'virtual'
  return privilege === U || (privilege === S && stage === 'G' && mstatus(hart, TVM)) ? 'illegal' : undefined
}

/** HLV, HLVX and HSV. */
export function guestAccessRefused(hart: HartState): CsrRefusal | undefined {
  const { privilege, virtual } = hart.block
  if (!hart.has('H')) return 'illegal'
  if (virtual) return 'virtual'
  return privilege === U && !hstatus(hart, HU) ? 'illegal' : undefined
}

/** Below M menvcfg decides, then of a guest henvcfg, and in U and VU senvcfg. CBO.INVAL may be asked to flush instead, which here is the same. */
export function cacheBlockRefused({ block }: HartState, operation: CacheOperation): CsrRefusal | undefined {
  const gate = operation === 'zero' ? CBZE : operation === 'inval' ? CBIE : CBCFE
  const closed = (slot: 'menvcfg' | 'henvcfg' | 'senvcfg'): boolean => (block.get(slot) & gate) === 0n
  if (block.privilege === M) return undefined
  if (closed('menvcfg')) return 'illegal'
  if (block.virtual && closed('henvcfg')) return 'virtual'
  if (block.privilege !== U || !closed('senvcfg')) return undefined
  return block.virtual ? 'virtual' : 'illegal'
}

const presentVmid = ({ block }: HartState): number => Number((block.get('hgatp') >> ASID_SHIFT) & VMID)

/** SFENCE.VMA: of the hart's own tables, or in a guest of its VS-stage tables. */
export function fenceVirtualMemory(hart: HartState, address: bigint | undefined, addressSpace: bigint | undefined): void {
  if (hart.block.virtual) {
    fenceGuest(hart, 'VS', address, addressSpace)
    return
  }
  const asid = addressSpace === undefined ? undefined : Number(addressSpace & ASID)
  hart.tlb.flushSpaces((space) => space.vmid === undefined && (asid === undefined || asid === space.asid), address)
}

/**
 * HFENCE.VVMA: guest virtual address and ASID, of the present VMID only. HFENCE.GVMA: guest physical address and VMID; entries
 * hold no guest physical address, so all of the VMID go.
 */
export function fenceGuest(hart: HartState, stage: FenceStage, address: bigint | undefined, identifier: bigint | undefined): void {
  if (stage === 'G') {
    const vmid = identifier === undefined ? undefined : Number(identifier & VMID)
    hart.tlb.flushSpaces((space) => space.vmid !== undefined && (vmid === undefined || vmid === space.vmid))
    return
  }
  const vmid = presentVmid(hart)
  const asid = identifier === undefined ? undefined : Number(identifier & ASID)
  hart.tlb.flushSpaces((space) => space.vmid === vmid && (asid === undefined || asid === space.asid), address)
}
