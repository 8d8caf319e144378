/**
 * Which error of a partition an exception is: RISC-V Privileged, "mcause"; a page fault on data between code and data is a stack that
 * outgrew its memory.
 */
import { CODE_LIMIT, DATA } from '../../abi/partition-memory.js'

const ILLEGAL_INSTRUCTION = 2
const BREAKPOINT = 3
/** Instruction, load, store. */
const ACCESS_FAULTS: readonly number[] = [1, 5, 7]
/** Load, store. */
const DATA_PAGE_FAULTS: readonly number[] = [13, 15]

export type ExceptionError = 'ILLEGAL_INSTRUCTION' | 'HARDWARE_FAULT' | 'STACK_OVERFLOW' | 'MEMORY_VIOLATION'

export function exceptionError(code: number, address: bigint): ExceptionError {
  if (code === ILLEGAL_INSTRUCTION || code === BREAKPOINT) return 'ILLEGAL_INSTRUCTION'
  if (ACCESS_FAULTS.includes(code)) return 'HARDWARE_FAULT'
  const inGuard = address >= BigInt(CODE_LIMIT) && address < BigInt(DATA)
  return inGuard && DATA_PAGE_FAULTS.includes(code) ? 'STACK_OVERFLOW' : 'MEMORY_VIOLATION'
}
