/** Errors the health monitor knows and what it may do about them (after ARINC 653 Part 1, "Health Monitor"). */
export const HEALTH_ERRORS = ['MEMORY_VIOLATION', 'ILLEGAL_INSTRUCTION', 'ILLEGAL_REQUEST', 'APPLICATION_ERROR'] as const
export type HealthError = (typeof HEALTH_ERRORS)[number]

/** LOG continues the partition where that is possible; STOP and RESTART reach the partition alone; HALT the module. */
export const HEALTH_ACTIONS = ['LOG', 'STOP', 'RESTART', 'HALT'] as const
export type HealthAction = (typeof HEALTH_ACTIONS)[number]
