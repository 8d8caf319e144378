/**
 * Zicbom, Zicboz and Zawrs. Prefetches (Zicbop) are hints in the encoding space of ORI with rd = x0, and do nothing.
 * RISC-V Unprivileged, "\"CMO\" Extensions for Base Cache Management Operation ISA", "\"Zawrs\" Extension for Wait-on-Reservation-Set instructions".
 */
import type { CacheOperation } from './algebra.js'
import { RD, row, RS1, type Extension, type Instruction } from './instruction.js'

const MISC_MEM = 0x0f
const SYSTEM = 0x73

const operations: readonly (readonly [CacheOperation, number, Extension])[] = [
  ['inval', 0, 'Zicbom'],
  ['clean', 1, 'Zicbom'],
  ['flush', 2, 'Zicbom'],
  ['zero', 4, 'Zicboz'],
]

/** A stall may end at any time and for any reason; here it never begins, so that no timeout is needed either. */
const waits: readonly (readonly [string, number])[] = [
  ['wrs.nto', 0x00d],
  ['wrs.sto', 0x01d],
]

export const CACHE_BLOCKS: readonly Instruction[] = [
  ...operations.map(([operation, funct12, extension]) =>
    row(
      `cbo.${operation}`,
      extension,
      'R',
      { opcode: MISC_MEM, funct3: 2, funct12, zero: RD },
      (m, { rs1 }) => m.cacheBlock(operation, m.x(rs1)),
      '(rs1)',
    ),
  ),
  ...waits.map(([name, funct12]) => row(name, 'Zawrs', 'R', { opcode: SYSTEM, funct3: 0, funct12, zero: RD | RS1 }, (m) => m.fence(), '')),
]
