/** Who may control, observe, maintain and use what exists once. SKPP FMT_MOF.1, FDP_IFF.1 least privilege. */
import { partitionNames, repeated, unknownPartitions } from './known-names.js'
import type { SourceValidator } from './validator.js'

export const authorityPartitions: SourceValidator = {
  name: 'authority-partitions',
  enforced: 'boot',
  states: 'Authority reaches other partitions of this system.',
  remedy: 'name another partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { name, authority }] of system.partitions.entries()) {
      for (const kind of ['control', 'observe'] as const) {
        const path = ['partitions', i, 'authority', kind]
        yield* unknownPartitions(known, authority[kind], path, `the authority of ${name}`)
        if (authority[kind].includes(name)) yield { path, what: `the authority of ${name} reaches itself` }
      }
    }
  },
}

export const authorityOnce: SourceValidator = {
  name: 'authority-once',
  enforced: 'compiler',
  states: 'A partition is named once in the authority of another: control includes observation.',
  remedy: 'name it once, under control or under observe',
  *check({ partitions }) {
    for (const [i, { name, authority }] of partitions.entries()) {
      const reached = [...authority.control, ...authority.observe]
      for (const k of repeated(reached))
        yield { path: ['partitions', i, 'authority'], what: `the authority of ${name} names ${reached[k] ?? ''} twice` }
    }
  },
}

export const consoleOwner: SourceValidator = {
  name: 'console-owner',
  enforced: 'boot',
  states: 'At most one partition owns the console: two would share its registers.',
  remedy: 'keep console: true for one partition',
  *check({ partitions }) {
    const owners = partitions.flatMap(({ name, console }, i) => (console ? [{ name, i }] : []))
    for (const { name, i } of owners.slice(1))
      yield { path: ['partitions', i, 'console'], what: `${owners[0]?.name ?? ''} and ${name} both own the console` }
  },
}

export const maintenancePartition: SourceValidator = {
  name: 'maintenance-partition',
  enforced: 'compiler',
  states: 'At most one partition runs in maintenance mode, and one that can be entered has one to run.',
  remedy: 'write maintenance: true for exactly one partition',
  *check({ partitions }) {
    const marked = partitions.flatMap(({ name, maintenance }, i) => (maintenance ? [{ name, i }] : []))
    for (const { name, i } of marked.slice(1))
      yield { path: ['partitions', i, 'maintenance'], what: `${marked[0]?.name ?? ''} and ${name} both run in maintenance mode` }
    for (const [i, { name, authority }] of partitions.entries())
      if (marked.length === 0 && authority.system.includes('maintenance'))
        yield {
          path: ['partitions', i, 'authority', 'system'],
          what: `${name} may enter maintenance mode, in which no partition would run`,
        }
  },
}

export const maintenanceReturn: SourceValidator = {
  name: 'maintenance-return',
  enforced: 'compiler',
  states: 'The partition that runs in maintenance mode may end it: by resume, restart or halt.',
  remedy: 'add resume to its authority over the system',
  *check({ partitions }) {
    for (const [i, { name, maintenance, authority }] of partitions.entries())
      if (maintenance && !authority.system.some((operation) => ['resume', 'restart', 'halt'].includes(operation)))
        yield { path: ['partitions', i, 'maintenance'], what: `nothing that runs in maintenance mode can end it: ${name} may not` }
  },
}

export const maintenanceScheduled: SourceValidator = {
  name: 'maintenance-scheduled',
  enforced: 'compiler',
  states: 'The partition that runs in maintenance mode is not idle.',
  remedy: 'give it a window',
  *check({ partitions }) {
    for (const [i, { name, maintenance, idle }] of partitions.entries())
      if (maintenance && idle) yield { path: ['partitions', i, 'idle'], what: `${name} runs in maintenance mode and is idle` }
  },
}

export const maintenanceEntered: SourceValidator = {
  name: 'maintenance-entered',
  enforced: 'compiler',
  states: 'Somebody may enter the maintenance mode that a partition is marked for.',
  remedy: 'give a partition maintenance among its operations, or remove maintenance: true',
  *check({ partitions }) {
    if (partitions.some(({ authority }) => authority.system.includes('maintenance'))) return
    for (const [i, { name, maintenance }] of partitions.entries())
      if (maintenance) yield { path: ['partitions', i, 'maintenance'], what: `${name} waits for a mode that nobody may enter` }
  },
}

export const resumeAuthority: SourceValidator = {
  name: 'resume-authority',
  enforced: 'compiler',
  states: 'Only the partition that runs in maintenance mode may resume from it: no other one runs then.',
  remedy: 'remove resume, or mark the partition maintenance: true',
  *check({ partitions }) {
    for (const [i, { name, maintenance, authority }] of partitions.entries())
      if (!maintenance && authority.system.includes('resume'))
        yield { path: ['partitions', i, 'authority', 'system'], what: `${name} may resume from a mode in which it does not run` }
  },
}

export const systemName: SourceValidator = {
  name: 'system-name',
  enforced: 'compiler',
  states: 'No partition bears the name of the system: records could not tell the two apart.',
  remedy: 'rename one of them',
  *check(system) {
    if (partitionNames(system).has(system.system)) yield { path: ['system'], what: `system and partition are both called ${system.system}` }
  },
}
