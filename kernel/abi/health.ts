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
  'DEADLINE_MISSED',
] as const
export type HealthError = (typeof HEALTH_ERRORS)[number]

export const FAULTS: readonly HealthError[] = ['MEMORY_VIOLATION', 'STACK_OVERFLOW', 'ILLEGAL_INSTRUCTION', 'HARDWARE_FAULT']

/** What a partition may report of itself by `hm_raise`, by number: the hardware does not notice these. */
export const RAISABLE_ERRORS = ['APPLICATION_ERROR', 'NUMERIC_ERROR', 'STACK_OVERFLOW'] as const satisfies readonly HealthError[]

/** `IGNORE` leaves no record. `HANDLER` starts the error handler of the partition, `STOP_PROCESS` stops the thread that failed. `COLD` and `WARM` start the partition anew, without and with its data; `IDLE` stops it. `SWITCH_SCHEDULE`: to the fallback. */
export const HEALTH_ACTIONS = [
  'IGNORE',
  'LOG',
  'HANDLER',
  'STOP_PROCESS',
  'IDLE',
  'COLD',
  'WARM',
  'SWITCH_SCHEDULE',
  'MAINTENANCE',
  'RESTART_MODULE',
  'HALT',
] as const
export type HealthAction = (typeof HEALTH_ACTIONS)[number]

/** Whom an action reaches. */
export type HealthLevel = 'nobody' | 'process' | 'partition' | 'module'

export const HEALTH_LEVEL: Readonly<Record<HealthAction, HealthLevel>> = {
  IGNORE: 'nobody',
  LOG: 'nobody',
  HANDLER: 'process',
  STOP_PROCESS: 'process',
  IDLE: 'partition',
  COLD: 'partition',
  WARM: 'partition',
  SWITCH_SCHEDULE: 'module',
  MAINTENANCE: 'module',
  RESTART_MODULE: 'module',
  HALT: 'module',
}
