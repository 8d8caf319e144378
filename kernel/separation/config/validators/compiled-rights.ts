/** What the compiler granted against what was written: derived a second time, from the other end. SKPP FMT_MSA_EXP.3. */
import type { Capability } from '../configuration.js'
import type { SystemSource } from '../source/system-source.js'
import type { CompiledValidator, Violation } from './validator.js'

const DEFECT = 'report it as a defect of the compiler: no source can ask for it'

export const capabilityGranted: CompiledValidator = {
  name: 'capability-granted',
  enforced: 'compiler',
  states: 'A partition holds a capability only where an object or its authority names it, and with no other right.',
  remedy: DEFECT,
  *check({ partitions }, system) {
    for (const [i, { name, capabilities }] of partitions.entries())
      for (const [slot, capability] of capabilities.entries())
        if (!isWritten(system, i, capability))
          yield { path: ['partitions', i], what: `slot ${slot} of ${name} holds a capability that nothing names it for` }
  },
}

function isWritten(system: SystemSource, partition: number, capability: Capability): boolean {
  const { name = '', authority } = system.partitions[partition] ?? {}
  switch (capability.kind) {
    case 'port': {
      const port = system.ports[capability.object]
      return capability.send === (port?.from === name) && capability.receive === (port?.to.includes(name) === true)
    }
    case 'notification':
      return system.notifications[capability.object]?.from.includes(name) === true
    case 'partition': {
      const reached = system.partitions[capability.object]?.name ?? ''
      return authority?.[capability.control ? 'control' : 'observe'].includes(reached) === true
    }
  }
}

export const capabilityComplete: CompiledValidator = {
  name: 'capability-complete',
  enforced: 'compiler',
  states: 'A partition holds one capability for every object that names it, so that the slots can be read off the file.',
  remedy: DEFECT,
  *check({ partitions }, system) {
    const due = new Map(system.partitions.map(({ name, authority }) => [name, authority.control.length + authority.observe.length]))
    const names = [...system.ports.flatMap(({ from, to }) => [from, ...to]), ...system.notifications.flatMap(({ from }) => from)]
    for (const name of names) due.set(name, (due.get(name) ?? 0) + 1)
    for (const [i, { name, capabilities }] of partitions.entries())
      if (new Set(capabilities.map(({ kind, object }) => `${kind} ${object}`)).size !== due.get(name))
        yield {
          path: ['partitions', i],
          what: `${name} holds ${capabilities.length} capabilities, and ${due.get(name) ?? 0} objects name it`,
        }
  },
}

export const mappingGranted: CompiledValidator = {
  name: 'mapping-granted',
  enforced: 'compiler',
  states: 'A shared region is mapped for the partitions it names, writable for those under write alone.',
  remedy: DEFECT,
  *check({ partitions, sharedRegions }, system) {
    for (const [i, { name, maps }] of sharedRegions.entries()) {
      const { write = [], read = [] } = system.shared[i] ?? {}
      const users = maps.map((map) => `${partitions[map.partition]?.name ?? ''} ${map.write ? 'writes' : 'reads'}`)
      const due = [...write.map((user) => `${user} writes`), ...read.map((user) => `${user} reads`)]
      yield* differing(users, due, ['shared', i], `shared region ${name}`)
    }
  },
}

function* differing(found: readonly string[], due: readonly string[], path: Violation['path'], subject: string): Iterable<Violation> {
  const [extra] = found.filter((each) => !due.includes(each))
  const [missing] = due.filter((each) => !found.includes(each))
  if (extra !== undefined) yield { path, what: `${subject} was compiled so that ${extra} it, which is not written` }
  else if (missing !== undefined) yield { path, what: `${subject} was compiled without that ${missing} it` }
}

export const authorityGranted: CompiledValidator = {
  name: 'authority-granted',
  enforced: 'compiler',
  states: 'A partition controls the system, selects schedules, reads the audit trail and owns the console only as it is written.',
  remedy: DEFECT,
  *check({ partitions }, system) {
    for (const [i, { name, systemControl, selectSchedule, readAudit, console }] of partitions.entries()) {
      const written = system.partitions[i]
      const same = (operations: readonly string[]) =>
        operations.length === systemControl.length && systemControl.every((operation) => operations.includes(operation))
      if (
        written?.authority.readAudit !== readAudit ||
        written.authority.selectSchedule !== selectSchedule ||
        written.console !== console ||
        !same(written.authority.system)
      )
        yield { path: ['partitions', i, 'authority'], what: `${name} was compiled with authority that is not written` }
    }
  },
}

export const scheduleCompiled: CompiledValidator = {
  name: 'schedule-compiled',
  enforced: 'compiler',
  states: 'The windows of the kernel are those that are written, in their order.',
  remedy: DEFECT,
  *check({ partitions, windows, schedules, majorFrame }, system) {
    const compiled = [windows, ...schedules.map((further) => further.windows)].map((list) =>
      list.map(({ partition, offset, length }) => `${partitions[partition]?.name ?? ''} ${offset} ${length}`).join(),
    )
    const written = [system.schedule, ...system.schedules.map((further) => further.windows)].map((list) =>
      list.map(({ partition, at, length }) => `${partition} ${at} ${length}`).join(),
    )
    const wrong = written.findIndex((list, i) => list !== compiled[i])
    if (wrong >= 0) yield { path: wrong === 0 ? ['schedule'] : ['schedules', wrong - 1], what: 'a window was compiled to another one' }
    else if (compiled.length !== written.length || majorFrame !== system.majorFrame)
      yield { path: ['schedule'], what: 'the major frame was compiled with other windows than are written' }
  },
}
