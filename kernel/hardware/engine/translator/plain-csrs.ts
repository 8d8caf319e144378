/**
 * The CSRs that emitted code reads and writes itself: those that are a slot of the hart's block, whose access has no other effect. The
 * others take the slow path. RISC-V Privileged, "CSR Listing"; masks as in hart/csr.
 */
import { M, S } from '../../hart/privilege.js'
import { ALL, EPC, TVEC } from '../../hart/csr/csr.js'
import { SD, SSTATUS_WRITABLE, UXL_64 } from '../../hart/status-fields.js'
import type { HartSlot } from '../../memory/layout.js'

export interface PlainCsr {
  readonly slot: HartSlot
  /** The lowest privilege that may access it. */
  readonly privilege: number
  /** The bits of the slot that a read gives, and those that are always set; all and none unless given. */
  readonly readable?: bigint
  readonly fixed?: bigint
  /** The bits that a write changes; absent: writes take the slow path. */
  readonly writable?: bigint
}

const supervisor = (slot: HartSlot, how: Omit<PlainCsr, 'slot' | 'privilege'> = {}): PlainCsr => ({ slot, privilege: S, ...how })
const machine = (slot: HartSlot, how: Omit<PlainCsr, 'slot' | 'privilege'> = {}): PlainCsr => ({ slot, privilege: M, ...how })

export const PLAIN_CSRS: ReadonlyMap<number, PlainCsr> = new Map([
  [0x100, supervisor('mstatus', { readable: SSTATUS_WRITABLE | SD, fixed: UXL_64 })],
  [0x105, supervisor('stvec', { writable: TVEC })],
  [0x106, supervisor('scounteren')],
  [0x140, supervisor('sscratch', { writable: ALL })],
  [0x141, supervisor('sepc', { writable: EPC })],
  [0x142, supervisor('scause', { writable: ALL })],
  [0x143, supervisor('stval', { writable: ALL })],
  [0x300, machine('mstatus')],
  [0x302, machine('medeleg')],
  [0x303, machine('mideleg')],
  [0x304, machine('mie')],
  [0x305, machine('mtvec', { writable: TVEC })],
  [0x306, machine('mcounteren')],
  [0x340, machine('mscratch', { writable: ALL })],
  [0x341, machine('mepc', { writable: EPC })],
  [0x342, machine('mcause', { writable: ALL })],
  [0x343, machine('mtval', { writable: ALL })],
])
