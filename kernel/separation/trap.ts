/**
 * One trap, from the cause to the context that runs next. The saved context is in kernel memory already: the stub put it there.
 * RISC-V Privileged, "Supervisor Cause (scause) Register".
 */
import type { HealthError } from '../abi/health.js'
import { DATA, STACK_GUARD } from '../abi/partition-memory.js'
import { KernelIntegrityError } from './memory/kernel-memory.js'
import { dispatchCall } from './calls/dispatch-call.js'
import { handleError } from './health/health-monitor.js'
import type { Kernel } from './kernel.js'
import { TRAP_CHARGE } from './scheduler/charges.js'
import { presentSlot } from './scheduler/present-slot.js'
import { threadContext, threadsOf, type ThreadId } from './threads/thread.js'
import { dispatch } from './scheduler/dispatch.js'

const SSTATUS = 0x100
const SSCRATCH = 0x140
const SCAUSE = 0x142
const STVAL = 0x143
const SPP = 1n << 8n
const INTERRUPT = 1n << 63n
const SUPERVISOR_TIMER = INTERRUPT | 5n
const ILLEGAL_INSTRUCTION = 2n
const BREAKPOINT = 3n
const ECALL_FROM_U = 8n
/** Instruction, load, store. */
const ACCESS_FAULTS: readonly bigint[] = [1n, 5n, 7n]
/** Load, store. */
const DATA_PAGE_FAULTS: readonly bigint[] = [13n, 15n]

export function handleTrap(kernel: Kernel): void {
  const { port } = kernel
  port.charge(TRAP_CHARGE)
  const cause = port.readCsr(SCAUSE) ?? 0n
  const fromKernel = ((port.readCsr(SSTATUS) ?? 0n) & SPP) !== 0n
  if (cause !== SUPERVISOR_TIMER) {
    const interrupted = interruptedThread(kernel)
    // Only the idle loop of the stub runs in S mode with interrupts on, and only its timer may trap.
    if (fromKernel || interrupted === undefined || (cause & INTERRUPT) !== 0n)
      throw new KernelIntegrityError(`the kernel trapped: scause 0x${cause.toString(16)}`)
    if (cause === ECALL_FROM_U) dispatchCall(kernel, interrupted)
    else {
      const address = port.readCsr(STVAL) ?? 0n
      handleError(kernel, { ...interrupted, error: errorOf(cause, address), detail: cause, address })
    }
  }
  dispatch(kernel)
}

/** The thread whose context the stub saved into; the caller is never taken from a register of the caller. */
function interruptedThread(kernel: Kernel): ThreadId | undefined {
  const { partition } = presentSlot(kernel)
  if (partition === undefined) return undefined
  const context = Number(kernel.port.readCsr(SSCRATCH) ?? 0n)
  return threadsOf(kernel, partition).find((id) => kernel.memory.kernelAddress(threadContext(kernel, id)) === context)
}

function errorOf(cause: bigint, address: bigint): HealthError {
  if (cause === ILLEGAL_INSTRUCTION || cause === BREAKPOINT) return 'ILLEGAL_INSTRUCTION'
  // The page tables grant what physical memory protection, a bus or a device refuses.
  if (ACCESS_FAULTS.includes(cause)) return 'HARDWARE_FAULT'
  const inGuard = address >= BigInt(STACK_GUARD) && address < BigInt(DATA)
  return inGuard && DATA_PAGE_FAULTS.includes(cause) ? 'STACK_OVERFLOW' : 'MEMORY_VIOLATION'
}
