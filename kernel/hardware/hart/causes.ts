/** Exception and interrupt codes. RISC-V Privileged, "Machine Cause (`mcause`) Register". */
export const INSTRUCTION_ADDRESS_MISALIGNED = 0
export const INSTRUCTION_ACCESS_FAULT = 1
export const ILLEGAL_INSTRUCTION = 2
export const BREAKPOINT = 3
export const LOAD_ADDRESS_MISALIGNED = 4
export const LOAD_ACCESS_FAULT = 5
export const STORE_ADDRESS_MISALIGNED = 6
export const STORE_ACCESS_FAULT = 7
export const ENVIRONMENT_CALL_FROM_U = 8
export const ENVIRONMENT_CALL_FROM_S = 9
export const ENVIRONMENT_CALL_FROM_VS = 10
export const ENVIRONMENT_CALL_FROM_M = 11
export const INSTRUCTION_PAGE_FAULT = 12
export const LOAD_PAGE_FAULT = 13
export const STORE_PAGE_FAULT = 15
/** RISC-V Privileged, "Double Trap Control in `mstatus` Register" and "... in `sstatus` Register". */
export const DOUBLE_TRAP = 16
/** RISC-V Privileged, "Trap Cause Codes" of the hypervisor extension. */
export const INSTRUCTION_GUEST_PAGE_FAULT = 20
export const LOAD_GUEST_PAGE_FAULT = 21
export const VIRTUAL_INSTRUCTION = 22
export const STORE_GUEST_PAGE_FAULT = 23

export const SUPERVISOR_SOFTWARE_INTERRUPT = 1
export const VIRTUAL_SUPERVISOR_SOFTWARE_INTERRUPT = 2
export const MACHINE_SOFTWARE_INTERRUPT = 3
export const SUPERVISOR_TIMER_INTERRUPT = 5
export const VIRTUAL_SUPERVISOR_TIMER_INTERRUPT = 6
export const MACHINE_TIMER_INTERRUPT = 7
export const SUPERVISOR_EXTERNAL_INTERRUPT = 9
export const VIRTUAL_SUPERVISOR_EXTERNAL_INTERRUPT = 10
export const MACHINE_EXTERNAL_INTERRUPT = 11
export const SUPERVISOR_GUEST_EXTERNAL_INTERRUPT = 12

/** Decreasing priority (RISC-V Privileged, "Machine Interrupt (`mip` and `mie`) Registers", also those of the hypervisor extension). */
export const INTERRUPT_PRIORITY: readonly number[] = [
  MACHINE_EXTERNAL_INTERRUPT,
  MACHINE_SOFTWARE_INTERRUPT,
  MACHINE_TIMER_INTERRUPT,
  SUPERVISOR_EXTERNAL_INTERRUPT,
  SUPERVISOR_SOFTWARE_INTERRUPT,
  SUPERVISOR_TIMER_INTERRUPT,
  SUPERVISOR_GUEST_EXTERNAL_INTERRUPT,
  VIRTUAL_SUPERVISOR_EXTERNAL_INTERRUPT,
  VIRTUAL_SUPERVISOR_SOFTWARE_INTERRUPT,
  VIRTUAL_SUPERVISOR_TIMER_INTERRUPT,
]

export interface TrapCause {
  readonly kind: 'exception' | 'interrupt'
  readonly code: number
}
