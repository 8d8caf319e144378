/**
 * Which interrupt a hart takes. An interrupt traps to M, HS or VS as delegated; those for a higher privilege come first.
 * RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Machine Trap Delegation (`medeleg` and `mideleg`) Registers",
 * "Hypervisor Trap Delegation (`hedeleg` and `hideleg`) Registers".
 */
import { INTERRUPT_PRIORITY } from './causes.js'
import type { HartState } from './hart-state.js'
import { pendingInterrupts } from './pending-interrupts.js'
import { M, S } from './privilege.js'
import { MIE, SIE } from './status-fields.js'

/** Enabled interrupts by the privilege to which they trap, of those that can be taken at the present one. */
function deliverableTo(hart: HartState): readonly [toM: bigint, toS: bigint, toVs: bigint] {
  const { block } = hart
  if (!hart.nonMaskableEnabled) return [0n, 0n, 0n]
  const enabled = block.get('mie')
  const mideleg = block.get('mideleg')
  const hideleg = block.get('hideleg')
  const { privilege, virtual } = block
  const mstatus = block.get('mstatus')
  const toM = privilege < M || (mstatus & MIE) !== 0n
  const toS = virtual || privilege < S || (privilege === S && (mstatus & SIE) !== 0n)
  const toVs = virtual && (privilege < S || (block.get('vsstatus') & SIE) !== 0n)
  return [toM ? enabled & ~mideleg : 0n, toS ? enabled & mideleg & ~hideleg : 0n, toVs ? enabled & mideleg & hideleg : 0n]
}

/** The interrupts that would be taken at the present privilege and enables if they were pending. */
export function deliverable(hart: HartState): bigint {
  const [toM, toS, toVs] = deliverableTo(hart)
  return toM | toS | toVs
}

/** Code of the interrupt to take now. */
export function interruptToTake(hart: HartState): number | undefined {
  const candidates = deliverableTo(hart)
  if (candidates.every((set) => set === 0n)) return undefined
  const pending = pendingInterrupts(hart)
  for (const set of candidates) {
    const ready = set & pending
    if (ready !== 0n) return INTERRUPT_PRIORITY.find((code) => (ready & (1n << BigInt(code))) !== 0n)
  }
  return undefined
}
