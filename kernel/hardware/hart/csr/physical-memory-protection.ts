/** pmpcfg0, pmpcfg2 and pmpaddr0-15. RISC-V Privileged, "Physical Memory Protection CSRs", "Locking and Privilege Mode". */
import { PMPADDR_SLOTS, type HartSlot } from '../../memory/layout.js'
import type { HartState } from '../hart-state.js'
import type { Csr } from './csr.js'

const CFG_BYTES = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n]
/** L, A and R/W/X of a pmpcfg byte; bits 6:5 are zero. */
const PMP_BITS = 0x9fn
const PMPADDR = (1n << 54n) - 1n
const LOCKED = 0x80n
const TOR = 0x08n
const A_FIELD = 0x18n

/** A locked entry does not change; the reserved combination W without R leaves R, W and X as they are. */
function writePmpcfg(hart: HartState, slot: 'pmpcfg0' | 'pmpcfg2', value: bigint): void {
  const old = hart.block.get(slot)
  let next = 0n
  for (const byte of CFG_BYTES) {
    const present = (old >> (byte * 8n)) & 0xffn
    const asked = (value >> (byte * 8n)) & PMP_BITS
    const legal = (asked & 3n) === 2n ? (asked & ~7n) | (present & 7n) : asked
    next |= ((present & LOCKED) === 0n ? legal : present) << (byte * 8n)
  }
  hart.block.set(slot, next)
  hart.tlb.flush()
}

const pmpcfg = (number: number, name: 'pmpcfg0' | 'pmpcfg2'): Csr => ({
  number,
  name,
  read: ({ block }) => block.get(name),
  write: (hart, value) => writePmpcfg(hart, name, value),
})

function pmpConfiguration({ block }: HartState, entry: number): bigint {
  return (block.get(entry < 8 ? 'pmpcfg0' : 'pmpcfg2') >> BigInt((entry % 8) * 8)) & 0xffn
}

/** An address is locked with its entry, and with the next one when that is a locked TOR. */
function pmpAddressLocked(hart: HartState, entry: number): boolean {
  if ((pmpConfiguration(hart, entry) & LOCKED) !== 0n) return true
  const next = entry + 1 < PMPADDR_SLOTS.length ? pmpConfiguration(hart, entry + 1) : 0n
  return (next & LOCKED) !== 0n && (next & A_FIELD) === TOR
}

const pmpaddr = (name: HartSlot, entry: number): Csr => ({
  number: 0x3b0 + entry,
  name,
  read: ({ block }) => block.get(name),
  write: (hart, value) => {
    if (pmpAddressLocked(hart, entry)) return
    hart.block.set(name, value & PMPADDR)
    hart.tlb.flush()
  },
})

export const PMP_CSRS: readonly Csr[] = [pmpcfg(0x3a0, 'pmpcfg0'), pmpcfg(0x3a2, 'pmpcfg2'), ...PMPADDR_SLOTS.map(pmpaddr)]
