/** What errors of partitions lead to. ARINC 653 Part 1, "Health Monitor"; SKPP FPT_FLS.1, FPT_RCV_EXP.2. */
import { FAULTS, HEALTH_LEVEL, type HealthAction, type HealthError } from '../../../abi/health.js'
import type { HealthTable, SystemOperation } from '../configuration.js'
import { MOST_ESCALATION_ERRORS, MOST_RESTARTS } from '../limits.js'
import type { SourceValidator } from './validator.js'

interface Answer {
  readonly error: HealthError
  readonly action: HealthAction
}

/** Every action that an error may lead to, at once or by escalation. */
function* answers(health: HealthTable): Iterable<Answer> {
  for (const [error, { action, escalation }] of Object.entries(health) as [HealthError, HealthTable[HealthError]][]) {
    yield { error, action }
    if (escalation !== undefined) yield { error, action: escalation.action }
  }
}

const RESTARTS: readonly HealthAction[] = ['COLD', 'WARM']

/** The call with which a partition could do the same to the module. */
const OPERATION: Readonly<Partial<Record<HealthAction, SystemOperation>>> = {
  MAINTENANCE: 'maintenance',
  RESTART_MODULE: 'restart',
  HALT: 'halt',
}

export const healthModule: SourceValidator = {
  name: 'health-module',
  enforced: 'compiler',
  states: 'The errors of a partition reach the module only where the partition may do the same by call.',
  remedy: 'use IDLE, COLD or WARM, or add the operation to its authority over the system',
  *check({ partitions }) {
    for (const [i, { name, health, authority }] of partitions.entries())
      for (const { error, action } of answers(health)) {
        const operation = OPERATION[action]
        const mayNot =
          operation === undefined ? action === 'SWITCH_SCHEDULE' && !authority.selectSchedule : !authority.system.includes(operation)
        if (mayNot)
          yield { path: ['partitions', i, 'health', error], what: `${error} of ${name} leads to ${action}, which ${name} may not call for` }
      }
  },
}

export const healthIgnore: SourceValidator = {
  name: 'health-ignore',
  enforced: 'compiler',
  states: 'A fault is never ignored: it stops its partition, and a stop without a record is one that nobody can explain.',
  remedy: 'use LOG, which records it',
  *check({ partitions }) {
    for (const [i, { name, health }] of partitions.entries())
      for (const { error, action } of answers(health))
        if (action === 'IGNORE' && FAULTS.includes(error))
          yield { path: ['partitions', i, 'health', error], what: `${error} of ${name} is ignored` }
  },
}

export const healthEscalation: SourceValidator = {
  name: 'health-escalation',
  enforced: 'compiler',
  states: `An error escalates after 2 to ${MOST_ESCALATION_ERRORS} of its kind within at least one cycle.`,
  remedy: `use a count of 2 to ${MOST_ESCALATION_ERRORS} and a time`,
  *check({ partitions }) {
    for (const [i, { name, health }] of partitions.entries())
      for (const [error, { escalation }] of Object.entries(health))
        if (escalation !== undefined && (escalation.count < 2 || escalation.count > MOST_ESCALATION_ERRORS || escalation.within < 1))
          yield {
            path: ['partitions', i, 'health', error],
            what: `${error} of ${name} escalates after ${escalation.count} within ${escalation.within} cycles`,
          }
  },
}

const SEVERITY = { nobody: 0, process: 1, partition: 2, module: 3 } as const

export const healthSeverity: SourceValidator = {
  name: 'health-severity',
  enforced: 'compiler',
  states: 'An escalation answers otherwise than the errors before it, and never milder.',
  remedy: 'let it escalate to an action of the same level or a higher one',
  *check({ partitions }) {
    for (const [i, { name, health }] of partitions.entries())
      for (const [error, { action, escalation }] of Object.entries(health))
        if (
          escalation !== undefined &&
          (escalation.action === action || SEVERITY[HEALTH_LEVEL[escalation.action]] < SEVERITY[HEALTH_LEVEL[action]])
        )
          yield { path: ['partitions', i, 'health', error], what: `${error} of ${name} escalates from ${action} to ${escalation.action}` }
  },
}

export const restartLimit: SourceValidator = {
  name: 'restart-limit',
  enforced: 'compiler',
  states: `Where an error restarts a partition, 1 to ${MOST_RESTARTS} restarts are allowed.`,
  remedy: 'set restartLimit to the restarts you accept, or use IDLE',
  *check({ partitions }) {
    for (const [i, { name, health, restartLimit: limit }] of partitions.entries()) {
      if (limit > MOST_RESTARTS) yield { path: ['partitions', i, 'restartLimit'], what: `${name} may restart ${limit} times` }
      const restarting = [...answers(health)].find(({ action }) => RESTARTS.includes(action))
      if (restarting !== undefined && limit === 0)
        yield {
          path: ['partitions', i, 'health', restarting.error],
          what: `${restarting.error} restarts ${name}, which no restart is allowed to`,
        }
    }
  },
}

export const restartUsed: SourceValidator = {
  name: 'restart-used',
  enforced: 'compiler',
  states: 'A limit of restarts stands only where an error or another partition can restart the partition.',
  remedy: 'remove restartLimit, or use COLD or WARM in the health table',
  *check({ partitions }) {
    const controlled = new Set(partitions.flatMap(({ authority }) => authority.control))
    for (const [i, { name, health, restartLimit: limit }] of partitions.entries())
      if (limit > 0 && ![...answers(health)].some(({ action }) => RESTARTS.includes(action)) && !controlled.has(name))
        yield { path: ['partitions', i, 'restartLimit'], what: `nothing restarts ${name}` }
  },
}
