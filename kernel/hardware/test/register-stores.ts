/**
 * A driver program in machine code that stores values to registers, one after the other, as a list says; then it waits for interrupts.
 * Its handler, in M-mode, takes the external interrupt from its controller and counts it. For specs of devices in a whole machine.
 */
import { bytesOf, encode } from '../isa/encode.js'
import type { Machine } from '../machine.js'
import { RAM_BASE } from '../memory/physical-memory.js'

export interface RegisterStore {
  readonly address: number
  readonly width: 4 | 8
  readonly value: bigint
}

/** What the handler does at the controller; it leaves the interrupt's number in x21. */
export type Claim =
  | { readonly kind: 'none' }
  /** Load the register; store what it gave back to it. RISC-V PLIC, "Interrupt Claim Process". */
  | { readonly kind: 'claim-complete'; readonly register: number }
  /** Load the register: `claimi` of an APLIC. */
  | { readonly kind: 'claim'; readonly register: number }
  /** Exchange CSR mtopei. */
  | { readonly kind: 'mtopei' }

const LIST = RAM_BASE + 0x8000
const HANDLER = RAM_BASE + 0x100
const ENTRY_BYTES = 24
const MTOPEI = 0x35c
const CSR = { mstatus: 0x300, mie: 0x304, mtvec: 0x305 } as const
/** Of the handler: where it clears the device's request, and what it stores there. */
const [COUNT, TAKEN, CONTROLLER, DEVICE, ACKNOWLEDGE] = [20, 21, 22, 23, 24]

/** `acknowledge`: the store that ends the device's request. Interrupts are enabled; x20 counts them. */
export function loadStores(
  machine: Machine,
  stores: readonly RegisterStore[],
  claim: Claim = { kind: 'none' },
  acknowledge?: RegisterStore,
): void {
  const hart = machine.hart(0)
  machine.memory.write(RAM_BASE, bytesOf(MAIN))
  const complete = claim.kind === 'claim-complete' ? [encode('sw', { rs1: CONTROLLER, rs2: TAKEN, immediate: 0 })] : []
  machine.memory.write(HANDLER, bytesOf([...CLAIMS[claim.kind], ...ACKNOWLEDGED, ...complete, encode('mret')]))
  stores.forEach(({ address, width, value }, index) => {
    const place = LIST + index * ENTRY_BYTES
    machine.memory.write64(place, BigInt(address))
    machine.memory.write64(place + 8, BigInt(width))
    machine.memory.write64(place + 16, value)
  })
  machine.memory.write64(LIST + stores.length * ENTRY_BYTES, 0n)
  hart.setX(5, BigInt(LIST))
  if ('register' in claim) hart.setX(CONTROLLER, BigInt(claim.register))
  hart.setX(DEVICE, BigInt(acknowledge?.address ?? LIST - 8))
  hart.setX(ACKNOWLEDGE, acknowledge?.value ?? 0n)
  hart.setCsr(CSR.mtvec, BigInt(HANDLER))
  hart.setCsr(CSR.mie, 0x800n)
  hart.setCsr(CSR.mstatus, 8n)
  hart.pc = BigInt(RAM_BASE)
}

/** Offsets of branches in bytes, from the branch. */
const MAIN = [
  encode('ld', { rd: 10, rs1: 5, immediate: 0 }),
  encode('beq', { rs1: 10, rs2: 0, immediate: 40 }), // the list ends: to WFI
  encode('ld', { rd: 12, rs1: 5, immediate: 8 }),
  encode('ld', { rd: 11, rs1: 5, immediate: 16 }),
  encode('addi', { rd: 5, rs1: 5, immediate: ENTRY_BYTES }),
  encode('andi', { rd: 12, rs1: 12, immediate: 8 }),
  encode('bne', { rs1: 12, rs2: 0, immediate: 12 }), // to SD
  encode('sw', { rs1: 10, rs2: 11, immediate: 0 }),
  encode('jal', { rd: 0, immediate: -32 }),
  encode('sd', { rs1: 10, rs2: 11, immediate: 0 }),
  encode('jal', { rd: 0, immediate: -40 }),
  encode('wfi'),
  encode('jal', { rd: 0, immediate: -4 }),
]

const CLAIMS: Readonly<Record<Claim['kind'], readonly number[]>> = {
  none: [],
  'claim-complete': [encode('lw', { rd: TAKEN, rs1: CONTROLLER, immediate: 0 })],
  claim: [encode('lw', { rd: TAKEN, rs1: CONTROLLER, immediate: 0 })],
  mtopei: [encode('csrrw', { rd: TAKEN, rs1: 0, number: MTOPEI })],
}

const ACKNOWLEDGED = [
  encode('sw', { rs1: DEVICE, rs2: ACKNOWLEDGE, immediate: 0 }),
  encode('addi', { rd: COUNT, rs1: COUNT, immediate: 1 }),
]
