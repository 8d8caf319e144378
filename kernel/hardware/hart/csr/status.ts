/**
 * mstatus and its views: sstatus, and vsstatus of a guest. Every write that changes what an access may do puts other TLB sets
 * in force. RISC-V Privileged, "Machine Status (`mstatus` and `mstatush`) Registers", "Supervisor Status (`sstatus`) Register",
 * "Virtual Supervisor Status (`vsstatus`) Register".
 */
import type { HartState } from '../hart-state.js'
import {
  DTE,
  FS_DIRTY,
  GVA,
  MDT,
  MIE,
  MPP,
  MPP_SHIFT,
  MPV,
  MSTATUS_WRITABLE,
  SD,
  SDT,
  SIE,
  SSTATUS_WRITABLE,
  UXL_64,
  XLEN_FIELDS,
} from '../status-fields.js'
import { withH, type Csr } from './csr.js'

const hostDte = (hart: HartState): boolean => hart.has('Ssdbltrp') && (hart.block.get('menvcfg') & DTE) !== 0n
const guestDte = (hart: HartState): boolean => hostDte(hart) && (hart.block.get('henvcfg') & DTE) !== 0n

const supervisorBits = (hart: HartState): bigint => SSTATUS_WRITABLE | (hostDte(hart) ? SDT : 0n)
const machineBits = (hart: HartState): bigint =>
  MSTATUS_WRITABLE | (hart.has('H') ? MPV | GVA : 0n) | (hart.has('Smdbltrp') ? MDT : 0n) | (hostDte(hart) ? SDT : 0n)

/** A trap handler that must not be interrupted: SDT clears SIE, and MDT clears MIE, whatever else the same write says. */
function withoutInterrupts(status: bigint): bigint {
  let next = status
  if ((status & SDT) !== 0n) next &= ~SIE
  if ((status & MDT) !== 0n) next &= ~MIE
  return next
}

const withSd = (status: bigint): bigint => ((status & FS_DIRTY) === FS_DIRTY ? status | SD : status & ~SD)

/** MPP is a field of privileges: 2 is reserved, and a write of it leaves the field as it is. */
function writeMstatus(hart: HartState, value: bigint): void {
  const old = hart.block.get('mstatus')
  const legal = (value & MPP) >> MPP_SHIFT === 2n ? (value & ~MPP) | (old & MPP) : value
  hart.block.set('mstatus', withSd(withoutInterrupts(legal & machineBits(hart))) | XLEN_FIELDS)
  hart.refreshContext()
}

function writeSstatus(hart: HartState, value: bigint): void {
  const mask = supervisorBits(hart)
  writeMstatus(hart, (hart.block.get('mstatus') & ~mask) | (value & mask))
}

function writeVsstatus(hart: HartState, value: bigint): void {
  const mask = SSTATUS_WRITABLE | (guestDte(hart) ? SDT : 0n)
  hart.block.set('vsstatus', withSd(withoutInterrupts(value & mask)) | UXL_64)
  hart.refreshContext()
}

export const STATUS_CSRS: readonly Csr[] = [
  { number: 0x300, name: 'mstatus', read: ({ block }) => block.get('mstatus'), write: writeMstatus },
  {
    number: 0x100,
    name: 'sstatus',
    read: (hart) => (hart.block.get('mstatus') & (supervisorBits(hart) | SD)) | UXL_64,
    write: writeSstatus,
  },
  withH({ number: 0x200, name: 'vsstatus', read: ({ block }) => block.get('vsstatus') | UXL_64, write: writeVsstatus }),
]
