/** OpenFastTrace among the formats: Markdown or reStructuredText in which an id stands at the beginning of a line, or a forward. */
import type { RequirementReader } from '../../../items/reader.js'
import { forwardIn, idAtStart } from './specification-id.js'

export const openFastTraceFormat: RequirementReader = {
  format: 'openfasttrace',
  title: 'OpenFastTrace specification items in Markdown or reStructuredText',
  extensions: ['.md', '.markdown', '.rst'],
  recognises: (head, name) => /\.(md|markdown|rst)$/i.test(name) && holdsSpecificationItems(head),
  read: async (files) => (await import('./read-openfasttrace.js')).readOpenFastTrace(files),
}

export function holdsSpecificationItems(head: string): boolean {
  if (!head.includes('~')) return false
  return head.split('\n').some((line) => line.includes('~') && (idAtStart(line) !== undefined || forwardIn(line) !== undefined))
}
