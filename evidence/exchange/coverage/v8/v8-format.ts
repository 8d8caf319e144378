/** Raw V8 coverage among the formats: what Node writes into the folder NODE_V8_COVERAGE, c8 into coverage/tmp. */
import type { CoverageReader } from '../../../items/reader.js'
import { jsonHead } from '../../json/json-head.js'

export const v8Format: CoverageReader = {
  format: 'v8',
  title: 'raw V8 coverage of NODE_V8_COVERAGE and coverage/tmp of c8 (.json); lines where the scripts lie as they ran',
  extensions: ['.json'],
  recognises: (head) => {
    const { kind, outer, inner } = jsonHead(head)
    return (
      kind === 'object' && outer.has('result') && (inner.has('scriptId') || inner.has('functions') || /"result"\s*:\s*\[\s*\]/.test(head))
    )
  },
  read: async (files) => (await import('./read-v8.js')).readV8(files),
}
