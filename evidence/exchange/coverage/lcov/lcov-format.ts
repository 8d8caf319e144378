/** lcov tracefiles among the formats. */
import type { CoverageReader } from '../../../items/reader.js'

export const lcovFormat: CoverageReader = {
  format: 'lcov',
  title: 'lcov tracefile, versions 1 and 2 (.info)',
  extensions: ['.info', '.lcov', '.dat'],
  recognises: (head, name) => /^(?:TN:|SF:|VER:)/m.test(head) || (/\.info$/i.test(name) && head.trim() === ''),
  read: async (files) => (await import('./read-lcov.js')).readLcov(files),
}
