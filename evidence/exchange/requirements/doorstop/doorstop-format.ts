/** Doorstop among the formats: a mapping with the members that every item has. */
import type { RequirementReader } from '../../../items/reader.js'

export const doorstopFormat: RequirementReader = {
  format: 'doorstop',
  title: 'Doorstop items (YAML, or Markdown with YAML in front) and .doorstop.yml',
  extensions: ['.yml', '.yaml', '.md'],
  recognises: (head, name) => {
    if (/(^|\/)\.doorstop\.yml$/.test(name)) return true
    if (!/\.(ya?ml|md)$/i.test(name) || (/\.md$/i.test(name) && !/^---\r?\n/.test(head))) return false
    return /^active:/m.test(head) && /^(normative|derived|level|links):/m.test(head)
  },
  read: async (files) => (await import('./read-doorstop.js')).readDoorstop(files),
}
