/** Istanbul's coverage-summary.json among the formats: counts by file and no lines. */
import type { CoverageReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const istanbulSummaryFormat: CoverageReader = {
  format: 'istanbul-summary',
  title: 'istanbul coverage-summary.json (.json)',
  extensions: ['.json'],
  recognises: (head) => {
    const { kind, outer, inner } = jsonHead(head)
    return kind === 'object' && outer.has('total') && inner.has('lines') && inner.has('covered') && inner.has('pct')
  },
  read: async (files) => (await import('./read-istanbul-summary.js')).readIstanbulSummary(files),
}
