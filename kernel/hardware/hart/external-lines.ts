/**
 * Lines by which an interrupt controller drives a hart: MEIP, SEIP and the guest external interrupts of hgeip. Their levels are
 * state of the hart. RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", "Hypervisor Guest External Interrupt Registers".
 */
import type { InterruptLine } from '../../common/device-port.js'
import { invariant } from '../../common/errors.js'
import { GEILEN } from './hart-options.js'
import type { HartState } from './hart-state.js'
import { MEI, SEI, SSI } from './status-fields.js'

/** The external interrupt of M or S. */
export const externalLine = (hart: HartState, privilege: 'M' | 'S'): InterruptLine =>
  line(hart, 'externalLines', privilege === 'M' ? MEI : SEI)

/** The guest external interrupt of a number from 1 to GEILEN. */
export function guestExternalLine(hart: HartState, guest: number): InterruptLine {
  invariant(guest >= 1 && guest <= GEILEN, `guest external interrupt ${guest}; a hart has 1 to ${GEILEN}`)
  return line(hart, 'hgeip', 1n << BigInt(guest))
}

/** Sets mip.SSIP, once for each call (ACLINT 1.0, "SSWI Registers"). */
export const supervisorSoftwareInterrupt = (hart: HartState) => (): void => {
  hart.block.set('mip', hart.block.get('mip') | SSI)
  hart.attention = true
}

/** A change makes the engine return to the run loop, which takes the interrupt before the next instruction. */
function line(hart: HartState, slot: 'externalLines' | 'hgeip', bit: bigint): InterruptLine {
  return {
    set: (asserted) => {
      const levels = hart.block.get(slot)
      const next = asserted ? levels | bit : levels & ~bit
      if (next === levels) return
      hart.block.set(slot, next)
      hart.attention = true
    },
  }
}
