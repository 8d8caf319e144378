/**
 * All instructions of the machine that have 32 bits. RISC-V Unprivileged, "Instruction Set Listings".
 */
import { BIT_MANIPULATION } from './bit-manipulation.js'
import { CACHE_BLOCKS } from './cache-blocks.js'
import { FLOATING_POINT } from './floating-point.js'
import type { Instruction } from './instruction.js'
import { RV64A } from './rv64a.js'
import { RV64H } from './rv64h.js'
import { RV64I } from './rv64i.js'
import { RV64M } from './rv64m.js'
import { SYSTEM_INSTRUCTIONS } from './system.js'

export const INSTRUCTION_TABLE: readonly Instruction[] = [
  ...RV64I,
  ...RV64M,
  ...RV64A,
  ...BIT_MANIPULATION,
  ...CACHE_BLOCKS,
  ...FLOATING_POINT,
  ...SYSTEM_INSTRUCTIONS,
  ...RV64H,
]
