/** JSON among the formats: our own `bulkhead.requirements/1`, and plain lists of items with known or mapped member names. */
import type { RequirementReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

/** Members of formats that have readers of their own, here or among results and coverage. */
const others = [
  'versions',
  'just_up',
  '$schema',
  'bomFormat',
  'catalog',
  'keyword',
  'pickle',
  'statementMap',
  'testResults',
  'runs',
  'functions',
]
const ids = ['id', 'uid', 'ID', 'identifier', 'req_id', 'reqId', 'requirementId', 'requirement_id', 'key']
const texts = ['text', 'title', 'description', 'statement', 'summary', 'shall', 'name', 'requirement', 'content']

export const jsonFormat: RequirementReader = {
  format: 'json',
  title: 'JSON: bulkhead.requirements/1, or lists of items with an id; member names recognised or by --map',
  extensions: ['.json'],
  recognises: (head) => {
    if (/"schema"\s*:\s*"bulkhead\.requirements\//.test(head.slice(0, 400))) return true
    if (/"schema"\s*:\s*"lobster-/.test(head)) return false
    const { kind, outer, inner } = jsonHead(head)
    if (kind === 'none' || others.some((name) => outer.has(name) || inner.has(name))) return false
    return ids.some((name) => inner.has(name)) && texts.some((name) => inner.has(name))
  },
  read: async (files, options) => (await import('./read-json.js')).readJson(files, options),
}
