/** LOBSTER's common interchange format among the formats. Its writer sorts members, so the schema may stand behind all the data. */
import type { RequirementReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const lobsterFormat: RequirementReader = {
  format: 'lobster',
  title: 'LOBSTER interchange: requirements, implementations and activities (.lobster)',
  extensions: ['.lobster'],
  recognises: (head, name) => {
    const { kind, outer, inner } = jsonHead(head)
    if (kind !== 'object') return false
    if (/"schema"\s*:\s*"lobster-/.test(head)) return true
    return outer.has('data') && (name.endsWith('.lobster') || (inner.has('tag') && (inner.has('just_up') || inner.has('refs'))))
  },
  read: async (files) => (await import('./read-lobster.js')).readLobster(files),
}
