/**
 * A hart's state after reset. RISC-V Privileged, "Reset": M-mode, MIE and MPRV 0, MDT 1, NMIE 0, PMP entries off; what it leaves open is zero
 * here, so that runs repeat.
 */
import { HART_SLOTS } from '../memory/layout.js'
import type { HartState } from './hart-state.js'
import { M } from './privilege.js'
import { HS_INTERRUPTS, MDT, UXL_64, XLEN_FIELDS } from './status-fields.js'

/** Sstc leaves stimecmp and vstimecmp open; all ones means no interrupt. */
const NEVER = 2n ** 64n - 1n

export function resetHart(hart: HartState, vector: number): void {
  const { block } = hart
  for (let register = 1; register < 32; register++) block.setX(register, 0n)
  for (const slot of HART_SLOTS) block.set(slot, 0n)
  block.pc = BigInt(vector)
  block.privilege = M
  block.virtual = false
  block.set('mstatus', hart.has('Smdbltrp') ? XLEN_FIELDS | MDT : XLEN_FIELDS)
  block.set('vsstatus', UXL_64)
  block.set('mideleg', hart.has('H') ? HS_INTERRUPTS : 0n)
  block.set('stimecmp', NEVER)
  block.set('vstimecmp', NEVER)
  hart.wait = undefined
  hart.tlb.flush()
  hart.refreshTranslation()
}
