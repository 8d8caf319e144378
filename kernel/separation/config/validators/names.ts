/** Names of the system and of its objects: assembler symbols, audit records and reports are made of them. */
import { LONGEST_NAME } from '../limits.js'
import { quote } from '../source/configuration-error.js'
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'
import type { SourceValidator } from './validator.js'

const FORM = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

function namesOf(system: SystemSource): readonly { readonly name: string; readonly path: Path }[] {
  const groups = ['partitions', 'ports', 'notifications', 'shared', 'schedules'] as const
  const named = groups.flatMap((group) => system[group].map(({ name }, i) => ({ name, path: [group, i, 'name'] })))
  const within = system.partitions.flatMap((partition, i) =>
    (['threads', 'semaphores'] as const).flatMap((group) =>
      partition[group].map(({ name }, k) => ({ name, path: ['partitions', i, group, k, 'name'] })),
    ),
  )
  return [...named, ...within]
}

export const nameForm: SourceValidator = {
  name: 'name-form',
  enforced: 'compiler',
  states: `Every name is at most ${LONGEST_NAME} lower-case letters, digits and single hyphens, and begins with a letter.`,
  remedy: 'use a name such as flight-display',
  *check(system) {
    for (const { name, path } of [{ name: system.system, path: ['system'] }, ...namesOf(system)]) {
      if (name.length > LONGEST_NAME || !FORM.test(name)) yield { path, what: `${quote(name)} is not a name` }
    }
  },
}

export const nameUnique: SourceValidator = {
  name: 'name-unique',
  enforced: 'compiler',
  states: 'No two objects of a system share a name, whatever their kinds, because CAP_NAME must mean one of them.',
  remedy: 'rename one of them',
  *check(system) {
    const seen = new Set<string>()
    for (const { name, path } of namesOf(system)) {
      if (seen.has(name)) yield { path, what: `${quote(name)} names two objects` }
      seen.add(name)
    }
  },
}
