/**
 * The CSRs that emitted code reads and writes itself: those that are a slot of the hart's block, whose access has no other effect. The
 * others take the slow path. RISC-V Privileged, "CSR Listing"; masks as in hart/csr.
 */
import { M, S } from '../../hart/privilege.js'
import { EPC, TVEC } from '../../hart/csr/csr.js'
import type { HartSlot } from '../../memory/layout.js'

export interface PlainCsr {
  readonly slot: HartSlot
  /** The lowest privilege that may access it. */
  readonly privilege: number
  /** The bits that a write changes; absent: writes take the slow path. */
  readonly writable?: bigint
}

const ALL = (1n << 64n) - 1n

const supervisor = (slot: HartSlot, writable?: bigint): PlainCsr =>
  writable === undefined ? { slot, privilege: S } : { slot, privilege: S, writable }
const machine = (slot: HartSlot, writable?: bigint): PlainCsr =>
  writable === undefined ? { slot, privilege: M } : { slot, privilege: M, writable }

export const PLAIN_CSRS: ReadonlyMap<number, PlainCsr> = new Map([
  [0x105, supervisor('stvec', TVEC)],
  [0x106, supervisor('scounteren')],
  [0x140, supervisor('sscratch', ALL)],
  [0x141, supervisor('sepc', EPC)],
  [0x142, supervisor('scause', ALL)],
  [0x143, supervisor('stval', ALL)],
  [0x300, machine('mstatus')],
  [0x302, machine('medeleg')],
  [0x303, machine('mideleg')],
  [0x304, machine('mie')],
  [0x305, machine('mtvec', TVEC)],
  [0x306, machine('mcounteren')],
  [0x340, machine('mscratch', ALL)],
  [0x341, machine('mepc', EPC)],
  [0x342, machine('mcause', ALL)],
  [0x343, machine('mtval', ALL)],
])
