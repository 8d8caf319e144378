/** The needs.json of sphinx-needs among the formats. */
import type { RequirementReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const sphinxNeedsFormat: RequirementReader = {
  format: 'sphinx-needs',
  title: 'needs.json of sphinx-needs',
  extensions: ['.json'],
  recognises: (head) => {
    const { kind, outer, inner } = jsonHead(head)
    return kind === 'object' && outer.has('versions') && (outer.has('current_version') || inner.has('needs'))
  },
  read: async (files) => (await import('./read-sphinx-needs.js')).readSphinxNeeds(files),
}
