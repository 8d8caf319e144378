/** Partitions that deliberately never run: they may hold memory, and nothing that only a running partition can use. */
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'
import type { SourceValidator } from './validator.js'

export const idleUnscheduled: SourceValidator = {
  name: 'idle-unscheduled',
  enforced: 'compiler',
  states: 'A partition that is declared idle has no window.',
  remedy: 'remove its windows, or idle: true',
  *check({ partitions, schedule }) {
    const scheduled = new Set(schedule.map(({ partition }) => partition))
    for (const [i, { name, idle }] of partitions.entries())
      if (idle && scheduled.has(name)) yield { path: ['partitions', i, 'idle'], what: `${name} is declared idle and has a window` }
  },
}

export const idleUnconnected: SourceValidator = {
  name: 'idle-unconnected',
  enforced: 'compiler',
  states: 'A partition that is declared idle takes part in no port, notification or shared region.',
  remedy: 'remove it there, or give it a window instead of idle: true',
  *check(system) {
    const idle = new Set(system.partitions.filter((partition) => partition.idle).map(({ name }) => name))
    for (const { users, path, what } of usesOf(system)) {
      const user = users.find((name) => idle.has(name))
      if (user !== undefined) yield { path, what: `${what} waits for ${user}, which never runs` }
    }
  },
}

interface Use {
  readonly users: readonly string[]
  readonly path: Path
  readonly what: string
}

function usesOf({ ports, notifications, shared }: SystemSource): readonly Use[] {
  return [
    ...ports.map(({ name, from, to }, i) => ({ users: [from, ...to], path: ['ports', i], what: `port ${name}` })),
    ...notifications.map(({ name, from, to }, i) => ({ users: [...from, to], path: ['notifications', i], what: `notification ${name}` })),
    ...shared.map(({ name, write, read }, i) => ({ users: [...write, ...read], path: ['shared', i], what: `shared region ${name}` })),
  ]
}

export const idlePowerless: SourceValidator = {
  name: 'idle-powerless',
  enforced: 'compiler',
  states: 'A partition that is declared idle has no authority and no device, which nobody else could use then.',
  remedy: 'give the authority or the console to a partition that runs',
  *check({ partitions }) {
    for (const [i, { name, idle, maintenance, console, authority }] of partitions.entries()) {
      const { readAudit, system, selectSchedule, control, observe } = authority
      if (!idle || maintenance) continue
      if (console) yield { path: ['partitions', i, 'console'], what: `${name} owns the console and never runs` }
      if (readAudit || selectSchedule || system.length + control.length + observe.length > 0)
        yield { path: ['partitions', i, 'authority'], what: `${name} has authority and never runs` }
    }
  },
}
