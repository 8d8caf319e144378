/**
 * The page-table walk of Sv39, Sv48, Sv57 and, with two more bits at the root, of Sv39x4, Sv48x4 and Sv57x4.
 * RISC-V Privileged, "Virtual Address Translation Process"; "Guest Physical Address Translation" of the hypervisor extension.
 */
import { SATP_MODE_SHIFT, SATP_PPN } from '../hart/status-fields.js'
import type { Access } from '../memory/tlb.js'
import { allows, invalid, invalidPointer, isPointer, leafShift, mapped, tableOf, touched, type LeafRules } from './page-table-entry.js'

const PTE_BYTES = 8n

/** `wider`: a G-stage scheme, whose root has four times the entries and whose addresses are not sign-extended. */
export interface Scheme {
  readonly levels: number
  readonly wider: boolean
}

/** `undefined`: Bare. MODE 8, 9 and 10 are Sv39, Sv48 and Sv57, in hgatp with x4. */
export function schemeOf(atp: bigint, wider: boolean): Scheme | undefined {
  const mode = atp >> SATP_MODE_SHIFT
  return mode === 0n ? undefined : { levels: Number(mode) - 5, wider }
}

/** The page tables' memory. What it refuses, the walk gives back. */
export interface TableMemory<Refusal> {
  /** `undefined` in no case; a refusal is an object. */
  read(address: bigint): bigint | Refusal
  /** Sets A and D in the entry; `undefined`: done. */
  update(address: bigint, pte: bigint): Refusal | undefined
}

export interface Walked {
  readonly kind: 'translated'
  readonly address: bigint
  /** log2 of the bytes that the leaf maps. */
  readonly shift: bigint
}
/** What a walk of tables found. */
export interface WalkedLeaf extends Walked {
  readonly pte: bigint
}
export interface PageFault {
  readonly kind: 'page-fault'
}
const PAGE_FAULT: PageFault = { kind: 'page-fault' }

/** Bits above the scheme's: copies of its highest one, in a G-stage address zero. */
export function canonical(address: bigint, { levels, wider }: Scheme): boolean {
  const bits = 12 + 9 * levels
  return wider ? address >> BigInt(bits + 2) === 0n : BigInt.asUintN(64, BigInt.asIntN(bits, address)) === address
}

export function walk<Refusal extends object>(
  address: bigint,
  access: Access,
  atp: bigint,
  scheme: Scheme,
  rules: LeafRules,
  memory: TableMemory<Refusal>,
): WalkedLeaf | PageFault | Refusal {
  if (!canonical(address, scheme)) return PAGE_FAULT
  let table = (atp & SATP_PPN) << 12n // Step 1
  for (let level = scheme.levels - 1; level >= 0; level--) {
    const indexes = scheme.wider && level === scheme.levels - 1 ? 0x7ffn : 0x1ffn
    const place = table + ((address >> BigInt(12 + 9 * level)) & indexes) * PTE_BYTES
    const pte = memory.read(place) // Step 2
    if (typeof pte !== 'bigint') return pte
    if (invalid(pte, rules)) return PAGE_FAULT // Step 3
    if (isPointer(pte)) {
      if (invalidPointer(pte)) return PAGE_FAULT // Step 4
      table = tableOf(pte)
      continue
    }
    const shift = leafShift(pte, level) // Step 5
    if (shift === undefined || !allows(pte, access, rules)) return PAGE_FAULT // Steps 6 to 8
    const updated = touched(pte, access) // Step 9
    if (updated !== pte) {
      if (!rules.updates) return PAGE_FAULT
      const refused = memory.update(place, updated)
      if (refused !== undefined) return refused
    }
    return { kind: 'translated', address: mapped(pte, address, shift), shift, pte } // Step 10
  }
  return PAGE_FAULT
}
