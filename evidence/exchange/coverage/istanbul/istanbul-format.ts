/** Istanbul's coverage-final.json among the formats, of istanbul, nyc, jest, vitest and c8. */
import type { CoverageReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const istanbulFormat: CoverageReader = {
  format: 'istanbul',
  title: 'istanbul coverage-final.json of nyc, jest, vitest, c8 (.json)',
  extensions: ['.json'],
  recognises: (head) => {
    const { kind, outer, inner } = jsonHead(head)
    return kind === 'object' && !outer.has('result') && (inner.has('statementMap') || outer.has('statementMap'))
  },
  read: async (files) => (await import('./read-istanbul.js')).readIstanbul(files),
}
