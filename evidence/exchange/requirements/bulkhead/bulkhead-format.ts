/** Our own profiles in YAML among the formats: known by the names of their files and by what every one of them holds. */
import type { RequirementReader } from '../../../items/reader.js'

const roots: Readonly<Record<string, RegExp>> = {
  'security-target.yaml': /^profile:\s/m,
  'profile.yaml': /^parts:/m,
  'requirements.yaml': /^requirements:/m,
}

export const bulkheadFormat: RequirementReader = {
  format: 'bulkhead-yaml',
  title: 'Bulkhead profiles: security-target.yaml, requirements.yaml, or the profile.yaml of a catalogue',
  extensions: ['.yaml'],
  recognises: (head, name) => {
    const base = name.slice(name.lastIndexOf('/') + 1)
    return Object.hasOwn(roots, base) && roots[base]?.test(head) === true
  },
  read: async (files) => (await import('./read-bulkhead.js')).readBulkhead(files),
}
