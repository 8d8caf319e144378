/**
 * Errors the health monitor knows, what it may do about them, and whom each action reaches.
 * ARINC 653 Part 1, "Health Monitor": errors of a process, of a partition and of the module.
 */

/** A fault stops the instruction that caused it: nothing can go on behind it. The other errors leave their cause behind them. */
export const HEALTH_ERRORS = [
  'MEMORY_VIOLATION',
  'STACK_OVERFLOW',
  'ILLEGAL_INSTRUCTION',
  'HARDWARE_FAULT',
  'ILLEGAL_REQUEST',
  'APPLICATION_ERROR',
  'NUMERIC_ERROR',
] as const
export type HealthError = (typeof HEALTH_ERRORS)[number]

export const FAULTS: readonly HealthError[] = ['MEMORY_VIOLATION', 'STACK_OVERFLOW', 'ILLEGAL_INSTRUCTION', 'HARDWARE_FAULT']

/** What a partition may report of itself by `hm_raise`, by number: the hardware does not notice these. */
export const RAISABLE_ERRORS = ['APPLICATION_ERROR', 'NUMERIC_ERROR', 'STACK_OVERFLOW'] as const satisfies readonly HealthError[]

/** `IGNORE` leaves no record. `COLD` and `WARM` start the partition anew, without and with its data; `IDLE` stops it. */
export const HEALTH_ACTIONS = ['IGNORE', 'LOG', 'IDLE', 'COLD', 'WARM', 'MAINTENANCE', 'RESTART_MODULE', 'HALT'] as const
export type HealthAction = (typeof HEALTH_ACTIONS)[number]

/** Whom an action reaches. */
export type HealthLevel = 'nobody' | 'partition' | 'module'

export const HEALTH_LEVEL: Readonly<Record<HealthAction, HealthLevel>> = {
  IGNORE: 'nobody',
  LOG: 'nobody',
  IDLE: 'partition',
  COLD: 'partition',
  WARM: 'partition',
  MAINTENANCE: 'module',
  RESTART_MODULE: 'module',
  HALT: 'module',
}
