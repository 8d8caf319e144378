/** The health table of a partition as its integrator writes it: an action for an error, or an action and when it escalates. Model cycles. */
import { HEALTH_ERRORS, type HealthAction, type HealthError } from '../../../abi/health.js'
import type { HealthEscalation, HealthTable } from '../configuration.js'

export type WrittenHealth = Partial<
  Readonly<Record<HealthError, HealthAction | { readonly action: HealthAction; readonly escalate?: HealthEscalation }>>
>

/** Restrictive: what nobody thought of stops the partition. A refused request and a report of the partition itself harm nobody. */
export const DEFAULT_HEALTH: Readonly<Record<HealthError, HealthAction>> = {
  MEMORY_VIOLATION: 'IDLE',
  STACK_OVERFLOW: 'IDLE',
  ILLEGAL_INSTRUCTION: 'IDLE',
  HARDWARE_FAULT: 'IDLE',
  ILLEGAL_REQUEST: 'LOG',
  APPLICATION_ERROR: 'LOG',
  NUMERIC_ERROR: 'IDLE',
  DEADLINE_MISSED: 'IDLE',
}

export function healthTable(written: WrittenHealth): HealthTable {
  const entries = HEALTH_ERRORS.map((error) => {
    const answer = written[error] ?? DEFAULT_HEALTH[error]
    const response =
      typeof answer === 'string' ? { action: answer, escalation: undefined } : { action: answer.action, escalation: answer.escalate }
    return [error, response] as const
  })
  return Object.fromEntries(entries) as unknown as HealthTable
}
