/** Further schedules and who switches between them. ARINC 653 Part 2, "Multiple Module Schedules"; SKPP FRU_PRU_EXP.1, FMT_MOF.1. */
import type { SystemSource } from '../source/system-source.js'
import { idleUnscheduled } from './idle.js'
import * as schedule from './schedule.js'
import type { SourceValidator } from './validator.js'

/** Of the first schedule, and of every other one as well. */
const WINDOW_RULES: readonly SourceValidator[] = [
  schedule.windowPartition,
  schedule.windowOrder,
  schedule.windowOverlap,
  schedule.windowInFrame,
  schedule.windowMinimum,
  schedule.windowRestart,
  idleUnscheduled,
]

export const scheduleWindows: SourceValidator = {
  name: 'schedule-windows',
  enforced: 'compiler',
  states: 'The windows of every further schedule keep the rules of the first one.',
  remedy: 'mend the windows of that schedule',
  *check(system) {
    for (const [i, { name, windows }] of system.schedules.entries())
      for (const rule of WINDOW_RULES)
        for (const { path, what } of rule.check({ ...system, schedule: windows })) {
          const within = path[0] === 'schedule' ? ['schedules', i, 'windows', ...path.slice(1)] : ['schedules', i]
          yield { path: within, what: `in schedule ${name}: ${what}` }
        }
  },
}

const switches = ({ partitions }: SystemSource): boolean => partitions.some(({ authority }) => authority.selectSchedule)

const fallsBack = ({ partitions }: SystemSource): boolean =>
  partitions.some(({ health }) =>
    Object.values(health).some(({ action, escalation }) => action === 'SWITCH_SCHEDULE' || escalation?.action === 'SWITCH_SCHEDULE'),
  )

export const scheduleReached: SourceValidator = {
  name: 'schedule-reached',
  enforced: 'compiler',
  states: 'A further schedule stands only where a partition may select it, or where it is the fallback of an error.',
  remedy: 'give a partition selectSchedule: true, or remove the schedule',
  *check(system) {
    if (switches(system)) return
    for (const [i, { name, fallback }] of system.schedules.entries())
      if (!fallback || !fallsBack(system)) yield { path: ['schedules', i], what: `nothing switches to schedule ${name}` }
  },
}

export const scheduleChoice: SourceValidator = {
  name: 'schedule-choice',
  enforced: 'compiler',
  states: 'A partition may select a schedule only where there is more than one.',
  remedy: 'add a schedule, or remove selectSchedule',
  *check({ partitions, schedules }) {
    for (const [i, { name, authority }] of partitions.entries())
      if (authority.selectSchedule && schedules.length === 0)
        yield { path: ['partitions', i, 'authority', 'selectSchedule'], what: `${name} may select among one schedule` }
  },
}

export const scheduleFallback: SourceValidator = {
  name: 'schedule-fallback',
  enforced: 'compiler',
  states: 'At most one schedule is the fallback, and there is one where an error leads to it.',
  remedy: 'write fallback: true for exactly one of the further schedules',
  *check(system) {
    const marked = system.schedules.flatMap(({ name, fallback }, i) => (fallback ? [{ name, i }] : []))
    for (const { name, i } of marked.slice(1))
      yield { path: ['schedules', i, 'fallback'], what: `${marked[0]?.name ?? ''} and ${name} are both the fallback` }
    for (const [i, { name, health }] of system.partitions.entries())
      for (const [error, { action, escalation }] of Object.entries(health))
        if (marked.length === 0 && (action === 'SWITCH_SCHEDULE' || escalation?.action === 'SWITCH_SCHEDULE'))
          yield { path: ['partitions', i, 'health', error], what: `${error} of ${name} leads to a fallback that does not exist` }
  },
}

export const scheduleMaintenance: SourceValidator = {
  name: 'schedule-maintenance',
  enforced: 'compiler',
  states: 'The partition that runs in maintenance mode has a window in every schedule.',
  remedy: 'give it a window there',
  *check({ partitions, schedules }) {
    const maintainer = partitions.find(({ maintenance }) => maintenance)
    for (const [i, { name, windows }] of schedules.entries())
      if (maintainer !== undefined && !windows.some(({ partition }) => partition === maintainer.name))
        yield { path: ['schedules', i], what: `${maintainer.name} has no window in schedule ${name}, and maintenance would have nobody` }
  },
}
