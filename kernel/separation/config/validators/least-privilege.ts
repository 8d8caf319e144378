/** The subject-and-resource level of the policy, where it is written: each right listed, each listed right granted. SKPP FDP_IFF.1. */
import { SYSTEM_OPERATIONS } from '../configuration.js'
import { grantsOf, type Right, SOLE_RESOURCES } from '../flows/grants.js'
import type { SystemSource } from '../source/system-source.js'
import { partitionNames, repeated } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const leastSubjects: SourceValidator = {
  name: 'least-subjects',
  enforced: 'compiler',
  states: 'A subject of the least privileges is a partition of this system.',
  remedy: 'name a partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { subject }] of (system.policy.least ?? []).entries())
      if (!known.has(subject)) yield { path: ['policy', 'least', i, 'subject'], what: `least names ${subject}, which is no partition` }
  },
}

export const leastResources: SourceValidator = {
  name: 'least-resources',
  enforced: 'compiler',
  states: 'A resource of the least privileges exists, and has rights of the kind that are listed.',
  remedy: 'name a resource of this system and rights that its kind has',
  *check(system) {
    const rights = rightsByResource(system)
    for (const [i, { resource, may }] of (system.policy.least ?? []).entries()) {
      const path = ['policy', 'least', i]
      const known = rights.get(resource)
      if (known === undefined) yield { path: [...path, 'resource'], what: `least names ${resource}, which is no resource` }
      const foreign = known === undefined ? undefined : may.find((right) => !known.includes(right))
      if (foreign !== undefined) yield { path: [...path, 'may'], what: `${resource} knows no right to ${foreign}` }
    }
  },
}

function rightsByResource({ partitions, ports, notifications, shared }: SystemSource): ReadonlyMap<string, readonly Right[]> {
  const named = (objects: readonly { readonly name: string }[], rights: readonly Right[]) =>
    objects.map(({ name }) => [name, rights] as const)
  return new Map([
    ...named(partitions, ['control', 'observe']),
    ...named(ports, ['send', 'receive']),
    ...named(notifications, ['notify', 'wait']),
    ...named(shared, ['write', 'read']),
    ['audit', ['read']],
    ['console', ['use']],
    ['system', [...SYSTEM_OPERATIONS, 'selectSchedule']],
  ])
}

export const leastOnce: SourceValidator = {
  name: 'least-once',
  enforced: 'compiler',
  states: 'The least privileges list each subject with each resource once.',
  remedy: 'write all its rights on the resource in one place',
  *check({ policy }) {
    const pairs = (policy.least ?? []).map(({ subject, resource }) => `${subject} with ${resource}`)
    for (const i of repeated(pairs)) yield { path: ['policy', 'least', i], what: `least lists ${pairs[i] ?? ''} twice` }
  },
}

export const nameReserved: SourceValidator = {
  name: 'name-reserved',
  enforced: 'compiler',
  states: 'No object is called as something that every system has: all, audit, console, kernel, system.',
  remedy: 'rename it',
  *check(system) {
    const reserved = new Set<string>(['all', 'kernel', ...SOLE_RESOURCES])
    for (const group of ['partitions', 'ports', 'notifications', 'shared'] as const)
      for (const [i, { name }] of system[group].entries())
        if (reserved.has(name)) yield { path: [group, i, 'name'], what: `an object is called ${name}` }
  },
}

export const leastGranted: CompiledValidator = {
  name: 'least-granted',
  enforced: 'compiler',
  states: 'Where least privileges are written, no subject has a right that is not listed.',
  remedy: 'add the right to policy.least if it is needed, else remove what grants it',
  *check(configuration, { policy }) {
    if (policy.least === undefined) return
    const listed = new Set(policy.least.flatMap(({ subject, resource, may }) => may.map((right) => `${subject} ${resource} ${right}`)))
    const subjects = new Map(configuration.partitions.map(({ name }, i) => [name, i]))
    for (const { subject, resource, right } of grantsOf(configuration))
      if (!listed.has(`${subject} ${resource} ${right}`))
        yield {
          path: ['partitions', subjects.get(subject) ?? 0],
          what: `${subject} may ${right} ${resource}, which policy.least does not list`,
        }
  },
}

export const leastUsed: CompiledValidator = {
  name: 'least-used',
  enforced: 'compiler',
  states: 'Every right that the least privileges list is granted: the list is what is, not what might be.',
  remedy: 'remove the right from policy.least',
  *check(configuration, { policy }) {
    const granted = new Set(grantsOf(configuration).map(({ subject, resource, right }) => `${subject} ${resource} ${right}`))
    for (const [i, { subject, resource, may }] of (policy.least ?? []).entries())
      for (const right of may)
        if (!granted.has(`${subject} ${resource} ${right}`))
          yield { path: ['policy', 'least', i, 'may'], what: `nothing grants ${subject} to ${right} ${resource}` }
  },
}
