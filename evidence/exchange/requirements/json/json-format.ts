/** JSON among the formats: our own `bulkhead.requirements/1`, and plain lists of items with known or mapped member names. */
import type { RequirementReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'
import { guessColumns } from '../table/column-roles.js'

/** Members of formats that have readers of their own. */
const others = ['versions', 'just_up', '$schema', 'lobster']

export const jsonFormat: RequirementReader = {
  format: 'json',
  title: 'JSON: bulkhead.requirements/1, or lists of items with an id; member names recognised or by --map',
  extensions: ['.json'],
  recognises: (head) => {
    if (/"schema"\s*:\s*"bulkhead\.requirements\//.test(head.slice(0, 400))) return true
    if (/"schema"\s*:\s*"lobster-/.test(head)) return false
    const { kind, outer, inner } = jsonHead(head)
    if (kind === 'none' || others.some((name) => outer.has(name) || inner.has(name))) return false
    return guessColumns([...inner, ...(kind === 'list' ? outer : [])]) !== undefined || kind === 'object'
  },
  read: async (files, options) => (await import('./read-json.js')).readJson(files, options),
}
