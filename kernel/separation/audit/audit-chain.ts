/**
 * The chain of the audit trail: each record carries a MAC over itself and the MAC before it, under a key that lies in the boot ROM. A record
 * that is altered, left out or put elsewhere breaks it. SKPP FAU_GEN.1, FPT_TST_EXP.1.
 */
import { AUDIT_MAC_OFFSET, AUDIT_RECORD_BYTES } from '../../abi/audit.js'
import { BLOCK_CHARGE, sha256 } from '../boot/measure.js'
import { controlOf, type Kernel } from '../kernel.js'
import { AUDIT_KEY } from '../memory/physical-map.js'

const MAC_BYTES = AUDIT_RECORD_BYTES - AUDIT_MAC_OFFSET
/** Key, MAC before and content are 96 bytes, and padding: SHA-256 takes two blocks. Fixed lengths, so a prefix of the key is enough. */
const BLOCKS = 2
/** Model cycles to judge one record: reading it, its key and its MAC, and hashing. */
export const CHAIN_CHARGE = BLOCKS * BLOCK_CHARGE + 16

export function chainMac({ memory }: Kernel, before: Uint8Array, content: Uint8Array): Uint8Array {
  memory.port.charge(BLOCKS * BLOCK_CHARGE)
  return sha256(Buffer.concat([memory.bytes(AUDIT_KEY.address, AUDIT_KEY.bytes), before, content])).subarray(0, MAC_BYTES)
}

/** `next`: of the record written last; `oldest`: of the record before the oldest one kept. */
export type ChainEnd = 'next' | 'oldest'

const addressOf = (kernel: Kernel, end: ChainEnd): number => kernel.layout.auditChain + (end === 'next' ? 0 : MAC_BYTES)

export const chainEnd = (kernel: Kernel, end: ChainEnd): Uint8Array => kernel.memory.bytes(addressOf(kernel, end), MAC_BYTES)

export function setChainEnd(kernel: Kernel, end: ChainEnd, mac: Uint8Array): void {
  kernel.memory.setBytes(addressOf(kernel, end), mac)
}

/** True when every record kept is the one the kernel wrote, in its place. */
export function chainHolds(kernel: Kernel, record: (sequence: number) => Uint8Array): boolean {
  const control = controlOf(kernel)
  let before = chainEnd(kernel, 'oldest')
  for (let sequence = control.get('auditOldest'); sequence < control.get('auditNext'); sequence++) {
    const bytes = record(sequence)
    const mac = bytes.subarray(AUDIT_MAC_OFFSET)
    if (Buffer.compare(chainMac(kernel, before, bytes.subarray(0, AUDIT_MAC_OFFSET)), mac) !== 0) return false
    before = mac
  }
  return Buffer.compare(before, chainEnd(kernel, 'next')) === 0
}
